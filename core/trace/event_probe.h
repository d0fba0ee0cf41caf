#pragma once

// The probes: the pools' text reports to them what it does, and they stamp it.
//
// NullProbe is compiled away. TracingProbe records. PacingProbe records and makes every point of
// the text a place where the real thread really waits for the lecture's step time.
//
// Thread safety: each function acts for the calling goroutine.
// Invariants: the stamp rule (event.h, 2): every function is called while its caller alone owns the
// slot: before a push is seen by others, after a pop and before its slot is given back. What only
// the goroutine itself can know of (its P's private, its hand, a lock that it holds) is noted, and
// stamped with what comes next that others can see: an unlock, a publication, the loss of its P, at
// the latest the start of its next operation. That a Put or Get has begun is always reported
// before it loads anything: the model then knows what may have loaded an array and not said so.

#include <cstddef>
#include <cstdint>

#include "core/pool/local_array.h"
#include "core/pool/step.h"
#include "core/pool/value.h"
#include "core/runtime/pace.h"
#include "core/runtime/scheduler.h"
#include "core/trace/trace_context.h"
#include "core/trace/traced_object.h"

namespace poolscope {

template <bool kPaces>
class EventProbe {
 public:
  static constexpr bool kStands = true;

  // --- the operations' frame -----------------------------------------------------------------

  /// Makes sure of room for a whole operation's events, and waits here if need be: never pinned,
  /// never under a lock.
  static void reserve() {
    if (!at().ring.has_room(TraceContext::kEventsOfAnOperation)) [[unlikely]] {
      wait_for_room();
    }
  }
  template <Step kStep, bool kPinned>
  static void point() {
    if constexpr (kPaces) {
      if (current_g->pace->active()) [[unlikely]] {
        stand(kStep, kPinned);
      }
    }
  }
  template <class Pool>
  static void put_begin(const Pool& pool, Value x) {
    at().emit(EventKind::kPutBegin, id_of(x), {}, pool_id(pool).value);
  }
  static void put_end() { at().note(EventKind::kPutEnd); }
  template <class Pool>
  static void get_begin(const Pool& pool) {
    if constexpr (kPaces) at().slow = at().own_hit = false;
    at().emit(EventKind::kGetBegin, {}, {}, pool_id(pool).value);
  }
  static void get_end(Value x) { at().note(EventKind::kGetEnd, id_of(x)); }
  template <class Pool>
  static void race_drop(const Pool& pool, Value x) {
    at().note(EventKind::kRaceDrop, id_of(x), {}, pool_id(pool).value);
  }
  static void drop(Value x) { at().dropped.push_back(x); }

  // --- pin -----------------------------------------------------------------------------------

  template <class Local>
  static void pinned(Local* locals, std::uint32_t pid) {
    TraceContext& t = at();
    t.array = header_of(locals).id;
    t.index = static_cast<std::uint16_t>(pid);
    note_at_slot(t, EventKind::kPinned);
  }
  static void unpinned() { at().note(EventKind::kUnpinned); }

  // --- private and shared, at the slot that pinned or probing has named ----------------------

  static void private_store(Value x) { note_at_slot(at(), EventKind::kPrivateStore, id_of(x)); }
  static void private_full() { note_at_slot(at(), EventKind::kPrivateFull); }
  static void private_taken(Value x) {
    note_at_slot(at(), x.is_nil() ? EventKind::kPrivateEmpty : EventKind::kPrivateTake, id_of(x));
  }
  static void lock_wait() { note_at_slot(at(), EventKind::kLockWait); }
  static void locked() { note_at_slot(at(), EventKind::kLocked); }
  static void unlocked() {
    TraceContext& t = at();
    note_at_slot(t, EventKind::kUnlocked);
    t.stamp();
  }
  static void shared_push(Value x) { note_at_slot(at(), EventKind::kSharedPush, id_of(x)); }
  static void shared_popped(Value x) {
    if constexpr (kPaces) at().own_hit = !x.is_nil() && !at().slow;
    note_at_slot(at(), x.is_nil() ? EventKind::kSharedEmpty : EventKind::kSharedPop, id_of(x));
  }
  /// What was reported so far may be seen by others from here on.
  static void stamp() { at().stamp(); }
  /// A pop from the tail of a chain; `position` is the popped slot's.
  static void tail_popped(Value x, std::uint32_t position) {
    TraceContext& t = at();
    t.emit(EventKind::kTailPop, id_of(x), t.array, t.index, static_cast<std::uint8_t>(position));
  }
  static void dequeue_made(std::size_t length) {
    emit_number_at_slot(EventKind::kDequeueMade, length);
  }
  static void dequeue_unlinked(std::size_t length) {
    emit_number_at_slot(EventKind::kDequeueUnlinked, length);
  }
  template <class Local>
  static void slow_loaded(Local* locals, std::size_t size, std::uint32_t pid) {
    TraceContext& t = at();
    if constexpr (kPaces) t.slow = true;
    t.array = array_id(locals);
    t.note(EventKind::kSlowLoaded, ObjectId{static_cast<std::uint32_t>(size)}, t.array,
           static_cast<std::uint16_t>(pid));
  }
  static void probing(std::size_t j) { at().index = static_cast<std::uint16_t>(j); }

  // --- victim --------------------------------------------------------------------------------

  template <class Local>
  static void victim_loaded(Local* locals, std::size_t size, std::uint32_t pid) {
    TraceContext& t = at();
    t.array = array_id(locals);
    t.index = static_cast<std::uint16_t>(pid);
    emit_number_at_slot(EventKind::kVictimLoaded, size);
  }
  static void victim_private_taken(Value x) {
    note_at_slot(at(), x.is_nil() ? EventKind::kVictimPrivateEmpty : EventKind::kVictimPrivateTake,
                 id_of(x));
  }
  template <class Pool>
  static void victim_size_zeroed(const Pool& pool) {
    at().emit(EventKind::kVictimSizeZeroed, {}, {}, pool_id(pool).value);
  }
  template <class Pool, class Local>
  static void victim_dropped(const Pool& pool, Local* locals) {
    at().emit(EventKind::kVictimDropped, {}, array_id(locals), pool_id(pool).value);
  }
  template <class Pool, class Local>
  static void local_to_victim(const Pool& pool, Local* locals) {
    at().emit(EventKind::kLocalToVictim, {}, array_id(locals), pool_id(pool).value);
  }

  // --- New -----------------------------------------------------------------------------------

  template <class Pool>
  static void new_begin(const Pool& pool) {
    at().emit(EventKind::kNewBegin, {}, {}, pool_id(pool).value);
  }
  template <class Pool>
  static void new_made(const Pool& pool, Value x) {
    at().note(EventKind::kNewMade, id_of(x), {}, pool_id(pool).value);
  }

  // --- pinSlow, allPools ---------------------------------------------------------------------

  template <class Pool>
  static void pin_slow(const Pool& pool) {
    at().emit(EventKind::kPinSlow, {}, {}, pool_id(pool).value);
  }
  static void all_pools_wait() { at().emit(EventKind::kAllPoolsWait); }
  static void all_pools_locked() { at().emit(EventKind::kAllPoolsLocked); }
  static void all_pools_unlocked() { at().emit(EventKind::kAllPoolsUnlocked); }
  template <class Pool>
  static void all_pools_append(const Pool& pool) {
    at().emit(EventKind::kAllPoolsAppend, {}, {}, pool_id(pool).value);
  }
  template <class Local>
  static void array_made(Local* locals, std::uint32_t length) {
    const LocalArrayHeader& header = header_of(locals);
    if (at().arrays != nullptr) at().arrays->note(header.id, locals);
    at().emit_number(EventKind::kArrayMade, length, header.id, header.pool.value);
  }
  template <class Pool, class Local>
  static void local_stored(const Pool& pool, Local* locals) {
    if constexpr (kPaces) at().dropped_array = at().dropped_array || pool.locals() != nullptr;
    at().emit(EventKind::kLocalStored, {}, header_of(locals).id, pool_id(pool).value);
  }
  template <class Pool>
  static void local_size_stored(const Pool& pool, std::uint32_t size) {
    at().emit_number(EventKind::kLocalSizeStored, size, {}, pool_id(pool).value);
  }
  template <class Pool, class Local>
  static void pool_cleaned(const Pool& pool, Local* locals) {
    at().emit(EventKind::kPoolCleaned, {}, array_id(locals), pool_id(pool).value);
  }

  /// The pool's number: its place among the pools of the session, which stand in one block.
  template <class Pool>
  static PoolId pool_id(const Pool& pool) {
    const TraceContext& t = at();
    const auto bytes = static_cast<std::size_t>(reinterpret_cast<const std::byte*>(&pool) -
                                                static_cast<const std::byte*>(t.pools));
    return PoolId{static_cast<std::uint16_t>(bytes / t.pool_bytes)};
  }

 private:
  static TraceContext& at() { return *current_g->trace; }

  template <class Local>
  static ArrayId array_id(Local* locals) {
    return locals == nullptr ? ArrayId::none() : header_of(locals).id;
  }
  static void emit_number_at_slot(EventKind kind, std::size_t number) {
    TraceContext& t = at();
    t.emit_number(kind, static_cast<std::uint32_t>(number), t.array, t.index);
  }
  static void note_at_slot(TraceContext& t, EventKind kind, ObjectId object = {}) {
    t.note(kind, object, t.array, t.index);
  }
  static void stand(Step step, bool pinned);
  static void wait_for_room();
};

using TracingProbe = EventProbe<false>;
using PacingProbe = EventProbe<true>;

extern template class EventProbe<false>;
extern template class EventProbe<true>;

}  // namespace poolscope
