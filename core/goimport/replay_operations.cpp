// Put and Get: each ends with one record, and what that implies is written with it.

#include "core/goimport/replay.h"

namespace poolscope::goimport {
namespace {

ArrayId id_of(const MirrorArray* array) { return array == nullptr ? kUnknownArray : array->id; }

}  // namespace

/// The record that will end the operation whose first one is next on that P; nullptr: the log ends
/// before it, or the next record belongs to none.
const Record* Replay::final_of(const OnP& on) {
  constexpr std::size_t kAhead = 256;
  for (std::size_t i = 0; on.stream != nullptr && i < kAhead; ++i) {
    const Record* record = on.stream->peek(i);
    if (record == nullptr) return nullptr;
    switch (record->kind()) {
      case Kind::kTake:
      case Kind::kStore:
      case Kind::kPopHead:
      case Kind::kPush:
      case Kind::kPopTail:
      case Kind::kVictimTake:
      case Kind::kMiss: return record;
      case Kind::kArray:
      case Kind::kDequeueMade:
      case Kind::kDequeueUnlinked:
      case Kind::kProcs:
      case Kind::kTypeName:
      case Kind::kPoolCaller:
      case Kind::kText:
      case Kind::kClock:
      case Kind::kFunctionName:
      case Kind::kCaller:
      case Kind::kReturned: break;  // of the operation before
      default: return nullptr;
    }
  }
  return nullptr;
}

/// The array that the operation is about whose last record is `final`, as far as its records say
/// so.
MirrorArray* Replay::array_of_final(const OnP& on, const Record& final) {
  switch (final.kind()) {
    case Kind::kTake:
    case Kind::kStore:
    case Kind::kVictimTake: return array_at(final.place());
    case Kind::kPopHead:
    case Kind::kPush:
    case Kind::kPopTail: break;
    default: return nullptr;
  }
  // A Put may be to make its dequeue first, at the address of one that is long gone.
  for (std::size_t i = 0; on.stream->peek(i) != &final; ++i) {
    const Record& before = *on.stream->peek(i);
    if (before.kind() == Kind::kDequeueMade && before.place() == final.place()) {
      return array_at(before.object());
    }
  }
  const MirrorDequeue* dequeue = mirror_.dequeue(final.place());
  return dequeue == nullptr ? nullptr : dequeue->array;
}

MirrorArray* Replay::array_at(std::uint64_t address) {
  const MirrorPlace* place = mirror_.place(address);
  return place == nullptr ? nullptr : place->array;
}

PoolId Replay::pool_of_final(const OnP& on, const Record& final) {
  if (final.kind() == Kind::kMiss) return pool_at(final.place());
  const MirrorArray* array = array_of_final(on, final);
  return array == nullptr ? PoolId() : array->pool;
}

/// Tells the start of the operation whose records come next on that P. False: it is not known which
/// one it is.
bool Replay::begin(OnP& on, GId g) {
  if (on.op.stage != Stage::kNone) return true;
  const Record* final = final_of(on);
  if (final == nullptr || goroutine(*final) != g) return false;
  const PoolId pool = pool_of_final(on, *final);
  if (!pool.valid()) return false;
  run_on(on, g);
  on.op = {.stage = Stage::kBegun, .g = g, .pool = pool};
  on.op.is_put = final->kind() == Kind::kStore || final->kind() == Kind::kPush;
  if (final->kind() == Kind::kMiss && (final->extra & kMissWithoutNew) == 0) {
    on.op.new_call = found_.new_calls[on.p.value][on.new_calls];
  }
  if (const Call* called = open_call(g)) {
    if (on.op.is_put) on.op.object = called->object;
    return true;
  }
  if (on.op.is_put) on.op.object = object_to_put(on, g, key_of(final->object()));
  add_begin(on, g, on.op.is_put, pool, on.op.object);
  return true;
}

void Replay::add_begin(const OnP& on, GId g, bool is_put, PoolId pool, ObjectId object) {
  Event& event = add(is_put ? EventKind::kPutBegin : EventKind::kGetBegin, on, g);
  event.index = pool.value;
  event.object = object;
}

/// The operation of which it is known that it was called, and not yet that it has returned;
/// nullptr: there is none.
Replay::Call* Replay::open_call(GId g) {
  std::vector<Call>& calls = gs_[g.value].calls;
  return calls.empty() || calls.back().ended ? nullptr : &calls.back();
}

void Replay::call(OnP& on, const Record& record) {
  constexpr std::size_t kMostCalls = 64;  // Get in New in Get; those whose New has panicked stay
  const GId g = goroutine(record);
  const bool is_put = record.extra != 0;
  run_on(on, g);
  const ObjectId object = is_put ? object_to_put(on, g, key_of(record.object())) : ObjectId::none();
  std::vector<Call>& calls = gs_[g.value].calls;
  if (calls.size() == kMostCalls) calls.erase(calls.begin());
  calls.push_back({.pool = pool_at(record.place()), .is_put = is_put, .object = object});
  add_begin(on, g, is_put, calls.back().pool, object);
}

void Replay::return_from(OnP& on, const Record& record) {
  const GId g = goroutine(record);
  const PoolId pool = pool_at(record.place());
  std::vector<Call>& calls = gs_[g.value].calls;
  // Those that are left between have not returned.
  while (!calls.empty()) {
    const Call last = calls.back();
    calls.pop_back();
    if (last.pool != pool || last.is_put != (record.extra != 0)) continue;
    if (last.ended) return;
    run_on(on, g);
    Event& event = add(last.is_put ? EventKind::kPutEnd : EventKind::kGetEnd, on, g);
    if (last.is_put) return;
    event.object = last.object;
    return come_out(last.address, last.object, last.made);
  }
}

/// The array that the operation has pinned, where its records do not name it: the pool's own, or
/// the one that is announced. It is the latter if the former has no place for this P, or has
/// something in the private that was found empty: only this P could have taken that.
MirrorArray* Replay::own_array(OnP& on, PoolId pool) {
  const MirrorPool& known = mirror_.pool(pool);
  const bool has_place = known.local != nullptr && on.p.value < known.local->slots.size();
  if (!has_place || known.local->slots[on.p.value].private_item.object.valid()) publish_of(pool);
  return known.local;
}

void Replay::see_private(OnP& on, const MirrorArray* own) {
  if (on.op.stage != Stage::kBegun) return;
  on.op.stage = Stage::kPrivateSeen;
  add_at(on.op.is_put ? EventKind::kPrivateFull : EventKind::kPrivateEmpty, on, on.op.g, id_of(own),
         on.p.value);
}

void Replay::go_slow(OnP& on, const MirrorArray* own) {
  see_private(on, own);
  if (on.op.stage != Stage::kPrivateSeen) return;
  on.op.stage = Stage::kSlow;
  add_at(EventKind::kSharedEmpty, on, on.op.g, id_of(own), on.p.value);
  const auto size = static_cast<std::uint32_t>(own == nullptr ? 0 : own->slots.size());
  add_at(EventKind::kSlowLoaded, on, on.op.g, id_of(own), on.p.value).object = ObjectId{size};
}

void Replay::go_to_victim(OnP& on, const MirrorArray& victim) {
  if (on.op.stage != Stage::kSlow) return;
  on.op.stage = Stage::kVictim;
  add_at(EventKind::kVictimLoaded, on, on.op.g, victim.id, on.p.value).object =
      ObjectId{static_cast<std::uint32_t>(victim.slots.size())};
}

ObjectId Replay::object_to_put(OnP& on, GId g, std::uint64_t address) {
  ++summary_.puts;
  const OutsideObjects::Known known = outside_.take(address);
  if (known.object.valid()) {
    if (known.cleanups != cleanups_) ++summary_.likely;
    return known.object;
  }
  const ObjectId made{++objects_};
  add(EventKind::kObjectMade, on, g).object = made;
  return made;
}

void Replay::end_put(OnP& on, GId g) {
  if (open_call(g) == nullptr) add(EventKind::kPutEnd, on, g);
  on.op.stage = Stage::kNone;
}

void Replay::end_get(OnP& on, GId g, std::uint64_t address, ObjectId object, bool made) {
  on.op.stage = Stage::kNone;
  if (Call* called = open_call(g)) {
    called->object = object;
    called->address = address;
    called->made = made;
    return;
  }
  add(EventKind::kGetEnd, on, g).object = object;
  come_out(address, object, made);
}

/// The object is out of the pools, at that address.
void Replay::come_out(std::uint64_t address, ObjectId object, bool made) {
  if (object.valid() && object != kUnknownObject) outside_.add(address, object, cleanups_, made);
}

ObjectId Replay::taken(Item& item, std::uint64_t address) {
  const Item there = std::exchange(item, Item());
  return there.object.valid() && there.address == address ? there.object : kUnknownObject;
}

void Replay::take_final(OnP& on, const Record& record) {
  const GId g = goroutine(record);
  if (record.kind() == Kind::kMiss) return miss(on, record);
  if (record.kind() == Kind::kPopHead || record.kind() == Kind::kPush ||
      record.kind() == Kind::kPopTail) {
    MirrorDequeue* dequeue = mirror_.dequeue(record.place());
    if (dequeue == nullptr) {
      if (foreign_dequeues_.find(record.place()) == nullptr) {
        return contradict(on, g);
      }
      ++summary_.foreign;
      return;
    }
    begin(on, g);
    if (record.kind() == Kind::kPush) return push(on, record, *dequeue);
    return record.kind() == Kind::kPopHead ? pop_head(on, record, *dequeue)
                                           : pop_tail(on, record, *dequeue);
  }
  const MirrorPlace* place = mirror_.place(record.place());
  if (place == nullptr) return contradict(on, g);
  const MirrorPlace at = *place;  // what is published meanwhile moves the table
  begin(on, g);
  record.kind() == Kind::kStore ? store_private(on, record, at) : take_private(on, record, at);
}

/// A record about a place that no record has announced: one is missing.
void Replay::contradict(OnP& on, GId g) {
  run_on(on, g);
  add_at(EventKind::kPrivateEmpty, on, g, kUnknownArray, on.p.value);
}

void Replay::take_private(OnP& on, const Record& record, const MirrorPlace& at) {
  const GId g = goroutine(record);
  const ObjectId object = taken(at.slot().private_item, key_of(record.object()));
  if (record.kind() == Kind::kTake) {
    add_at(EventKind::kPrivateTake, on, g, at.array->id, at.index).object = object;
  } else {
    go_slow(on, own_array(on, at.array->pool));
    go_to_victim(on, *at.array);
    add_at(EventKind::kVictimPrivateTake, on, g, at.array->id, at.index).object = object;
  }
  end_get(on, g, key_of(record.object()), object, false);
}

void Replay::store_private(OnP& on, const Record& record, const MirrorPlace& at) {
  const GId g = goroutine(record);
  at.slot().private_item = {key_of(record.object()), on.op.object};
  add_at(EventKind::kPrivateStore, on, g, at.array->id, at.index).object = on.op.object;
  end_put(on, g);
}

void Replay::push(OnP& on, const Record& record, MirrorDequeue& dequeue) {
  const GId g = goroutine(record);
  see_private(on, dequeue.array);
  dequeue.at(dequeue.head++) = {key_of(record.object()), on.op.object};
  add_at(EventKind::kSharedPush, on, g, dequeue.array->id, dequeue.index).object = on.op.object;
  end_put(on, g);
}

void Replay::pop_head(OnP& on, const Record& record, MirrorDequeue& dequeue) {
  const GId g = goroutine(record);
  see_private(on, dequeue.array);
  dequeue.head = record.extra;
  const ObjectId object = taken(dequeue.at(record.extra), key_of(record.object()));
  add_at(EventKind::kSharedPop, on, g, dequeue.array->id, dequeue.index).object = object;
  end_get(on, g, key_of(record.object()), object, false);
}

void Replay::pop_tail(OnP& on, const Record& record, MirrorDequeue& dequeue) {
  const GId g = goroutine(record);
  go_after(on, dequeue);
  const ObjectId object = taken(dequeue.at(record.extra), key_of(record.object()));
  Event& event = add_at(EventKind::kTailPop, on, g, dequeue.array->id, dequeue.index);
  event.object = object;
  event.detail = static_cast<std::uint8_t>(record.extra);
  end_get(on, g, key_of(record.object()), object, false);
}

/// The Get is in getSlow, at the tail of that dequeue.
void Replay::go_after(OnP& on, const MirrorDequeue& dequeue) {
  if (!on.op.pool.valid()) return;
  const MirrorArray* victim = mirror_.pool(on.op.pool).victim;
  if (dequeue.array != victim) return go_slow(on, dequeue.array);
  go_slow(on, own_array(on, on.op.pool));
  look_into_victim(on, *victim);
}

/// It has found private of the victim empty.
void Replay::look_into_victim(OnP& on, const MirrorArray& victim) {
  if (on.op.stage != Stage::kSlow) return;
  go_to_victim(on, victim);
  add_at(EventKind::kVictimPrivateEmpty, on, on.op.g, victim.id, on.p.value);
}

void Replay::miss(OnP& on, const Record& record) {
  const GId g = goroutine(record);
  if (!begin(on, g)) return;
  const PoolId pool = on.op.pool;
  go_slow(on, own_array(on, pool));
  if ((record.extra & kMissZeroedVictim) != 0) {
    if (const MirrorArray* victim = mirror_.pool(pool).victim) {
      look_into_victim(on, *victim);
      for (std::size_t i = 0; i < victim->slots.size(); ++i) {
        add_at(EventKind::kSharedEmpty, on, g, victim->id, (on.p.value + i) % victim->slots.size());
      }
    }
    add(EventKind::kVictimSizeZeroed, on, g).index = pool.value;
  }
  if ((record.extra & kMissWithoutNew) != 0) return end_get(on, g, 0, {}, false);
  ++on.new_calls;
  add(EventKind::kNewBegin, on, g).index = pool.value;
  if (Call* called = open_call(g)) called->ended = on.op.new_call != NewCall::kPlain;
  switch (on.op.new_call) {
    case NewCall::kPlain: gs_[g.value].in_new = true; break;
    case NewCall::kReturnsLater: {
      // New uses pools itself. The model knows one operation a goroutine, so this one is told to
      // its end before them.
      const ObjectId object{++objects_};
      Event& made = add(EventKind::kNewMade, on, g);
      made.index = pool.value;
      made.object = object;
      add(EventKind::kGetEnd, on, g).object = object;
      gs_[g.value].to_come.emplace_back(pool, object);
      break;
    }
    case NewCall::kNeverReturns: add(EventKind::kGetEnd, on, g); break;
  }
  on.op.stage = Stage::kNone;
}

void Replay::made_new(OnP& on, const Record& record) {
  const GId g = goroutine(record);
  OnG& state = gs_[g.value];
  const PoolId pool = pool_at(record.place());
  const bool nil = record.object() == 0 && record.extra == 0;
  if (state.in_new) {
    state.in_new = false;
    run_on(on, g);
    if (nil) return end_get(on, g, 0, {}, false);
    const ObjectId object{++objects_};
    Event& made = add(EventKind::kNewMade, on, g);
    made.index = pool.value;
    made.object = object;
    return end_get(on, g, key_of(record.object()), object, true);
  }
  for (auto at = state.to_come.rbegin(); at != state.to_come.rend(); ++at) {
    if (at->first != pool) continue;
    if (!nil) outside_.add(key_of(record.object()), at->second, cleanups_, true);
    state.to_come.erase(std::next(at).base());
    return;
  }
}

void Replay::drop_by_dice(OnP& on, const Record& record) {
  const GId g = goroutine(record);
  const PoolId pool = pool_at(record.place());
  run_on(on, g);
  const ObjectId object = object_to_put(on, g, key_of(record.object()));
  for (const EventKind kind : {EventKind::kPutBegin, EventKind::kRaceDrop}) {
    Event& event = add(kind, on, g);
    event.index = pool.value;
    event.object = object;
  }
  end_put(on, g);
}

}  // namespace poolscope::goimport
