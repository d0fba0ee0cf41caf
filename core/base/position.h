#pragma once

// Where in a session one is: after which event, and when.
//
// Thread safety: values.

#include <cstdint>

namespace poolscope {

struct Position {
  std::uint64_t seq = 0;     // the last event that has happened
  std::int64_t time_ns = 0;  // session time, at that event or between it and the next
  bool operator==(const Position&) const = default;
};

}  // namespace poolscope
