#pragma once

// Every interleaving of a few operations, one after the other, each on a fresh pool.
//
// The commands before `together` run first, in order; each put, get, begin, gc or resize after it
// is one task. A schedule says which task makes the next step; a step goes to the next breakpoint,
// or to the next shared access. Schedules are walked depth first: each is run from its beginning,
// for a thread cannot be put back to where it stood.
//
// Pruning: a state that was walked from before is not walked from again. A state is a hash of what
// each goroutine has read so far and of who wrote each place last, knowing what; two equal ones
// have the same futures. Counts of schedules are then those that were walked. Two states with one
// hash of 64 bits would hide one of them; `poolscope explore` does not prune.
//
// Thread safety: one thread. Invariants: after each step the invariants of SEMANTICS.md 5 hold, or
// the walk ends with the violation and the schedule that led to it.

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "core/script/stage.h"

namespace poolscope::script {

struct ExploreOptions {
  bool every_access = false;  // steps of one shared access, not of one breakpoint; fibers only
  bool prune = false;         // leave out orders that cannot matter
  std::uint64_t most = UINT64_MAX;  // schedules that are walked
};

/// One step of a schedule: which task, and where it then stood.
struct ScheduledStep {
  std::uint16_t task = 0;
  Stand stand;
  std::optional<std::uint32_t> moved_to;  // its P was no more: it goes on with this one
};
using Schedule = std::vector<ScheduledStep>;

struct Exploration {
  struct Outcome {
    std::uint64_t schedules = 0;
    Schedule first;  // of those that lead to it
  };
  std::uint64_t schedules = 0;
  std::uint64_t steps = 0;        // of the longest schedule
  bool complete = true;           // false: `most` was reached
  std::vector<Outcome> outcomes;  // in the order in which they were found
  std::string violation;          // "" for none
  Schedule violated_by;
};

/// What the goroutines know and what the places hold, as hashes: equal hashes, equal futures.
class Knowledge {
 public:
  void begin(std::size_t tasks) {
    tasks_.clear();
    for (std::size_t i = 0; i < tasks; ++i) tasks_.push_back(mix(kStep, i));
    places_.clear();
    epoch_ = 0;
  }
  /// A task has read a place, and perhaps written it: then it holds what the task knows. `name`:
  /// the place's, the same in every run; 0 for none.
  template <class Name>
  void touch(std::uint16_t task, const Access& access, const Name& name_of) {
    Place& place = place_of(access.what, tasks_[task], name_of);
    tasks_[task] = mix(mix(tasks_[task], place.name), place.content);
    if (access.writes) place.content = tasks_[task];
  }
  /// A task has made a step, perhaps without an access.
  void step(std::uint16_t task) { tasks_[task] = mix(tasks_[task], kStep); }
  /// A stop-the-world may have written anything.
  void change_everything() {
    const std::uint64_t now = state();
    for (Place& place : places_) place.content = mix(place.content, now);
    epoch_ = now;
  }
  [[nodiscard]] std::uint64_t state() const {
    std::uint64_t hash = epoch_;
    for (const std::uint64_t task : tasks_) hash = mix(hash, task);
    std::uint64_t sum = 0;  // in any order of the places
    for (const Place& place : places_) sum += mix(place.name, place.content);
    return mix(hash, sum);
  }

 private:
  struct Place {
    const void* where;
    std::uint64_t name;  // its own, or what its first toucher knew then
    std::uint64_t content;
  };
  static constexpr std::uint64_t kStep = 0x51ED270B;

  static std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
    std::uint64_t x = a * 0x9E3779B97F4A7C15ULL + b + 0x7F4A7C159E3779B9ULL;
    x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    x = (x ^ (x >> 27U)) * 0x94D049BB133111EBULL;
    return x ^ (x >> 31U);
  }
  template <class Name>
  Place& place_of(const void* where, std::uint64_t toucher, const Name& name_of) {
    for (Place& place : places_) {
      if (place.where == where) return place;
    }
    const std::uint64_t name = name_of(where);
    return places_.emplace_back(Place{where, name != 0 ? name : toucher, 0});
  }

  std::vector<std::uint64_t> tasks_;
  std::vector<Place> places_;
  std::uint64_t epoch_ = 0;
};

template <class PoolT, class GateT>
class Explorer {
 public:
  using TheStage = Stage<PoolT, GateT>;
  using Task = typename TheStage::Task;

  /// `script` has a `together` and is checked by commands_together; it outlives the explorer.
  Explorer(const Script& script, ExploreOptions options) : script_(script), options_(options) {
    bool together = false;
    for (const Command& command : script.commands) {
      if (command.kind == Command::Kind::kTogether) {
        together = true;
      } else if (command.kind != Command::Kind::kDump) {
        (together ? tasks_ : setup_).push_back(&command);
      }
    }
    players_.resize(tasks_.size());
    needs_safepoints_ = somebody_may_need_a_p();
  }

  Exploration explore() {
    do {
      run_schedule();
      if (!found_.violation.empty()) break;
      if (++found_.schedules >= options_.most && backtrack_possible()) {
        found_.complete = false;
        break;
      }
    } while (backtrack());
    return std::move(found_);
  }

 private:
  /// A task of the schedule under way.
  struct Player {
    Task* task = nullptr;  // once begun
    bool done = false;
    std::uint32_t result = 0;  // 1 + the object's number, 0 for nil; the object may be freed by now
    GatedOperation op;         // as it ended
  };
  /// A state on the way: what could be done there, what has been walked.
  struct Node {
    std::vector<std::uint16_t> enabled;
    std::size_t next = 0;  // place in `enabled` of the step under way
  };

  // --- one schedule --------------------------------------------------------------------------

  void run_schedule() {
    ledger_.reset();
    TheStage stage(script_, ledger_, threads_);
    stage_ = &stage;
    std::ranges::fill(players_, Player{});
    schedule_.clear();
    knowledge_.begin(tasks_.size());
    for (const Command* command : setup_) run_setup(*command);
    if (options_.prune) stage.machine().set_log(&log_);
    bool pruned = false;
    for (std::size_t depth = 0; !all_done() && found_.violation.empty(); ++depth) {
      if (depth == nodes_.size() && !push_node()) {
        pruned = true;
        break;
      }
      step(nodes_[depth]);
    }
    stage.machine().set_log(nullptr);
    found_.steps = std::max<std::uint64_t>(found_.steps, schedule_.size());
    if (pruned && found_.violation.empty()) {
      --found_.schedules;  // it is none of its own
    } else if (!pruned) {
      look(true);
      if (found_.violation.empty()) count_outcome();
    }
    stage.finish();
  }

  void run_setup(const Command& command) {
    TheStage& stage = *stage_;
    switch (command.kind) {
      case Command::Kind::kPut:
      case Command::Kind::kGet: {
        Task& task = stage.make_task(command);
        stage.run(task);
        stage.machine().end_task(task);
        break;
      }
      case Command::Kind::kDrop: stage.drop(command); break;
      case Command::Kind::kGc: stage.gc(); break;
      case Command::Kind::kResize: stage.resize(command.number); break;
      default: break;
    }
  }

  /// Whether it matters where a goroutine gives its P back: to a stop-the-world, or to another task
  /// on the same P.
  [[nodiscard]] bool somebody_may_need_a_p() const {
    std::vector<std::uint32_t> ps;
    for (const Command* command : tasks_) {
      if (command->kind == Command::Kind::kGc || command->kind == Command::Kind::kResize)
        return true;
      if (std::ranges::find(ps, command->p) != ps.end()) return true;
      ps.push_back(command->p);
    }
    return false;
  }

  [[nodiscard]] bool all_done() const { return std::ranges::all_of(players_, &Player::done); }

  void step(Node& node) {
    const std::uint16_t number = node.enabled[node.next];
    const Command& command = *tasks_[number];
    Player& player = players_[number];
    log_.clear();
    ScheduledStep step{.task = number};
    if (command.kind == Command::Kind::kGc) {
      stage_->gc();
      player.done = true;
    } else if (command.kind == Command::Kind::kResize) {
      stage_->resize(command.number);
      player.done = true;
    } else {
      run_task(command, player, step);
    }
    schedule_.push_back(step);
    if (!found_.violation.empty()) found_.violated_by = schedule_;  // with the step that broke it
    if (options_.prune) note_knowledge(number, command);
    look(false);
  }

  void run_task(const Command& command, Player& player, ScheduledStep& step) {
    const bool begins = player.task == nullptr;
    if (begins) {
      player.task = &stage_->make_task(command);
      player.task->gate.every_step = !options_.every_access || needs_safepoints_;
      player.task->gate.sees_accesses = options_.every_access;
    }
    Task& task = *player.task;
    if (task.p() >= stage_->machine().procs()) {
      step.moved_to = 0;
      task.gate.g.p = PId{0};
    }
    stage_->run(task);
    // What stands before its first access touches nothing: it is no step of its own.
    if (begins && task.stand.kind == Stand::Kind::kReady) stage_->run(task);
    step.stand = task.stand;
    if (!task.ended()) return;
    player.done = true;
    player.result = task.result.is_nil() ? 0 : 1 + object_of(task.result)->number;
    player.op = task.gate.op;
    check_result(command, player);
    stage_->machine().end_task(task);
  }

  void check_result(const Command& command, const Player& player) {
    if (player.op.violation != nullptr) violated(player.op.violation);
    if (player.op.kind == OperationKind::kPut) {
      if (player.op.stores != 1) violated("a Put has not stored exactly once");
      return;
    }
    if (player.result == 0 && script_.pools[command.pool].has_new) {
      violated("a Get with New returns nil");
    }
    if (player.op.where == Where::kNone) violated("a Get ends undecided");
  }

  [[nodiscard]] bool is_enabled(std::size_t number) {
    const Player& player = players_[number];
    if (player.done) return false;
    const auto& machine = stage_->machine();
    const Command& command = *tasks_[number];
    if (command.kind == Command::Kind::kGc || command.kind == Command::Kind::kResize) {
      return machine.stop_blocked_by() == nullptr && std::ranges::none_of(players_, &runs);
    }
    if (player.task == nullptr) {
      const std::uint32_t p = command.p < machine.procs() ? command.p : 0;
      return machine.may_begin(p).refusal == Refusal::kNone && is_free(p, player);
    }
    const Stand& stand = player.task->stand;
    if (stand.kind == Stand::Kind::kBlocked && !stand.lock->is_free()) return false;
    if (!is_free(player.task->p(), player)) return false;
    const bool gone = player.task->p() >= machine.procs();
    return machine.may_go_on(*player.task, gone ? std::optional(0U) : std::nullopt).refusal ==
           Refusal::kNone;
  }

  /// Between two shared accesses a goroutine runs on its P: that is no safepoint, and the P is its
  /// own.
  static bool runs(const Player& player) {
    return player.task != nullptr && !player.done && player.task->stand.kind == Stand::Kind::kReady;
  }
  [[nodiscard]] bool is_free(std::uint32_t p, const Player& but) const {
    return std::ranges::none_of(players_, [&](const Player& player) {
      return &player != &but && runs(player) && player.task->p() == p;
    });
  }

  void look(bool at_rest) {
    if (!found_.violation.empty()) return;
    if (const std::string& violation = stage_->violation(at_rest); !violation.empty()) {
      violated(violation);
    }
  }
  void violated(std::string what) {
    if (!found_.violation.empty()) return;
    found_.violation = std::move(what);
    found_.violated_by = schedule_;
  }

  // --- the walk ------------------------------------------------------------------------------

  /// The state that has been reached; false: nothing is to be walked from here.
  bool push_node() {
    if (options_.prune && !walked_from_.insert(knowledge_.state()).second) return false;
    Node node;
    // The last task first: an outcome is then shown by the earliest interruption that leads to it.
    for (std::size_t i = tasks_.size(); i-- > 0;) {
      if (is_enabled(i)) node.enabled.push_back(static_cast<std::uint16_t>(i));
    }
    if (node.enabled.empty()) {
      violated("nobody can go on");
      return false;
    }
    nodes_.push_back(std::move(node));
    return true;
  }

  [[nodiscard]] bool backtrack_possible() const {
    return std::ranges::any_of(
        nodes_, [](const Node& node) { return node.next + 1 < node.enabled.size(); });
  }

  /// Goes back to the last state with something left to walk; false: there is none.
  bool backtrack() {
    while (!nodes_.empty()) {
      Node& node = nodes_.back();
      if (node.next + 1 < node.enabled.size()) {
        ++node.next;
        return true;
      }
      nodes_.pop_back();
    }
    return false;
  }

  void note_knowledge(std::uint16_t task, const Command& command) {
    if (command.kind == Command::Kind::kGc || command.kind == Command::Kind::kResize) {
      knowledge_.change_everything();
    } else {
      for (const Access& access : log_) {
        knowledge_.touch(task, access, [this](const void* what) { return name_of(what); });
      }
    }
    knowledge_.step(task);
  }

  /// A number for a place in a pool, the world or an array that a pool uses; 0 for others.
  [[nodiscard]] std::uint64_t name_of(const void* what) const {
    const auto& machine = stage_->machine();
    const auto address = reinterpret_cast<std::uintptr_t>(what);
    constexpr std::uintptr_t kPs = 65'536;
    if (address <= kPs) return 1 + address;
    std::uint64_t block = 1;
    const auto in_block = [&](const void* begin, std::size_t bytes) {
      const auto from = reinterpret_cast<std::uintptr_t>(begin);
      ++block;
      return begin != nullptr && from <= address && address < from + bytes
                 ? block * 1'000'000 + (address - from)
                 : 0;
    };
    std::uint64_t name = in_block(&machine.world(), sizeof(machine.world()));
    for (const auto& pool : machine.pools()) {
      if (name == 0) name = in_block(pool.get(), sizeof(*pool));
      for (auto* locals : {pool->locals(), TheStage::TheMachine::victim_of(*pool)}) {
        const std::size_t length = locals == nullptr ? 0 : header_of(locals).length;
        // An array that was made on the way is another one.
        if (name == 0 && locals != nullptr) {
          name = in_block(locals, length * sizeof(*locals));
          if (name != 0) name += header_of(locals).id.value * 100'000'000ULL;
        }
      }
    }
    return name;
  }

  // --- outcomes ------------------------------------------------------------------------------

  void count_outcome() {
    key_.clear();
    for (const Player& player : players_) {
      key_.push_back(player.result);
      key_.push_back(static_cast<std::uint32_t>(player.op.where) << 16U | player.op.found_at);
    }
    key_.push_back(stage_->machine().procs());
    for (const auto& pool : stage_->machine().pools()) {
      add_array(pool->locals(), pool->local_size());
      add_array(TheStage::TheMachine::victim_of(*pool), 0);
    }
    ledger_.add_to(key_);
    const auto [it, is_new] = by_key_.try_emplace(key_, found_.outcomes.size());
    if (is_new) found_.outcomes.push_back({0, schedule_});
    ++found_.outcomes[it->second].schedules;
  }

  void add_array(typename PoolT::Local* locals, std::size_t size) {
    constexpr std::uint32_t kEnd = UINT32_MAX;
    key_.push_back(static_cast<std::uint32_t>(size));
    if (locals == nullptr) return;
    for (const auto& l : std::span(locals, header_of(locals).length)) {
      key_.push_back(l.private_value.is_nil() ? 0 : 1);
      PoolT::for_each_value(l, [this](Value x) { key_.push_back(object_of(x)->number); });
      key_.push_back(kEnd);
    }
  }

  struct HashKey {
    std::size_t operator()(const std::vector<std::uint32_t>& key) const {
      std::uint64_t hash = 14695981039346656037ULL;
      for (const std::uint32_t word : key) hash = (hash ^ word) * 1099511628211ULL;
      return hash;
    }
  };

  const Script& script_;
  const ExploreOptions options_;
  std::vector<const Command*> setup_;
  std::vector<const Command*> tasks_;
  Ledger ledger_;
  typename GateT::Threads threads_;
  TheStage* stage_ = nullptr;
  std::vector<Player> players_;
  bool needs_safepoints_ = false;
  Schedule schedule_;
  std::vector<Node> nodes_;
  AccessLog log_;
  Knowledge knowledge_;
  std::unordered_set<std::uint64_t> walked_from_;  // states
  std::vector<std::uint32_t> key_;
  std::unordered_map<std::vector<std::uint32_t>, std::size_t, HashKey> by_key_;
  Exploration found_;
};

/// Whether a script can be explored. Errors, bad input: it has no `together`, or commands that are
/// no tasks behind it, or commands before it that do not end.
Expected<void> check_explorable(const Script& script);

/// A schedule as a script for `run`: what stands before `together`, then the steps, then a dump.
std::string schedule_as_script(const Script& script, const Schedule& schedule);

}  // namespace poolscope::script
