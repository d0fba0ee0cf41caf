#pragma once

// A whole call of a session, and a list of them: the same list can be made on either pool.
//
// What a Put puts is named by where it came from, "the object of call 7", and not by itself: what
// call 7 got differs from pool to pool, and then so does what is put.
//
// Thread safety: values.
// Invariants: a call refers to earlier ones only.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/ids.h"

namespace poolscope {

struct Call {
  enum class Kind : std::uint8_t {
    kPut,     // p, pool, of
    kGet,     // p, pool
    kDrop,    // p, pool, of: a Put that the dice of race mode drop
    kGc,      //
    kResize,  // procs
  };
  Kind kind = Kind::kGet;
  PId p;
  PoolId pool;
  /// Of a Put: the earlier call that got or put its object, counted from 0; none: the object is a
  /// fresh one. Where that call got nothing, nothing is put.
  std::optional<std::size_t> of;
  std::uint32_t procs = 0;  // GOMAXPROCS from here
  bool operator==(const Call&) const = default;

  [[nodiscard]] bool puts() const { return kind == Kind::kPut || kind == Kind::kDrop; }
};

struct CallPool {
  std::string name;
  bool has_new = true;
  bool operator==(const CallPool&) const = default;
};

struct CallList {
  std::uint32_t procs = 1;  // at the start
  std::vector<CallPool> pools;
  std::vector<Call> calls;
  bool operator==(const CallList&) const = default;
};

}  // namespace poolscope
