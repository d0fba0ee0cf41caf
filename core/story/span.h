#pragma once

// A span of the timeline: what one goroutine did on a P from one event to another, or several of
// these as one.
//
// Thread safety: values.

#include <cstdint>
#include <limits>

#include "core/base/ids.h"

namespace poolscope {

struct Span {
  enum class Kind : std::uint8_t {
    kUser,  // the user's own code, outside the pool
    kPut,
    kGet,  // under way: how it will be answered is not known yet
    kHit,  // answered from private or from its own shared
    kNew,
    kSteal,
    kNil,
    kLockWait,  // part of a Put or Get
  };
  static constexpr std::int64_t kOpen = std::numeric_limits<std::int64_t>::max();

  std::int64_t begin_ns = 0;
  std::int64_t end_ns = kOpen;
  std::uint64_t begin_seq = 0;
  std::uint64_t end_seq = 0;  // 0 while open
  std::uint64_t op_seq = 0;   // of the start of its operation; 0: user code, or summed
  std::int64_t busy_ns = 0;   // time within pool operations; known once it is closed
  std::int64_t kind_ns = 0;   // time of `kind` alone, the longest of its parts' kinds
  std::uint32_t parts = 1;    // more: summed
  ObjectId object;            // the operation's, once known; none when summed
  GId g;                      // none when its parts are of several
  std::uint16_t kinds = 0;    // the kinds of its parts, a bit each
  Kind kind = Kind::kUser;

  [[nodiscard]] bool open() const { return end_ns == kOpen; }
  [[nodiscard]] bool summed() const { return parts > 1; }
  [[nodiscard]] bool has(Kind wanted) const {
    return ((kinds >> static_cast<unsigned>(wanted)) & 1U) != 0;
  }
  bool operator==(const Span&) const = default;
};

/// `a` and the later `b` as one summed span.
Span merged(const Span& a, const Span& b);

}  // namespace poolscope
