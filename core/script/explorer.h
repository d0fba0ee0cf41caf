#pragma once

// Every interleaving of a few operations, one after the other, each on a fresh pool.
//
// A schedule says which task makes the next step (schedule_run.h). Schedules are walked depth
// first: each is run from its start, because a thread cannot be put back to where it stood. The way
// that it shares with the one before is only gone over, each task from hand-over to hand-over, and
// not looked at again: each state is looked at when it is reached first. What is to be done after a
// step is done on the stack of the goroutine that has made it, which then goes on itself or hands
// over to the next.
//
// Pruning: a state that was walked from before is not walked from again. A state is a hash of what
// each goroutine has read so far, each place's last writer and what that one knew; two equal ones
// have the same futures. Counts of schedules are then those that were walked. Two states with one
// hash of 64 bits would hide one of them; `poolscope explore` does not prune.
//
// Thread safety: one thread. Invariants: what is looked at of the invariants (core/pool/README.md,
// Invariants; README.md of this folder says which and when) holds, or the walk ends with the
// violation and the schedule that led to it.

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "core/script/exploration.h"
#include "core/script/knowledge.h"
#include "core/script/outcome_table.h"
#include "core/script/schedule_run.h"

namespace poolscope::script {

template <class PoolT, class GateT>
class Explorer final : private Conductor {
 public:
  /// `script` is checked by check_explorable and outlives the explorer.
  Explorer(const Script& script, ExploreOptions options)
      : options_(std::move(options)), run_(script, options_) {}

  Exploration explore() {
    do {
      run_schedule();
      if (!found_.violation.empty()) break;
      ++found_.schedules;
      if (is_enough() && backtrack_possible()) {
        found_.complete = false;
        break;
      }
    } while (backtrack());
    return std::move(found_);
  }

 private:
  using Run = ScheduleRun<PoolT, GateT>;

  /// A state on the way: what could be done there, what has been walked.
  struct Node {
    std::array<std::uint16_t, kMostExploredTasks> enabled{};
    std::size_t count = 0;          // of the enabled
    std::size_t next = 0;           // place in `enabled` of the step under way
    typename Run::Account account;  // where there is more than one way
    [[nodiscard]] bool has_more() const { return next + 1 < count; }
    [[nodiscard]] std::uint16_t chosen() const { return enabled[next]; }
  };

  // --- one schedule --------------------------------------------------------------------------

  void run_schedule() {
    known_ = depth_ == 0 ? 0 : depth_ - 1;
    schedule_.resize(known_);
    position_ = 0;
    run_.begin();
    run_.stage().machine().set_conductor(this);
    if (options_.prune) begin_knowledge();
    Gate* const first = depth_ == 0 ? make_new_step() : make_known_steps();
    if (first != nullptr) first->go_on();
    end_schedule();
  }

  Gate* after_stand(Gate& gate) override {
    if (!Run::is_step(gate)) return &gate;
    if (position_ < known_) {
      run_.note_known_step(task_, schedule_[last_]);
      return after_known_steps();
    }
    run_.note_step(task_, schedule_.emplace_back());
    return after_new_step();
  }

  /// The steps from `position_` to `last_` were made as they were before.
  Gate* after_known_steps() {
    if (options_.prune) note_knowledge(task_);
    position_ = last_ + 1;
    return make_known_steps();
  }
  /// The gate of the task that makes the known steps from here on; then, the first new one.
  Gate* make_known_steps() {
    if (position_ == known_) {
      run_.resume(nodes_[known_].account);
      return make_new_step();
    }
    task_ = schedule_[position_].task;
    last_ = position_;
    // To where the task hands over; what each step touches is to be known where it matters.
    while (!options_.prune && last_ + 1 < known_ && schedule_[last_ + 1].task == task_) ++last_;
    log_.clear();
    if (!run_.stops_the_world(task_)) return &run_.prepare(task_, schedule_[last_].stops);
    run_.stop_the_world(task_);
    return after_known_steps();
  }

  /// The last step of the schedule is one that was never made before.
  Gate* after_new_step() {
    schedule_.back().task = task_;
    ++position_;
    if (options_.prune) note_knowledge(task_);
    look_at(run_.violation());
    return make_new_step();
  }
  /// The gate of the task that makes the next step; nullptr: the schedule is at its end.
  Gate* make_new_step() {
    if (is_at_end()) return nullptr;
    task_ = nodes_[position_].chosen();
    log_.clear();
    if (!run_.stops_the_world(task_)) return &run_.prepare(task_, 0);
    run_.stop_the_world(task_);
    schedule_.emplace_back();
    return after_new_step();
  }

  bool is_at_end() {
    if (!found_.violation.empty() || run_.all_done()) return true;
    return position_ == depth_ && !push_node();
  }

  void end_schedule() {
    found_.steps = std::max<std::uint64_t>(found_.steps, schedule_.size());
    if (found_.violation.empty()) {
      if (run_.all_done()) {
        count_outcome();
      } else {
        --found_.schedules;  // pruned: it is none of its own
      }
    }
    run_.end();
    look_at(run_.violation());
  }

  void look_at(std::string_view violation) {
    if (violation.empty() || !found_.violation.empty()) return;
    found_.violation = violation;
    found_.violated_by = schedule_;
  }

  [[nodiscard]] bool is_enough() const {
    return found_.schedules >= options_.most || (options_.ends && options_.ends());
  }

  // --- the walk ------------------------------------------------------------------------------

  /// The state that has been reached; false: nothing is to be walked from here.
  bool push_node() {
    if (options_.prune && !walked_from_.insert(knowledge_.state()).second) return false;
    if (depth_ == nodes_.size()) nodes_.emplace_back();
    Node& node = nodes_[depth_];
    node.count = node.next = 0;
    // The last task first: an outcome is then shown by the earliest interruption that leads to it.
    for (std::size_t i = run_.players().size(); i-- > 0;) {
      if (run_.is_enabled(i)) node.enabled[node.count++] = static_cast<std::uint16_t>(i);
    }
    if (node.count == 0) {
      look_at("nobody can go on: a deadlock");
      return false;
    }
    if (node.has_more()) run_.save(node.account);
    ++depth_;
    return true;
  }

  [[nodiscard]] bool backtrack_possible() const {
    return std::ranges::any_of(std::span(nodes_).first(depth_), &Node::has_more);
  }

  /// Goes back to the last state with something left to walk; false: there is none.
  bool backtrack() {
    for (; depth_ > 0; --depth_) {
      Node& node = nodes_[depth_ - 1];
      if (!node.has_more()) continue;
      ++node.next;
      return true;
    }
    return false;
  }

  void begin_knowledge() {
    knowledge_.begin(run_.players().size());
    run_.stage().machine().set_log(&log_);
  }
  void note_knowledge(std::uint16_t task) {
    if (run_.stops_the_world(task)) {
      knowledge_.change_everything();
    } else {
      for (const Access& access : log_) {
        knowledge_.touch(task, access, [this](const void* what) {
          return name_of_place(run_.stage().machine(), what);
        });
      }
    }
    knowledge_.step(task);
  }

  void count_outcome() {
    const std::size_t place = outcomes_.place_of(run_);
    if (place == found_.outcomes.size()) {
      found_.outcomes.push_back({0, schedule_, run_.results(), run_.dump()});
    }
    ++found_.outcomes[place].schedules;
  }

  const ExploreOptions options_;
  Run run_;
  Schedule schedule_;
  std::size_t known_ = 0;     // steps of it that were made before
  std::size_t position_ = 0;  // steps of it that have been made
  std::size_t last_ = 0;      // of the known steps under way
  std::uint16_t task_ = 0;    // that makes the step under way
  std::vector<Node> nodes_;   // the first depth_ of them; the rest keep their memory
  std::size_t depth_ = 0;
  AccessLog log_;
  Knowledge knowledge_;
  std::unordered_set<std::uint64_t> walked_from_;  // states
  OutcomeTable outcomes_;
  Exploration found_;
};

}  // namespace poolscope::script
