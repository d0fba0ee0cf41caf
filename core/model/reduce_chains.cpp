// The chain of a modern shared: dequeues that come and go, and pops at the tail.
//
// A thief wins a position with one compare-and-swap and stamps it a moment later; another one may
// win the next and stamp it first. So what is popped at the tail is found by its identity, its
// position is counted from the tail over what is left, and those popped ahead of the tail are kept
// until it has come up to them. In the same way a dequeue may be taken out of the chain before the
// last pop from it is reported.

#include "core/model/reduction.h"

namespace poolscope::reduction {
namespace {

constexpr std::uint32_t kFirstLength = 8;
constexpr std::uint32_t kMostLength = std::uint32_t{1} << 30U;

/// The position of the cell with number `cell` of those that are left in `d`, 0 the oldest.
std::uint32_t position_of(const DequeueState& d, std::size_t cell) {
  auto offset = static_cast<std::uint32_t>(cell);
  for (const std::uint32_t ahead : d.ahead) {
    if (ahead - d.tail <= offset) ++offset;
  }
  return d.tail + offset;
}

/// `position` is empty now; the tail moves on over what is.
void empty_position(DequeueState& d, std::uint32_t position) {
  if (position != d.tail) {
    const auto later = std::ranges::find_if(
        d.ahead, [&](std::uint32_t a) { return a - d.tail > position - d.tail; });
    d.ahead.insert(later, position);
    return;
  }
  ++d.tail;
  auto first_kept = d.ahead.begin();
  for (; first_kept != d.ahead.end() && *first_kept == d.tail; ++first_kept) ++d.tail;
  d.ahead.erase(d.ahead.begin(), first_kept);
}

void make_dequeue(Model& m, const Event& e, const GState& g, const Slot& slot) {
  if (!owns_place(m, e, g)) {
    diverge(m, e, "G{} makes a dequeue for {} slot {}, and is not pinned there", e.g.value,
            name_of(e.array), e.index);
  }
  std::vector<DequeueState>& chain = slot.local->chain;
  const std::uint32_t wanted =
      chain.empty() ? kFirstLength : std::min(2 * chain.back().length, kMostLength);
  if (e.number() != wanted) {
    diverge(m, e, "a dequeue of {} is made, its turn is one of {}", e.number(), wanted);
  }
  chain.emplace_back().length = e.number();
  note_write(e, slot);
}

void unlink_dequeue(Model& m, const Event& e, const Slot& slot) {
  std::vector<DequeueState>& chain = slot.local->chain;
  // Lengths double: there is one of each.
  const auto d = std::ranges::find_if(
      chain, [&](const DequeueState& x) { return x.length == e.number() && !x.unlinked; });
  if (d == chain.end() || d + 1 == chain.end()) {
    return diverge(m, e, "a dequeue of {} is taken out of {} slot {}, {}", e.number(),
                   name_of(e.array), e.index,
                   d == chain.end() ? "which has none such" : "and it is the head's");
  }
  note_write(e, slot);
  if (d->count == 0) {
    chain.erase(d);
  } else {
    d->unlinked = true;
  }
}

void pop_tail(Model& m, const Event& e, GState& g, const Slot& slot) {
  if (!in_get_slow(m, g)) {
    diverge(m, e, "G{} pops at the tail, and is not in getSlow", e.g.value);
  }
  SharedCells& shared = slot.local->shared;
  const auto cells = shared.cells();
  const auto found = std::ranges::find(cells, e.object);
  const auto cell = static_cast<std::size_t>(found - cells.begin());
  if (found == cells.end()) {
    diverge(m, e, "{} is popped at the tail of {} slot {}, where the model does not have it",
            name_of(e.object), name_of(e.array), e.index);
  } else {
    shared.erase(cell);
    leave(m, *slot.array, e.object);
    take_from_chain(m, e, *slot.local, cell, true);
  }
  put_in_flight(m, e, g);
  if (g.op.victim_array.valid()) {
    count_hit(m, g, &HitCounts::from_victim);
    return decide(e, g, Where::kVictimSteal);
  }
  count_hit(m, g, &HitCounts::from_steal);
  count_robbery(m, e, g);
  decide(e, g, Where::kSteal);
}

}  // namespace

void push_to_chain(Model& m, const Event& e, LocalState& local) {
  if (local.chain.empty()) {
    diverge(m, e, "{} is pushed to {} slot {}, which has no dequeue", name_of(e.object),
            name_of(e.array), e.index);
    local.chain.emplace_back().length = kFirstLength;
  }
  DequeueState& head = local.chain.back();
  ++head.count;
  if (head.count + head.ahead.size() > head.length) {
    diverge(m, e, "{} is pushed to a dequeue of {}, which is full", name_of(e.object), head.length);
  }
}

void take_from_chain(Model& m, const Event& e, LocalState& local, std::size_t cell,
                     bool popped_at_tail) {
  auto d = local.chain.begin();
  for (; d != local.chain.end() && cell >= d->count; ++d) cell -= d->count;
  if (d == local.chain.end()) {
    return diverge(m, e, "the dequeues of {} slot {} hold fewer objects than its shared",
                   name_of(e.array), e.index);
  }
  if (popped_at_tail) {
    const std::uint32_t position = position_of(*d, cell);
    if (static_cast<std::uint8_t>(position) != e.detail) {
      diverge(m, e, "{} is popped at position {} (mod 256), the model has it at {}",
              name_of(e.object), e.detail, position);
    }
    empty_position(*d, position);
  }
  --d->count;
  if (d->count != 0) return;
  // Only what contradicts the model leaves positions without a tail before them.
  d->tail += static_cast<std::uint32_t>(d->ahead.size());
  d->ahead.clear();
  if (d->unlinked) local.chain.erase(d);
}

void reduce_chain(Model& m, const Event& e) {
  GState& g = g_of(m, e);
  const Slot slot = slot_of(m, e);
  if (!slot) return;
  switch (e.kind) {
    case EventKind::kTailPop: return pop_tail(m, e, g, slot);
    case EventKind::kDequeueMade: return make_dequeue(m, e, g, slot);
    default: return unlink_dequeue(m, e, slot);
  }
}

}  // namespace poolscope::reduction
