#pragma once

// What is said about a Mutex: who holds it, and how many wait for it.
//
// Thread safety: pure functions, but for the language (see locale).

#include <cstdint>
#include <string>
#include <vector>

#include "core/model/model.h"

namespace poolscope::views {

/// Whether somebody has it or is about to have it: it is drawn closed. A Mutex that goroutines wait
/// for and nobody holds by the events is between two holders: the next one has yet to say so.
inline bool taken(const LockState& lock) { return lock.holder.valid() || !lock.waiters.empty(); }

/// "held by G1 · 2 waiting" and what stands for it where there is less room, the longest first.
/// Empty: it is free.
std::vector<std::string> lock_texts(const LockState& lock);

/// All of it, for a tooltip: "Mutex of local[1]: held by G1; waiting: G3, G5".
std::string lock_tooltip(const LockState& lock, std::size_t place);

}  // namespace poolscope::views
