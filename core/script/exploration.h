#pragma once

// What is asked of an exploration and what comes out of it.
//
// Thread safety: plain values. Invariants: a script that check_explorable has passed has a
// `together` and 1 to kMostExploredTasks tasks behind it.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/script/gate.h"
#include "core/script/script.h"

namespace poolscope::script {

inline constexpr std::size_t kMostExploredTasks = 8;

struct ExploreOptions {
  bool every_access = false;  // steps of one shared access, not of one breakpoint; fibers only
  bool prune = false;         // leave out orders that cannot matter
  std::uint64_t most = UINT64_MAX;  // schedules that are walked
  std::function<bool()> ends;       // asked after each: whether to end before all are walked
};

/// One step of a schedule: which task, and where it then stood.
struct ScheduledStep {
  Stand stand;
  std::uint32_t stops = 0;                // of its gate, this one included
  std::optional<std::uint32_t> moved_to;  // its P was no more: it goes on with this one
  std::uint16_t task = 0;
};
using Schedule = std::vector<ScheduledStep>;

struct Exploration {
  struct Outcome {
    std::uint64_t schedules = 0;
    Schedule first;  // of those that lead to it
    // In the words of the transcripts.
    std::vector<std::string> results;  // of the tasks: "a | steal:1"; of a stop-the-world: "ok"
    std::string dump;                  // of the pools and the objects, at the end
  };
  std::uint64_t schedules = 0;
  std::uint64_t steps = 0;        // of the longest schedule
  bool complete = true;           // false: there are more; `most` was reached, or `ends`
  std::vector<Outcome> outcomes;  // in the order in which they were found
  std::string violation;          // "" for none
  Schedule violated_by;
};

/// Whether a script can be explored. Errors, bad input: it has no `together`, or commands that are
/// no tasks behind it, or commands before it that do not end.
Expected<void> check_explorable(const Script& script);

/// A schedule as a script for `run`: what stands before `together`, then the steps, then a dump.
std::string schedule_as_script(const Script& script, const Schedule& schedule);

}  // namespace poolscope::script
