#include "core/story/pool_calls.h"

#include <algorithm>
#include <bit>

namespace poolscope {
namespace {

constexpr unsigned kBits = 7;  // that are kept of a length

/// Rises with the length.
std::uint32_t step_of(std::uint64_t ns) {
  const auto width = static_cast<unsigned>(std::bit_width(ns));
  const unsigned cut = width > kBits ? width - kBits : 0;
  return cut << kBits | static_cast<std::uint32_t>(ns >> cut);
}

/// The longest that has this step.
std::uint64_t most_of(std::uint32_t step) {
  const std::uint64_t first_bits = step & ((1U << kBits) - 1);
  return ((first_bits + 1) << (step >> kBits)) - 1;
}

}  // namespace

void Durations::add(std::int64_t ns) {
  ++counts_[step_of(static_cast<std::uint64_t>(std::max<std::int64_t>(ns, 0)))];
  ++count_;
  longest_ns_ = std::max(longest_ns_, ns);
}

std::int64_t Durations::at(unsigned percent) const {
  std::uint64_t so_far = 0;
  for (const auto& [step, count] : counts_) {
    so_far += count;
    if (so_far * 100 < count_ * percent) continue;
    return std::min(static_cast<std::int64_t>(most_of(step)), longest_ns_);
  }
  return longest_ns_;
}

void PoolCalls::add(const Event& event, const Model& model) {
  switch (event.kind) {
    case EventKind::kObjectMade: made_past_.insert(event.object); break;
    case EventKind::kGetEnd:
    case EventKind::kPutEnd: end_call(event, model); break;
    default: break;
  }
}

void PoolCalls::begin_part(const Model& /*first*/) {
  made_past_.clear();  // objects have other numbers from here on
}

void PoolCalls::end_call(const Event& event, const Model& model) {
  const GState* g = model.gs.find(event.g);
  if (g == nullptr || !g->last_op.pool.valid()) return;
  const Operation& op = g->last_op;
  const std::int64_t ns = op.end_ns - op.begin_ns;
  Pool& pool = pools_[op.pool.value];
  const bool puts = op.kind == Operation::Kind::kPut;
  (puts ? pool.puts : pool.gets).add(ns);
  if (puts) pool.made_past_it += made_past_.erase(op.object);
  if (op.new_called || op.pin_slows != 0) return;
  ++plain_;
  if (ns > 0) ++plain_that_took_time_;
}

const PoolCalls::Pool* PoolCalls::find(PoolId pool) const {
  const auto it = pools_.find(pool.value);
  return it == pools_.end() ? nullptr : &it->second;
}

}  // namespace poolscope
