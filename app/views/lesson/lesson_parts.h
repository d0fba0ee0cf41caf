#pragma once

// What the files of this folder share: texts that take as many lines as they need, the question of
// a lesson, what was explored of it.
//
// Thread safety: the thread of the ImGui context.

#include <string>

#include "app/frame/view_input.h"
#include "app/intents/intents.h"
#include "app/views/paint/paint.h"

namespace poolscope::views {

/// The height of all lines of `text` in that width.
float text_height(const Painter& painter, FontRole role, const std::string& text, float width);
/// Draws them and cuts them off the top of `in`.
void draw_text(Painter& painter, Rect& in, FontRole role, Color color, const std::string& text);

/// The question before the next line, with its answers to pick.
void draw_question(Painter& painter, Rect in, const script::LessonAsk& ask,
                   intents::Intents& asked);
/// Whether the pick was right, and why; cut off the top of `in`.
void draw_verdict(Painter& painter, Rect& in, const LessonStatus& lesson);

/// The button that explores, or what was found: each outcome with its number of schedules. A click
/// plays it.
void draw_exploration(Painter& painter, Rect in, const LessonStatus& lesson,
                      intents::Intents& asked);

}  // namespace poolscope::views
