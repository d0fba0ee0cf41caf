#pragma once

// The model in words: the dump of scripts, and the same as JSON.
//
// Thread safety: functions of their arguments.
// Invariants: equal models and equal origins give equal bytes.

#include <cstdint>
#include <string>

#include <nlohmann/json_fwd.hpp>

#include "core/base/position.h"
#include "core/model/model.h"

namespace poolscope {

/// What the event numbers and times that a reader sees count from: the last event before a
/// recording's first; 0 in a live session.
using Origin = Position;

/// The lines of a `dump` in a transcript, from `dump` to `end`. Objects are named by number, #19;
/// pools as A, B, C; lost= lists the newest kLostKept; one more line has the totals, where dropped=
/// is all that the pool has forgotten: lost and stale. No time or event number is in it.
std::string dump_text(const Model& model, Origin origin);

/// The same as JSON, with all that a test of a session may want to compare: the event's number and
/// time counted from `origin`, goroutines, Ps, locks, places, arrays that are still held, the
/// stops-the-world, divergences.
nlohmann::json dump_json(const Model& model, Origin origin);

}  // namespace poolscope
