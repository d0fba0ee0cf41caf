#pragma once

// The one table of commands: which key asks for what, what the control with the same effect is
// called, and what to say of it. The keyboard, the tooltips and the list of all keys are fed from
// it.
//
// Thread safety: the table is constant.
// Invariants: no two commands have the same key. Every `label` is one of the labels of --ui-dump.

#include <optional>
#include <span>
#include <string_view>

#include "app/intents/intents.h"
#include "app/intents/keys.h"

namespace poolscope::intents {

struct Command {
  KeyChord key;
  std::string_view label;  // of the control that does the same; "" where there is none
  std::string_view text;   // msgid: what it does, for tooltips and the list of keys
  Intent intent;
  bool repeats = false;            // a held key asks again
  std::optional<Intent> let_go{};  // what its key asks for when it is let go
};

/// All commands, in the order in which they are listed to a reader.
std::span<const Command> commands();

/// The command of a key, or nullptr.
const Command* command_of(const KeyChord& key);

/// The command that ends when this key is let go, whatever is held with it; nullptr: there is none.
const Command* command_let_go(const KeyChord& key);

/// The first command of the control called `label`, or nullptr.
const Command* command_of(std::string_view label);

}  // namespace poolscope::intents
