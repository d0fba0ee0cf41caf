#include "app/platform/place_beside.h"

#include <algorithm>

namespace poolscope::platform {

layout::Rect place_beside(const layout::Rect& first, const layout::Rect& wanted,
                          std::span<const layout::Rect> screens) {
  const auto has_first = [&](const layout::Rect& screen) {
    return screen.contains(first.center());
  };
  const auto other = std::ranges::find_if_not(screens, has_first);
  if (other != screens.end()) return *other;
  if (screens.empty()) return wanted;
  const layout::Rect& screen = screens.front();
  layout::Rect at = wanted;
  at.w = std::min(at.w, screen.w);
  at.h = std::min(at.h, screen.h);
  at.y = std::clamp(first.y, screen.y, screen.bottom() - at.h);
  if (first.right() + at.w <= screen.right()) {
    at.x = first.right();
  } else if (first.x - at.w >= screen.x) {
    at.x = first.x - at.w;
  } else {
    at.x = screen.right() - at.w;
    at.y = screen.bottom() - at.h;
  }
  return at;
}

}  // namespace poolscope::platform
