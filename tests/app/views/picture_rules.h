#pragma once

// What is asked of a picture on such a canvas.
//
// Thread safety: pure functions.

#include "tests/app/views/headless_window.h"
#include "tests/app/views/judge.h"
#include "tests/app/views/moments.h"

namespace poolscope::views::testing {

inline Rules rules_of(const Canvas& canvas) {
  const float at_one =
      canvas.layout == theme::LayoutKind::kLecture ? canvas.h / 45 : 12 * canvas.scale;
  const theme::Theme& theme = theme::theme_of(canvas.theme);
  return {.least_px = at_one * canvas.zoom - 0.01F,
          .of_users = kLongWord,
          .least_contrast = canvas.theme == theme::ThemeName::kContrast ? 7.0 : 4.5,
          .background = theme.bg};
}

}  // namespace poolscope::views::testing
