#include "app/main/values.h"

#include <fmt/format.h>

#include "core/base/number.h"

namespace poolscope::app {
namespace {

constexpr SizePx kLeast{320, 200};
constexpr SizePx kMost{7680, 4320};
constexpr float kScaleLeast = 0.5F;
constexpr float kScaleMost = 4.0F;

}  // namespace

Expected<SizePx> parse_size(std::string_view text) {
  const std::size_t x = text.find('x');
  if (x != std::string_view::npos) {
    const auto width = number_in<int>(text.substr(0, x));
    const auto height = number_in<int>(text.substr(x + 1));
    if (width && height && *width >= kLeast.width && *width <= kMost.width &&
        *height >= kLeast.height && *height <= kMost.height) {
      return SizePx{*width, *height};
    }
  }
  return bad_input(fmt::format("'{}': write WIDTHxHEIGHT in pixels, from {}x{} to {}x{}", text,
                               kLeast.width, kLeast.height, kMost.width, kMost.height));
}

Expected<float> parse_scale(std::string_view text) {
  const auto scale = number_in<float>(text);
  if (scale && *scale >= kScaleLeast && *scale <= kScaleMost) return *scale;
  return bad_input(
      fmt::format("'{}': write a number from {} to {}", text, kScaleLeast, kScaleMost));
}

Expected<double> parse_positive(std::string_view text, double most) {
  const auto number = number_in<double>(text);
  if (number && *number > 0 && *number <= most) return *number;
  return bad_input(fmt::format("'{}': write a number above 0, at most {}", text, most));
}

}  // namespace poolscope::app
