#pragma once

// The gate: goroutines that go from one breakpoint to the next when they are told to, one at a
// time.
//
// GateEnv is the environment of the pools' text for scripts and exploration: a point is a
// breakpoint, a lock is tried and never waited for, and the machine (Ps, GOMAXPROCS, the stopped
// world) is the controller's. GateProbe writes down what an operation did.
//
// Thread safety: a Gate belongs to one goroutine and its controller, of which only one runs at a
// time; the hand-over between them (Gate::stand) synchronises. Invariants: pinned sections keep
// their P; what stands unpinned has given its P back.

#include <atomic>
#include <cstdint>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/pool/local_array.h"
#include "core/pool/null_probe.h"
#include "core/pool/step.h"
#include "core/pool/value.h"
#include "core/pool/world.h"
#include "core/runtime/goroutine.h"
#include "core/runtime/lock.h"
#include "core/script/script.h"

namespace poolscope::script {

/// How an operation was decided, in the words of the transcripts.
enum class Where : std::uint8_t {
  kNone,
  kPrivate,
  kShared,
  kOrphan,  // classic: a Put whose array is not the pool's at the append
  kSteal,
  kOrphanSteal,  // classic: a steal from an array that is not the pool's at the pop
  kVictimPrivate,
  kVictimSteal,
  kNew,
  kNil,
};

/// One Put or Get and what it has done so far.
struct GatedOperation {
  OperationKind kind = OperationKind::kGet;
  const void* pool = nullptr;
  /// Whether `pool` uses the array whose element 0 is `locals` now.
  bool (*pool_uses)(const void* pool, const void* locals) = nullptr;
  Value put;                        // what a Put puts
  Value in_flight;                  // what it holds; a Put's object from its begin on
  std::vector<const void*> arrays;  // got from pin or pinSlow, or loaded at slow.loaded: element 0
  const void* array = nullptr;      // that it works on now
  std::uint32_t index = 0;          // and the place in it
  bool slow = false;                // in getSlow
  bool in_victim = false;
  Where where = Where::kNone;
  std::uint32_t found_at = 0;
  std::uint32_t pin_slows = 0;
  std::uint32_t arrays_made = 0;
  bool missed = false;       // getSlow has found nothing
  std::uint32_t stores = 0;  // places that a Put has filled
  std::uint32_t probes = 0;  // shards that getSlow has looked at, in the array at hand
  std::uint32_t slow_pid = 0;
  std::uint32_t slow_size = 0;
  const char* violation = nullptr;  // the first invariant that it has found broken
};

/// Where a goroutine stands.
struct Stand {
  enum class Kind : std::uint8_t { kReady, kStopped, kBlocked, kEnded };
  Kind kind = Kind::kReady;
  Step step = Step::kNone;     // kStopped
  const Lock* lock = nullptr;  // kBlocked
  bool all_pools = false;      // kBlocked: by allPoolsMu, else by local[index]
  std::uint32_t index = 0;
};

/// A shared access.
struct Access {
  const void* what = nullptr;
  bool writes = false;
};
using AccessLog = std::vector<Access>;

/// What all goroutines of one machine share.
struct GateMachine {
  std::uint32_t procs = 1;
  AccessLog* log = nullptr;  // where accesses are written down; nullptr: nowhere
};

class Gate {
 public:
  explicit Gate(GateMachine& machine) : machine_(machine) { g.trace = this; }
  virtual ~Gate() = default;
  Gate(const Gate&) = delete;
  Gate& operator=(const Gate&) = delete;

  /// On the goroutine's side: gives control back and returns when it may go on.
  virtual void stand(const Stand& where) = 0;

  [[nodiscard]] bool stops_at(Step step) const { return every_step || step == until; }
  /// To the end, if no lock is in the way.
  void stop_nowhere() {
    until = Step::kNone;
    every_step = sees_accesses = false;
  }
  [[nodiscard]] GateMachine& machine() { return machine_; }

  Goroutine g;
  GatedOperation op;
  Step until = Step::kNone;    // the breakpoint at which it is to stop
  bool every_step = false;     // at every breakpoint: exploration
  bool sees_accesses = false;  // and before every shared access
  bool drops = false;          // the race dice say: drop

 private:
  GateMachine& machine_;
};

/// The gate of the calling goroutine.
inline Gate& current_gate() { return *static_cast<Gate*>(current_g->trace); }

/// Writes an access down, where accesses are.
inline void note_access(const void* what, bool writes) {
  if (AccessLog* log = current_gate().machine().log) log->push_back({what, writes});
}

/// Before a shared access: another goroutine may come between.
inline void pass_access(const void* what, bool writes) {
  if (current_g == nullptr) return;  // the controller looks, in a stopped world
  Gate& gate = current_gate();
  if (gate.sees_accesses) gate.stand({.kind = Stand::Kind::kReady});
  note_access(what, writes);
}

/// While it lives, accesses of the calling goroutine are not gated: they are not the pool's own.
class UnseenAccesses {
 public:
  UnseenAccesses() : gate_(current_gate()), before_(std::exchange(gate_.sees_accesses, false)) {}
  ~UnseenAccesses() { gate_.sees_accesses = before_; }
  UnseenAccesses(const UnseenAccesses&) = delete;
  UnseenAccesses& operator=(const UnseenAccesses&) = delete;

 private:
  Gate& gate_;
  const bool before_;
};

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
    op().arrays.push_back(locals);
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
    if (locals != nullptr) op().arrays.push_back(locals);
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
  static void array_made(auto* locals, std::uint32_t length) {
    ++op().arrays_made;
    demand(length == current_gate().machine().procs, "a fresh array is not GOMAXPROCS long");
    demand(header_of(locals).length == length, "a fresh array has another length than it says");
  }

  /// Notes the first invariant that does not hold.
  static void demand(bool holds, const char* otherwise) {
    if (!holds && op().violation == nullptr) op().violation = otherwise;
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
    const UnseenAccesses unseen;
    return op().pool_uses(op().pool, op().array);
  }
  static void decide(Where where, Value in_flight) {
    op().where = where;
    op().found_at = op().index;
    op().in_flight = in_flight;
  }
};

/// An atomic of which every access is a place where another goroutine may come between.
template <class T>
class GatedAtomic {
 public:
  explicit GatedAtomic(T value) : value_(value) {}

  T load(std::memory_order order = std::memory_order_seq_cst) const {
    pass_access(this, false);
    return value_.load(order);
  }
  void store(T value, std::memory_order order = std::memory_order_seq_cst) {
    pass_access(this, true);
    value_.store(value, order);
  }
  T fetch_add(T by, std::memory_order order = std::memory_order_seq_cst) {
    pass_access(this, true);
    return value_.fetch_add(by, order);
  }
  bool compare_exchange_strong(T& expected, T wanted, std::memory_order success,
                               std::memory_order failure) {
    pass_access(this, true);
    return value_.compare_exchange_strong(expected, wanted, success, failure);
  }

 private:
  std::atomic<T> value_;
};

/// The machine for scripts (kEveryAccess false: breakpoints only) and exploration.
template <bool kEveryAccess>
struct GateEnv {
  using Probe = GateProbe;

  template <class T>
  using Atomic = std::conditional_t<kEveryAccess, GatedAtomic<T>, std::atomic<T>>;

  template <class T>
  static T& cell(T& what) {
    if constexpr (kEveryAccess) pass_access(&what, true);
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
    current_g->pinned = false;
  }
  static std::uint32_t gomaxprocs() { return current_gate().machine().procs; }

  template <Step kStep>
  static void point() {
    constexpr StepInfo kInfo = step_info(kStep);
    if constexpr (kStep == Step::kGetNew) current_gate().op.missed = true;
    if constexpr (kInfo.in_scripts) {
      Gate& gate = current_gate();
      if (gate.stops_at(kStep)) gate.stand({.kind = Stand::Kind::kStopped, .step = kStep});
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
    Local* locals = make_local_array<Local>(world(pool).next_array_id(), PoolId{0}, length);
    Probe::array_made(locals, length);
    return locals;
  }

  static void lock_local(Lock& lock) { take(lock, false); }
  static void unlock_local(Lock& lock) { give_back(lock); }
  static void lock_all_pools(Lock& lock) { take(lock, true); }
  static void unlock_all_pools(Lock& lock) { give_back(lock); }

 private:
  /// Stands for the P that the goroutine runs on: who pins it keeps the others off.
  static const void* p_of_g() { return reinterpret_cast<const void*>(1 + current_g->p.value); }

  static void take(Lock& lock, bool all_pools) {
    Probe::demand(!current_g->pinned, "a lock is taken while pinned");
    if constexpr (kEveryAccess) pass_access(&lock, true);
    while (!lock.try_lock()) {
      Gate& gate = current_gate();
      gate.stand({.kind = Stand::Kind::kBlocked,
                  .lock = &lock,
                  .all_pools = all_pools,
                  .index = gate.op.index});
      if constexpr (kEveryAccess) note_access(&lock, true);
    }
  }
  static void give_back(Lock& lock) {
    if constexpr (kEveryAccess) pass_access(&lock, true);
    lock.unlock();
  }
};

}  // namespace poolscope::script
