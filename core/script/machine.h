#pragma once

// The machine of a script: pools, Ps, GOMAXPROCS and the goroutines that are stopped in the middle
// of a Put or Get. It knows no names and prints nothing.
//
// Thread safety: the controller's thread; the goroutines run one at a time, inside go_on.
// Invariants:
//  1. At most one goroutine is pinned on a P, and none on a P that is no more.
//  2. gc and resize change nothing while a goroutine is pinned.
//  3. Between two commands every object is in use, in flight, in a pool, in an array that an
//  unfinished
//     operation holds, lost, or freed; lost ones are freed in the next stopped world.

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/base/check.h"
#include "core/pool/classic_pool.h"
#include "core/pool/modern_pool.h"
#include "core/script/gate.h"
#include "core/script/script.h"

namespace poolscope::script {

/// An object of a script: real memory, found by its number.
struct ScriptObject {
  std::uint32_t number = 0;
  std::array<std::uint64_t, 2> payload{};
};
inline constexpr TypeTag kScriptObjectType{"*Object"};
inline Value value_of(ScriptObject* object) { return {&kScriptObjectType, object}; }
inline ScriptObject* object_of(Value x) { return static_cast<ScriptObject*>(x.data); }

/// Why a command is not carried out. It then changes nothing.
enum class Refusal : std::uint8_t { kNone, kNoSuchP, kPPinnedBy, kPinned, kPGone };

template <class PoolT, class GateT>
class Machine {
 public:
  using Pool = PoolT;
  using Local = typename Pool::Local;
  using GateArgument = typename GateT::Threads;

  /// A goroutine in the middle of an operation.
  struct Task {
    Task(GateMachine& machine, GateArgument& threads) : gate(machine, threads) {}
    GateT gate;
    Stand stand;
    Value result;
    std::uint32_t number = 0;  // in the order of beginning
    [[nodiscard]] bool ended() const { return stand.kind == Stand::Kind::kEnded; }
    [[nodiscard]] std::uint32_t p() const { return gate.g.p.value; }
    [[nodiscard]] bool pinned() const { return gate.g.pinned; }
  };
  struct Answer {
    Refusal refusal = Refusal::kNone;
    const Task* by = nullptr;  // kPPinnedBy
  };

  /// `threads`: of the goroutines, kept from one machine to the next.
  Machine(std::uint32_t procs, GateArgument& threads) : threads_(threads), world_([](Value) {}) {
    shared_.procs = procs;
  }
  Machine(const Machine&) = delete;
  Machine& operator=(const Machine&) = delete;
  ~Machine() {
    for (auto& pool : pools_) {
      for (Local* locals : {pool->locals(), victim_of(*pool)}) {
        if (locals != nullptr) world_.free_array(locals);
      }
    }
    world_.reclaim(std::vector<const Goroutine*>{}, [](ArrayId) {});
  }

  /// One more pool; `new_func` outlives the machine, nullptr for none.
  void add_pool(const NewFunc* new_func) { pools_.push_back(std::make_unique<Pool>(new_func)); }

  // --- commands ------------------------------------------------------------------------------

  /// Whether a goroutine could begin on P p.
  [[nodiscard]] Answer may_begin(std::uint32_t p) const {
    if (p >= shared_.procs) return {Refusal::kNoSuchP};
    return free_of_pins(p, nullptr);
  }

  /// A goroutine on P p that is to Put `x`, or to Get when it is nil; it has not gone a step yet.
  /// The task stays valid until end_task.
  Task& make_task(std::uint32_t p, std::size_t pool, Value x) {
    Task& task = *tasks_.emplace_back(std::make_unique<Task>(shared_, threads_));
    task.number = begun_++;
    Goroutine& g = task.gate.g;
    g.p = PId{static_cast<std::uint16_t>(p)};
    g.world = &world_;
    task.gate.op.kind = x.is_nil() ? OperationKind::kGet : OperationKind::kPut;
    task.gate.op.put = x;
    task.gate.op.in_flight = x;
    Pool& target = *pools_[pool];
    if (x.is_nil()) {
      task.gate.set_body([&task, &target] { task.result = target.get(); });
    } else {
      task.gate.set_body([&target, x] { target.put(x); });
    }
    return task;
  }

  /// Whether a task could go on, on P `p` if one is named.
  [[nodiscard]] Answer may_go_on(const Task& task, std::optional<std::uint32_t> p) const {
    const std::uint32_t wanted = p.value_or(task.p());
    if (task.pinned() && wanted != task.p()) return {Refusal::kPinned};
    if (wanted >= shared_.procs) return {p ? Refusal::kNoSuchP : Refusal::kPGone};
    return free_of_pins(wanted, &task);
  }

  /// Lets a task go on, to where its gate stops it, it is refused a lock, or it ends.
  void run(Task& task) {
    task.stand = task.gate.go_on();
    if (task.stand.kind == Stand::Kind::kStopped) task.gate.until = Step::kNone;
  }

  /// Forgets a task that has ended.
  void end_task(const Task& task) {
    check(task.ended(), "only a task that has ended is forgotten");
    world_.forget(task.gate.g);
    std::erase_if(tasks_, [&task](const auto& t) { return t.get() == &task; });
  }

  /// Of the pinned goroutines the first begun: the world cannot stop because of it. nullptr: it
  /// can.
  [[nodiscard]] const Task* stop_blocked_by() const {
    for (const auto& task : tasks_) {
      if (task->pinned()) return task.get();
    }
    return nullptr;
  }
  /// poolCleanup. The world can be stopped.
  void gc() { Pool::pool_cleanup(world_); }
  /// GOMAXPROCS(procs). The world can be stopped.
  void resize(std::uint32_t procs) { shared_.procs = procs; }
  /// Frees the dropped arrays that nobody can reach. The world can be stopped.
  void reclaim() {
    std::vector<const Goroutine*> goroutines;
    for (const auto& task : tasks_) goroutines.push_back(&task->gate.g);
    world_.reclaim(goroutines, [](ArrayId) {});
  }

  // --- what is there -------------------------------------------------------------------------

  [[nodiscard]] std::uint32_t procs() const { return shared_.procs; }
  /// Shared accesses are written down from here on; nullptr: not.
  void set_log(AccessLog* log) { shared_.log = log; }
  [[nodiscard]] const std::vector<std::unique_ptr<Pool>>& pools() const { return pools_; }
  [[nodiscard]] const World<Pool>& world() const { return world_; }
  /// In the order of beginning.
  [[nodiscard]] const std::vector<std::unique_ptr<Task>>& tasks() const { return tasks_; }

  static Local* victim_of(const Pool& pool) {
    if constexpr (requires { pool.victim(); }) {
      return pool.victim();
    } else {
      return nullptr;
    }
  }

  /// Calls f(Value) for each place of an array that is filled.
  template <class F>
  static void for_each_value(const Local* locals, const F& f) {
    if (locals == nullptr) return;
    for (const Local& l : std::span(locals, header_of(const_cast<Local*>(locals)).length)) {
      Pool::for_each_value(l, f);
    }
  }

  /// Calls pooled(Value) for what the pools hold, their victims included, and stale(Value) for what
  /// lies in arrays that only unfinished operations still reach.
  template <class Pooled, class Stale>
  void for_each_value(const Pooled& pooled, const Stale& stale) const {
    std::vector<const void*>& seen = seen_;
    seen.clear();
    for (const auto& pool : pools_) {
      for (const Local* locals : {pool->locals(), victim_of(*pool)}) {
        for_each_value(locals, pooled);
        seen.push_back(locals);
      }
    }
    for (const auto& task : tasks_) {
      if (task->ended()) continue;
      for (const void* locals : task->gate.op.arrays) {
        if (std::ranges::find(seen, locals) != seen.end()) continue;
        seen.push_back(locals);
        for_each_value(static_cast<const Local*>(locals), stale);
      }
    }
  }

 private:
  [[nodiscard]] Answer free_of_pins(std::uint32_t p, const Task* but) const {
    for (const auto& task : tasks_) {
      if (task.get() != but && task->pinned() && task->p() == p) {
        return {Refusal::kPPinnedBy, task.get()};
      }
    }
    return {};
  }

  GateArgument& threads_;
  GateMachine shared_;
  World<Pool> world_;
  std::vector<std::unique_ptr<Pool>> pools_;
  std::vector<std::unique_ptr<Task>> tasks_;
  std::uint32_t begun_ = 0;
  mutable std::vector<const void*>
      seen_;  // by for_each_value; kept, for it is called at every step
};

}  // namespace poolscope::script
