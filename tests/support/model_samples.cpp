#include "tests/support/model_samples.h"

#include <algorithm>
#include <utility>

namespace poolscope::testing {
namespace {

constexpr ArrayId kFirstArray{1};
constexpr std::int64_t kMs = 1'000'000;
constexpr std::int64_t kNow_ns = 12'480 * kMs;

GId g_id(std::size_t i) { return GId{static_cast<std::uint32_t>(i)}; }
PId p_id(std::size_t i) { return PId{static_cast<std::uint16_t>(i)}; }

ObjectId make_object(Model& model) {
  return ObjectId{static_cast<std::uint32_t>(++model.totals.created)};
}

void pool_one(Model& model, ArrayState& array, std::size_t place, bool in_private) {
  const ObjectId object = make_object(model);
  if (in_private) {
    array.locals[place].private_object = object;
  } else {
    array.locals[place].shared.push_newest(object);
  }
  ++model.totals.pooled;
}

void give(Model& model, std::size_t g, std::size_t objects) {
  for (std::size_t i = 0; i < objects; ++i) {
    model.gs[g].hand.push_back(make_object(model));
    ++model.totals.in_use;
  }
}

void run_on(Model& model, std::size_t g, std::size_t p) {
  GState& state = model.gs[g];
  state.status = GState::Status::kRunning;
  state.p = p_id(p);
  state.step = Step::kUse;
  model.ps[p].g = g_id(g);
}

ArrayState& add_array(Model& model, ArrayId id, std::size_t places) {
  ArrayState array;
  array.id = id;
  array.pool = PoolId{0};
  array.status = ArrayState::Status::kCurrent;
  array.locals.resize(places);
  return model.arrays[id] = std::move(array);
}

ArrayState& local(Model& model) { return model.arrays.at(model.pools[0].local); }

Operation get_on(std::size_t p) {
  Operation op;
  op.kind = Operation::Kind::kGet;
  op.pool = PoolId{0};
  op.p = p_id(p);
  op.array = kFirstArray;
  op.index = static_cast<std::uint16_t>(p);
  op.private_seen = true;
  return op;
}

Operation put_on(std::size_t p, ObjectId object) {
  Operation op = get_on(p);
  op.kind = Operation::Kind::kPut;
  op.object = object;
  return op;
}

StopState stop_of(StopCause cause, StopState::Phase phase) {
  StopState stop;
  stop.cause = cause;
  stop.phase = phase;
  stop.number = 3;
  stop.seq = 900;
  stop.requested_ns = kNow_ns - 300 * kMs;
  stop.stopped_ns = stop.requested_ns + 18'000;
  stop.started_ns = stop.stopped_ns + 42'000;
  return stop;
}

}  // namespace

Model empty_model(std::uint32_t procs) {
  Model model;
  model.config.procs = procs;
  model.config.fields = {{"private", 0, 16}, {"shared", 16, 24}, {"Mutex", 40, 8}, {"pad", 48, 80}};
  model.procs = procs;
  model.ps.resize(procs);
  for (std::uint32_t g = 0; g < 6; ++g) model.gs[g].id = GId{g};
  model.pools.resize(1);
  model.pools[0].id = PoolId{0};
  model.step_time_ns = 400 * kMs;
  return model;
}

Model calm_model(std::uint32_t procs, std::uint32_t goroutines) {
  Model model = empty_model(procs);
  model.seq = 1284;
  model.time_ns = kNow_ns;
  model.config.workers = goroutines;
  model.gs.clear();
  for (std::size_t g = 0; g < goroutines; ++g) model.gs[g].id = g_id(g);
  ArrayState& array = add_array(model, kFirstArray, procs);
  model.pools[0].local = kFirstArray;
  model.pools[0].local_size = procs;
  model.pools[0].arrays = 1;
  model.all_pools = {PoolId{0}};
  for (std::size_t i = 0; i < procs; ++i) {
    if (i % 3 != 2) pool_one(model, array, i, true);
    for (std::size_t n = 0; n < (i * 7 + 2) % 6; ++n) pool_one(model, array, i, false);
    HitCounts& hits = model.ps[i].hits;
    hits = {.from_private = 20 + i % 11, .from_shared = 9, .from_steal = i % 4, .from_new = 3};
    HitCounts& all = model.pools[0].hits;
    all.from_private += hits.from_private;
    all.from_shared += hits.from_shared;
    all.from_steal += hits.from_steal;
    all.from_new += hits.from_new;
  }
  for (std::size_t g = 0; g < goroutines; ++g) {
    GState& state = model.gs[g];
    state.status = GState::Status::kWaitingP;
    give(model, g, g % 3);
    if (g < procs && g % 4 != 3) run_on(model, g, g);
  }
  return model;
}

Model model_after_gc() {
  Model model = calm_model(4);
  StopState gc = stop_of(StopCause::kGc, StopState::Phase::kStarted);
  gc.in_use = model.totals.in_use;
  gc.dropped = model.totals.pooled;
  gc.waited_for = {p_id(3)};
  for (std::size_t i = 0; i < 4; ++i) {
    const LocalState& place = local(model).locals[i];
    const auto lose = [&](ObjectId object, Place::Kind kind, std::uint32_t cell) {
      if (!object.valid()) return;
      const Place from{kind, kFirstArray, static_cast<std::uint16_t>(i), cell, {}};
      model.lost.push_back({object, PoolId{0}, LostCause::kGc, gc.stopped_ns, from});
    };
    lose(place.private_object, Place::Kind::kPrivate, 0);
    std::uint32_t cell = 0;
    for (const ObjectId object : place.shared.cells()) lose(object, Place::Kind::kShared, cell++);
  }
  model.totals.lost[static_cast<std::size_t>(LostCause::kGc)] = model.totals.pooled;
  model.totals.pooled = 0;
  model.arrays.clear();
  model.pools[0].local = ArrayId::none();
  model.pools[0].local_size = 0;
  model.all_pools.clear();
  model.gc_cycles = 3;
  model.stop = gc;
  model.last_gc = gc;
  return model;
}

Model model_waiting_for_gc() {
  Model model = calm_model(4);
  run_on(model, 2, 3);
  model.ps[2].g = GId::none();
  GState& g = model.gs[2];
  g.pinned = true;
  g.step = Step::kPutPinned;
  g.in_flight = g.hand.back();
  g.op = put_on(3, g.in_flight);
  g.hand.pop_back();
  --model.totals.in_use;
  ++model.totals.in_flight;
  model.stop = stop_of(StopCause::kGc, StopState::Phase::kRequested);
  model.stop.waited_for = {p_id(3)};
  return model;
}

Model model_after_grow() {
  Model model = calm_model(4);
  model.procs = 8;
  model.ps.resize(8);
  StopState resize = stop_of(StopCause::kResize, StopState::Phase::kStarted);
  resize.procs_before = 4;
  resize.wanted_procs = 8;
  model.stop = resize;
  model.last_resize = resize;
  model.resizes = 1;
  return model;
}

Model model_after_pin_slow() {
  Model model = model_after_grow();
  ArrayState& old_array = local(model);
  old_array.status = ArrayState::Status::kDropped;
  old_array.dropped_by = LostCause::kRealloc;
  old_array.dropped_at_ns = kNow_ns - 200 * kMs;
  old_array.held_by = {g_id(4)};
  model.totals.stale = model.totals.pooled;
  model.totals.pooled = 0;
  const ArrayId made{2};
  add_array(model, made, 8);
  model.pools[0].local = made;
  model.pools[0].local_size = 8;
  run_on(model, 5, 5);
  GState& maker = model.gs[5];
  maker.pinned = true;
  maker.step = Step::kGetPinned;
  maker.op = get_on(5);
  maker.op.begin_ns = model.last_resize.started_ns;
  maker.op.made_array = made;
  maker.op.made_size = 8;
  maker.op.dropped_with_old = static_cast<std::uint32_t>(model.totals.stale);
  maker.op.private_seen = false;
  return model;
}

Model model_after_shrink() {
  Model model = calm_model(8);
  model.procs = 4;
  for (std::size_t p = 4; p < 8; ++p) model.ps[p].g = GId::none();
  for (GState& g : model.gs) {
    if (g.status == GState::Status::kRunning && g.p.value >= 4) {
      g.status = GState::Status::kWaitingP;
    }
  }
  StopState resize = stop_of(StopCause::kResize, StopState::Phase::kStarted);
  resize.procs_before = 8;
  resize.wanted_procs = 4;
  model.stop = resize;
  model.last_resize = resize;
  return model;
}

Model contended_model() {
  Model model = calm_model(4);
  LockState& lock = local(model).locals[1].lock;
  lock.holder = g_id(1);
  lock.waiters = {g_id(3), g_id(5)};
  model.gs[1].step = Step::kPutLocked;
  const ObjectId object = model.gs[1].hand.back();
  model.gs[1].hand.pop_back();
  model.gs[1].in_flight = object;
  model.gs[1].op = put_on(1, object);
  model.gs[1].op.private_missed = true;
  --model.totals.in_use;
  ++model.totals.in_flight;
  for (const std::size_t g : {std::size_t{3}, std::size_t{5}}) {
    GState& waiter = model.gs[g];
    waiter.status = GState::Status::kParked;
    waiter.park_reason = ParkReason::kLock;
    waiter.waits_for_lock = true;
    waiter.wait_array = kFirstArray;
    waiter.wait_index = 1;
    waiter.p = p_id(g == 3 ? 3 : 2);
    waiter.op = get_on(g == 3 ? 3 : 2);
    waiter.op.private_missed = true;
  }
  model.ps[3].remembered_by = g_id(3);
  return model;
}

Model model_with_steal() {
  Model model = calm_model(4);
  run_on(model, 4, 2);
  model.gs[2].status = GState::Status::kWaitingP;
  GState& thief = model.gs[4];
  const ObjectId stolen{19};
  // #19 takes the place of whatever the thief would have made.
  model.totals.created = std::max<std::uint64_t>(model.totals.created, 19);
  model.totals.in_flight = 1;
  model.totals.in_use =
      model.totals.created - model.totals.in_flight - model.totals.pooled - model.totals.lost_sum();
  thief.in_flight = stolen;
  thief.step = Step::kSlowLocked;
  thief.op = get_on(2);
  thief.op.private_missed = true;
  thief.op.own_shared_missed = true;
  thief.op.slow = true;
  thief.op.slow_size = 4;
  thief.op.slow_pid = 2;
  thief.op.where = Where::kSteal;
  thief.op.object = stolen;
  thief.op.found_at = 3;
  local(model).locals[2].shared.clear();
  local(model).locals[2].private_object = ObjectId::none();
  local(model).locals[3].lock.holder = g_id(4);
  model.totals.pooled = 0;
  for (const LocalState& place : local(model).locals) {
    model.totals.pooled += place.shared.size() + (place.private_object.valid() ? 1 : 0);
  }
  model.totals.created = model.totals.in_use + model.totals.in_flight + model.totals.pooled;
  return model;
}

Told told_with_steal() {
  const Model model = model_with_steal();
  Told told;
  told.spotlight.rarity = Spotlight::Rarity::kSteal;
  told.spotlight.g = g_id(4);
  told.spotlight.op = model.gs[4].op;
  return told;
}

}  // namespace poolscope::testing
