#pragma once

// Private to core/model: what the parts of reduce share. Each part handles one family of events;
// the pieces below keep the totals, the holders of arrays and the newest losses exact, so that no
// part counts by itself.
//
// Thread safety: functions change only the model that they are given.
// Invariants: nothing here aborts on bad data: what contradicts the model goes through diverge()
// and the model goes on from what the event says. Totals never wrap below 0.

#include <algorithm>
#include <cstdint>
#include <utility>

#include <fmt/format.h>

#include "core/model/model.h"
#include "core/trace/event.h"
#include "core/trace/event_table.h"

namespace poolscope::reduction {

// --- bounds: what lies beyond them is damage, and must not take all memory -----------------------

/// Places of one array, and Ps.
inline constexpr std::size_t kMostPlaces = 65'535;
/// Places of all arrays together.
inline constexpr std::size_t kMostPlacesInAll = std::size_t{1} << 22U;

// --- the audit (audit.cpp) -------------------------------------------------------------------

/// Counts a contradiction and, while there is room, keeps `what` behind the event's number and
/// kind.
void note_divergence(Model& m, const Event& e, std::string what);

/// As above; the text is made only while there is room for it.
template <class... Args>
[[gnu::cold]] [[gnu::noinline]] void diverge(Model& m, const Event& e,
                                             fmt::format_string<Args...> text, Args&&... args) {
  note_divergence(m, e,
                  m.divergences < kDivergencesKept ? fmt::format(text, std::forward<Args>(args)...)
                                                   : std::string());
}

/// #19, or "nothing" for none.
std::string name_of(ObjectId object);
/// G3, P2, "nobody" for none.
std::string name_of(GId g);
std::string name_of(PId p);
/// array 4, or nil for none.
std::string name_of(ArrayId array);

void audit_checkpoint_pool(Model& m, const Event& e);
void audit_checkpoint_shard(Model& m, const Event& e);
void audit_checkpoint_cells(Model& m, const Event& e);
void audit_checkpoint_heap(Model& m, const Event& e);
void audit_checkpoint_victim(Model& m, const Event& e);
void audit_checkpoint_dequeue(Model& m, const Event& e);

// --- what things an event names --------------------------------------------------------------

/// The acting goroutine. The dispatcher has made sure that it is there.
inline GState& g_of(Model& m, const Event& e) { return *m.gs.find(e.g); }

/// The P `p`, nullptr for none or one that never was.
inline PState* p_of(Model& m, PId p) { return p.value < m.ps.size() ? &m.ps[p.value] : nullptr; }

/// The pool that the event names; nullptr, and a divergence, if there is no such pool.
PoolState* pool_of(Model& m, const Event& e);

inline ArrayState* array_of(Model& m, ArrayId array) {
  const auto it = m.arrays.find(array);
  return it == m.arrays.end() ? nullptr : &it->second;
}

/// One place of one array.
struct Slot {
  ArrayState* array = nullptr;
  LocalState* local = nullptr;
  explicit operator bool() const { return local != nullptr; }
};
/// The place that the event names; empty, and a divergence, if the model has no such place.
Slot slot_of(Model& m, const Event& e);

/// Whether the acting goroutine holds the lock of that place.
inline bool has_lock(Model& m, const Event& e, ArrayId id, std::size_t place) {
  const ArrayState* array = array_of(m, id);
  return array != nullptr && place < array->locals.size() &&
         array->locals[place].lock.holder == e.g;
}

// --- totals ----------------------------------------------------------------------------------

inline void take_from(std::uint64_t& total, std::uint64_t count = 1) {
  total -= std::min(total, count);
}

/// The total that counts the objects in the places of `array`.
inline std::uint64_t& total_in(Model& m, const ArrayState& array) {
  return array.status == ArrayState::Status::kDropped ? m.totals.stale : m.totals.pooled;
}

/// The event's object is now in flight at its goroutine.
void put_in_flight(Model& m, const Event& e, GState& g);
/// The event's object leaves the flight at its goroutine.
void take_from_flight(Model& m, const Event& e, GState& g);

// --- places and losses (places.cpp) ------------------------------------------------------------

inline Place flight_of(GId g) { return {Place::Kind::kFlight, {}, 0, 0, g}; }
inline Place private_of(ArrayId array, std::size_t index) {
  return {Place::Kind::kPrivate, array, static_cast<std::uint16_t>(index), 0, {}};
}
inline Place shared_of(ArrayId array, std::size_t index, std::size_t cell) {
  return {Place::Kind::kShared,
          array,
          static_cast<std::uint16_t>(index),
          static_cast<std::uint32_t>(cell),
          {}};
}

/// The places in which an object is: more than one after a double Put.
std::size_t places_of(const Model& m, ObjectId object);

/// An object is put that is in no hand: the pool has it already, or has lost it.
void put_again(Model& m, ObjectId object);

/// A place of `object` is gone; the caller has taken it out of the total that counted it. With its
/// last place the object is lost.
void lose(Model& m, const Event& e, ObjectId object, PoolId pool, LostCause cause, Place from);

/// Everything in `array` is lost, each by its cause; its places are empty afterwards. Returns how
/// many objects that were.
std::uint64_t lose_contents(Model& m, const Event& e, ArrayState& array);

/// Objects in all places of `array`.
std::uint64_t objects_in(const ArrayState& array);

/// The event's object is in use from here on: in the hand of `g` where hands are known.
void come_into_use(Model& m, const Event& e, GState& g);
/// The event's object is no longer in use, because `g` has it no more. False: it was not in use, as
/// far as is known.
bool go_out_of_use(Model& m, const Event& e, GState& g);

// --- the outcome of an operation (reduce_slots.cpp) --------------------------------------------

/// The operation is decided: the object has found its place, or the Get its object.
void decide(const Event& e, GState& g, Where where);
/// Counts a Get's outcome for its pool and its P.
void count_hit(Model& m, const GState& g, std::uint64_t HitCounts::*counter);
/// getSlow has found nothing anywhere.
void count_miss(Model& m, const GState& g);
/// A Get took the event's object from another P's shared.
void count_robbery(Model& m, const Event& e, const GState& g);
/// `object` leaves a place of `array`.
void leave(Model& m, ArrayState& array, ObjectId object);

// --- the chain of a modern shared (reduce_chains.cpp) ------------------------------------------

/// The event's object comes into the newest dequeue.
void push_to_chain(Model& m, const Event& e, LocalState& local);
/// One object has gone from the place `cell` of shared: its dequeue has one less.
/// `popped_at_tail`: by a thief, which reports the position that it has won.
void take_from_chain(Model& m, const Event& e, LocalState& local, std::size_t cell,
                     bool popped_at_tail);

// --- what may still reach an array (holders.cpp) -----------------------------------------------

/// The operation of `g` may reach `array` until it ends.
void hold(GState& g, GId id, ArrayState& array);
/// It may no longer. When it was the last to hold a dropped array, what is left in it is lost and
/// the array is forgotten.
void release(Model& m, const Event& e, GId id, ArrayId array);
/// The operation has ended, or named what it really holds: all others are released.
void release_all(Model& m, const Event& e, GId id);
void release_all_but_named(Model& m, const Event& e, GId id);
/// The goroutine in pinSlow has stored the pool's new local for sure: another that may have loaded
/// the old one and has not said so holds it from here, and the goroutine itself no longer does.
void settle_drop(Model& m, const Event& e, GState& g);
/// Whether `g` may touch what only the owner of the event's place may: it is pinned there, or pins
/// are not known and it is there.
inline bool owns_place(const Model& m, const Event& e, const GState& g) {
  return (g.pinned || !m.config.details.pins) && g.op.array == e.array && g.op.index == e.index;
}
/// Whether `g` is in getSlow, as far as is known: there it is pinned all the while in the modern
/// pool.
inline bool in_get_slow(const Model& m, const GState& g) {
  return (g.pinned || !m.config.details.pins) && g.op.slow;
}
/// The operation of `g` is about the event's place of `array`: it is pinned there, or has been.
void settle_at(Model& m, const Event& e, GState& g, ArrayState& array);

/// Whether `g` may have loaded the pool's local without having said so yet.
bool may_have_loaded(const Model& m, const GState& g, PoolId pool);

// --- facts --------------------------------------------------------------------------------------

/// The goroutine on e.p has written a field of that place.
inline void note_write(const Event& e, Slot slot) { slot.local->last_writer = e.p; }

/// `g` has dropped `count` objects, the newest of them `object`, with or in `array`.
void note_loss(Model& m, const Event& e, const ArrayState& array, LostCause cause, ObjectId object,
               std::uint64_t count);

// --- the families of events --------------------------------------------------------------------

void reduce_goroutine(Model& m, const Event& e);  // kGoStart .. kRingWaited
void reduce_operation(Model& m, const Event& e);  // kPutBegin .. kUnpinned, kNewBegin, kNewMade
void reduce_private(Model& m, const Event& e);    // kPrivateStore .. kPrivateEmpty
void reduce_shared(Model& m, const Event& e);     // kSharedPush .. kSlowLoaded
void reduce_lock(Model& m, const Event& e);       // kLockWait .. kUnlocked, kAllPools*
void reduce_array(Model& m, const Event& e);   // kPinSlow, kAllPoolsAppend, kArrayMade .. kLocal*
void reduce_chain(Model& m, const Event& e);   // kTailPop, kDequeueMade, kDequeueUnlinked
void reduce_victim(Model& m, const Event& e);  // kVictimLoaded .. kVictimSizeZeroed
void reduce_victim_stop(Model& m, const Event& e);  // kVictimDropped, kLocalToVictim
void reduce_stop(Model& m, const Event& e);         // the other ones, the viewer's speed

}  // namespace poolscope::reduction
