#pragma once

// The speeds that a viewer can choose: of a live session, and of a replay.
//
// Thread safety: values.
// Invariants: a list's order is from slow to fast. The names are msgids of translations.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace poolscope {

struct LiveSpeed {
  const char* name;
  bool step_by_step;          // each step waits for a key
  std::int64_t step_time_ns;  // the wait at each pace point
};

/// Step by step, Lecture, Brisk, Full rate.
std::span<const LiveSpeed> live_speeds();
inline constexpr int kStepByStep = 0;
inline constexpr int kLecture = 1;

/// The one whose step time is nearest.
int live_speed_of(std::int64_t step_time_ns);

struct ReplaySpeed {
  const char* name;
  double session_per_host;  // seconds of the session in one second; 0: by step
  double steps_per_second;  // by step
};

/// By step from 0.5 to 60 a second, then by time from 1/1,000,000 to 64.
std::span<const ReplaySpeed> replay_speeds();

/// The replay speed at which the session lasts as long as it did.
int as_it_was();
/// The speed for a session that went too fast to be watched: two steps a second.
int by_step();

template <class Speed>
std::vector<std::string> names_of(std::span<const Speed> speeds) {
  std::vector<std::string> names;
  for (const Speed& speed : speeds) names.emplace_back(speed.name);
  return names;
}

}  // namespace poolscope
