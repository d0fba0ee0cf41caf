// What a film and a series of pictures show of events that have the same time.

#include "app/export/playback.h"

#include <set>

#include <gtest/gtest.h>

#include "app/control/replay_source.h"
#include "core/model/reduce.h"
#include "core/session/session_writer.h"
#include "tests/support/sessions.h"
#include "tests/support/temporary_folder.h"

namespace poolscope::exporting {
namespace {

TEST(Playback, StandsAtEachStepThoughManyHaveTheSameTime) {
  const testing::TemporaryFolder folder;
  testing::RecordedEvents session = testing::run_session_with_stops(PoolKind::kModern, 3, 2'000);
  constexpr std::int64_t kTogether_ns = 1'000'000;
  std::int64_t last_ns = 0;
  for (std::size_t i = 0; i < session.events.size(); ++i) {
    last_ns = static_cast<std::int64_t>(i / 50) * kTogether_ns;
    session.events[i].time_ns = last_ns;
  }
  auto writer =
      SessionWriter::create(folder / "x.poolscope", true, initial_model(session.config), {});
  ASSERT_TRUE(writer) << writer.error().message;
  ASSERT_TRUE((*writer)->append(session.events));
  ASSERT_TRUE((*writer)->close());
  auto source = ReplaySource::open(folder / "x.poolscope");
  ASSERT_TRUE(source) << source.error().message;
  Playback playback(**source, [](const Error& error) { ADD_FAILURE() << error.message; });

  using Kind = WantedMoment::Kind;
  const auto steps = playback.steps({.kind = Kind::kTime}, {.kind = Kind::kEnd});
  ASSERT_TRUE(steps) << steps.error().message;
  ASSERT_GT(steps->size(), 100U);
  std::set<std::int64_t> times;
  std::uint64_t before = 0;
  for (std::size_t i = 0; i < steps->size(); ++i) {
    times.insert((*steps)[i].time_ns);
    playback.seek((*steps)[i]);
    const std::uint64_t seq = (*source)->status().playhead.seq;
    if (i > 0) {
      ASSERT_GT(seq, before) << "step " << i << " of " << steps->size();
    }
    before = seq;
  }
  EXPECT_LT(times.size(), steps->size() / 2) << "many have the same time";
  EXPECT_EQ(before, session.events.size());

  const auto part =
      playback.steps({.kind = Kind::kEvent, .number = 120}, {.kind = Kind::kEvent, .number = 140});
  ASSERT_TRUE(part);
  playback.seek(part->front());
  EXPECT_EQ((*source)->status().playhead.seq, 120U);
  playback.seek(part->back());
  EXPECT_EQ((*source)->status().playhead.seq, 140U);
  const auto turned =
      playback.steps({.kind = Kind::kEvent, .number = 140}, {.kind = Kind::kEvent, .number = 120});
  ASSERT_TRUE(turned);
  EXPECT_TRUE(turned->empty());
}

}  // namespace
}  // namespace poolscope::exporting
