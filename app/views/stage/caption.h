#pragma once

// The caption: the sentence in the largest type but the title, and under it the banner of the last
// GC or resize, or a message of the program. Of a lesson: what is said to its line, and under it
// the line with what it answered.
//
// Thread safety: the thread of the ImGui context.
// Invariants: draws nothing outside its rectangle.

#include <string>

#include "app/frame/view_input.h"
#include "app/intents/intents.h"
#include "app/layout/rect.h"

namespace poolscope::views {

/// The sentence that the caption shows for this input, and the banner under it ("" for none).
std::string sentence_text(const ViewInput& input);
std::string banner_text(const ViewInput& input);
/// The same of a lesson: what is said to the line that is shown; "" where there is no lesson.
std::string caption_text(const ViewInput& input);

/// `sentence_lines`: the most that the sentence takes.
void draw_caption(const ViewInput& input, const layout::Rect& area, int sentence_lines,
                  intents::Intents& asked);

}  // namespace poolscope::views
