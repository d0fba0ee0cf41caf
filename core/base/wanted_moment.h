#pragma once

// A moment of a session as somebody names it: "3.2s", "#1234", "end". What it comes to is known
// only with the session at hand.
//
// Thread safety: values.

#include <cstdint>

namespace poolscope {

struct WantedMoment {
  enum class Kind : std::uint8_t { kTime, kEvent, kEnd };
  Kind kind = Kind::kEnd;
  std::int64_t time_ns = 0;  // kTime; since the first event
  std::uint64_t number = 0;  // kEvent; 1 is the first
};

}  // namespace poolscope
