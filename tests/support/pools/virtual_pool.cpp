#include "tests/support/pools/virtual_pool.h"

#include <algorithm>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "core/model/reduce.h"

namespace poolscope::testing {

VirtualPool::VirtualPool(std::uint32_t procs, std::uint32_t workers, std::uint32_t pools)
    : gs_(workers), pools_(pools), procs_(procs) {
  config_.procs = procs;
  config_.workers = workers;
  config_.pools = pools;
  model_ = initial_model(config_);
  for (std::uint32_t i = 0; i < workers; ++i) emit(EventKind::kGoStart, static_cast<int>(i));
  apply();
}

Event& VirtualPool::emit(EventKind kind, int g, ObjectId object, ArrayId array, int place,
                         int detail) {
  Event e;
  e.set_seq(events_.size() + 1);
  e.time_ns = (events_.empty() ? 0 : events_.back().time_ns) + tick_ns;
  e.kind = kind;
  e.object = object;
  e.array = array;
  e.index = static_cast<std::uint16_t>(place);
  e.detail = static_cast<std::uint8_t>(detail);
  if (g >= 0) {
    e.g = GId{static_cast<std::uint32_t>(g)};
    if (gs_[index(g)].p >= 0) e.p = PId{static_cast<std::uint16_t>(gs_[index(g)].p)};
  }
  return events_.emplace_back(e);
}

Event& VirtualPool::emit_number(EventKind kind, int g, std::uint32_t number, ArrayId array,
                                int place, int detail) {
  return emit(kind, g, ObjectId{number}, array, place, detail);
}

void VirtualPool::apply() {
  for (; applied_ < events_.size(); ++applied_) reduce(model_, events_[applied_]);
}

bool VirtualPool::take_p(int g, int p) {
  Goroutine& me = gs_[index(g)];
  if (me.running) return p < 0 || p == me.p;
  const auto is_free = [this](int wanted) {
    return wanted >= 0 && wanted < static_cast<int>(procs_) &&
           std::ranges::none_of(gs_,
                                [&](const Goroutine& o) { return o.running && o.p == wanted; });
  };
  if (p < 0 && is_free(me.p)) p = me.p;
  for (int i = 0; p < 0 && i < static_cast<int>(procs_); ++i) {
    if (is_free(i)) p = i;
  }
  if (!is_free(p)) return false;
  me.p = p;
  me.running = true;
  emit(EventKind::kGoRun, g);
  return true;
}

void VirtualPool::park(int g, ParkReason reason) {
  emit(EventKind::kGoPark, g, {}, {}, 0, static_cast<int>(reason));
  gs_[index(g)].running = false;
}

void VirtualPool::stand(int g, Step step) {
  gs_[index(g)].stop = step;
  emit(EventKind::kStand, g, {}, {}, 0, static_cast<int>(step));
  if (!step_info(step).pinned) park(g, ParkReason::kStep);
}

ObjectId VirtualPool::make(int g) {
  const ObjectId object{++objects_};
  emit(EventKind::kObjectMade, g, object);
  gs_[index(g)].hand.push_back(object);
  apply();
  return object;
}

// --- operations ----------------------------------------------------------------------------------

bool VirtualPool::begin_put(int g, ObjectId object, int p, int pool) {
  Goroutine& me = gs_[index(g)];
  const auto held = std::ranges::find(me.hand, object);
  if (busy(g) || held == me.hand.end() || !take_p(g, p)) return false;
  me.hand.erase(held);
  me.object = object;
  me.is_put = true;
  me.pool = pool;
  emit(EventKind::kPutBegin, g, object, {}, pool);
  pin(g);
  apply();
  return true;
}

bool VirtualPool::begin_get(int g, int p, int pool) {
  Goroutine& me = gs_[index(g)];
  if (busy(g) || !take_p(g, p)) return false;
  me.object = {};
  me.is_put = false;
  me.pool = pool;
  emit(EventKind::kGetBegin, g, {}, {}, pool);
  pin(g);
  apply();
  return true;
}

bool VirtualPool::advance(int g, int p) {
  if (!busy(g)) return false;
  // A goroutine that still could not have its lock changes nothing.
  const Goroutine& me = gs_[index(g)];
  if (me.waits) {
    const int holder =
        me.stop == Step::kPinSlowUnpinned ? all_pools_holder_
        : me.stop == Step::kSlowLoaded || me.stop == Step::kSlowLocked
            ? me.slow_array->locals[(index(me.slow_pid) + me.probes + 1) % me.slow_size].holder
            : me.array->locals[index(me.place)].holder;
    if (holder >= 0) return false;
  }
  if (!take_p(g, p)) return false;
  go_on(g);
  apply();
  return true;
}

void VirtualPool::go_on(int g) {
  Goroutine& me = gs_[index(g)];
  switch (me.stop) {
    case Step::kPinSlowUnpinned:
      if (all_pools_holder_ >= 0) {
        emit(EventKind::kAllPoolsWait, g);
        me.waits = true;
        return park(g, ParkReason::kLock);
      }
      me.waits = false;
      all_pools_holder_ = g;
      emit(EventKind::kAllPoolsLocked, g);
      return stand(g, Step::kPinSlowLocked);
    case Step::kPinSlowLocked: return pin_slow(g);
    case Step::kPinSlowPublished: {
      Pool& pool = pools_[index(me.pool)];
      pool.local_size = static_cast<std::uint32_t>(pool.local->locals.size());
      emit_number(EventKind::kLocalSizeStored, g, pool.local_size, {}, me.pool);
      all_pools_holder_ = -1;
      emit(EventKind::kAllPoolsUnlocked, g);
      return after_pin(g);
    }
    case Step::kPutUnpinned:
    case Step::kGetUnpinned:
      if (!lock(g, me.array->locals[index(me.place)], *me.array, me.place)) return;
      return stand(g, me.is_put ? Step::kPutLocked : Step::kGetLocked);
    case Step::kPutLocked:
    case Step::kGetLocked: return own_shard(g);
    case Step::kGetSlow: return get_slow(g);
    case Step::kSlowLoaded:
    case Step::kSlowLocked: return probe(g);
    default:  // kGetNew
      emit(EventKind::kNewBegin, g, {}, {}, me.pool);
      me.object = ObjectId{++objects_};
      emit(EventKind::kNewMade, g, me.object, {}, me.pool);
      return end(g);
  }
}

void VirtualPool::pin(int g) {
  Goroutine& me = gs_[index(g)];
  const Pool& pool = pools_[index(me.pool)];
  if (me.p < static_cast<int>(pool.local_size)) {
    pinned_at(g, pool.local);
    return after_pin(g);
  }
  emit(EventKind::kUnpinned, g);
  emit(EventKind::kPinSlow, g, {}, {}, me.pool);
  stand(g, Step::kPinSlowUnpinned);
}

void VirtualPool::pin_slow(int g) {
  Goroutine& me = gs_[index(g)];
  Pool& pool = pools_[index(me.pool)];
  if (me.p < static_cast<int>(pool.local_size)) {
    pinned_at(g, pool.local);
    all_pools_holder_ = -1;
    emit(EventKind::kAllPoolsUnlocked, g);
    return after_pin(g);
  }
  if (pool.local == nullptr) {
    all_pools_.push_back(me.pool);
    emit(EventKind::kAllPoolsAppend, g, {}, {}, me.pool);
  }
  auto made = std::make_shared<Array>(Array{ArrayId{++arrays_}, std::vector<Local>(procs_)});
  emit_number(EventKind::kArrayMade, g, procs_, made->id, me.pool);
  pinned_at(g, made);
  emit(EventKind::kLocalStored, g, {}, made->id, me.pool);
  pool.local = std::move(made);
  stand(g, Step::kPinSlowPublished);
}

void VirtualPool::pinned_at(int g, const ArrayRef& array) {
  Goroutine& me = gs_[index(g)];
  me.array = array;
  me.place = me.p;
  me.pinned = true;
  emit(EventKind::kPinned, g, {}, array->id, me.place);
}

void VirtualPool::unpin(int g) {
  emit(EventKind::kUnpinned, g);
  gs_[index(g)].pinned = false;
}

void VirtualPool::after_pin(int g) {
  Goroutine& me = gs_[index(g)];
  Local& local = me.array->locals[index(me.place)];
  const ArrayId array = me.array->id;
  if (me.is_put && !local.private_object.valid()) {
    emit(EventKind::kPrivateStore, g, me.object, array, me.place);
    local.private_object = std::exchange(me.object, {});
    unpin(g);
    return end(g);
  }
  if (me.is_put) {
    emit(EventKind::kPrivateFull, g, {}, array, me.place);
    unpin(g);
    return stand(g, Step::kPutUnpinned);
  }
  me.object = std::exchange(local.private_object, {});
  emit(me.object.valid() ? EventKind::kPrivateTake : EventKind::kPrivateEmpty, g, me.object, array,
       me.place);
  unpin(g);
  if (me.object.valid()) return end(g);
  stand(g, Step::kGetUnpinned);
}

bool VirtualPool::lock(int g, Local& local, const Array& array, int place) {
  Goroutine& me = gs_[index(g)];
  if (local.holder >= 0) {
    emit(EventKind::kLockWait, g, {}, array.id, place);
    me.waits = true;
    park(g, ParkReason::kLock);
    return false;
  }
  me.waits = false;
  local.holder = g;
  emit(EventKind::kLocked, g, {}, array.id, place);
  return true;
}

void VirtualPool::unlock(int g, Local& local, const Array& array, int place) {
  emit(EventKind::kUnlocked, g, {}, array.id, place);
  local.holder = -1;
}

void VirtualPool::own_shard(int g) {
  Goroutine& me = gs_[index(g)];
  Local& local = me.array->locals[index(me.place)];
  const ArrayId array = me.array->id;
  if (me.is_put) {
    emit(EventKind::kSharedPush, g, me.object, array, me.place);
    local.shared.push_back(std::exchange(me.object, {}));
  } else if (!local.shared.empty()) {
    me.object = local.shared.back();
    local.shared.pop_back();
    emit(EventKind::kSharedPop, g, me.object, array, me.place);
  } else {
    emit(EventKind::kSharedEmpty, g, {}, array, me.place);
  }
  unlock(g, local, *me.array, me.place);
  if (me.is_put || me.object.valid()) return end(g);
  stand(g, Step::kGetSlow);
}

void VirtualPool::get_slow(int g) {
  Goroutine& me = gs_[index(g)];
  const Pool& pool = pools_[index(me.pool)];
  me.slow_size = pool.local_size;
  me.slow_array = pool.local;
  me.slow_pid = me.p;
  me.probes = 0;
  emit(EventKind::kUnpinned, g);
  emit_number(EventKind::kSlowLoaded, g, me.slow_size,
              me.slow_array == nullptr ? ArrayId::none() : me.slow_array->id, me.slow_pid);
  stand(g, Step::kSlowLoaded);
}

void VirtualPool::probe(int g) {
  Goroutine& me = gs_[index(g)];
  if (me.slow_size == 0) return found_nothing(g);
  const auto j = (index(me.slow_pid) + me.probes + 1) % me.slow_size;
  const int place = static_cast<int>(j);
  Local& local = me.slow_array->locals[j];
  if (local.holder != g) {
    if (!lock(g, local, *me.slow_array, place)) return;
    return stand(g, Step::kSlowLocked);
  }
  if (!local.shared.empty()) {
    me.object = local.shared.back();
    local.shared.pop_back();
    emit(EventKind::kSharedPop, g, me.object, me.slow_array->id, place);
    unlock(g, local, *me.slow_array, place);
    return end(g);
  }
  emit(EventKind::kSharedEmpty, g, {}, me.slow_array->id, place);
  unlock(g, local, *me.slow_array, place);
  if (++me.probes == me.slow_size) return found_nothing(g);
  probe(g);
}

void VirtualPool::found_nothing(int g) { stand(g, Step::kGetNew); }

void VirtualPool::end(int g) {
  Goroutine& me = gs_[index(g)];
  if (me.is_put) {
    emit(EventKind::kPutEnd, g);
  } else {
    emit(EventKind::kGetEnd, g, me.object);
    if (me.object.valid()) me.hand.push_back(std::exchange(me.object, {}));
  }
  me.array.reset();
  me.slow_array.reset();
  me.stop = Step::kNone;
  park(g, ParkReason::kSleep);
}

bool VirtualPool::drop(int g, ObjectId object) {
  Goroutine& me = gs_[index(g)];
  const auto held = std::ranges::find(me.hand, object);
  if (busy(g) || held == me.hand.end() || !take_p(g, -1)) return false;
  me.hand.erase(held);
  emit(EventKind::kPutBegin, g, object);
  emit(EventKind::kRaceDrop, g, object);
  emit(EventKind::kPutEnd, g);
  park(g, ParkReason::kSleep);
  apply();
  return true;
}

void VirtualPool::put(int g, ObjectId object, int p, int pool) {
  if (begin_put(g, object, p, pool)) finish(g);
}

ObjectId VirtualPool::get(int g, int p, int pool) {
  if (!begin_get(g, p, pool)) return {};
  finish(g);
  return gs_[index(g)].hand.empty() ? ObjectId::none() : gs_[index(g)].hand.back();
}

void VirtualPool::finish(int g, int p) {
  while (busy(g) && advance(g, gs_[index(g)].running ? -1 : p)) {
  }
}

void VirtualPool::advance_to(int g, Step step, int p) {
  while (busy(g) && stop_of(g) != step && advance(g, gs_[index(g)].running ? -1 : p)) {
  }
}

std::string VirtualPool::contents(int pool) const {
  const ArrayRef& array = pools_[index(pool)].local;
  if (array == nullptr) return "nil";
  std::string text;
  for (const Local& local : array->locals) {
    std::string cells;
    for (const ObjectId object : local.shared) {
      cells += fmt::format("{}#{}", cells.empty() ? "" : " ", object.value);
    }
    text += fmt::format(
        "{}{}[{}]", text.empty() ? "" : " ",
        local.private_object.valid() ? fmt::format("#{}", local.private_object.value) : "-", cells);
  }
  return text;
}

}  // namespace poolscope::testing
