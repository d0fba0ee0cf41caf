#include "app/control/speeds.h"

#include <array>
#include <cstdlib>

namespace poolscope {
namespace {

constexpr std::int64_t kMillisecond_ns = 1'000'000;

constexpr std::array<LiveSpeed, 4> kLive = {{
    {"Step by step", true, 400 * kMillisecond_ns},
    {"Lecture", false, 400 * kMillisecond_ns},
    {"Brisk", false, 50 * kMillisecond_ns},
    {"Full rate", false, 0},
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

int live_speed_of(std::int64_t step_time_ns) {
  int nearest = kLecture;
  for (int i = kLecture; i < static_cast<int>(kLive.size()); ++i) {
    const auto distance = [&](int speed) {
      return std::llabs(kLive[static_cast<std::size_t>(speed)].step_time_ns - step_time_ns);
    };
    if (distance(i) < distance(nearest)) nearest = i;
  }
  return nearest;
}

int as_it_was() {
  int i = 0;
  while (kReplay[static_cast<std::size_t>(i)].session_per_host != 1) ++i;
  return i;
}

int by_step() { return 2; }

}  // namespace poolscope
