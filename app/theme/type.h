#pragma once

// Type: which families, weights and sizes the picture is set in. The platform builds one font for
// each role; views draw with a role and know no sizes.
//
// Thread safety: values.
// Invariants: sizes are whole pixels; kTitle is the largest, kSentence the next, and nothing is
// smaller than kMicro.

#include <array>
#include <cstddef>
#include <cstdint>

#include "app/theme/tokens.h"

namespace poolscope::theme {

enum class FontRole : std::uint8_t {
  kMicro,        // the smallest: rulers, notes
  kMicroStrong,  // the number on an object's tile
  kSmall,        // secondary text
  kSmallStrong,
  kBody,
  kBodyStrong,  // a card's P, a panel's heading
  kTitle,       // the program's name
  kSentence,    // the one sentence
  kMono,        // numbers and code in running text
  kMonoMicro,   // the same, smallest
};
inline constexpr std::size_t kFontRoles = 10;

enum class FontFamily : std::uint8_t { kSans, kMono };  // Inter; JetBrains Mono
enum class FontWeight : std::uint8_t { kRegular, kMedium, kSemiBold };

struct FontSpec {
  FontFamily family = FontFamily::kSans;
  FontWeight weight = FontWeight::kRegular;
  float size_px = 16;
  bool operator==(const FontSpec&) const = default;
};

using FontSpecs = std::array<FontSpec, kFontRoles>;

/// The fonts of a layout in a window of that height. Equal results need no rebuilding of the atlas.
/// In the lecture layout no size is below 1/45 of the window's height at zoom 1.
FontSpecs font_specs(LayoutKind layout, float window_h_px, float scale, float zoom = 1);

/// `specs`' entry of a role.
inline const FontSpec& spec_of(const FontSpecs& specs, FontRole role) {
  return specs[static_cast<std::size_t>(role)];
}

}  // namespace poolscope::theme
