#include "app/platform/key_names.h"

#include <algorithm>
#include <array>
#include <string_view>

#include <GLFW/glfw3.h>

namespace poolscope::platform {
namespace {

using intents::Key;
using intents::KeyChord;

struct Named {
  int glfw;
  Key key;
};
constexpr std::array kNamed = {
    Named{GLFW_KEY_SPACE, Key::kSpace},    Named{GLFW_KEY_ENTER, Key::kEnter},
    Named{GLFW_KEY_KP_ENTER, Key::kEnter}, Named{GLFW_KEY_ESCAPE, Key::kEscape},
    Named{GLFW_KEY_LEFT, Key::kLeft},      Named{GLFW_KEY_RIGHT, Key::kRight},
    Named{GLFW_KEY_UP, Key::kUp},          Named{GLFW_KEY_DOWN, Key::kDown},
    Named{GLFW_KEY_HOME, Key::kHome},      Named{GLFW_KEY_END, Key::kEnd},
    Named{GLFW_KEY_PAGE_UP, Key::kPageUp}, Named{GLFW_KEY_PAGE_DOWN, Key::kPageDown},
    Named{GLFW_KEY_F11, Key::kF11},        Named{GLFW_KEY_TAB, Key::kTab},
};

constexpr std::string_view kSignKeys = ",.-=[]?";

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

/// The letter that the viewer's layout has on the key; where the layout has none (Cyrillic, say),
/// the one that is printed there on an American keyboard.
char letter_of(int key, int scancode) {
  const char* name = glfwGetKeyName(key, scancode);
  if (name != nullptr && is_letter(name[0]) && name[1] == 0) return name[0];
  if (key >= GLFW_KEY_A && key <= GLFW_KEY_Z) return static_cast<char>('a' + (key - GLFW_KEY_A));
  return 0;
}

/// With Ctrl a key types nothing, so that signs have to be known by their keys.
char ctrl_sign_of(int key) {
  switch (key) {
    case GLFW_KEY_EQUAL:
    case GLFW_KEY_KP_ADD: return '=';
    case GLFW_KEY_MINUS:
    case GLFW_KEY_KP_SUBTRACT: return '-';
    case GLFW_KEY_KP_0: return '0';
    default: return 0;
  }
}

}  // namespace

std::optional<KeyChord> chord_of_key(int key, int scancode, int modifiers) {
  if ((modifiers & GLFW_MOD_SUPER) != 0) return std::nullopt;
  KeyChord chord{.shift = (modifiers & GLFW_MOD_SHIFT) != 0,
                 .ctrl = (modifiers & GLFW_MOD_CONTROL) != 0,
                 .alt = (modifiers & GLFW_MOD_ALT) != 0};
  const auto* named =
      std::find_if(kNamed.begin(), kNamed.end(), [&](const Named& n) { return n.glfw == key; });
  if (named != kNamed.end()) {
    chord.key = named->key;
    return chord;
  }
  chord.key = Key::kCharacter;
  chord.character = letter_of(key, scancode);
  if (chord.character == 0 && key >= GLFW_KEY_0 && key <= GLFW_KEY_9 && !chord.shift) {
    chord.character = static_cast<char>('0' + (key - GLFW_KEY_0));
  }
  if (chord.character == 0 && chord.ctrl) {
    chord.character = ctrl_sign_of(key);
    chord.shift = false;
  }
  if (chord.character == 0) return std::nullopt;
  return chord;
}

std::optional<KeyChord> chord_of_character(unsigned code_point) {
  constexpr unsigned kAsciiEnd = 0x80;
  if (code_point >= kAsciiEnd) return std::nullopt;
  const char sign = code_point == '+' ? '=' : static_cast<char>(code_point);
  if (kSignKeys.find(sign) == std::string_view::npos) return std::nullopt;
  return KeyChord{.key = Key::kCharacter, .character = sign};
}

}  // namespace poolscope::platform
