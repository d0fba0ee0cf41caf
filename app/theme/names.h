#pragma once

// The names of themes and layouts, as flags and settings have them.
//
// Thread safety: pure functions.

#include <optional>
#include <string_view>

#include "app/theme/tokens.h"

namespace poolscope::theme {

/// "dark", "light", "contrast", and back; none for any other word.
std::string_view name_of(ThemeName theme);
std::optional<ThemeName> theme_named(std::string_view name);

/// "lecture", "workbench", and back; none for any other word.
std::string_view name_of(LayoutKind layout);
std::optional<LayoutKind> layout_named(std::string_view name);

}  // namespace poolscope::theme
