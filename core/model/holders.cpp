#include "core/model/reduction.h"

namespace poolscope::reduction {
namespace {

template <class T>
bool erase_newest(std::vector<T>& list, const T& value) {
  for (std::size_t i = list.size(); i-- > 0;) {
    if (list[i] == value) {
      list.erase(list.begin() + static_cast<std::ptrdiff_t>(i));
      return true;
    }
  }
  return false;
}

}  // namespace

void hold(GState& g, GId id, ArrayState& array) {
  if (std::ranges::find(g.holds, array.id) != g.holds.end()) return;
  g.holds.push_back(array.id);
  array.held_by.push_back(id);
}

void release(Model& m, const Event& e, GId id, ArrayId array_id) {
  if (GState* g = m.gs.find(id)) erase_newest(g->holds, array_id);
  ArrayState* array = array_of(m, array_id);
  if (array == nullptr) return;
  erase_newest(array->held_by, id);
  if (array->status != ArrayState::Status::kDropped || !array->held_by.empty()) return;
  lose_contents(m, e, *array);
  m.arrays.erase(array_id);
}

void release_all(Model& m, const Event& e, GId id) {
  const GState& g = *m.gs.find(id);
  while (!g.holds.empty()) release(m, e, id, g.holds.back());
}

void release_all_but_named(Model& m, const Event& e, GId id) {
  const GState& g = *m.gs.find(id);
  for (std::size_t i = g.holds.size(); i-- > 0;) {
    const ArrayId array = g.holds[i];
    if (array != g.op.array && array != g.op.slow_array) release(m, e, id, array);
  }
}

void settle_at(Model& m, const Event& e, GState& g, ArrayState& array) {
  if (!g.op.p.valid()) g.op.p = e.p;
  g.op.array = e.array;
  g.op.index = e.index;
  hold(g, e.g, array);
  if (g.holds.size() > 1) release_all_but_named(m, e, e.g);
}

bool may_have_loaded(const Model& m, const GState& g, PoolId pool) {
  if (g.status != GState::Status::kRunning || g.op.kind == Operation::Kind::kNone ||
      g.op.pool != pool) {
    return false;
  }
  // pinSlow pins with the lock held, so that what it finds is known before anybody drops it; unless
  // pins are not known.
  const bool in_pin = !g.op.array.valid() && (g.op.pin_slows == 0 || !m.config.details.pins);
  const bool in_get_slow = g.op.own_shared_missed && !g.op.slow;
  return in_pin || in_get_slow;
}

}  // namespace poolscope::reduction
