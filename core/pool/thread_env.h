#pragma once

// The machine that the pools' text runs on in earnest: threads as goroutines, the scheduler's Ps,
// parking locks, and a probe that learns what happened.
//
// Thread safety: each function acts for the calling goroutine.
// Invariants: an unpinned point is a safepoint: a stop-the-world, a migration or a change of hands
// may happen there, and nowhere else. Nothing here waits while pinned, but a pace point.

#include <atomic>
#include <cstdint>

#include "core/pool/local_array.h"
#include "core/pool/probe.h"
#include "core/pool/step.h"
#include "core/pool/value.h"
#include "core/pool/world.h"
#include "core/runtime/goroutine.h"
#include "core/runtime/lock.h"
#include "core/runtime/scheduler.h"

namespace poolscope {

template <PoolProbe ProbeT>
struct ThreadEnv {
  using Probe = ProbeT;

  template <class T>
  using Atomic = std::atomic<T>;

  /// A plain cell that others may touch too, at other times: the pools' invariants name them.
  template <class T>
  static T& cell(T& what) {
    return what;
  }

  /// A Put or Get. What it may reach is not freed: the collector only looks while the world is
  /// stopped, and an operation says that it is under way before it stands still.
  struct OperationScope {
    OperationScope() { Probe::reserve(); }
    ~OperationScope() {
      if (current_g->in_operation()) [[unlikely]] {
        ++current_g->operations;
      }
    }
    OperationScope(const OperationScope&) = delete;
    OperationScope& operator=(const OperationScope&) = delete;
  };

  /// runtime_procPin: the goroutine keeps its P, and the world does not stop, until proc_unpin.
  /// Since safepoints are cooperative and none is in between, there is nothing to do but to say so.
  static std::uint32_t proc_pin() {
    if constexpr (Probe::kStands) current_g->pinned = true;
    return current_g->p.value;
  }
  static void proc_unpin() {
    Probe::unpinned();
    if constexpr (Probe::kStands) current_g->pinned = false;
  }

  static std::uint32_t gomaxprocs() { return current_g->scheduler->procs(); }

  /// A step of the text: a pace point, and where unpinned a safepoint.
  template <Step kStep>
  [[gnu::always_inline]] static void point() {
    constexpr bool kPinned = step_info(kStep).pinned;
    if constexpr (kPinned) {
      Probe::template point<kStep, kPinned>();
    } else {
      Goroutine& g = *current_g;
      // The user's own code is no operation.
      constexpr bool kInOperation = kStep != Step::kUse;
      if constexpr (Probe::kStands && kInOperation) say_under_way(g);
      Probe::template point<kStep, kPinned>();
      // A pace point inside an operation costs nothing where nobody stands at it.
      if constexpr (step_info(kStep).in_scripts || !kInOperation) {
        if (g.scheduler->interrupted()) [[unlikely]] {
          if constexpr (kInOperation) say_under_way(g);
          g.scheduler->safepoint(g);
        }
      }
    }
  }

  template <class Pool>
  static World<Pool>& world(const Pool& /*pool*/) {
    return *static_cast<World<Pool>*>(current_g->world);
  }

  /// Nobody will find `block` any more; the collector frees it.
  template <class Block>
  static void retire(Block* block) {
    current_g->world->retire(block);
  }

  /// Race mode: fastrand()%4 == 0.
  template <class Pool>
  static bool race_dice_drop(const Pool& pool) {
    return world(pool).race && current_g->next_random() % 4 == 0;
  }

  /// Nobody holds `x` any more.
  static void drop(Value x) { Probe::drop(x); }

  template <class Local, class Pool>
  static Local* make_array(const Pool& pool, std::uint32_t length) {
    Local* locals =
        make_local_array<Local>(world(pool).next_array_id(), Probe::pool_id(pool), length);
    Probe::array_made(locals, length);
    return locals;
  }

  [[gnu::always_inline]] static void lock_local(Lock& lock) {
    const GId me = current_g->id;
    if (!lock.try_lock(me) && !lock.try_lock_for_a_moment(me)) [[unlikely]] {
      return wait_for(
          lock, [] { Probe::lock_wait(); }, [] { Probe::locked(); });
    }
    Probe::locked();
  }
  [[gnu::always_inline]] static void unlock_local(Lock& lock) {
    Probe::unlocked();
    lock.unlock();
  }

  static void lock_all_pools(Lock& lock) {
    if (!lock.try_lock(current_g->id)) {
      return wait_for(
          lock, [] { Probe::all_pools_wait(); }, [] { Probe::all_pools_locked(); });
    }
    Probe::all_pools_locked();
  }
  static void unlock_all_pools(Lock& lock) {
    Probe::all_pools_unlocked();
    lock.unlock();
  }

 private:
  static void say_under_way(Goroutine& g) {
    if (!g.in_operation()) ++g.operations;
  }

  /// Waits without a P; if it gets the lock in a stopped world, it waits for the start with it.
  template <class Waiting, class Got>
  [[gnu::noinline]] static void wait_for(Lock& lock, const Waiting& waiting, const Got& got) {
    Goroutine& g = *current_g;
    say_under_way(g);
    waiting();
    g.scheduler->park(g, ParkReason::kLock);
    lock.lock(g.id);
    got();
    g.scheduler->unpark(g);
  }
};

}  // namespace poolscope
