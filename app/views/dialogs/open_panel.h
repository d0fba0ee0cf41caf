#pragma once

// What chooses the file that is shown: the recordings that there are, each with a small picture,
// and the path of any other. It lies over the stage; a click beside it closes it.
//
// Thread safety: the thread of the ImGui context.

#include <cstddef>
#include <optional>

#include "app/frame/view_input.h"
#include "app/intents/intents.h"
#include "app/layout/rect.h"
#include "core/model/model.h"

namespace poolscope::views {

/// What draws the picture of a session: the stage is another room.
using DrawPicture = void (*)(const ViewInput& input, const Model& model, const layout::Rect& at);

/// Of so many rows, the one that Enter opens: that which the viewer has come to, or the first where
/// nothing is typed; none: Enter opens what is typed.
std::optional<std::size_t> marked_row(const ViewState& state, std::size_t rows);
/// The row that the viewer comes to from `now`, one up (-1) or down (1). Over the first is what is
/// typed, where something is.
std::optional<std::size_t> moved_row(std::optional<std::size_t> now, int by, std::size_t rows,
                                     bool is_typed);

/// The least area in which all of it is seen, at 0, 0.
layout::Rect least_open(const ViewInput& input);
/// `area` is at least that large.
void draw_open(const ViewInput& input, const layout::Rect& area, DrawPicture draw_picture,
               intents::Intents& asked);

}  // namespace poolscope::views
