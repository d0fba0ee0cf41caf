// How a pool gets an array and a dequeue, and what a GC does: checkpoint, victim.

#include <bit>

#include "core/goimport/replay.h"

namespace poolscope::goimport {
namespace {

constexpr std::uint32_t kMostLength = std::uint32_t{1} << 24U;

/// What a place holds by its checkpoint, `there` by the records before.
ObjectId object_at(const Item& there, std::uint64_t address) {
  if (there.object.valid() && there.address == key_of(address)) {
    return there.object;
  }
  return address == 0 ? ObjectId::none() : kUnknownObject;
}

}  // namespace

void Replay::announce_array(OnP& on, const Record& record) {
  const std::uint32_t length = record.extra & 0xffffU;
  const std::uint32_t stride = record.extra >> 16U;
  if (length == 0 || length > kMostPs || stride == 0) return fail(record, "no array is like that");
  const PoolId pool = pool_at(record.place());
  if (!pool.valid()) return fail(record, "there is no such pool");
  if (on.announced != nullptr) publish_array(on);  // who announced it did not come to use it
  // allPoolsMu was held from that announcement to the store.
  publish_of(pool);
  on.announced = &mirror_.add_array(pool, record.object(), length, stride);
  on.announced->announced_by = on.p;
  on.announced_by = goroutine(record);
  ++announced_;
}

/// The record is about a place of an array that is announced, or comes from who announced one.
void Replay::publish_where_used(OnP& on, const Record& record) {
  if (on.announced != nullptr) publish_array(on);
  const MirrorPlace* place =
      mirror_.place(record.kind() == Kind::kDequeueMade ? record.object() : record.place());
  if (place != nullptr && place->array->announced_by.valid()) {
    publish_array(ps_[place->array->announced_by.value]);
  }
}

void Replay::publish_of(PoolId pool) {
  for (OnP& maker : ps_) {
    if (maker.announced != nullptr && maker.announced->pool == pool) return publish_array(maker);
  }
}

void Replay::publish_array(OnP& maker) {
  MirrorArray& made = *std::exchange(maker.announced, nullptr);
  made.announced_by = PId::none();
  --announced_;
  const GId g = maker.announced_by;
  const auto length = static_cast<std::uint32_t>(made.slots.size());
  if (length != procs_) change_procs(length);
  run_on(maker, g);
  begin(maker, g);
  MirrorPool& pool = mirror_.pool(made.pool);
  if (pool.local != nullptr) begin_those_in(*pool.local, maker);
  add(EventKind::kPinSlow, maker, g).index = made.pool.value;
  if (!std::exchange(pool.in_all_pools, true)) {
    add(EventKind::kAllPoolsAppend, maker, g).index = made.pool.value;
  }
  if (pool.local != nullptr) mirror_.drop(*pool.local);
  pool.local = &made;
  for (const EventKind kind :
       {EventKind::kArrayMade, EventKind::kLocalStored, EventKind::kLocalSizeStored}) {
    Event& event = add(kind, maker, g);
    event.index = made.pool.value;
    if (kind != EventKind::kLocalSizeStored) event.array = made.id;
    if (kind != EventKind::kLocalStored) event.object = ObjectId{length};
  }
}

/// An operation that is under way and will turn out to be about `old` has pinned it before now.
/// (After the next GC its address may be another array's.)
void Replay::begin_those_in(const MirrorArray& old, const OnP& maker) {
  const std::uint64_t until =
      cleanups_ < found_.cleanups.size() ? found_.cleanups[cleanups_] : UINT64_MAX;
  const bool knows_calls = log_.header().level == static_cast<std::uint32_t>(Level::kAll);
  for (OnP& on : ps_) {
    if (&on == &maker || on.op.stage != Stage::kNone || on.p.value >= procs_) continue;
    const Record* final = final_of(on);
    if (final == nullptr || final->time > until) continue;
    const GId g = goroutine(*final);
    // One that is yet to be called has not pinned it.
    if (knows_calls && open_call(g) == nullptr) continue;
    if (array_of_final(on, *final) == &old) begin(on, g);
  }
}

void Replay::make_dequeue(OnP& on, const Record& record) {
  if (!std::has_single_bit(record.extra) || record.extra > kMostLength) {
    return fail(record, "no dequeue has such a length");
  }
  const MirrorPlace* place = mirror_.place(record.object());
  if (place == nullptr) {
    foreign_dequeues_[record.place()] = 1;
    ++summary_.foreign;
    return;
  }
  const MirrorPlace at = *place;
  const GId g = goroutine(record);
  if (!begin(on, g)) return;
  see_private(on, at.array);
  add_at(EventKind::kDequeueMade, on, g, at.array->id, at.index).object = ObjectId{record.extra};
  mirror_.add_dequeue(at, record.place(), record.extra);
}

void Replay::unlink_dequeue(OnP& on, const Record& record) {
  const MirrorDequeue* dequeue = mirror_.dequeue(record.place());
  const GId g = goroutine(record);
  if (dequeue == nullptr) {
    if (foreign_dequeues_.find(record.place()) == nullptr) return contradict(on, g);
    ++summary_.foreign;
    return;
  }
  if (!begin(on, g)) return;
  go_after(on, *dequeue);
  add_at(EventKind::kDequeueUnlinked, on, g, dequeue->array->id, dequeue->index).object =
      ObjectId{static_cast<std::uint32_t>(dequeue->ring.size())};
}

void Replay::take_cleanup(const Record& record) {
  switch (record.kind()) {
    case Kind::kCleanup: return stop_world(StopCause::kGc, 0);
    case Kind::kCheckPool: return check_pool(record, false);
    case Kind::kCheckVictim: return check_pool(record, true);
    case Kind::kCheckLocal: return check_local(record);
    case Kind::kCheckDequeue: return check_dequeue(record);
    case Kind::kCheckItem: return check_item(record);
    case Kind::kCheckCut: ++summary_.cut_checkpoints; return;
    case Kind::kCheckEnd: return end_checkpoint();
    case Kind::kVictimDropped: return drop_victim(record);
    case Kind::kVictimMade: return make_victim(record);
    default: return end_cleanup();
  }
}

void Replay::check_pool(const Record& record, bool victim) {
  end_check_of_place();
  checked_ = {.array = mirror_.array(record.object())};
  if (record.object() != 0) {
    checked_.id = checked_.array == nullptr ? kUnknownArray : checked_.array->id;
  }
  Event& event =
      events_.add(victim ? EventKind::kCheckpointVictim : EventKind::kCheckpointPool, {}, {});
  event.index = pool_at(record.place()).value;
  event.array = checked_.id;
  event.object = ObjectId{record.extra};
}

void Replay::check_local(const Record& record) {
  const std::uint16_t index = checked_.next_index;
  end_check_of_place();
  checked_.next_index = static_cast<std::uint16_t>(index + 1);
  checked_.index = index;
  checked_.open = true;
  Item nothing;
  const bool known = checked_.array != nullptr && index < checked_.array->slots.size();
  checked_.private_object =
      object_at(known ? checked_.array->slots[index].private_item : nothing, record.object());
}

void Replay::check_dequeue(const Record& record) {
  const MirrorDequeue* dequeue = mirror_.dequeue(record.place());
  const auto length = static_cast<std::uint32_t>(dequeue == nullptr ? 1 : dequeue->ring.size());
  checked_.dequeues.push_back(
      {length, static_cast<std::uint32_t>(record.object() >> 1U), record.extra});
  if ((record.object() & 1U) != 0) checked_.cut = true;
}

void Replay::check_item(const Record& record) {
  MirrorDequeue* dequeue = mirror_.dequeue(record.place());
  checked_.cells.push_back(
      dequeue == nullptr ? kUnknownObject : object_at(dequeue->at(record.extra), record.object()));
}

/// All that the checkpoint says of one place has been read. Of one that is cut nothing can be
/// asked.
void Replay::end_check_of_place() {
  if (std::exchange(checked_.open, false) && !checked_.cut) {
    Event& shard = events_.add(EventKind::kCheckpointShard, {}, {});
    shard.array = checked_.id;
    shard.index = checked_.index;
    shard.object = checked_.private_object;
    shard.detail = static_cast<std::uint8_t>((checked_.cells.empty() ? 0U : 1U) |
                                             checked_.dequeues.size() << 1U);
    if (!checked_.cells.empty()) {
      CellsHash hash;
      for (const ObjectId object : checked_.cells) hash.add(object);
      Event& cells = events_.add(EventKind::kCheckpointCells, {}, {});
      cells.index = checked_.index;
      cells.object = ObjectId{static_cast<std::uint32_t>(checked_.cells.size())};
      cells.array = ArrayId{hash.value()};
    }
    for (const Checked::Dequeue& d : checked_.dequeues) {
      Event& event = events_.add(EventKind::kCheckpointDequeue, {}, {});
      event.index = checked_.index;
      event.object = ObjectId{d.count};
      event.array = ArrayId{d.tail};
      event.detail = static_cast<std::uint8_t>(std::countr_zero(d.length));
    }
  }
  checked_.dequeues.clear();
  checked_.cells.clear();
}

void Replay::end_checkpoint() {
  end_check_of_place();
  Event& heap = events_.add(EventKind::kCheckpointHeap, {}, {});
  heap.object = ObjectId{objects_};
  heap.array = ArrayId{objects_};
  // The arrays that it was about may go from here on.
  checked_ = {};
}

void Replay::drop_victim(const Record& record) {
  const PoolId pool = pool_at(record.place());
  Event& event = events_.add(EventKind::kVictimDropped, {}, {});
  event.index = pool.value;
  if (!pool.valid()) return;
  MirrorArray* victim = std::exchange(mirror_.pool(pool).victim, nullptr);
  if (victim == nullptr) return;
  event.array = victim->id;
  mirror_.drop(*victim);
}

void Replay::make_victim(const Record& record) {
  const PoolId pool = pool_at(record.place());
  const MirrorArray* array = mirror_.array(record.object());
  Event& event = events_.add(EventKind::kLocalToVictim, {}, {});
  event.index = pool.value;
  event.array = array == nullptr ? kUnknownArray : array->id;
  if (!pool.valid()) return;
  MirrorPool& known = mirror_.pool(pool);
  if (known.victim != nullptr) mirror_.drop(*known.victim);
  known.victim = std::exchange(known.local, nullptr);
}

void Replay::end_cleanup() {
  checked_ = {};
  events_.add(EventKind::kAllPoolsCleared, {}, {});
  for (MirrorPool& pool : mirror_.pools()) pool.in_all_pools = false;
  mirror_.forget_dropped();
  ++cleanups_;
  ++summary_.cleanups;
  start_world(StopCause::kGc);
}

}  // namespace poolscope::goimport
