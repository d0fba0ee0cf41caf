#pragma once

// GateEnv: the environment of the pools' text for scripts and exploration. A point is a breakpoint,
// a lock is tried and never waited for, and the machine (Ps, GOMAXPROCS, the stopped world) is the
// controller's.
//
// Thread safety: on the goroutine's side of its gate.
// Invariants: nothing that can block is called while pinned; GateProbe finds out if it is.

#include <atomic>
#include <cstdint>
#include <type_traits>
#include <utility>

#include "core/pool/local_array.h"
#include "core/pool/probe.h"
#include "core/pool/slice.h"
#include "core/pool/step.h"
#include "core/pool/value.h"
#include "core/pool/world.h"
#include "core/runtime/goroutine.h"
#include "core/runtime/lock.h"
#include "core/script/gate.h"
#include "core/script/gate_probe.h"

namespace poolscope::script {

/// An atomic of which every access is a place where another goroutine may come between. Of the
/// goroutines behind gates one runs at a time: what it holds needs not be atomic itself.
template <class T>
class GatedAtomic {
 public:
  explicit GatedAtomic(T value) : value_(value) {}

  T load(std::memory_order /*order*/ = std::memory_order_seq_cst) const {
    pass_access(this, false);
    return value_;
  }
  void store(T value, std::memory_order /*order*/ = std::memory_order_seq_cst) {
    pass_access(this, true);
    value_ = value;
  }
  T fetch_add(T by, std::memory_order /*order*/ = std::memory_order_seq_cst) {
    pass_access(this, true);
    return std::exchange(value_, value_ + by);
  }
  bool compare_exchange_strong(T& expected, T wanted, std::memory_order /*success*/,
                               std::memory_order /*failure*/) {
    pass_access(this, true);
    if (value_ != expected) {
      expected = value_;
      return false;
    }
    value_ = wanted;
    return true;
  }

 private:
  T value_;
};

/// A probe that wants to know when its goroutine stands, and when it goes on.
template <class P>
concept WatchesStands = requires(const Stand& where) {
  P::stands_at(where);
  P::goes_on();
};

/// The machine for scripts (kEveryAccess false: breakpoints only) and exploration.
template <bool kEveryAccess, PoolProbe ProbeT = GateProbe>
struct GateEnv {
  using Probe = ProbeT;

  template <class T>
  using Atomic = std::conditional_t<kEveryAccess, GatedAtomic<T>, std::atomic<T>>;

  template <class T>
  static T& cell(T& what) {
    if constexpr (kEveryAccess) pass_access(&what, true);
    if constexpr (std::is_same_v<T, Slice>) GateProbe::shared_touched(what);
    return what;
  }

  struct OperationScope {
    OperationScope() { ++current_g->operations; }
    ~OperationScope() { ++current_g->operations; }
    OperationScope(const OperationScope&) = delete;
    OperationScope& operator=(const OperationScope&) = delete;
  };

  static std::uint32_t proc_pin() {
    if constexpr (kEveryAccess) note_access(p_of_g(), true);
    current_g->pinned = true;
    return current_g->p.value;
  }
  static void proc_unpin() {
    if constexpr (kEveryAccess) note_access(p_of_g(), true);
    Probe::unpinned();
    current_g->pinned = false;
  }
  static std::uint32_t gomaxprocs() { return current_gate().machine().procs; }

  template <Step kStep>
  static void point() {
    constexpr StepInfo kInfo = step_info(kStep);
    if constexpr (kStep == Step::kGetNew) current_gate().op.missed = true;
    if constexpr (kInfo.in_scripts) {
      Gate& gate = current_gate();
      if (gate.stops_at(kStep) && gate.arrives()) {
        static constexpr Stand kHere{.kind = Stand::Kind::kStopped, .step = kStep};
        stand(gate, kHere);
      }
    }
  }

  template <class Pool>
  static World<Pool>& world(const Pool& /*pool*/) {
    return *static_cast<World<Pool>*>(current_g->world);
  }
  template <class Block>
  static void retire(Block* block) {
    current_g->world->retire(block);
  }

  template <class Pool>
  static bool race_dice_drop(const Pool& /*pool*/) {
    return current_gate().drops;
  }
  static void drop(Value /*x*/) {}

  template <class Local, class Pool>
  static Local* make_array(const Pool& pool, std::uint32_t length) {
    const ArrayId id = world(pool).next_array_id();
    Local* locals = take_spare_array<Local>(length);
    if (locals == nullptr) {
      locals = make_local_array<Local>(id, Probe::pool_id(pool), length);
    } else {
      header_of(locals).id = id;
    }
    current_gate().machine().arrays.push_back(&header_of(locals));
    Probe::array_made(locals, length);
    return locals;
  }

  static void lock_local(Lock& lock) {
    take(lock, false);
    GateProbe::local_locked(lock);
    Probe::locked();
  }
  static void unlock_local(Lock& lock) {
    GateProbe::local_unlocks();
    Probe::unlocked();
    give_back(lock);
  }
  static void lock_all_pools(Lock& lock) {
    take(lock, true);
    Probe::all_pools_locked();
  }
  static void unlock_all_pools(Lock& lock) {
    Probe::all_pools_unlocked();
    give_back(lock);
  }

 private:
  /// Stands for the P that the goroutine runs on: a goroutine pinned to it keeps the others off.
  static const void* p_of_g() { return reinterpret_cast<const void*>(1 + current_g->p.value); }

  template <class Local>
  static Local* take_spare_array(std::uint32_t length) {
    LocalArrayHeader** spare = &current_gate().machine().spare_arrays;
    while (*spare != nullptr && (*spare)->length != length) spare = &(*spare)->next;
    if (*spare == nullptr) return nullptr;
    LocalArrayHeader* const found = *spare;
    *spare = std::exchange(found->next, nullptr);
    return locals_of<Local>(*found);
  }

  static void stand(Gate& gate, const Stand& where) {
    if constexpr (WatchesStands<Probe>) Probe::stands_at(where);
    gate.stand(where);
    if constexpr (WatchesStands<Probe>) Probe::goes_on();
  }

  static void take(Lock& lock, bool all_pools) {
    GateProbe::demand(!current_g->pinned, "a lock is taken while pinned");
    if constexpr (kEveryAccess) pass_access(&lock, true);
    for (bool waits = false; !lock.try_lock(); waits = true) {
      Gate& gate = current_gate();
      if (gate.machine().opens_locks) break;
      static_cast<void>(gate.arrives());  // nobody goes past a lock that is taken
      if (!waits) all_pools ? Probe::all_pools_wait() : Probe::lock_wait();
      stand(gate, {.kind = Stand::Kind::kBlocked,
                   .all_pools = all_pools,
                   .index = gate.op.index,
                   .lock = &lock});
      if constexpr (kEveryAccess) note_access(&lock, true);
    }
  }
  static void give_back(Lock& lock) {
    if constexpr (kEveryAccess) pass_access(&lock, true);
    lock.unlock();
  }
};

}  // namespace poolscope::script
