// When the sentence comes and for how long it stands at Lecture speed, in sessions of real
// goroutines with a GC and a change of GOMAXPROCS in them, looked at in frames as a window draws
// them. They run ten times as fast, and their times are stretched: six seconds show a minute.

#include <array>
#include <chrono>
#include <cstdint>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "core/base/check.h"
#include "core/model/reduce.h"
#include "core/story/teller.h"
#include "tests/support/sessions.h"

namespace poolscope::testing {
namespace {

constexpr std::int64_t kMilli_ns = 1'000'000;
constexpr int kFaster = 10;
constexpr std::int64_t kStep_ns = 400 * kMilli_ns;
constexpr std::int64_t kMinute_ns = 60'000 * kMilli_ns;
constexpr std::int64_t kLength_ns =
    kMinute_ns + 5'000 * kMilli_ns;  // the first fact takes its time
constexpr std::int64_t kFrame_ns = 50 * kMilli_ns;
constexpr std::int64_t kToBegin_ns = 150 * kMilli_ns;
constexpr std::size_t kFewestTold = 20;

RecordedEvents minute_of_a_lecture(PoolKind pool) {
  SimulationOptions options;
  options.config.pool = pool;
  options.config.procs = 4;
  options.config.workers = 6;
  options.config.workload->name = "lecture";
  options.config.seed = 5;
  options.config.pacing = Pacing::kEachWaits;
  options.config.step_time_ns = kStep_ns / kFaster;
  auto simulation = Simulation::create(options);
  check(simulation.has_value(), "options of a test's session");
  CollectingSink sink;
  const auto begin = std::chrono::steady_clock::now();
  const auto wait_until = [begin](std::int64_t time_ns) {
    std::this_thread::sleep_until(begin + std::chrono::nanoseconds(time_ns / kFaster));
  };
  (*simulation)->start(sink);
  wait_until(kLength_ns * 4 / 10);
  (*simulation)->request_gc();
  wait_until(kLength_ns * 7 / 10);
  (*simulation)->request_procs(6);
  wait_until(kLength_ns);
  (*simulation)->stop();
  RecordedEvents recorded{(*simulation)->config(), sink.take()};
  for (Event& event : recorded.events) event.time_ns *= kFaster;
  return recorded;
}

/// What the sentence is about in each frame.
std::vector<Spotlight> frames_of(const RecordedEvents& session) {
  std::vector<Spotlight> frames;
  Model model = initial_model(session.config);
  Teller teller(model);
  std::size_t next = 0;
  for (std::int64_t now_ns = 0; now_ns <= kLength_ns; now_ns += kFrame_ns) {
    for (; next < session.events.size() && session.events[next].time_ns <= now_ns; ++next) {
      reduce(model, session.events[next]);
      teller.add(session.events[next], model);
    }
    frames.push_back(teller.told(model).spotlight);
  }
  return frames;
}

bool is_rare(const Spotlight& spot) {
  return spot.rarity >= Spotlight::Rarity::kResize || spot.op.where == Where::kOrphanSteal;
}

void expect_readable(const std::vector<Spotlight>& frames) {
  std::set<std::uint64_t> told;
  std::int64_t since_ns = 0;  // the sentence stands
  std::int64_t first_ns = 0;
  for (std::size_t i = 1; i < frames.size(); ++i) {
    const auto now_ns = static_cast<std::int64_t>(i) * kFrame_ns;
    const Spotlight& spot = frames[i];
    if (spot.rarity == Spotlight::Rarity::kNothing) continue;
    SCOPED_TRACE(std::to_string(now_ns / kMilli_ns) + " ms");
    ASSERT_NE(spot.seq, 0U) << "the last operation of a quiet time, where none is";
    if (spot.seq == frames[i - 1].seq) continue;
    if (told.empty()) first_ns = now_ns;
    if (now_ns < first_ns + kMinute_ns && told.insert(spot.seq).second) {
      EXPECT_LE(now_ns - spot.time_ns, kToBegin_ns) << "the sentence is late";
    }
    if (since_ns != 0 && !is_rare(spot)) {
      EXPECT_GE(now_ns - since_ns, kSentenceHold_ns) << "too short to be read";
    }
    since_ns = now_ns;
  }
  EXPECT_GE(told.size(), kFewestTold);
}

TEST(TheSentenceOfALecture, BeginsWithItsEventStandsTwoSecondsAndIsToldTwentyTimesAMinute) {
  constexpr std::array kPools = {PoolKind::kClassic, PoolKind::kModern};
  std::array<RecordedEvents, kPools.size()> sessions;
  {
    std::vector<std::jthread> recorders;
    for (std::size_t i = 0; i < kPools.size(); ++i) {
      recorders.emplace_back([&, i] { sessions[i] = minute_of_a_lecture(kPools[i]); });
    }
  }
  for (std::size_t i = 0; i < kPools.size(); ++i) {
    SCOPED_TRACE(kPools[i] == PoolKind::kClassic ? "classic" : "modern");
    expect_readable(frames_of(sessions[i]));
  }
}

}  // namespace
}  // namespace poolscope::testing
