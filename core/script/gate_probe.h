#pragma once

// GateProbe: writes down what a gate's operation does, and looks at the invariants on the way.
//
// Thread safety: on the goroutine's side of its gate.
// Invariants: the first that does not hold stays in GatedOperation::violation.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

#include "core/pool/local_array.h"
#include "core/pool/null_probe.h"
#include "core/pool/slice.h"
#include "core/pool/value.h"
#include "core/runtime/goroutine.h"
#include "core/runtime/lock.h"
#include "core/script/gate.h"
#include "core/script/gated_operation.h"

namespace poolscope::script {

/// Writes down what the operation of the calling goroutine does.
struct GateProbe : NullProbe {
  template <class Pool>
  static void put_begin(const Pool& pool, Value x) {
    begin(pool);
    op().in_flight = x;
  }
  template <class Pool>
  static void get_begin(const Pool& pool) {
    begin(pool);
  }
  static void get_end(Value x) {
    demand(!current_g->pinned, "a Get ends pinned");
    if (x.is_nil()) {
      op().missed = true;
      op().where = Where::kNil;
    }
    demand(op().missed == (op().where == Where::kNew || op().where == Where::kNil),
           "a Get has found an object and is a miss");
    demand(!op().missed || op().probes == op().slow_size,
           "a Get misses and has not looked at every shard");
  }
  static void race_drop(const auto& /*pool*/, Value /*x*/) { op().in_flight = Value::nil(); }

  static void pinned(auto* locals, std::uint32_t pid) {
    demand(current_g->pinned && current_g->p.value == pid, "pin returns another P's place");
    demand(pid < header_of(locals).length, "pin returns a place behind the array's end");
    work_on(locals, pid);
    op().arrays.add(locals);
  }
  static void private_store(Value /*x*/) {
    demand_own_place();
    store();
    decide(Where::kPrivate, Value::nil());
  }
  static void private_full() { demand_own_place(); }
  static void private_taken(Value x) {
    demand_own_place();
    if (!x.is_nil()) decide(Where::kPrivate, x);
  }
  static void shared_push(Value /*x*/) {
    demand_own_shared();
    if (op().cells_of != nullptr) {
      op().appends = true;
      op().cells = shared().cells->len();
    }
    store();
    decide(is_pools_array() ? Where::kShared : Where::kOrphan, Value::nil());
  }
  static void shared_popped(Value x) {
    demand_own_shared();
    if (x.is_nil()) return;
    if (!op().slow) return decide(Where::kShared, x);
    decide(is_pools_array() ? Where::kSteal : Where::kOrphanSteal, x);
  }
  static void tail_popped(Value x, std::uint32_t /*position*/) {
    decide(op().in_victim ? Where::kVictimSteal : Where::kSteal, x);
  }
  static void slow_loaded(auto* locals, std::size_t size, std::uint32_t pid) {
    demand(size == 0 || locals != nullptr, "localSize was loaded without a local");
    demand(locals == nullptr || size <= header_of(locals).length,
           "localSize was loaded with a shorter local");
    op().slow = true;
    begin_ring(size, pid + 1);
    work_on(locals, pid);
    if (locals != nullptr) op().arrays.add(locals);
  }
  static void probing(std::size_t j) {
    demand(j == (op().slow_pid + op().probes++) % op().slow_size, "getSlow leaves the ring");
    op().index = static_cast<std::uint32_t>(j);
  }
  static void victim_loaded(auto* locals, std::size_t size, std::uint32_t pid) {
    demand(op().probes == op().slow_size, "getSlow turns to the victim before the last shard");
    op().in_victim = true;
    begin_ring(size, pid);
    work_on(locals, pid);
  }
  static void victim_private_taken(Value x) {
    demand_own_place();
    if (!x.is_nil()) decide(Where::kVictimPrivate, x);
  }
  static void new_begin(const auto& /*pool*/) {
    demand(!current_g->pinned && op().locked == nullptr,
           "New is called pinned or with a lock held");
  }
  static void new_made(const auto& /*pool*/, Value x) { decide(Where::kNew, x); }
  static void pin_slow(const auto& /*pool*/) { ++op().pin_slows; }
  static void local_stored(const auto& pool, auto* /*made*/) {
    const NoStops here;
    if (pool.locals() != nullptr) ++current_gate().machine().arrays_dropped;
  }
  static void array_made(auto* locals, std::uint32_t length) {
    ++op().arrays_made;
    demand(length == current_gate().machine().procs, "a fresh array is not GOMAXPROCS long");
    demand(header_of(locals).length == length, "a fresh array has another length than it says");
    for (const auto& l : std::span(locals, length)) demand(is_zero(l), "a fresh array is not zero");
  }
  static void local_locked(const Lock& lock) { op().locked = &lock; }
  static void local_unlocks() {
    if (op().appends) {
      demand(shared().cells->len() == op().cells + 1, "Put unlocks before it has appended");
    }
    op().appends = false;
    op().locked = nullptr;
  }
  /// classic: the pool is about to read or write what a shard shares.
  static void shared_touched(const Slice& cells) {
    demand(op().cells_of != nullptr && shared().cells == &cells, "another shard is touched");
    demand_own_shared();
  }

  /// Notes the first invariant that does not hold.
  static void demand(bool holds, const char* otherwise) {
    if (!holds) op().note(otherwise);
  }

 private:
  static GatedOperation& op() { return current_gate().op; }

  /// private belongs to the goroutine that is pinned on its P.
  static void demand_own_place() {
    demand(current_g->pinned && current_g->p.value == op().index,
           "a private is touched by another than its P's pinned goroutine");
  }
  /// What the shard that it works on shares.
  static LockedCells shared() { return op().cells_of(op().array, op().index); }
  /// classic: shared belongs to its mutex's holder. modern: a chain's head to the goroutine that
  /// is pinned on its P; its tail to anybody.
  static void demand_own_shared() {
    if (op().cells_of != nullptr) {
      demand(op().locked == shared().mutex, "shared is touched without its mutex");
    } else if (op().has_chains && !op().slow) {
      demand(current_g->pinned && current_g->p.value == op().index,
             "a chain's head is touched by another than its P's pinned goroutine");
    }
  }
  template <class Local>
  static bool is_zero(const Local& l) {
    const auto is_zeros = [](const auto& what) {
      return std::ranges::all_of(std::as_bytes(std::span(&what, 1)),
                                 [](std::byte byte) { return byte == std::byte{0}; });
    };
    bool zero = is_zeros(l.private_value);
    if constexpr (requires { l.shared; }) zero = zero && is_zeros(l.shared);
    if constexpr (requires { l.mutex; }) zero = zero && l.mutex.is_free();
    return zero;
  }
  static void store() { demand(++op().stores == 1, "a Put stores twice"); }
  /// getSlow looks at `size` places, from `first` on, each once.
  static void begin_ring(std::size_t size, std::uint32_t first) {
    op().slow_size = static_cast<std::uint32_t>(size);
    op().slow_pid = first;
    op().probes = 0;
  }

  template <class Pool>
  static void begin(const Pool& pool) {
    op().pool = &pool;
    op().pool_uses = [](const void* a_pool, const void* locals) {
      return static_cast<const Pool*>(a_pool)->locals() == locals;
    };
  }
  template <class Local>
  static void work_on(Local* locals, std::uint32_t pid) {
    op().array = locals;
    op().index = pid;
    if constexpr (requires(Local& l) { l.mutex; }) {
      op().cells_of = [](const void* array, std::uint32_t index) {
        const Local& l = static_cast<const Local*>(array)[index];
        return LockedCells{&l.mutex, &l.shared};
      };
    }
    op().has_chains = requires(Local& l) { l.shared.oldest(); };
  }
  static bool is_pools_array() {
    const NoStops here;
    return op().pool_uses(op().pool, op().array);
  }
  static void decide(Where where, Value in_flight) {
    demand(op().where == Where::kNone, "an operation finds a place twice");
    op().where = where;
    op().found_at = op().index;
    op().in_flight = in_flight;
  }
};

}  // namespace poolscope::script
