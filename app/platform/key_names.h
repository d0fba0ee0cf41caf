#pragma once

// GLFW's keys as KeyChords.
//
// Thread safety: the window's thread.

#include <optional>

#include "app/intents/keys.h"

namespace poolscope::platform {

/// The chord of a key that GLFW reports as pressed, or none: then the character that it gives, if
/// any, comes by chord_of_character. `key`, `scancode` and `modifiers` are GLFW's.
std::optional<intents::KeyChord> chord_of_key(int key, int scancode, int modifiers);

/// The chord of a character that was typed: signs, which stand elsewhere on each layout.
std::optional<intents::KeyChord> chord_of_character(unsigned code_point);

}  // namespace poolscope::platform
