#include "app/main/values.h"

#include <charconv>
#include <optional>
#include <system_error>

#include <fmt/format.h>

namespace poolscope::app {
namespace {

constexpr SizePx kLeast{320, 200};
constexpr SizePx kMost{7680, 4320};
constexpr float kScaleLeast = 0.5F;
constexpr float kScaleMost = 4.0F;

template <class Number>
std::optional<Number> whole_word(std::string_view text) {
  Number number{};
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace

Expected<SizePx> parse_size(std::string_view text) {
  const std::size_t x = text.find('x');
  if (x != std::string_view::npos) {
    const auto width = whole_word<int>(text.substr(0, x));
    const auto height = whole_word<int>(text.substr(x + 1));
    if (width && height && *width >= kLeast.width && *width <= kMost.width &&
        *height >= kLeast.height && *height <= kMost.height) {
      return SizePx{*width, *height};
    }
  }
  return bad_input(fmt::format("'{}': write WIDTHxHEIGHT in pixels, from {}x{} to {}x{}", text,
                               kLeast.width, kLeast.height, kMost.width, kMost.height));
}

Expected<float> parse_scale(std::string_view text) {
  const auto scale = whole_word<float>(text);
  if (scale && *scale >= kScaleLeast && *scale <= kScaleMost) return *scale;
  return bad_input(
      fmt::format("'{}': write a number from {} to {}", text, kScaleLeast, kScaleMost));
}

Expected<double> parse_positive(std::string_view text, double most) {
  const auto number = whole_word<double>(text);
  if (number && *number > 0 && *number <= most) return *number;
  return bad_input(fmt::format("'{}': write a number above 0, at most {}", text, most));
}

}  // namespace poolscope::app
