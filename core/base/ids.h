#pragma once

// Strong identifiers: a goroutine's number cannot be passed where a processor's is wanted.
//
// Thread safety: values, no shared state.
// Invariants: kNone is never the identity of a thing that exists. G, P and pool numbers start at 0
// as Go's do; object and array numbers start at 1.

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>

namespace poolscope {

template <class Tag, class Rep, Rep kNoneValue>
struct Id {
  using rep = Rep;

  Rep value = kNoneValue;

  constexpr Id() = default;
  constexpr explicit Id(Rep v) : value(v) {}

  static constexpr Id none() { return Id{}; }

  /// True for the identity of something, false for "none".
  [[nodiscard]] constexpr bool valid() const { return value != kNoneValue; }
  constexpr auto operator<=>(const Id&) const = default;
};

/// A goroutine (G): 0 .. number of goroutines - 1.
using GId = Id<struct GTag, std::uint32_t, std::numeric_limits<std::uint32_t>::max()>;
/// A processor (P): 0 .. GOMAXPROCS - 1.
using PId = Id<struct PTag, std::uint16_t, std::numeric_limits<std::uint16_t>::max()>;
/// A pool, in the order of creation: 0 is drawn as A, 1 as B, ...
using PoolId = Id<struct PoolTag, std::uint16_t, std::numeric_limits<std::uint16_t>::max()>;
/// An array of poolLocal, in the order of allocation over all pools, from 1.
using ArrayId = Id<struct ArrayTag, std::uint32_t, 0>;
/// An object that is or was in use or in a pool, in the order of creation, from 1.
using ObjectId = Id<struct ObjectTag, std::uint32_t, 0>;

}  // namespace poolscope

template <class Tag, class Rep, Rep kNoneValue>
struct std::hash<poolscope::Id<Tag, Rep, kNoneValue>> {
  std::size_t operator()(poolscope::Id<Tag, Rep, kNoneValue> id) const noexcept {
    return std::hash<Rep>{}(id.value);
  }
};
