#pragma once

// Statistics of one session or of two, as text and as JSON.
//
// Thread safety: pure functions of values, in the language of the process.

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/base/ids.h"
#include "core/model/session_config.h"
#include "core/story/findings.h"
#include "core/story/pool_calls.h"
#include "core/story/tally.h"

namespace poolscope::cli {

/// What was counted in a stretch of a file.
struct Counted {
  std::string file;
  std::int64_t from_ns = 0;  // since the file's origin
  std::int64_t to_ns = 0;
  bool whole = true;  // from the first event to the last
  std::uint64_t events = 0;
  std::size_t pool_count = 0;
  std::vector<std::string> pools;  // their names, "" where there is none
  Details details;                 // which figures the session can have
  Tally tally;
  PoolCalls calls;
  PoolSamples samples;       // of the whole recording
  std::vector<PoolId> only;  // those that are asked for, of one name; none: all of them
};

/// Of all pools, or of those that are asked for: numbers and, in English, the findings. Times are
/// in ns, objects and operations are counted.
nlohmann::ordered_json stats_json(const Counted& counted);

/// Tables and the findings.
std::string stats_text(const Counted& counted);

/// Two side by side.
nlohmann::ordered_json comparison_json(const Counted& a, const Counted& b);
std::string comparison_text(const Counted& a, const Counted& b);

}  // namespace poolscope::cli
