#pragma once

// What stands out in a tally, and in what was sampled of a Go program's pools: each finding with
// the figures that it rests on. The texts of every language are made from these values.
//
// Thread safety: pure functions of values.
// Invariants: a finding is true of the tally, or of the samples, that it was made from; of less
// than kLeastOperations operations nothing is found that is a share of them.

#include <cstdint>
#include <map>
#include <vector>

#include "core/base/ids.h"
#include "core/model/pool_sample.h"
#include "core/story/tally.h"

namespace poolscope {

struct Finding {
  enum class Kind : std::uint8_t {
    kNews,          // pool: `count` of its `of` Gets called New
    kNewsAfterGc,   // the same; `more` of these within kSoonAfterGc_ns after a GC, one each `ns`
    kNeverPutBack,  // pool: `of` Gets, no Put
    kNotPutBack,    // pool: `count` of the `of` objects that its Gets gave out were not put back
    kFromOutside,   // pool: `count` Puts, more than twice as many as its `of` Gets
    kOneUser,       // pool: all of its `of` Gets and `count` Puts are of goroutine `g`
    kOneGetter,     // pool: all of its `of` Gets are of `g`, not all of its `count` Puts
    kOneAtATime,    // pool: several goroutines' `of` Gets, and never were two objects out of it
    // Of the whole recording:
    kNewCallers,    // pool: `of` News, the most of them for Gets in `callers`
    kLargeBuffers,  // pool: `count` of `of` buffers that were put have `large_bytes` or more, half
                    // of all have less than `usual_bytes`
    kStealsOn,      // p: `count` of its `of` Gets stole
    kStealsFrom,    // the same; `more` of all the `all` Puts were on P `other`
    kGcDropped,     // `count` objects by `of` GCs
    kGrowDropped,   // `count` objects
    kOrphaned,      // `count` Puts came to a dropped array
    kLockWaits,     // `count` times, `ns` in all, `longest_ns` at most
    kStopWaited,    // the longest: `ns`, for the goroutines pinned on `ps`; of a GC, or not
  };
  Kind kind = Kind::kNews;
  PoolId pool;
  GId g;
  PId p;
  PId other;
  bool gc = false;
  std::uint64_t count = 0;
  std::uint64_t of = 0;
  std::uint64_t more = 0;
  std::uint64_t all = 0;
  std::int64_t ns = 0;
  std::int64_t longest_ns = 0;
  std::vector<PId> ps;
  std::vector<PoolSample::Caller> callers;
  std::uint64_t usual_bytes = 0;
  std::uint64_t large_bytes = 0;
  bool operator==(const Finding&) const = default;
};

/// By the pools' numbers, those of which nothing was sampled left out.
using PoolSamples = std::map<std::uint16_t, PoolSample>;

inline constexpr std::uint64_t kLeastOperations = 20;

/// What stands out in `tally`, of a stretch of `span_ns`: first by pool, in the order of their
/// numbers, then by P, then what was dropped and what was waited for. `whole`: the stretch is the
/// whole session. Of a part nobody knows what is put before or behind it, or by whom.
std::vector<Finding> findings_of(const Tally& tally, std::int64_t span_ns,
                                 const PoolSamples& samples = {}, bool whole = true);

}  // namespace poolscope
