#pragma once

// A machine with its ledger: carries the commands of a script out and keeps account of the objects.
//
// Thread safety: the controller's thread.
// Invariants: between two commands the ledger says of every object where it is, while accounts are
// kept. What is done once more, as it was done before, needs none: its account can be restored.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "core/script/ledger.h"
#include "core/script/machine.h"
#include "core/script/script.h"
#include "core/script/script_events.h"
#include "core/trace/traced_object.h"

namespace poolscope::script {

template <class PoolT, class GateT>
class Stage {
 public:
  using Pool = PoolT;
  using TheMachine = Machine<PoolT, GateT>;
  using Task = typename TheMachine::Task;
  using Answer = typename TheMachine::Answer;

  /// What a stage keeps account of, at one moment.
  struct Account {
    Ledger::Account ledger;
    std::vector<std::size_t> sizes;
  };

  /// `script` and `ledger` outlive it; the ledger is a fresh one.
  Stage(const Script& script, Ledger& ledger)
      : script_(script),
        ledger_(ledger),
        makers_(script.pools.size()),
        machine_(script.procs, script.pools.size(), [this](Value x) { free_place(x); }),
        sizes_(script.pools.size()) {
    for (std::size_t i = 0; i < makers_.size(); ++i) {
      makers_[i] = {this, &script.pools[i].name, 0, {}, {&Maker::make, &makers_[i]}};
      machine_.add_pool(script.pools[i].has_new ? &makers_[i].new_func : nullptr);
    }
  }
  /// For the same script once more, on fresh pools. No operation is under way. What the ledger says
  /// is of the run before, until an account is restored or it is reset.
  void reset() {
    machine_.reset(script_.procs);
    for (Maker& maker : makers_) maker.made = 0;
    std::ranges::fill(sizes_, 0);
    violation_.clear();
  }

  /// What is done from here on becomes events, too; the pool's text runs with ScriptProbe. `events`
  /// outlives the stage.
  void emit_to(ScriptEvents& events) {
    events_ = &events;
    events.set_machine(machine_.procs(),
                       machine_.pools().empty() ? nullptr : machine_.pools().front().get(),
                       sizeof(Pool));
    for (const PoolDeclaration& pool : script_.pools) events.name_pool(pool.name);
  }

  /// Whether accounts are kept, which is so from the beginning.
  void keep_accounts(bool kept) { keeps_accounts_ = kept; }
  void save(Account& account) const {
    ledger_.save(account.ledger);
    account.sizes = sizes_;
  }
  /// The stage is where it was, by the same way, when `account` was saved.
  void restore(const Account& account) {
    ledger_.restore(account.ledger);
    sizes_ = account.sizes;
  }

  [[nodiscard]] TheMachine& machine() { return machine_; }
  [[nodiscard]] const TheMachine& machine() const { return machine_; }

  /// What a put, get or begin of a script is to put; none for a get.
  std::optional<std::uint32_t> object_of_command(const Command& command) {
    const bool is_put =
        command.kind == Command::Kind::kPut ||
        (command.kind == Command::Kind::kBegin && command.operation == OperationKind::kPut);
    return is_put ? std::optional(ledger_.number_of(command.object)) : std::nullopt;
  }
  /// A goroutine for a put, get or begin of a script, which has not gone a step yet. The machine
  /// has allowed it. `object`: of the command.
  /// `name`: its goroutine's, for the events.
  Task& make_task(const Command& command, std::optional<std::uint32_t> object,
                  std::string_view name = {}) {
    const std::uint64_t created = ledger_.created();
    const Value x = put(object);
    Task& task = machine_.make_task(command.p, command.pool, x);
    begin_events(task, name, ledger_.created() != created);
    return task;
  }
  /// The whole of a put or get, with nothing in its way.
  void run_alone(const Command& command, std::optional<std::uint32_t> object) {
    Task& task = machine_.make_task_alone(command.p, command.pool, put(object));
    task.gate.run_here();
    note_run(task);
  }
  /// A Put that the race dice drop. `name`: its goroutine's, for the events.
  void drop(const Command& command, std::string_view name = {}) {
    const std::uint64_t created = ledger_.created();
    const Value x = put(ledger_.number_of(command.object));
    Task& task = machine_.make_task_alone(command.p, command.pool, x);
    begin_events(task, name, ledger_.created() != created);
    task.gate.drops = true;
    task.gate.run_here();
    end_events(task);
    mark(LostCause::kRealloc, x, LostCause::kRaceDrop);
  }

  /// Lets a task go on to where it stands next, and keeps account.
  void run(Task& task) {
    machine_.run(task);
    note_run(task);
  }
  /// Keeps account of what a task has done up to where it stands.
  void note_run(Task& task) {
    if (!keeps_accounts_) return;
    const GatedOperation& op = task.gate.op;
    if (task.ended() && is_there(task.result)) ledger_.get(task.result);
    if (task.ended()) check_end(task);
    if (task.ended()) end_events(task);
    if (op.violation != nullptr) note(op.violation);
    mark(LostCause::kRealloc, op.where == Where::kOrphan ? op.put : Value::nil(),
         LostCause::kOrphan);
  }

  /// poolCleanup in a stopped world, which the machine has allowed.
  void gc() {
    if (!keeps_accounts_) {
      machine_.gc(nullptr);
      return after_stop();
    }
    if (events_ != nullptr) events_->stop(StopCause::kGc, 0);
    begin_stop();
    std::vector<const typename Pool::Local*> before;
    for (const auto& pool : machine_.pools()) before.push_back(pool->locals());
    machine_.gc(events_ == nullptr ? nullptr : &events_->coordinator());
    if (events_ != nullptr) events_->pools_cleaned();
    for (std::size_t i = 0; i < before.size(); ++i) check_cleaned(*machine_.pools()[i], before[i]);
    std::ranges::fill(sizes_, 0);
    after_stop();
  }
  /// GOMAXPROCS(procs) in a stopped world, which the machine has allowed.
  void resize(std::uint32_t procs) {
    if (events_ != nullptr) events_->stop(StopCause::kResize, procs);
    begin_stop();
    machine_.resize(procs);
    if (events_ != nullptr) events_->procs_changed(procs);
    after_stop();
  }

  /// The first invariant of core/pool/README.md (Invariants) that does not hold, "" while all do.
  /// At rest: no operation is under way.
  const std::string& violation(bool at_rest) {
    if (ledger_.is_suspect()) note(ledger_.violation());
    for (std::size_t i = 0; i < sizes_.size(); ++i) check_sizes(*machine_.pools()[i], sizes_[i]);
    if (at_rest) {
      check_all_pools();
      check_losses();
    }
    return violation_;
  }

  /// Lets every unfinished operation end. False: they waited for each other for good, and their
  /// locks had to be opened; what they then did is nothing to count.
  bool end_operations() {
    while (!machine_.tasks().empty()) {
      if (go_further()) continue;
      check(!machine_.locks_opened(), "operations do not end, though nothing is in their way");
      machine_.open_locks();
    }
    // Else there is nothing to free, and the objects need not be looked for.
    if (machine_.has_dropped_arrays()) begin_stop();
    free_what_is_lost();
    return !machine_.locks_opened();
  }
  /// Whether created = in use + pooled + freed, with no operation under way.
  [[nodiscard]] bool objects_add_up() const {
    return ledger_.created() == ledger_.reachable() + ledger_.freed();
  }

 private:
  /// New of one pool.
  struct Maker {
    Stage* stage = nullptr;
    const std::string* pool = nullptr;
    std::uint32_t made = 0;
    std::vector<std::uint32_t> numbers;  // of the objects that it makes, once they have been made
    NewFunc new_func{};

    static Value make(void* context) {
      auto& self = *static_cast<Maker*>(context);
      note_access(&self.made, true);
      if (++self.made > self.numbers.size()) {
        self.numbers.push_back(
            self.stage->ledger_.number_of(fmt::format("{}#{}", *self.pool, self.made)));
      }
      return self.stage->object(self.numbers[self.made - 1]);
    }
  };

  /// Lets each unfinished operation go on as far as it can. False: nobody has come any further.
  bool go_further() {
    bool further = false;
    for (Task* task : in_order_of_ending()) {
      // A pinned one cannot be blocked, and frees its P for the others.
      if (machine_.stop_blocked_by() != nullptr && !task->pinned()) break;
      if (task->p() >= machine_.procs()) task->gate.g.p = PId{0};
      task->gate.stop_nowhere();
      const Lock* const waited_for = task->stand().lock;
      run(*task);
      further = further || task->ended() || task->stand().lock != waited_for;
      if (task->ended()) machine_.end_task(*task);
    }
    return further;
  }
  std::vector<Task*> in_order_of_ending() {
    std::vector<Task*> order;
    for (const auto& task : machine_.tasks()) {
      order.insert(task->pinned() ? order.begin() : order.end(), task.get());
    }
    return order;
  }

  void note(std::string_view what) {  // "": nothing
    if (violation_.empty()) violation_ = what;
  }

  /// An operation has ended.
  void check_end(const Task& task) {
    const GatedOperation& op = task.gate.op;
    if (op.kind == OperationKind::kPut) {
      if (op.stores != 1) note("a Put has not stored exactly once");
      return;
    }
    if (task.result.is_nil() && task.has_new) note("a Get with New returns nil");
    if (op.where == Where::kNone) note("a Get ends undecided");
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
      const auto old = std::ranges::count(machine_.world().old_pools, pool.get());
      if (old != (TheMachine::victim_of(*pool) == nullptr ? 0 : 1)) {
        note("a pool is in oldPools though its victim is nil, or is not, or is twice");
      }
    }
  }

  /// What is found to be gone after a step was in an array that was dropped, or in none: only once
  /// all have ended, because on its way into the pool an object is in nobody's hand for a moment.
  void check_losses() {
    if (machine_.arrays_dropped() != 0) return;
    if (const std::string* name = ledger_.lost_by(LostCause::kRealloc)) {
      note(fmt::format("{} is lost, and no array was dropped", *name));
    }
  }

  void check_cleaned(const Pool& pool, const typename Pool::Local* before) {
    if (pool.locals() != nullptr || pool.local_size() != 0) note("a pool has a local after a GC");
    if constexpr (requires { pool.victim(); }) {
      if (pool.victim() != before) note("the victim is not what the primary was before the GC");
    } else {
      TheMachine::for_each_value_in(before,
                                    [this](Value) { note("a GC leaves an object behind"); });
    }
  }

  void begin_stop() {
    if (!keeps_accounts_) return;
    ledger_.begin_stop();
    machine_.for_each_value_in_memory([this](Value x) {
      if (is_there(x)) ledger_.count_before(x);
    });
  }
  void after_stop() {
    mark(LostCause::kGc, Value::nil(), LostCause::kGc);
    const std::uint64_t freed = ledger_.freed();
    free_what_is_lost();
    if (events_ == nullptr) return;
    events_->objects_freed(ledger_.freed() - freed);
    events_->start_world();
  }
  void free_what_is_lost() {
    machine_.reclaim([this](ArrayId array) {
      if (events_ != nullptr) events_->array_freed(array);
    });
    if (!keeps_accounts_) return;
    if (machine_.has_freed_array()) return note("an array is freed that can still be reached");
    if (ledger_.in_stop()) {
      machine_.for_each_value_in_memory([this](Value x) {
        if (is_there(x)) ledger_.count_after(x);
      });
      note(ledger_.violation_of_stop());
    }
    ledger_.free_lost();
  }
  /// The world forgets a place of an object.
  void free_place(Value x) {
    if (!keeps_accounts_ || !is_there(x)) return;
    if (!ledger_.in_stop()) return note("an object is freed, and no array was dropped");
    ledger_.free_place(x);
  }

  /// The object of a Put that begins; nil for none.
  Value put(std::optional<std::uint32_t> object) {
    if (!object) return Value::nil();
    const Value x = this->object(*object);
    ledger_.put(x);
    return x;
  }

  /// The object of that number, made if there is none.
  Value object(std::uint32_t number) {
    const std::uint64_t created = ledger_.created();
    const Value x = ledger_.object(number);
    if (events_ != nullptr && ledger_.created() != created) {
      memory_of(x)->id = events_->new_object(ledger_.name(number));
    }
    return x;
  }

  /// A task begins. `made`: user code has just made what it is to put.
  void begin_events(Task& task, std::string_view name, bool made) {
    if (events_ == nullptr) return;
    Goroutine& g = task.gate.g;
    events_->start(g, name);
    const Value x = task.gate.op.put;
    if (!is_object(x)) return;
    if (made) {
      events_->make(g, id_of(x));
    } else {
      events_->fetch(g, id_of(x));
    }
  }
  void end_events(Task& task) {
    if (events_ == nullptr) return;
    events_->end(task.gate.g, is_object(task.result) ? id_of(task.result) : ObjectId::none());
  }

  /// Whether there is an object; that there is none is a violation, if it is not simply nil.
  bool is_there(Value x) {
    if (!x.is_nil() && !is_object(x)) note("a place that counts as filled is empty");
    return is_object(x);
  }

  void mark(LostCause cause, Value put, LostCause put_cause) {
    if (!keeps_accounts_) return;
    ledger_.begin_marks();
    machine_.for_each_value(
        [this](Value x) {
          if (is_there(x)) ledger_.mark_pooled(x);
        },
        [this](Value x) {
          if (is_there(x)) ledger_.mark_stale(x);
        });
    for (const auto& task : machine_.tasks()) {
      if (!task->ended() && is_there(task->gate.op.in_flight)) {
        ledger_.mark_in_flight(task->gate.op.in_flight);
      }
    }
    ledger_.end_marks(cause, put, put_cause);
  }

  const Script& script_;
  Ledger& ledger_;
  std::vector<Maker> makers_;
  ScriptEvents* events_ = nullptr;  // nullptr: none are wanted
  bool keeps_accounts_ = true;
  std::string violation_;
  TheMachine machine_;
  std::vector<std::size_t> sizes_;  // of the pools, when looked at last; 0 after a GC
};

}  // namespace poolscope::script
