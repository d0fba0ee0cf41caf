#pragma once

// What was sampled of a pool of a Go program while it was recorded: who calls Get, and how large
// the buffers are that are put. It is of the whole recording, and no part of the model.
//
// Thread safety: values.

#include <cstdint>
#include <string>
#include <vector>

namespace poolscope {

struct PoolSample {
  /// Gets of which one is sampled.
  static constexpr std::uint64_t kGetsEach = 1024;
  static constexpr std::size_t kMostCallers = 16;

  struct Caller {
    std::string function;
    std::uint64_t gets = 0;  // sampled, of those that found an object
    std::uint64_t news = 0;  // all of them
    bool operator==(const Caller&) const = default;
  };
  struct Capacity {
    /// The buffers have less than 2^bits bytes, and at least half of that.
    unsigned bits = 0;
    std::uint64_t puts = 0;
    bool operator==(const Capacity&) const = default;
  };
  /// Of all callers together.
  std::uint64_t gets = 0;
  std::uint64_t news = 0;
  /// Those with the most News, then those with the most Gets.
  std::vector<Caller> callers;
  /// By size, the smallest first. Empty: what is put are no buffers of bytes.
  std::vector<Capacity> capacities;

  [[nodiscard]] bool empty() const { return callers.empty() && capacities.empty(); }
  bool operator==(const PoolSample&) const = default;
};

}  // namespace poolscope
