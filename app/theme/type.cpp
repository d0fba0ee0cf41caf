#include "app/theme/type.h"

#include <cmath>

namespace poolscope::theme {
namespace {

// Sizes at scale 1.
struct Scale {
  float micro;
  float small;
  float body;
  float sentence;
  float title;
  float mono;
};
constexpr Scale kWorkbench = {12, 14, 16, 18, 20, 14};
// 14 px at a height of 630 is 1/45.
constexpr Scale kLecture = {14, 14, 16, 19, 20, 14};

}  // namespace

FontSpecs font_specs(LayoutKind layout, float window_h_px, float scale, float zoom) {
  const Scale& at_one = layout == LayoutKind::kLecture ? kLecture : kWorkbench;
  const float s = layout_scale(layout, window_h_px, scale, zoom);
  // Up, so that rounding never goes below the least size of the lecture layout.
  const auto px = [s](float size) { return std::ceil(size * s - 0.01F); };
  FontSpecs specs;
  const auto set = [&specs](FontRole role, FontFamily family, FontWeight weight, float size_px) {
    specs[static_cast<std::size_t>(role)] = {family, weight, size_px};
  };
  set(FontRole::kMicro, FontFamily::kSans, FontWeight::kRegular, px(at_one.micro));
  set(FontRole::kMicroStrong, FontFamily::kSans, FontWeight::kSemiBold, px(at_one.micro));
  set(FontRole::kSmall, FontFamily::kSans, FontWeight::kRegular, px(at_one.small));
  set(FontRole::kSmallStrong, FontFamily::kSans, FontWeight::kSemiBold, px(at_one.small));
  set(FontRole::kBody, FontFamily::kSans, FontWeight::kRegular, px(at_one.body));
  set(FontRole::kBodyStrong, FontFamily::kSans, FontWeight::kSemiBold, px(at_one.body));
  set(FontRole::kTitle, FontFamily::kSans, FontWeight::kSemiBold, px(at_one.title));
  set(FontRole::kSentence, FontFamily::kSans, FontWeight::kMedium, px(at_one.sentence));
  set(FontRole::kMono, FontFamily::kMono, FontWeight::kRegular, px(at_one.mono));
  set(FontRole::kMonoMicro, FontFamily::kMono, FontWeight::kRegular, px(at_one.micro));
  return specs;
}

}  // namespace poolscope::theme
