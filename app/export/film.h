#pragma once

// A session as a video: which moments its frames show, what is said in it, where its chapters
// begin.
//
// Thread safety: the session's thread.
// Invariants: of one session and the same options the frames are always the same.

#include <cstdint>
#include <functional>
#include <vector>

#include "app/export/cues.h"
#include "app/export/drawn_stage.h"
#include "app/export/playback.h"
#include "app/export/render.h"
#include "app/export/video.h"

namespace poolscope::exporting {

/// What the frames show; ascending, empty where --from lies behind --to. Bad input: they are too
/// many.
Expected<std::vector<FrameMoment>> frames_of(Playback& playback, const RenderOptions& options);

/// The markers as chapters of a video with such frames. What is before the first marker is a
/// chapter without a title, as players want it. Markers outside are left out, and of several on one
/// frame the last one is kept.
Cues chapters_of(const ListedMarkers& markers, const std::vector<FrameMoment>& frames, double fps);

/// Draws it to options.output, and what is said to a file beside it where that is wanted.
Expected<void> render_film(DrawnStage& stage, Playback& playback, const RenderOptions& options,
                           VideoFormat format, const std::function<bool()>& interrupted);

}  // namespace poolscope::exporting
