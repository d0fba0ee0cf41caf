#pragma once

// What the page draws with: where everything of a card stands, by the window's own layout, and the
// colours of each theme.
//
// Thread safety: pure functions.

#include <cstddef>
#include <string>

#include <nlohmann/json_fwd.hpp>

#include "app/layout/stage.h"
#include "app/views/widgets/share_bar.h"
#include "core/story/lanes.h"

namespace poolscope::page {

/// The stage of that shape at each width of a window that the page knows, from the widest to the
/// narrowest: [{w, h, cards: [...]}]. Rectangles are [x, y, w, h]; what is empty is not there.
nlohmann::json stages_of(const layout::StageShape& shape);

/// How many kinds of spans a timeline has, and of answers to a Get.
inline constexpr std::size_t kSpanKinds = static_cast<std::size_t>(Span::Kind::kLockWait) + 1;
inline constexpr std::size_t kGetSources = static_cast<std::size_t>(views::GetSource::kNil) + 1;

/// CSS that defines the colours of each theme as --priv, --priv-text, --text-hi, ... under
/// :root[data-theme=...], and a class for each kind that the rows name by its number.
std::string colors_css();

/// The sizes that are the same in all themes, as CSS.
std::string sizes_css();

}  // namespace poolscope::page
