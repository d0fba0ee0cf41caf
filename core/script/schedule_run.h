#pragma once

// One schedule on a stage: which tasks can make a step, and the step.
//
// What stands before `together` runs first, in order; each put, get, begin, gc or resize after it
// is one task. A step goes to the next breakpoint, or to the next shared access.
//
// Thread safety: one thread. Invariants: the same steps on fresh pools lead to the same state. So
// those of a schedule before can be gone over: nothing on the way is looked at a second time.

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/check.h"
#include "core/script/dump.h"
#include "core/script/exploration.h"
#include "core/script/stage.h"

namespace poolscope::script {

template <class PoolT, class GateT>
class ScheduleRun {
 public:
  using TheStage = Stage<PoolT, GateT>;
  using Task = typename TheStage::Task;
  using Account = typename TheStage::Account;

  /// A task of the schedule.
  struct Player {
    Task* task = nullptr;  // once begun, until done
    bool done = false;
    // As it ended.
    std::uint32_t result = 0;  // 1 + the object's number, 0 for nil; the object may be freed by now
    Where where = Where::kNone;
    std::uint32_t found_at = 0;
  };

  /// `script` is checked by check_explorable and outlives the run.
  ScheduleRun(const Script& script, const ExploreOptions& options)
      : script_(script), every_access_(options.every_access), stage_(script, ledger_) {
    bool together = false;
    for (const Command& command : script.commands) {
      if (command.kind == Command::Kind::kTogether) {
        together = true;
      } else if (command.kind != Command::Kind::kDump) {
        (together ? tasks_ : setup_).push_back({command, stage_.object_of_command(command)});
      }
    }
    players_.resize(tasks_.size());
    needs_safepoints_ = somebody_may_need_a_p();
  }

  /// On fresh pools, what stands before `together`. The first time it is accounted for; later the
  /// way is known, until `resume`.
  void begin() {
    if (begun_) stage_.reset();
    stage_.keep_accounts(!std::exchange(begun_, true));
    std::ranges::fill(players_, Player{});
    done_ = 0;
    for (const Order& order : setup_) run_setup(order);
  }
  /// The way that is known is at its end, where `account` was saved.
  void resume(const Account& account) {
    stage_.keep_accounts(true);
    stage_.restore(account);
  }
  void save(Account& account) const { stage_.save(account); }

  // --- steps ---------------------------------------------------------------------------------

  /// Whether a task can make a step now.
  [[nodiscard]] bool is_enabled(std::size_t number) const {
    const Player& player = players_[number];
    if (player.done) return false;
    if (player.task != nullptr) {
      const Stand& stand = player.task->stand();
      if (stand.kind == Stand::Kind::kBlocked && !stand.lock->is_free()) return false;
    }
    return !needs_safepoints_ || has_its_p(tasks_[number], player);
  }

  /// Whether a task is a gc or a resize: then its step is stop_the_world.
  [[nodiscard]] bool stops_the_world(std::size_t number) const { return is_stop(tasks_[number]); }
  void stop_the_world(std::uint16_t number) {
    const Command& command = tasks_[number].command;
    if (command.kind == Command::Kind::kGc) {
      stage_.gc();
    } else {
      stage_.resize(command.number);
    }
    players_[number].done = true;
    ++done_;
  }

  /// Makes a task ready for a step, which its gate then makes, or for several: `until` is the stop
  /// that they go to, where it is known.
  Gate& prepare(std::uint16_t number, std::uint32_t until) {
    Player& player = players_[number];
    if (player.task == nullptr) begin_task(tasks_[number], player);
    Task& task = *player.task;
    moved_to_.reset();
    if (task.p() >= stage_.machine().procs()) {
      moved_to_ = 0;
      task.gate.g.p = PId{0};
    }
    task.gate.stand_from(until);
    return task.gate;
  }
  /// What stands before a task's first access touches nothing: it is no step of its own.
  static bool is_step(const Gate& gate) {
    return gate.stops() > 1 || gate.standing().kind != Stand::Kind::kReady;
  }
  /// A task has made a step: writes it down and keeps account.
  void note_step(std::uint16_t number, ScheduledStep& step) {
    Player& player = players_[number];
    Task& task = *player.task;
    step.stand = task.stand();
    step.stops = task.gate.stops();
    step.moved_to = moved_to_;
    stage_.note_run(task);
    if (task.ended()) {
      step.stops = UINT32_MAX;  // the way past all its stops
      end_task(player);
    }
  }
  /// A task has made steps of which `last` is known to be the last.
  void note_known_step(std::uint16_t number, const ScheduledStep& last) {
    Player& player = players_[number];
    const Task& task = *player.task;
    check(task.stand().kind == last.stand.kind && task.stand().step == last.stand.step &&
              (task.ended() || task.gate.stops() == last.stops),
          "the same steps lead to the same place");
    if (task.ended()) end_task(player);
  }

  [[nodiscard]] bool all_done() const { return done_ == players_.size(); }

  /// Looks at the state: the first invariant that does not hold, of this and of the steps so far;
  /// "" while all do.
  [[nodiscard]] const std::string& violation() {
    if (!violation_.empty()) return violation_;
    return stage_.violation(all_done());
  }
  /// Lets everybody end, with nobody in between; then the objects are counted. A violation may come
  /// of it.
  void end() {
    stage_.machine().set_conductor(nullptr);
    stage_.machine().set_log(nullptr);
    const bool ended = stage_.end_operations();
    if (!violation_.empty()) return;
    if (!ended)
      violation_ = "operations wait for each other for good";
    else if (!stage_.objects_add_up())
      violation_ = "created is not in use + pooled + freed";
  }

  /// Of the tasks, which all have ended, in the words of the transcripts.
  [[nodiscard]] std::vector<std::string> results() const {
    std::vector<std::string> results;
    for (std::size_t i = 0; i < players_.size(); ++i) {
      const Player& player = players_[i];
      std::string text = "ok";
      if (is_get(tasks_[i].command)) {
        text = player.result == 0 ? "nil" : ledger_.name(player.result - 1);
      }
      if (!is_stop(tasks_[i])) text += " | " + where_of(player.where, player.found_at);
      results.push_back(std::move(text));
    }
    return results;
  }
  /// The pools and the objects, in the words of the transcripts.
  [[nodiscard]] std::string dump() const {
    return pools_as_text(script_, stage_, ledger_) + objects_as_text(ledger_);
  }

  [[nodiscard]] const std::vector<Player>& players() const { return players_; }
  [[nodiscard]] TheStage& stage() { return stage_; }
  [[nodiscard]] const Ledger& ledger() const { return ledger_; }

 private:
  /// A command, with the object that it puts.
  struct Order {
    const Command& command;
    std::optional<std::uint32_t> object;
  };

  static bool is_get(const Command& command) {
    return command.kind == Command::Kind::kGet ||
           (command.kind == Command::Kind::kBegin && command.operation == OperationKind::kGet);
  }
  static bool is_stop(const Order& order) {
    return order.command.kind == Command::Kind::kGc || order.command.kind == Command::Kind::kResize;
  }

  void run_setup(const Order& order) {
    const Command& command = order.command;
    switch (command.kind) {
      case Command::Kind::kPut:
      case Command::Kind::kGet: stage_.run_alone(command, order.object); break;
      case Command::Kind::kDrop: stage_.drop(command); break;
      case Command::Kind::kGc: stage_.gc(); break;
      case Command::Kind::kResize: stage_.resize(command.number); break;
      default: break;
    }
  }

  /// Whether it matters where a goroutine gives its P back: to a stop-the-world, or to another task
  /// on the same P.
  [[nodiscard]] bool somebody_may_need_a_p() const {
    std::vector<std::uint32_t> ps;
    for (const Order& order : tasks_) {
      if (is_stop(order) || std::ranges::find(ps, order.command.p) != ps.end()) return true;
      ps.push_back(order.command.p);
    }
    return false;
  }

  /// Whether a task could have its P now; for a stop-the-world: every P.
  [[nodiscard]] bool has_its_p(const Order& order, const Player& player) const {
    const auto& machine = stage_.machine();
    if (is_stop(order)) {
      return machine.stop_blocked_by() == nullptr && std::ranges::none_of(players_, &runs);
    }
    if (player.task == nullptr) {
      const std::uint32_t p = order.command.p < machine.procs() ? order.command.p : 0;
      return machine.may_begin(p).refusal == Refusal::kNone && is_free(p, player);
    }
    const bool gone = player.task->p() >= machine.procs();
    if (!is_free(gone ? 0 : player.task->p(), player)) return false;
    return machine.may_go_on(*player.task, gone ? std::optional(0U) : std::nullopt).refusal ==
           Refusal::kNone;
  }

  /// Between two shared accesses a goroutine runs on its P: that is no safepoint, and the P is its
  /// own.
  static bool runs(const Player& player) {
    return player.task != nullptr && player.task->stand().kind == Stand::Kind::kReady;
  }
  [[nodiscard]] bool is_free(std::uint32_t p, const Player& but) const {
    return std::ranges::none_of(players_, [&](const Player& player) {
      return &player != &but && runs(player) && player.task->p() == p;
    });
  }

  void begin_task(const Order& order, Player& player) {
    player.task = &stage_.make_task(order.command, order.object);
    player.task->gate.every_step = !every_access_ || needs_safepoints_;
    player.task->gate.accesses = every_access_ ? Gate::Accesses::kStops : Gate::Accesses::kNoted;
  }

  void end_task(Player& player) {
    const Task& task = *player.task;
    player.done = true;
    ++done_;
    player.result = is_object(task.result) ? 1 + number_of(task.result) : 0;
    player.where = task.gate.op.where;
    player.found_at = task.gate.op.found_at;
    player.task = nullptr;
    stage_.machine().end_task(task);
  }

  const Script& script_;
  const bool every_access_;
  std::vector<Order> setup_;
  std::vector<Order> tasks_;
  Ledger ledger_{Ledger::Memory::kKept};
  TheStage stage_;
  std::vector<Player> players_;
  std::size_t done_ = 0;                   // of them
  std::optional<std::uint32_t> moved_to_;  // of the step under way
  bool needs_safepoints_ = false;
  bool begun_ = false;
  std::string violation_;
};

}  // namespace poolscope::script
