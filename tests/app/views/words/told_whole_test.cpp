// At Story what is said of a GC or a resize stands its whole time: the threads rest so long.

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "app/views/words/sentence.h"
#include "core/model/reduce.h"
#include "core/runtime/told_rest.h"
#include "core/sim/simulation.h"
#include "core/story/teller.h"
#include "tests/support/sessions.h"

namespace poolscope::views {
namespace {

using poolscope::testing::CollectingSink;
using poolscope::testing::RecordedEvents;

constexpr std::int64_t kFastStory_ns = 40'000'000;
constexpr std::size_t kEventsBetween = 20;
constexpr std::array<std::uint32_t, 2> kProcs = {6, 3};

/// A story with GCs and resizes in turn, five in all. The next one comes when all go on again.
RecordedEvents record_stops(PoolKind pool, std::uint64_t seed) {
  SimulationOptions options;
  options.config.pool = pool;
  options.config.seed = seed;
  options.config.pacing = Pacing::kOneAtATime;
  options.config.step_time_ns = kFastStory_ns;
  auto created = Simulation::create(options);
  EXPECT_TRUE(created.has_value());
  CollectingSink sink;
  Simulation& simulation = **created;
  simulation.start(sink);
  sink.wait_for(2 * kEventsBetween);
  for (std::size_t stop = 0; stop < 5; ++stop) {
    if (stop % 2 == 0) {
      simulation.request_gc();
    } else {
      simulation.request_procs(kProcs.at(stop / 2));
    }
    while (simulation.stop_under_way()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    std::this_thread::sleep_for(std::chrono::nanoseconds(told_rest_ns(kFastStory_ns)));
    sink.wait_for(sink.size() + kEventsBetween);
  }
  simulation.stop();
  return {simulation.config(), sink.take()};
}

/// For how long the sentence of each stop has stood, from the moment when the world started.
std::vector<std::int64_t> sentences_of_stops(const RecordedEvents& session) {
  Model model = initial_model(session.config);
  Teller teller(model);
  std::vector<std::int64_t> all;
  std::string standing;
  std::int64_t since_ns = 0;
  for (const Event& event : session.events) {
    reduce(model, event);
    teller.add(event, model);
    const Spotlight spot = teller.told(model).spotlight;
    const std::string said = sentence_of(model, spot);
    if (!standing.empty() && said != standing) {
      all.push_back(event.time_ns - since_ns);
      standing.clear();
    }
    const bool last_look = model.stop.cause == StopCause::kCheck;
    if (event.kind != EventKind::kWorldStarted || last_look) continue;
    EXPECT_GE(spot.rarity, Spotlight::Rarity::kResize) << said;
    standing = said;
    since_ns = event.time_ns;
  }
  return all;
}

TEST(ToldWhole, TheSentenceOfEachGcAndResizeOfAStoryStandsUntilTheThreadsGoOn) {
  std::array<RecordedEvents, 2> sessions;
  {
    const std::jthread classic([&] { sessions[0] = record_stops(PoolKind::kClassic, 1); });
    const std::jthread modern([&] { sessions[1] = record_stops(PoolKind::kModern, 2); });
  }
  for (const RecordedEvents& session : sessions) {
    const std::vector<std::int64_t> stood = sentences_of_stops(session);
    EXPECT_EQ(stood.size(), 5U);
    for (const std::int64_t ns : stood) EXPECT_GE(ns, told_rest_ns(kFastStory_ns));
  }
}

}  // namespace
}  // namespace poolscope::views
