#include "app/control/speeds.h"

#include <array>
#include <cstdlib>

namespace poolscope {
namespace {

constexpr std::int64_t kMillisecond_ns = 1'000'000;

constexpr Pacing kTurns = Pacing::kOneAtATime;
constexpr Pacing kAlone = Pacing::kEachWaits;

constexpr std::array<LiveSpeed, 9> kLive = {{
    {"Step by step", "step", true, {kTurns, 900 * kMillisecond_ns}},
    {"Story 3 s", "", false, {kTurns, 3000 * kMillisecond_ns}},
    {"Story 1.8 s", "", false, {kTurns, 1800 * kMillisecond_ns}},
    {"Story", "story", false, {kTurns, 900 * kMillisecond_ns}},
    {"Story 500 ms", "", false, {kTurns, 500 * kMillisecond_ns}},
    {"Story 300 ms", "", false, {kTurns, 300 * kMillisecond_ns}},
    {"Lecture", "lecture", false, {kAlone, 400 * kMillisecond_ns}},
    {"Brisk", "brisk", false, {kAlone, 50 * kMillisecond_ns}},
    {"Full rate", "full", false, {kAlone, 0}},
}};

constexpr std::array<ReplaySpeed, 24> kReplay = {{
    {"0.5 steps/s", 0, 0.5},
    {"1 step/s", 0, 1},
    {"2 steps/s", 0, 2},
    {"5 steps/s", 0, 5},
    {"10 steps/s", 0, 10},
    {"20 steps/s", 0, 20},
    {"30 steps/s", 0, 30},
    {"60 steps/s", 0, 60},
    {"1/1,000,000", 1e-6, 0},
    {"1/100,000", 1e-5, 0},
    {"1/10,000", 1e-4, 0},
    {"1/1,000", 1e-3, 0},
    {"1/100", 1e-2, 0},
    {"1/50", 0.02, 0},
    {"1/10", 0.1, 0},
    {"1/4", 0.25, 0},
    {"1/2", 0.5, 0},
    {"x1", 1, 0},
    {"x2", 2, 0},
    {"x4", 4, 0},
    {"x8", 8, 0},
    {"x16", 16, 0},
    {"x32", 32, 0},
    {"x64", 64, 0},
}};

}  // namespace

std::span<const LiveSpeed> live_speeds() { return kLive; }
std::span<const ReplaySpeed> replay_speeds() { return kReplay; }

int live_speed_of(Speed speed) {
  int nearest = speed.pacing == kTurns ? kStory : kLectureSpeed;
  for (int i = kStepByStep + 1; i < static_cast<int>(kLive.size()); ++i) {
    const auto distance_ns = [&](int of) {
      return std::llabs(kLive[static_cast<std::size_t>(of)].speed.step_time_ns -
                        speed.step_time_ns);
    };
    const bool same = kLive[static_cast<std::size_t>(i)].speed.pacing == speed.pacing;
    if (same && distance_ns(i) < distance_ns(nearest)) nearest = i;
  }
  return nearest;
}

std::optional<int> live_speed_named(std::string_view word) {
  for (std::size_t i = 0; i < kLive.size(); ++i) {
    if (!word.empty() && kLive[i].word == word) return static_cast<int>(i);
  }
  return std::nullopt;
}

int as_it_was() {
  int i = 0;
  while (kReplay[static_cast<std::size_t>(i)].session_per_host != 1) ++i;
  return i;
}

int by_step() { return 2; }

}  // namespace poolscope
