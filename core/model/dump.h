#pragma once

// The model in words: the dump of scripts, and the same as JSON.
//
// Thread safety: functions of their arguments.

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "core/model/model.h"

namespace poolscope {

/// What event numbers and times are told relative to: the last event before a recording's first,
/// or nothing at all in a live session.
struct Origin {
  std::uint64_t seq = 0;
  std::int64_t time_ns = 0;
};

/// The lines of a `dump` in a transcript.
std::string dump_text(const Model& model, Origin origin);

/// The same as JSON.
nlohmann::json dump_json(const Model& model, Origin origin);

}  // namespace poolscope
