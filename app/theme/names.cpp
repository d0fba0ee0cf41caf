#include "app/theme/names.h"

#include <array>
#include <cstddef>
#include <utility>

namespace poolscope::theme {
namespace {

template <class Value, std::size_t kSize>
using Names = std::array<std::pair<Value, std::string_view>, kSize>;

constexpr Names<ThemeName, 3> kThemes = {{
    {ThemeName::kDark, "dark"},
    {ThemeName::kLight, "light"},
    {ThemeName::kContrast, "contrast"},
}};
constexpr Names<LayoutKind, 2> kLayouts = {{
    {LayoutKind::kLecture, "lecture"},
    {LayoutKind::kWorkbench, "workbench"},
}};

template <class Value, std::size_t kSize>
std::string_view name_in(const Names<Value, kSize>& names, Value value) {
  for (const auto& [known, name] : names) {
    if (known == value) return name;
  }
  return "";
}

template <class Value, std::size_t kSize>
std::optional<Value> value_in(const Names<Value, kSize>& names, std::string_view wanted) {
  for (const auto& [value, name] : names) {
    if (name == wanted) return value;
  }
  return std::nullopt;
}

}  // namespace

std::string_view name_of(ThemeName theme) { return name_in(kThemes, theme); }
std::optional<ThemeName> theme_named(std::string_view name) { return value_in(kThemes, name); }
std::string_view name_of(LayoutKind layout) { return name_in(kLayouts, layout); }
std::optional<LayoutKind> layout_named(std::string_view name) { return value_in(kLayouts, name); }

}  // namespace poolscope::theme
