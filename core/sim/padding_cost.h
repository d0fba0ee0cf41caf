#pragma once

// What the padding of a poolLocal is worth on this machine's cores.
//
// Thread safety: a value.

#include <cstdint>

namespace poolscope {

struct PaddingCost {
  std::uint32_t threads = 0;  // each on a P of its own
  double unpadded_ns = 0;     // an operation of one thread, a Put or a Get
  double padded_ns = 0;
  /// How many times as long an operation takes without padding.
  [[nodiscard]] double ratio() const { return unpadded_ns / padded_ns; }
  bool operator==(const PaddingCost&) const = default;
};

}  // namespace poolscope
