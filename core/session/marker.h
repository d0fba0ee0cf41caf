#pragma once

// A marker: a note of the viewer at a moment of a session.
//
// Thread safety: a value.

#include <cstdint>
#include <string>

namespace poolscope {

struct Marker {
  std::uint64_t seq = 0;  // of the session, as time_ns is
  std::int64_t time_ns = 0;
  std::string text;  // UTF-8
  bool operator==(const Marker&) const = default;
};

}  // namespace poolscope
