#pragma once

// The speeds that a viewer can choose: of a live session, and of a replay.
//
// Thread safety: values.
// Invariants: a list's order is from slow to fast. The names are msgids of translations.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/runtime/speed.h"

namespace poolscope {

struct LiveSpeed {
  const char* name;
  const char* word;   // of the flag --speed; "": it has none
  bool step_by_step;  // each step waits for a key
  Speed speed;
};

/// Step by step, Story with its rests from long to short, Lecture, Brisk, Full rate.
std::span<const LiveSpeed> live_speeds();
inline constexpr int kStepByStep = 0;
inline constexpr int kStory = 3;
inline constexpr int kLectureSpeed = 6;

/// Of those that pace as `speed` does, the one whose step time is nearest.
int live_speed_of(Speed speed);

/// step, story, lecture, brisk, full; none for another word.
std::optional<int> live_speed_named(std::string_view word);

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
