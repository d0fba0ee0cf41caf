#pragma once

// What is known of the calls of each pool besides where they ended: how long they took, and how
// many of the objects that were put had been made past the pools.
//
// Thread safety: none of its own.
// Invariants: memory does not grow with the calls. It grows with the pools that were called, with
// how different the lengths of their calls are, and with the objects that were made past the pools
// in this part of the session and not put yet.

#include <cstdint>
#include <map>
#include <unordered_set>

#include "core/base/ids.h"
#include "core/model/accumulator.h"

namespace poolscope {

/// Lengths of time, by how often each came: exact below 128 ns, else to a 64th of it.
class Durations {
 public:
  /// A negative length, of a damaged file, counts as 0.
  void add(std::int64_t ns);
  [[nodiscard]] bool empty() const { return count_ == 0; }
  /// So many percent of them, from 1 to 100, were no longer: never too short, too long by a 64th of
  /// it at most. 0 where there are none.
  [[nodiscard]] std::int64_t at(unsigned percent) const;
  /// Exact.
  [[nodiscard]] std::int64_t longest_ns() const { return longest_ns_; }

 private:
  std::map<std::uint32_t, std::uint64_t> counts_;  // by their first seven bits
  std::uint64_t count_ = 0;
  std::int64_t longest_ns_ = 0;
};

class PoolCalls final : public Accumulator {
 public:
  struct Pool {
    Durations gets;
    Durations puts;
    /// Objects that nobody got from a pool before they were put into this one.
    std::uint64_t made_past_it = 0;
  };

  void add(const Event& event, const Model& model) override;
  void begin_part(const Model& first) override;

  /// nullptr: nothing was called there.
  [[nodiscard]] const Pool* find(PoolId pool) const;
  /// Whether the session says how long calls took: most of those that did nothing but look for a
  /// place took some time. Else only a New and the making of an array have a length.
  [[nodiscard]] bool times_known() const { return plain_that_took_time_ * 2 > plain_; }

 private:
  void end_call(const Event& event, const Model& model);

  std::map<PoolId::rep, Pool> pools_;
  std::unordered_set<ObjectId> made_past_;  // and not put yet
  std::uint64_t plain_ = 0;                 // calls without New and without a new array
  std::uint64_t plain_that_took_time_ = 0;
};

}  // namespace poolscope
