#pragma once

// When which event was: the way between the two axes of the timeline, by time and by step.
//
// Thread safety: none of its own.
// Invariants: samples ascend in seq and never descend in time. At most kSamplesKept + 1 are kept:
// when there are more, every second one goes, so that the whole session stays covered evenly.

#include <cstddef>
#include <cstdint>
#include <vector>

namespace poolscope {

class TimeIndex {
 public:
  static constexpr std::size_t kSamplesKept = 8'192;

  /// Takes in the next event.
  void add(std::uint64_t seq, std::int64_t time_ns);

  /// The event at or around `time_ns`, interpolated between samples; 0 before the first event, the
  /// last one after the end.
  [[nodiscard]] std::uint64_t seq_at(std::int64_t time_ns) const;
  /// The session time of event `seq`, interpolated between samples; 0 when there is none yet.
  [[nodiscard]] std::int64_t time_at(std::uint64_t seq) const;

 private:
  struct Sample {
    std::uint64_t seq = 0;
    std::int64_t time_ns = 0;
  };

  std::vector<Sample> samples_;  // every stride_-th event
  Sample last_;
  std::uint64_t stride_ = 1;
};

}  // namespace poolscope
