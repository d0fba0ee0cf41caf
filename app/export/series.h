#pragma once

// Several pictures of a session, numbered, for slides: one at each marker, or one at each step.
//
// Thread safety: the session's thread.
// Invariants: the pictures appear all, or none of them.

#include <cstddef>
#include <filesystem>
#include <functional>

#include "app/export/drawn_stage.h"
#include "app/export/playback.h"
#include "app/export/render.h"

namespace poolscope::exporting {

/// The name of picture `number` (from 0) of `count`: talk.png is talk-01.png, talk-02.png, ...
std::filesystem::path numbered(const std::filesystem::path& file, std::size_t number,
                               std::size_t count);

/// Draws them. Errors: there is nothing to draw, or too much; one of the names is taken.
Expected<void> render_series(DrawnStage& stage, Playback& playback, const RenderOptions& options,
                             const std::function<bool()>& interrupted);

}  // namespace poolscope::exporting
