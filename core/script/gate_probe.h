#pragma once

// GateProbe: writes down what a gate's operation does, and looks at the invariants on the way.
//
// Thread safety: on the goroutine's side of its gate.
// Invariants: the first that does not hold stays in GatedOperation::violation.

#include <cstddef>
#include <cstdint>

#include "core/pool/local_array.h"
#include "core/pool/null_probe.h"
#include "core/pool/value.h"
#include "core/runtime/goroutine.h"
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
    if (!x.is_nil()) return;
    op().missed = true;
    op().where = Where::kNil;
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
    store();
    decide(is_pools_array() ? Where::kShared : Where::kOrphan, Value::nil());
  }
  static void shared_popped(Value x) {
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
    op().in_victim = true;
    begin_ring(size, pid);
    work_on(locals, pid);
  }
  static void victim_private_taken(Value x) {
    if (!x.is_nil()) decide(Where::kVictimPrivate, x);
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
  static void work_on(const void* locals, std::uint32_t pid) {
    op().array = locals;
    op().index = pid;
  }
  static bool is_pools_array() {
    const NoStops here;
    return op().pool_uses(op().pool, op().array);
  }
  static void decide(Where where, Value in_flight) {
    op().where = where;
    op().found_at = op().index;
    op().in_flight = in_flight;
  }
};

}  // namespace poolscope::script
