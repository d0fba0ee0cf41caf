#pragma once

// One goroutine of a workload: a thread that Puts and Gets until the session ends.
//
// Thread safety: run() on its own thread. hand() after that thread has ended.
// Invariants: an object in hand is nowhere else; it is written to while it is in hand, so that two
// holders of one object are found by the checks below and by the sanitizers.

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <span>

#include "core/base/check.h"
#include "core/base/session_clock.h"
#include "core/pool/step.h"
#include "core/runtime/pace.h"
#include "core/runtime/scheduler.h"
#include "core/sim/handoff.h"
#include "core/sim/heap.h"
#include "core/sim/workload.h"
#include "core/trace/trace_context.h"

namespace poolscope {

/// What all workers of a session share.
template <class Pool>
struct WorkerShared {
  std::span<Pool> pools;
  Heap& heap;
  Handoff& handoff;
  const SessionClock& clock;
  Workload workload = Workload::kLecture;
  std::uint32_t workers = 1;
  std::atomic<std::uint32_t> held = 2;        // objects that a goroutine keeps in use at most
  std::atomic<std::int64_t> interval_ns = 0;  // between the begins of two operations; 0: no wait
  std::uint32_t most_alive = 0;               // lecture: user code makes no more objects than that
  const std::atomic<bool>& ending;
  std::atomic<bool> own_hit_seen{false};
};

template <class Pool, class Env>
class Worker {
 public:
  Worker(WorkerShared<Pool>& shared, Goroutine& g, TraceContext& trace)
      : shared_(shared),
        g_(g),
        trace_(trace),
        role_(role_in(shared.workload, g.id, shared.workers)) {}

  void run() {
    current_g = &g_;
    trace_.emit(EventKind::kGoStart, {}, {}, 0, static_cast<std::uint8_t>(role_));
    g_.scheduler->unpark(g_);
    due_ns_ = shared_.clock.now_ns();
    // By turns the order of turns is its opening.
    if (shared_.workload == Workload::kLecture && !g_.pace->by_turns()) lecture_opening();
    while (!ending()) round();
    g_.scheduler->park(g_, ParkReason::kSleep);
    trace_.emit(EventKind::kGoExit);
    current_g = nullptr;
  }

  [[nodiscard]] const std::deque<TracedObject*>& hand() const { return hand_; }

 private:
  [[nodiscard]] bool ending() const { return shared_.ending.load(std::memory_order_relaxed); }

  [[nodiscard]] std::uint32_t held() const { return shared_.held.load(std::memory_order_relaxed); }

  void round() {
    switch (shared_.workload) {
      case Workload::kLecture: return lecture_round();
      case Workload::kPairs: return burst_round(1);
      case Workload::kBursts: return burst_round(1 + g_.next_random() % held());
      case Workload::kProducerConsumer:
      case Workload::kOneGetter:
      case Workload::kOnePutter: return producer_consumer_round();
      case Workload::kPutsOnly: return put_a_new_one();
      case Workload::kIdle: return wait_as(ParkReason::kSleep, kIdleNap_ns);
    }
  }

  /// The first Gets find an empty pool and call New; then come Puts, and hits at home; and only
  /// then does anybody go stealing.
  void lecture_opening() {
    const bool puts_first = g_.id == GId{0};
    if (puts_first) return think(kOpeningSteps / 2);
    if (role_ == Role::kPutOnly) return think(kOpeningSteps);
    get();
    if (role_ == Role::kGetOnly) wait_for_own_hit();
  }

  /// Until somebody has popped from the shared of its own P, where time is paced.
  void wait_for_own_hit() {
    while (g_.pace->paced() && !shared_.own_hit_seen.load(std::memory_order_relaxed) &&
           shared_.clock.now_ns() < kOpening_ns && !ending()) {
      think(1);
    }
  }

  /// User code that takes its time, where time is paced; by turns the others' turns are that.
  void think(int steps) {
    for (int i = 0; i < steps && !ending() && !g_.pace->by_turns(); ++i)
      Env::template point<Step::kUse>();
  }

  void lecture_round() {
    switch (role_) {
      case Role::kPutOnly: return put_what_others_used();
      case Role::kGetOnly: return get_and_hand_on();
      case Role::kBoth: return put_then_get(burst_size());
    }
  }

  /// The shortest burst that brings an object into shared and back, until that has been seen.
  std::uint32_t burst_size() {
    const bool opening = g_.pace->paced() && !shared_.own_hit_seen.load(std::memory_order_relaxed);
    return opening ? 2 : 2 + g_.next_random() % 2;
  }

  void producer_consumer_round() {
    if (role_ == Role::kBoth) return burst_round(1);
    if (role_ == Role::kGetOnly) return get_and_hand_on();
    take_over(shared_.handoff.try_take());
    if (hand_.empty()) return wait_for_handoff();
    put(0);
  }

  /// A burst of Puts, then as many Gets: private, shared, and back.
  void put_then_get(std::uint32_t count) {
    for (std::uint32_t i = 0; i < count && !ending(); ++i) {
      if (hand_.empty()) make();
      if (!hand_.empty()) put(0);
    }
    for (std::uint32_t i = 0; i < count && !ending(); ++i) get();
  }

  void burst_round(std::uint32_t count) {
    for (std::uint32_t i = 0; i < count && !ending(); ++i) get();
    while (!hand_.empty() && !ending()) put(hand_.size() - 1);
  }

  void put_what_others_used() {
    take_over(shared_.handoff.try_take());
    if (hand_.empty()) make();
    if (hand_.empty()) return wait_for_handoff();
    put(0);
    if (shared_.workload == Workload::kLecture) think(kThinkingSteps);
  }

  /// Where as many are alive as may be, nothing happens until a GC.
  void put_a_new_one() {
    make();
    if (hand_.empty()) return wait_as(ParkReason::kSleep, kIdleNap_ns);
    put(0);
  }

  void get_and_hand_on() {
    get();
    if (shared_.workload == Workload::kLecture) think(1);
    if (hand_.size() <= held()) return;
    TracedObject* oldest = hand_.front();
    hand_.pop_front();
    oldest->holder = g_.id;
    trace_.stamp();  // that it got the object, before another has it
    if (!shared_.handoff.try_give(oldest)) wait_to_hand_on(oldest);
  }

  // --- the acts ------------------------------------------------------------------------------

  void put(std::size_t place) {
    wait_for_turn();
    TracedObject* object = hand_[place];
    hand_.erase(hand_.begin() + static_cast<std::ptrdiff_t>(place));
    use(*object);
    object->in_use = false;
    next_pool().put(value_of(object));
    Env::template point<Step::kUse>();
  }

  void get() {
    wait_for_turn();
    const Value x = next_pool().get();
    if (trace_.own_hit) shared_.own_hit_seen.store(true, std::memory_order_relaxed);
    if (!x.is_nil()) {
      TracedObject* object = object_of(x);
      check(!object->in_use, "an object that is in use was got from a pool");
      object->in_use = true;
      object->holder = g_.id;
      use(*object);
      hand_.push_back(object);
    }
    Env::template point<Step::kUse>();
  }

  /// User code writes into what it holds.
  void use(TracedObject& object) {
    for (std::uint64_t& word : object.payload) word = g_.id.value;
  }

  void make() {
    if (shared_.heap.alive() >= shared_.most_alive) return;
    TracedObject* object = shared_.heap.make(g_.id);
    trace_.emit(EventKind::kObjectMade, object->id);
    hand_.push_back(object);
  }

  void take_over(TracedObject* object) {
    if (object == nullptr) return;
    const GId from = object->holder;
    object->holder = g_.id;
    trace_.emit(EventKind::kObjectHanded, object->id, ArrayId{from.value >> 16U},
                static_cast<std::uint16_t>(from.value));
    hand_.push_back(object);
  }

  Pool& next_pool() {
    pool_ = (pool_ + 1) % shared_.pools.size();
    return shared_.pools[pool_];
  }

  // --- waiting, without a P ------------------------------------------------------------------

  void wait_for_turn() {
    // By turns it is the turn that it waits for, whatever the rate.
    const std::int64_t interval_ns = shared_.interval_ns.load(std::memory_order_relaxed);
    if (interval_ns == 0 || g_.pace->by_turns()) return g_.scheduler->safepoint(g_);
    const std::int64_t now_ns = shared_.clock.now_ns();
    if (due_ns_ > now_ns) {
      g_.scheduler->park(g_, ParkReason::kSleep);
      g_.pace->sleep_until(due_ns_);
      g_.scheduler->unpark(g_);
    } else {
      g_.scheduler->safepoint(g_);
    }
    // A goroutine that is late does not catch up with a burst.
    due_ns_ = std::max(due_ns_, now_ns) + interval_ns;
  }

  void wait_as(ParkReason reason, std::int64_t nap_ns) {
    g_.scheduler->park(g_, reason);
    g_.pace->sleep_until(shared_.clock.now_ns() + nap_ns);
    g_.scheduler->unpark(g_);
  }

  void wait_to_hand_on(TracedObject* object) {
    g_.scheduler->park(g_, ParkReason::kHandoff);
    // Ends at the latest when the session does: what is closed takes everything.
    while (!shared_.handoff.give(object, kPatience)) continue;
    g_.scheduler->unpark(g_);
  }

  void wait_for_handoff() {
    g_.scheduler->park(g_, ParkReason::kHandoff);
    TracedObject* object = nullptr;
    while (object == nullptr && !ending()) object = shared_.handoff.take(kPatience);
    g_.scheduler->unpark(g_);
    take_over(object);
  }

  static constexpr std::int64_t kOpening_ns = 14'000'000'000;
  static constexpr int kOpeningSteps = 10;
  static constexpr int kThinkingSteps = 4;  // of those that only Put: they would fill every P
  static constexpr std::int64_t kIdleNap_ns = 200'000'000;
  static constexpr std::chrono::milliseconds kPatience{100};

  WorkerShared<Pool>& shared_;
  Goroutine& g_;
  TraceContext& trace_;
  Role role_;
  std::deque<TracedObject*> hand_;  // in use, oldest first
  std::size_t pool_ = 0;
  std::int64_t due_ns_ = 0;
};

}  // namespace poolscope
