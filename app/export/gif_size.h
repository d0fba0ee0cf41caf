#pragma once

// How large a GIF will be, before its frames are made.
//
// Thread safety: the session's thread.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <vector>

#include "app/export/drawn_stage.h"
#include "app/export/playback.h"
#include "app/export/render.h"

namespace poolscope::exporting {

/// The bytes of the GIF with these frames and this palette, from a few stretches of it that are
/// made and thrown away: right within a third or so. 0: there are so few frames that it is not
/// worth it, or `interrupted`, which is asked between the stretches, was true.
Expected<std::uint64_t> estimated_gif_bytes(DrawnStage& stage, Playback& playback,
                                            const std::vector<FrameMoment>& moments,
                                            const std::filesystem::path& palette,
                                            const RenderOptions& options,
                                            const std::function<bool()>& interrupted);

}  // namespace poolscope::exporting
