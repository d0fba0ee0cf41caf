#include "core/script/explore.h"

#include <chrono>
#include <iterator>
#include <set>
#include <string_view>

#include "core/script/explorer.h"
#include "core/script/gate_env.h"
#include "core/script/thread_gate.h"

namespace poolscope::script {
namespace {

using Kind = Command::Kind;

bool is_operation(Kind kind) {
  return kind == Kind::kPut || kind == Kind::kGet || kind == Kind::kBegin;
}

/// The name that a task has in a script made of a schedule.
std::string name_of_task(const Command& command, std::size_t number) {
  return command.kind == Kind::kBegin ? command.goroutine : fmt::format("task{}", number + 1);
}

/// "p0 put A b" of a put, get or begin.
std::string operation_words(const Script& script, const Command& command) {
  const bool is_put = command.kind == Kind::kPut ||
                      (command.kind == Kind::kBegin && command.operation == OperationKind::kPut);
  const std::string& pool = script.pools[command.pool].name;
  return is_put ? fmt::format("put {} {}", pool, command.object) : fmt::format("get {}", pool);
}

class ScriptOfSchedule {
 public:
  explicit ScriptOfSchedule(const Script& script) : script_(script) {
    bool together = false;
    for (const Command& command : script.commands) {
      if (command.kind == Kind::kTogether)
        together = true;
      else if (command.kind != Kind::kDump)
        (together ? tasks_ : setup_).push_back(&command);
    }
    procs_ = script.procs;
  }

  std::string write(const Schedule& schedule) {
    write_head();
    for (std::size_t i = 0; i < schedule.size();) i = write_step(schedule, i);
    return text_ + "dump\n";
  }

 private:
  std::back_insert_iterator<std::string> out() { return std::back_inserter(text_); }

  void write_head() {
    fmt::format_to(out(), "variant {}\nprocs {}\n", word_of(script_.variant), script_.procs);
    for (const PoolDeclaration& pool : script_.pools) {
      fmt::format_to(out(), "pool {} {}\n", pool.name, pool.has_new ? "new" : "nonew");
    }
    for (const Command* command : setup_) {
      fmt::format_to(out(), "{}\n", command->text);
      if (command->kind == Kind::kResize) procs_ = command->number;
    }
  }

  /// Steps of one task that follow each other are one command, as long as the breakpoint at its end
  /// does not come earlier on the way. Returns the place of the next step.
  std::size_t write_step(const Schedule& schedule, std::size_t first) {
    const std::uint16_t task = schedule[first].task;
    const Command& command = *tasks_[task];
    if (!is_operation(command.kind)) {
      fmt::format_to(out(), "{}\n", command.text);
      if (command.kind == Kind::kResize) procs_ = command.number;
      return first + 1;
    }
    std::size_t last = first;
    std::set<Step> passed;
    while (last + 1 < schedule.size() && schedule[last + 1].task == task &&
           schedule[last].stand.kind == Stand::Kind::kStopped &&
           passed.insert(schedule[last].stand.step).second &&
           !(schedule[last + 1].stand.kind == Stand::Kind::kStopped &&
             passed.contains(schedule[last + 1].stand.step))) {
      ++last;
    }
    write_words(task, schedule[first], schedule[last].stand);
    return last + 1;
  }

  void write_words(std::uint16_t task, const ScheduledStep& first, const Stand& stand) {
    const Command& command = *tasks_[task];
    const std::string name = name_of_task(command, task);
    if (begun_.insert(task).second) {
      const std::uint32_t p = command.p < procs_ ? command.p : 0;
      fmt::format_to(out(), "begin {} p{} {}", name, p, operation_words(script_, command));
    } else {
      fmt::format_to(out(), "cont {}", name);
      if (first.moved_to) fmt::format_to(out(), " @p{}", *first.moved_to);
    }
    if (stand.kind == Stand::Kind::kStopped) {
      fmt::format_to(out(), " until {}", step_info(stand.step).name);
    }
    text_ += '\n';
  }

  const Script& script_;
  std::vector<const Command*> setup_;
  std::vector<const Command*> tasks_;
  std::set<std::uint16_t> begun_;
  std::uint32_t procs_ = 0;
  std::string text_;
};

Exploration explore_on_threads(const Script& script, const ExploreLimits& limits) {
  using Env = GateEnv<false>;
  const ExploreOptions options{.most = limits.most, .ends = limits.ends};
  if (script.variant == PoolKind::kModern) {
    return Explorer<ModernPool<Env, 128>, ThreadGate>(script, options).explore();
  }
  return Explorer<ClassicPool<Env, 128>, ThreadGate>(script, options).explore();
}

}  // namespace

Expected<void> check_explorable(const Script& script) {
  bool together = false;
  std::size_t tasks = 0;
  std::set<std::string_view> names;
  std::uint32_t procs = script.procs;
  const auto refuse = [&](const Command& command, std::string_view why) {
    return bad_input(fmt::format("{}:{}: {}", script.file, command.line, why));
  };
  for (const Command& command : script.commands) {
    switch (command.kind) {
      case Kind::kTogether: together = true; break;
      case Kind::kDump: break;
      case Kind::kPut:
      case Kind::kGet:
        if (command.p >= procs) return refuse(command, "there is no such P");
        tasks += together ? 1U : 0U;
        break;
      case Kind::kBegin:
        if (!together) return refuse(command, "only what ends can stand before together");
        if (command.until != Step::kNone) {
          return refuse(command, "explore stops everywhere: until is not for it");
        }
        if (command.p >= procs) return refuse(command, "there is no such P");
        if (!names.insert(command.goroutine).second || command.goroutine.starts_with("task")) {
          return refuse(command, "each goroutine needs a name of its own; task1, ... are taken");
        }
        ++tasks;
        break;
      case Kind::kGc: tasks += together ? 1U : 0U; break;
      case Kind::kResize:
        if (together)
          ++tasks;
        else
          procs = command.number;
        break;
      case Kind::kDrop:
      case Kind::kPutNil:
        if (together) return refuse(command, "this takes no step, and is no task for explore");
        break;
      case Kind::kContinue:
        return refuse(command, "nobody stands before together, and then all go");
    }
  }
  if (!together) {
    return bad_input(
        fmt::format("{}:1: explore wants a line `together` before the tasks", script.file));
  }
  if (tasks == 0 || tasks > kMostExploredTasks) {
    return bad_input(fmt::format("{}:1: explore takes 1 to {} tasks after together, not {}",
                                 script.file, kMostExploredTasks, tasks));
  }
  return {};
}

std::string schedule_as_script(const Script& script, const Schedule& schedule) {
  return ScriptOfSchedule(script).write(schedule);
}

Expected<Exploration> explore(const Script& script, const ExploreLimits& limits) {
  if (auto can = check_explorable(script); !can) return tl::make_unexpected(can.error());
  return explore_on_threads(script, limits);
}

Expected<ExploreReport> explore_script(const Script& script, const ExploreLimits& limits) {
  const auto begin = std::chrono::steady_clock::now();
  const auto explored = explore(script, limits);
  if (!explored) return tl::make_unexpected(explored.error());
  const Exploration& found = *explored;
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  ExploreReport report;
  const auto out = std::back_inserter(report.text);
  if (!found.violation.empty()) {
    report.violated = true;
    fmt::format_to(out, "% violation: {}\n{}", found.violation,
                   schedule_as_script(script, found.violated_by));
  }
  for (std::size_t i = 0; i < found.outcomes.size(); ++i) {
    fmt::format_to(out, "% outcome {}: {} of {} schedules, for instance\n{}\n", i + 1,
                   found.outcomes[i].schedules, found.schedules,
                   schedule_as_script(script, found.outcomes[i].first));
  }
  fmt::format_to(out, "% schedules {}, outcomes {}, violations {}, seconds {:.2f}\n",
                 found.schedules, found.outcomes.size(), report.violated ? 1 : 0, took.count());
  report.complete = found.complete;
  if (!found.complete) {
    fmt::format_to(out,
                   "% there are more: only the {} schedules that were explored are counted; {}\n",
                   found.schedules,
                   found.schedules >= limits.most ? "--most was reached" : "it was interrupted");
  }
  return report;
}

}  // namespace poolscope::script
