#include "core/story/time_index.h"

#include <algorithm>

namespace poolscope {

void TimeIndex::add(std::uint64_t seq, std::int64_t time_ns) {
  last_ = {seq, time_ns};
  if (!samples_.empty() && seq < samples_.back().seq + stride_) return;
  samples_.push_back(last_);
  if (samples_.size() <= kSamplesKept) return;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < samples_.size(); i += 2) samples_[kept++] = samples_[i];
  samples_.resize(kept);
  stride_ *= 2;
}

std::uint64_t TimeIndex::seq_at(std::int64_t time_ns) const {
  if (samples_.empty() || time_ns < samples_.front().time_ns) return 0;
  if (time_ns >= last_.time_ns) return last_.seq;
  const auto after = std::ranges::upper_bound(samples_, time_ns, {}, &Sample::time_ns);
  const Sample& from = *(after - 1);
  const Sample& to = after == samples_.end() ? last_ : *after;
  if (to.time_ns <= from.time_ns) return from.seq;
  const double part =
      static_cast<double>(time_ns - from.time_ns) / static_cast<double>(to.time_ns - from.time_ns);
  return from.seq + static_cast<std::uint64_t>(part * static_cast<double>(to.seq - from.seq));
}

std::int64_t TimeIndex::time_at(std::uint64_t seq) const {
  if (samples_.empty()) return 0;
  if (seq <= samples_.front().seq) return samples_.front().time_ns;
  if (seq >= last_.seq) return last_.time_ns;
  const auto after = std::ranges::upper_bound(samples_, seq, {}, &Sample::seq);
  const Sample& from = *(after - 1);
  const Sample& to = after == samples_.end() ? last_ : *after;
  if (to.seq <= from.seq) return from.time_ns;
  const double part = static_cast<double>(seq - from.seq) / static_cast<double>(to.seq - from.seq);
  return from.time_ns +
         static_cast<std::int64_t>(part * static_cast<double>(to.time_ns - from.time_ns));
}

}  // namespace poolscope
