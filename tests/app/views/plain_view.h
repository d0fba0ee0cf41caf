#pragma once

// What a view is given, with nothing in it: for functions that look at it and draw nothing.
//
// Thread safety: values.

#include "app/frame/view_input.h"
#include "app/theme/tokens.h"

namespace poolscope::views::testing {

struct PlainView {
  Model model;
  Told told;
  Lanes lanes;
  SessionStatus session;
  Message message;
  ViewState state;
  Fonts fonts{};
  Labels labels;

  /// Of all this, which outlives it.
  [[nodiscard]] ViewInput input() {
    return {.model = model,
            .told = told,
            .lanes = lanes,
            .session = session,
            .message = message,
            .state = state,
            .theme = theme::theme_of(theme::ThemeName::kDark),
            .sizes = {},
            .fonts = fonts,
            .window = {},
            .labels = labels};
  }
};

}  // namespace poolscope::views::testing
