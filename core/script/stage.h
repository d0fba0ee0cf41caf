#pragma once

// A machine with its ledger: carries the commands of a script out and keeps account of the objects.
//
// Thread safety: the controller's thread.
// Invariants: between two commands the ledger says of every object where it is.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "core/script/ledger.h"
#include "core/script/machine.h"
#include "core/script/script.h"

namespace poolscope::script {

template <class PoolT, class GateT>
class Stage {
 public:
  using Pool = PoolT;
  using TheMachine = Machine<PoolT, GateT>;
  using Task = typename TheMachine::Task;
  using Answer = typename TheMachine::Answer;

  /// `script`, `ledger` and `threads` outlive it; the ledger is a fresh one.
  Stage(const Script& script, Ledger& ledger, typename GateT::Threads& threads)
      : ledger_(ledger), makers_(script.pools.size()), machine_(script.procs, threads) {
    for (std::size_t i = 0; i < makers_.size(); ++i) {
      makers_[i] = {&ledger_, &script.pools[i].name, 0, {&Maker::make, &makers_[i]}};
      machine_.add_pool(script.pools[i].has_new ? &makers_[i].new_func : nullptr);
    }
  }

  [[nodiscard]] TheMachine& machine() { return machine_; }
  [[nodiscard]] const TheMachine& machine() const { return machine_; }

  /// A goroutine for a put, get or begin of a script, which has not gone a step yet. The machine
  /// has allowed it.
  Task& make_task(const Command& command) {
    const bool is_put =
        command.kind == Command::Kind::kPut ||
        (command.kind == Command::Kind::kBegin && command.operation == OperationKind::kPut);
    Value x = Value::nil();
    if (is_put) {
      x = ledger_.object(command.object);
      ledger_.put(x);
    }
    return machine_.make_task(command.p, command.pool, x);
  }
  /// A Put that the race dice drop.
  void drop(const Command& command) {
    const Value x = ledger_.object(command.object);
    ledger_.put(x);
    Task& task = machine_.make_task(0, command.pool, x);
    task.gate.drops = true;
    machine_.run(task);
    machine_.end_task(task);
    mark(Cause::kRealloc, x, Cause::kRaceDrop);
  }

  /// Lets a task go on to where it stands next, and keeps account.
  void run(Task& task) {
    machine_.run(task);
    if (task.ended() && !task.result.is_nil()) ledger_.get(task.result);
    const GatedOperation& op = task.gate.op;
    mark(Cause::kRealloc, op.where == Where::kOrphan ? op.put : Value::nil(), Cause::kOrphan);
  }

  /// poolCleanup in a stopped world, which the machine has allowed.
  void gc() {
    std::vector<const typename Pool::Local*> before;
    for (const auto& pool : machine_.pools()) before.push_back(pool->locals());
    machine_.gc();
    for (std::size_t i = 0; i < before.size(); ++i) check_cleaned(*machine_.pools()[i], before[i]);
    sizes_.clear();
    after_stop();
  }
  /// GOMAXPROCS(procs) in a stopped world, which the machine has allowed.
  void resize(std::uint32_t procs) {
    machine_.resize(procs);
    after_stop();
  }

  /// The first invariant of SEMANTICS.md 5 that does not hold, "" while all do. At rest: no
  /// operation is under way.
  const std::string& violation(bool at_rest) {
    for (const auto& task : machine_.tasks()) {
      if (task->gate.op.violation != nullptr) note(task->gate.op.violation);
    }
    if (const std::string* name = ledger_.in_two_places()) note(*name + " is in two places");
    sizes_.resize(machine_.pools().size());
    for (std::size_t i = 0; i < sizes_.size(); ++i) check_sizes(*machine_.pools()[i], sizes_[i]);
    if (at_rest) check_all_pools();
    return violation_;
  }

  /// Lets every unfinished operation end, then counts the objects.
  void finish() {
    constexpr int kMostRounds = 1'000;
    for (int round = 0; !machine_.tasks().empty(); ++round) {
      check(round < kMostRounds, "operations that wait for each other never end");
      for (Task* task : in_order_of_ending()) {
        // A pinned one cannot be blocked, and frees its P for the others.
        if (machine_.stop_blocked_by() != nullptr && !task->pinned()) break;
        if (task->p() >= machine_.procs()) task->gate.g.p = PId{0};
        task->gate.stop_nowhere();
        run(*task);
        if (task->ended()) machine_.end_task(*task);
      }
    }
    after_stop();
    check(ledger_.created() == ledger_.reachable() + ledger_.freed(),
          "a script's objects: created = in use + pooled + freed");
  }

 private:
  /// New of one pool.
  struct Maker {
    Ledger* ledger = nullptr;
    const std::string* pool = nullptr;
    std::uint32_t made = 0;
    NewFunc new_func{};

    static Value make(void* context) {
      auto& self = *static_cast<Maker*>(context);
      note_access(&self.made, true);
      return self.ledger->object(fmt::format("{}#{}", *self.pool, ++self.made));
    }
  };

  std::vector<Task*> in_order_of_ending() {
    std::vector<Task*> order;
    for (const auto& task : machine_.tasks()) {
      order.insert(task->pinned() ? order.begin() : order.end(), task.get());
    }
    return order;
  }

  void note(std::string_view what) {
    if (violation_.empty()) violation_ = what;
  }

  void check_sizes(const Pool& pool, std::size_t& size_before) {
    const std::size_t size = pool.local_size();
    if (size > 0 && pool.locals() == nullptr) note("localSize is set and local is not");
    if (pool.locals() != nullptr && size > header_of(pool.locals()).length) {
      note("localSize is greater than the array");
    }
    if (size < size_before) note("localSize has shrunk between two GCs");
    size_before = size;
  }

  void check_all_pools() {
    for (const auto& pool : machine_.pools()) {
      const auto entries = std::ranges::count(machine_.world().all_pools, pool.get());
      if (entries != (pool->locals() == nullptr ? 0 : 1)) {
        note("a pool is in allPools though its local is nil, or is not, or is twice");
      }
      if (pool->locals() != nullptr && pool->local_size() != header_of(pool->locals()).length) {
        note("localSize is not the array's length, and no pinSlow is under way");
      }
    }
  }

  void check_cleaned(const Pool& pool, const typename Pool::Local* before) {
    if (pool.locals() != nullptr || pool.local_size() != 0) note("a pool has a local after a GC");
    if constexpr (requires { pool.victim(); }) {
      if (pool.victim() != before) note("the victim is not what the primary was before the GC");
    } else {
      TheMachine::for_each_value(before, [this](Value) { note("a GC leaves an object behind"); });
    }
  }

  void after_stop() {
    mark(Cause::kGc, Value::nil(), Cause::kGc);
    machine_.reclaim();
    ledger_.free_lost();
  }

  void mark(Cause cause, Value put, Cause put_cause) {
    ledger_.begin_marks();
    machine_.for_each_value([this](Value x) { ledger_.mark_pooled(x); },
                            [this](Value x) { ledger_.mark_stale(x); });
    for (const auto& task : machine_.tasks()) {
      if (!task->ended() && !task->gate.op.in_flight.is_nil()) {
        ledger_.mark_in_flight(task->gate.op.in_flight);
      }
    }
    ledger_.end_marks(cause, put, put_cause);
  }

  Ledger& ledger_;
  std::vector<Maker> makers_;
  TheMachine machine_;
  std::vector<std::size_t> sizes_;  // of the pools, when looked at last; 0 after a GC
  std::string violation_;
};

}  // namespace poolscope::script
