#pragma once

// Buttons of the toolbar and its like, and the place that says which time one sees.
//
// Thread safety: the thread of the ImGui context.

#include <string>

#include "app/intents/intents.h"
#include "app/views/paint/paint.h"

namespace poolscope::views {

enum class ButtonLook { kPlain, kPrimary, kRecord };

/// A button's frame; its inside is drawn by the caller afterwards. Recorded under `label`, with the
/// hint of the command of that label unless another is given. True when it is clicked.
bool draw_button(Painter& painter, const char* label, const Rect& rect, ButtonLook look,
                 bool enabled, const std::string& hint = {});

/// A plain button with the small text `name` in it, cut off the left end of `row`. True when it is
/// clicked.
bool draw_text_button(Painter& painter, const char* label, Rect& row, const std::string& name,
                      const std::string& hint);

/// What the command of a label does and which key does the same; "" where there is none.
std::string hint_of(const char* label);

/// Which time one sees, and the clock under it, at the right end of `at`.
void draw_mode(Painter& painter, const Rect& at, intents::Intents& asked);
/// The width that its longest words take.
float mode_width(const Painter& painter);

/// What the viewer chooses for itself.
enum class Choice { kLanguage, kTheme, kLayout, kMotion, kHelp, kPresenter };
/// The width of its button with its name beside the sign.
float choice_width(const Painter& painter, Choice choice);
/// In a button of that width its name stands beside the sign.
void draw_choice(Painter& painter, const Rect& at, Choice choice, intents::Intents& asked);

}  // namespace poolscope::views
