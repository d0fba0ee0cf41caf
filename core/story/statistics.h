#pragma once

// Statistics of a whole session: one pass over its events gives the tallies of equal stretches of
// time, and the sums of any part of it.
//
// Thread safety: none of its own.
// Invariants:
//  1. Each event counts in exactly one stretch, so the sum over all of them is what a plain recount
//     of the events gives.
//  2. Memory is bounded: at most kStretchesKept stretches with kRowsKept rows in all. Where there
//     would be more, neighbours are added up and a stretch lasts twice as long.

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "core/base/ids.h"
#include "core/model/accumulator.h"
#include "core/story/tally.h"

namespace poolscope {

class Statistics final : public Accumulator {
 public:
  static constexpr std::size_t kStretchesKept = 512;
  /// Rows of all the stretches' tables by P and by pool.
  static constexpr std::size_t kRowsKept = 16'384;

  void add(const Event& event, const Model& model) override;
  void begin_part(const Model& first) override;

  [[nodiscard]] const std::vector<Tally>& stretches() const { return stretches_; }
  /// When the first one begins, and how long each lasts; the last one may still be under way.
  [[nodiscard]] std::int64_t begin_ns() const { return begin_ns_; }
  [[nodiscard]] std::int64_t stretch_ns() const { return stretch_ns_; }
  /// Time of the last event.
  [[nodiscard]] std::int64_t end_ns() const { return end_ns_; }
  [[nodiscard]] bool empty() const { return stretches_.empty(); }

  /// The stretches that have a part in from_ns .. to_ns: [first, last).
  struct Range {
    std::size_t first = 0;
    std::size_t last = 0;
    bool operator==(const Range&) const = default;
  };
  [[nodiscard]] Range range(std::int64_t from_ns, std::int64_t to_ns) const;
  /// The sum of these stretches; of none: nothing.
  [[nodiscard]] Tally sum(Range range) const;
  [[nodiscard]] Tally sum() const { return sum({0, stretches_.size()}); }

 private:
  void go_to(const Event& event, const Model& model);
  void halve();
  void end_get(const Event& event, const Model& model);
  void end_put(const Event& event, const Model& model);
  void got_lock(const Event& event, const Model& model);
  void end_stop(const Model& model);
  /// Adds to all, to the P and to the pool; `p`, `pool` may be none.
  template <class Change>
  void count(PId p, PoolId pool, Change change);

  std::vector<Tally> stretches_;
  std::int64_t begin_ns_ = 0;
  std::int64_t stretch_ns_ = 1'000'000;
  std::int64_t stretch_end_ns_ = 0;  // of the last one
  std::int64_t end_ns_ = 0;
  std::size_t rows_ = 0;
  std::uint64_t cleared_ = 0;                    // objects that the GC under way has dropped so far
  std::uint64_t stale_ = 0;                      // in the model before the event
  std::unordered_map<GId, std::int64_t> waits_;  // for a lock, and since when
};

}  // namespace poolscope
