#pragma once

// What a probe needs to stamp an event: the goroutine, its ring, the tickets, and the slot that its
// operation is at.
//
// Thread safety: belongs to one goroutine's thread; `tickets` is shared.
// Invariants: an event's number is taken on the thread that owns the slot, while it owns it. Events
// that only their goroutine can know of are stamped together, by one read-modify-write and one look
// at the clock: that is most of what being watched costs.

#include <atomic>
#include <cstdint>
#include <vector>

#include "core/base/clock.h"
#include "core/pool/value.h"
#include "core/runtime/goroutine.h"
#include "core/trace/array_ledger.h"
#include "core/trace/event_ring.h"

namespace poolscope {

/// Hands out seq numbers: the global order of a session.
class Tickets {
 public:
  /// `count` numbers in a row, the first of them one more than what is returned. Relaxed: a
  /// goroutine that comes to a slot has synchronised with those before it (lock, pin or CAS), and
  /// then the modification order of this counter has the same order.
  std::uint64_t take(std::uint64_t count) {
    return last_.fetch_add(count, std::memory_order_relaxed);
  }
  [[nodiscard]] std::uint64_t last() const { return last_.load(std::memory_order_relaxed); }

 private:
  alignas(kCacheLinePair) std::atomic<std::uint64_t> last_{0};
};

struct TraceContext {
  /// Events that one Put or Get may emit at most: getSlow of 256 shards, each waited for and each
  /// with a stop-the-world or a change of hands at its points.
  static constexpr std::size_t kEventsOfAnOperation = 4032;
  /// Events between two operations: parking, waiting for room, a new object.
  static constexpr std::size_t kSlack = 64;
  static constexpr std::size_t kRingCapacity = 8192;

  TraceContext(Goroutine& goroutine, Tickets& ticket_counter, std::size_t capacity = kRingCapacity)
      : g(goroutine), tickets(ticket_counter), ring(capacity) {}

  /// An event about what the goroutine alone owns until it says otherwise: the next stamp() gives
  /// it its number and its time.
  void note(EventKind kind, ObjectId object = {}, ArrayId array_id = {}, std::uint16_t place = 0,
            std::uint8_t detail = 0) {
    Event& event = ring.append();
    event.begin(kind, detail);
    event.object = object;
    event.array = array_id;
    event.g = g.id;
    event.p = g.p;
    event.index = place;
  }
  /// Stamps what was noted and gives it to the collector. Due before others can see the facts:
  /// before a lock is given back, a pointer or a head is stored, an object or the P is passed on.
  void stamp() {
    const std::size_t count = ring.unpublished();
    if (count == 0) return;
    // In ticks; the sequencer turns them into session time.
    const auto ticks = static_cast<std::int64_t>(clock.ticks());
    std::uint64_t seq = tickets.take(count);
    ring.for_each_unpublished([&](Event& event) {
      event.complete(++seq);
      event.time_ns = ticks;
    });
    ring.publish();
  }
  /// An event that others may see from here on.
  void emit(EventKind kind, ObjectId object = {}, ArrayId array_id = {}, std::uint16_t place = 0,
            std::uint8_t detail = 0) {
    note(kind, object, array_id, place, detail);
    stamp();
  }
  void emit_number(EventKind kind, std::uint32_t number, ArrayId array_id = {},
                   std::uint16_t place = 0, std::uint8_t detail = 0) {
    emit(kind, ObjectId{number}, array_id, place, detail);
  }

  Goroutine& g;
  Tickets& tickets;
  EventRing ring;
  const TickClock& clock = TickClock::instance();
  const void* pools = nullptr;  // where the pools stand, one behind the other
  std::size_t pool_bytes = 1;
  ArrayLedger* arrays = nullptr;  // where those that are made are noted; nullptr: nowhere
  ArrayId array;                  // the slot of the operation under way
  std::uint16_t index = 0;
  std::size_t stood_at = 0;    // paced: how many events it had when it last came to stand
  bool slow = false;           // paced: the Get is in getSlow
  bool own_hit = false;        // paced: the last Get popped its own shared
  bool dropped_array = false;  // paced: it has put another array in the place of one
  std::vector<Value> dropped;  // by the race dice; freed at the next stop-the-world
};

}  // namespace poolscope
