#pragma once

// Keys as the viewer thinks of them: a named key, or the character that a key gives in the viewer's
// own keyboard layout.
//
// Thread safety: values.
// Invariants: `character` is set exactly when key is kCharacter; letters are lower case, and
// `shift` tells G from Shift+G. For a character that is not a letter, `shift` is false: whether `?`
// needs the shift key is the layout's business.

#include <cstdint>
#include <string>

namespace poolscope::intents {

enum class Key : std::uint8_t {
  kNone,
  kCharacter,
  kSpace,
  kEnter,
  kTab,
  kEscape,
  kLeft,
  kRight,
  kUp,
  kDown,
  kHome,
  kEnd,
  kPageUp,
  kPageDown,
  kF11,
};

struct KeyChord {
  Key key = Key::kNone;
  char character = 0;
  bool shift = false;
  bool ctrl = false;
  bool alt = false;
  bool operator==(const KeyChord&) const = default;
};

/// The key as it is shown to a reader: "Space", "Shift+G", "Ctrl+0", "?".
std::string key_text(const KeyChord& chord);

}  // namespace poolscope::intents
