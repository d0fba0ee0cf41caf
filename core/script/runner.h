#pragma once

// Carries a script out on real threads, command by command, and writes its transcript.
//
// Thread safety: one thread, which is the controller of those that it starts.
// Invariants: after each command the invariants hold that stage.h looks at, or the run ends with an
// error that says which does not.

#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/base/error.h"
#include "core/script/dump.h"
#include "core/script/ledger.h"
#include "core/script/run.h"
#include "core/script/script.h"
#include "core/script/script_events.h"
#include "core/script/stage.h"
#include "core/script/thread_gate.h"

namespace poolscope::script {

inline std::string stand_of(const Stand& stand) {
  if (stand.kind == Stand::Kind::kStopped) return std::string(step_info(stand.step).name);
  return stand.all_pools ? "allPoolsMu" : fmt::format("local[{}]", stand.index);
}

/// What the stats line of a pool counts.
struct Counts {
  std::uint64_t gets = 0;
  std::uint64_t from_private = 0;
  std::uint64_t from_shared = 0;
  std::uint64_t steals = 0;
  std::uint64_t misses = 0;
  std::uint64_t news = 0;
  std::uint64_t puts = 0;
  std::uint64_t drops = 0;
  std::uint64_t arrays = 0;

  void add(const GatedOperation& op) {
    arrays += op.arrays_made;
    if (op.kind == OperationKind::kPut) return;
    if (op.missed) ++misses;
    switch (op.where) {
      case Where::kPrivate: ++from_private; break;
      case Where::kShared: ++from_shared; break;
      case Where::kSteal:
      case Where::kOrphanSteal:
      case Where::kVictimPrivate:
      case Where::kVictimSteal: ++steals; break;
      case Where::kNew: ++news; break;
      default: break;
    }
  }
};

template <class Pool>
class Runner {
 public:
  using TheStage = Stage<Pool, ThreadGate>;
  using Task = typename TheStage::Task;

  Runner(const Script& script, const RunOptions& options)
      : script_(script), options_(options), stage_(script, ledger_), counts_(script.pools.size()) {
    if (options.audience == nullptr) return;
    events_.emplace(*options.audience);
    stage_.emit_to(*events_);
  }

  Expected<std::string> run() {
    while (const Command* command = next()) {
      const std::size_t told = text_.size();
      execute(*command);
      if (events_) show(*command, told);
      if (!stage_.violation(machine().tasks().empty()).empty()) return violated_at(*command);
      if (machine().tasks().size() > kMostScriptGoroutines) return too_many_at(*command);
    }
    if (events_) events_->close();
    if (!options_.core_only) {
      for (std::size_t i = 0; i < script_.pools.size(); ++i) write_stats(i);
    }
    if (stage_.end_operations()) {
      if (!stage_.violation(true).empty()) return violated_at_end();
      check(stage_.objects_add_up(), "a script's objects: created = in use + pooled + freed");
    } else {
      text_ += "% what is left waits for each other for good\n";
    }
    return std::move(text_);
  }

 private:
  using Kind = Command::Kind;
  struct NamedTask {
    Task* task;
    std::size_t pool;
  };

  std::back_insert_iterator<std::string> out() { return std::back_inserter(text_); }

  const Command* next() {
    if (options_.commands != nullptr) return options_.commands->next();
    return carried_out_ < script_.commands.size() ? &script_.commands[carried_out_++] : nullptr;
  }

  /// The audience hears of a command that has been carried out; its lines begin at `from`.
  void show(const Command& command, std::size_t from) {
    events_->end_command();
    options_.audience->on_command(command, std::string_view(text_).substr(from), events_->names());
  }

  /// What the script has found is a fault of ours.
  Expected<std::string> violated_at(const Command& command) {
    const std::string violation = stage_.violation(false);
    stage_.keep_accounts(false);  // nothing that is there can be relied on
    static_cast<void>(stage_.end_operations());
    return failed(
        fmt::format("{}:{}: the pool is broken here, which is poolscope's fault and not the "
                    "script's: {}. Please report it with the script",
                    script_.file, command.line, violation));
  }
  Expected<std::string> violated_at_end() {
    // The commands may have come from elsewhere.
    return violated_at(script_.commands.empty() ? Command{} : script_.commands.back());
  }
  Expected<std::string> too_many_at(const Command& command) {
    static_cast<void>(stage_.end_operations());  // what they then do is not reported
    return bad_input(fmt::format(
        "{}:{}: more than {} operations are unfinished here, each of them a thread: let some end, "
        "with cont",
        script_.file, command.line, kMostScriptGoroutines));
  }

  // --- commands ------------------------------------------------------------------------------

  void execute(const Command& command) {
    if (command.kind == Kind::kDump) return dump();
    fmt::format_to(out(), "{} -> ", command.text);
    switch (command.kind) {
      case Kind::kPut:
      case Kind::kGet: plain(command); break;
      case Kind::kPutNil: text_ += "ok"; break;
      case Kind::kDrop: drop(command); break;
      case Kind::kGc:
      case Kind::kResize: stop_the_world(command); break;
      case Kind::kBegin: begin(command); break;
      case Kind::kContinue: go_on(command); break;
      default: break;
    }
    text_ += '\n';
  }

  bool refused(const typename TheStage::Answer& answer) {
    switch (answer.refusal) {
      case Refusal::kNone: return false;
      case Refusal::kNoSuchP: text_ += "refused no-such-p"; break;
      case Refusal::kPPinnedBy: text_ += "refused p-pinned-by " + name_of(*answer.by); break;
      case Refusal::kPinned: text_ += "refused pinned"; break;
      case Refusal::kPGone: text_ += "refused p-gone"; break;
    }
    return true;
  }

  void plain(const Command& command) {
    if (refused(machine().may_begin(command.p))) return;
    const std::string name = next_plain_name();
    Task& task = start(command, name);
    if (task.ended()) return write_end(task, command.pool);
    ++plain_tasks_;
    names_[name] = {&task, command.pool};
    write_stand(task);
    text_ += " as " + name;
  }

  void begin(const Command& command) {
    if (refused(machine().may_begin(command.p))) return;
    if (names_.contains(command.goroutine)) {
      text_ += "refused busy-task";
      return;
    }
    Task& task = start(command, command.goroutine);
    if (task.ended()) return write_end(task, command.pool);
    names_[command.goroutine] = {&task, command.pool};
    write_stand(task);
  }

  void go_on(const Command& command) {
    const auto it = names_.find(command.goroutine);
    if (it == names_.end()) {
      text_ += "refused no-task";
      return;
    }
    const NamedTask named = it->second;
    const auto p = command.has_p ? std::optional(command.p) : std::nullopt;
    if (refused(machine().may_go_on(*named.task, p))) return;
    if (p) named.task->gate.g.p = PId{static_cast<std::uint16_t>(*p)};
    named.task->gate.until = command.until;
    stage_.run(*named.task);
    if (!named.task->ended()) return write_stand(*named.task);
    names_.erase(it);
    write_end(*named.task, named.pool);
  }

  /// Of a plain put or get, which keeps it if it does not end at once.
  [[nodiscard]] std::string next_plain_name() const { return fmt::format("t{}", plain_tasks_ + 1); }

  Task& start(const Command& command, std::string_view name) {
    Task& task = stage_.make_task(command, stage_.object_of_command(command), name);
    ++(task.gate.op.kind == OperationKind::kPut ? counts_[command.pool].puts
                                                : counts_[command.pool].gets);
    task.gate.until = command.until;
    stage_.run(task);
    return task;
  }

  void drop(const Command& command) {
    ++counts_[command.pool].drops;
    stage_.drop(command, next_plain_name());
    text_ += "ok";
  }

  void stop_the_world(const Command& command) {
    if (const Task* by = machine().stop_blocked_by()) {
      text_ += "blocked-by " + name_of(*by);
      return;
    }
    if (command.kind == Kind::kGc) {
      stage_.gc();
    } else {
      stage_.resize(command.number);
    }
    text_ += "ok";
  }

  // --- after a step --------------------------------------------------------------------------

  void write_stand(const Task& task) {
    text_ += task.stand().kind == Stand::Kind::kStopped ? "stopped " : "blocked ";
    text_ += stand_of(task.stand());
  }

  void write_end(const Task& task, std::size_t pool) {
    const GatedOperation& op = task.gate.op;
    if (op.kind == OperationKind::kPut) {
      text_ += "ok";
    } else {
      text_ += task.result.is_nil() ? "nil" : ledger_.name_of(task.result);
    }
    if (!options_.core_only) {
      fmt::format_to(out(), " | {} pinslow={}", where_of(op.where, op.found_at), op.pin_slows);
    }
    counts_[pool].add(op);
    machine().end_task(task);
  }

  // --- words ---------------------------------------------------------------------------------

  std::string name_of(const Task& task) const {
    for (const auto& [name, named] : names_) {
      if (named.task == &task) return name;
    }
    return "?";
  }

  void dump() {
    text_ += "dump\n";
    text_ += pools_as_text(script_, stage_, ledger_);
    if (!options_.core_only) dump_tasks();
    text_ += "end\n";
  }

  void dump_tasks() {
    std::vector<std::string> tasks;
    for (const auto& task : machine().tasks()) {
      tasks.push_back(fmt::format("{}@p{}={}{}", name_of(*task), task->p(), stand_of(task->stand()),
                                  task->pinned() ? "/pinned" : ""));
    }
    fmt::format_to(out(), "  tasks=[{}]\n", fmt::join(tasks, " "));
    text_ += objects_as_text(ledger_);
  }

  void write_stats(std::size_t place) {
    Counts counts = counts_[place];
    for (const auto& [name, named] : names_) {
      if (named.pool == place) counts.add(named.task->gate.op);
    }
    fmt::format_to(out(),
                   "stats {} gets={} private={} shared={} steals={} misses={} news={} puts={} "
                   "drops={} arrays={}\n",
                   script_.pools[place].name, counts.gets, counts.from_private, counts.from_shared,
                   counts.steals, counts.misses, counts.news, counts.puts, counts.drops,
                   counts.arrays);
  }

  typename TheStage::TheMachine& machine() { return stage_.machine(); }

  const Script& script_;
  const RunOptions options_;
  Ledger ledger_{Ledger::Memory::kFreed};
  std::optional<ScriptEvents> events_;
  TheStage stage_;
  std::vector<Counts> counts_;
  std::map<std::string, NamedTask> names_;  // of the unfinished
  std::uint32_t plain_tasks_ = 0;
  std::size_t carried_out_ = 0;  // of the script's own commands
  std::string text_;
};

}  // namespace poolscope::script
