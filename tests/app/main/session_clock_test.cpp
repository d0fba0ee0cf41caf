// A recording that was begun in the middle of a session counts from its own begin, in the window as
// in `poolscope state`.

#include <chrono>
#include <thread>

#include <gtest/gtest.h>

#include "app/control/live_source.h"
#include "app/control/replay_source.h"
#include "app/views/words/words.h"
#include "tests/support/temporary_folder.h"

namespace poolscope::app {
namespace {

std::int64_t host_ns() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

/// Lets the session go on until `holds`; ctest ends a test that never comes to that.
template <class Holds>
void go_on(SessionSource& source, const Holds& holds) {
  do {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    source.update(host_ns());
  } while (!holds());
}

/// A recording that begins after the first 200 events of its session.
std::filesystem::path recorded_midway(const std::filesystem::path& folder) {
  LiveOptions options;
  options.session.config.step_time_ns = 1'000'000;
  options.session.ops_per_second = 0;
  options.recordings_folder = folder;
  auto source = LiveSource::start(std::move(options));
  EXPECT_TRUE(source) << source.error().message;
  LiveSource& live = **source;
  go_on(live, [&] { return live.model().seq > 200; });
  live.apply(intents::ToggleRecord{});
  go_on(live, [&] { return !live.status().recording_file.empty(); });
  const std::uint64_t begun = live.model().seq;
  go_on(live, [&] { return live.model().seq > begun + 200; });
  live.close();
  return live.take_ended_recording().value().file;
}

std::string clock_of(const SessionStatus& status) {
  return views::moment_text(status.playhead, status.origin);
}

TEST(SessionClock, CountsFromTheBeginOfTheFile) {
  const testing::TemporaryFolder folder;
  const std::filesystem::path file = recorded_midway(folder.path());
  auto reader = Reader::open(file);
  ASSERT_TRUE(reader) << reader.error().message;
  ASSERT_GT((*reader)->origin().seq, 200U);
  auto replay = ReplaySource::open(file);
  ASSERT_TRUE(replay) << replay.error().message;
  EXPECT_EQ(clock_of((*replay)->status()), "0.000 s  #0");
  (*replay)->apply(intents::GoToNow{});
  EXPECT_EQ(clock_of((*replay)->status()), views::clock_text((*reader)->duration_ns()) + "  #" +
                                               views::count_text((*reader)->event_count()));
}

}  // namespace
}  // namespace poolscope::app
