// What a lecture at Lecture speed must show, read from recordings of the program itself.

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "core/model/reduce.h"
#include "core/session/reader.h"
#include "tests/support/process.h"
#include "tests/support/temporary_folder.h"

namespace poolscope::testing {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t kLongEnough_ns = 300'000'000;

/// The longest of each of the things that a lecture waits for, in ns; and how often each way of a
/// Put or Get was seen.
struct Seen {
  std::int64_t lock_wait_ns = 0;
  std::int64_t steal_ns = 0;    // from getSlow's begin to the Get's end
  std::int64_t new_ns = 0;      // from New's place in the text to what it made
  std::int64_t held_up_ns = 0;  // from the request to the stop, with a P pinned at the request
  int private_hits = 0;
  int shared_pushes = 0;
  int own_shared_hits = 0;
  int steals = 0;
  int news = 0;
};

class Watcher {
 public:
  explicit Watcher(const Model& base) : model_(base) {}

  void take(const Event& event) {
    const Operation before = operation_of(event);
    const bool waited = event.g.value < model_.gs.size() && model_.gs[event.g.value].waits_for_lock;
    const std::int64_t wait_since_ns = waited ? model_.gs[event.g.value].wait_since_ns : 0;
    reduce(model_, event);
    switch (event.kind) {
      case EventKind::kLocked:
      case EventKind::kAllPoolsLocked:
        if (waited) longest(seen_.lock_wait_ns, event.time_ns - wait_since_ns);
        break;
      case EventKind::kSlowLoaded: slow_since_ns_[event.g] = event.time_ns; break;
      case EventKind::kStand:
        if (event.step() == Step::kGetNew) new_since_ns_[event.g] = event.time_ns;
        break;
      case EventKind::kNewMade:
        longest(seen_.new_ns, event.time_ns - new_since_ns_[event.g]);
        break;
      case EventKind::kWorldStopped:
        if (!model_.stop.waited_for.empty()) {
          longest(seen_.held_up_ns, event.time_ns - model_.stop.requested_ns);
        }
        break;
      case EventKind::kPutEnd:
      case EventKind::kGetEnd: count(before, event); break;
      default: break;
    }
  }

  [[nodiscard]] const Seen& seen() const { return seen_; }

 private:
  static void longest(std::int64_t& most_ns, std::int64_t ns) { most_ns = std::max(most_ns, ns); }

  [[nodiscard]] Operation operation_of(const Event& event) const {
    return event.g.value < model_.gs.size() ? model_.gs[event.g.value].op : Operation{};
  }

  void count(const Operation& done, const Event& event) {
    const bool get = event.kind == EventKind::kGetEnd;
    if (get && done.where == Where::kPrivate) ++seen_.private_hits;
    if (get && done.where == Where::kShared) ++seen_.own_shared_hits;
    if (!get && done.where == Where::kShared) ++seen_.shared_pushes;
    if (get && done.where == Where::kNew) ++seen_.news;
    if (get && done.where == Where::kSteal) {
      ++seen_.steals;
      longest(seen_.steal_ns, event.time_ns - slow_since_ns_[event.g]);
    }
  }

  Model model_;
  Seen seen_;
  std::map<GId, std::int64_t> slow_since_ns_;
  std::map<GId, std::int64_t> new_since_ns_;
};

Seen watch(const std::filesystem::path& file) {
  auto reader = Reader::open(file);
  EXPECT_TRUE(reader.has_value()) << (reader ? "" : reader.error().message);
  if (!reader) return {};
  Watcher watcher((*reader)->base());
  const auto read = (*reader)->each_run(1, (*reader)->last_seq(), [&](auto events) {
    for (const Event& event : events) watcher.take(event);
  });
  EXPECT_TRUE(read.has_value());
  return watcher.seen();
}

std::vector<std::string> record(const std::filesystem::path& file, const std::string& length) {
  return {POOLSCOPE_BINARY, "record",  "--for", length, "--step-time",
          "400ms",          "--procs", "4",     "-o",   file.string()};
}

TEST(LectureSession, AMinuteHoldsEveryWaitThatALectureTalksAboutLongEnoughToBeSeen) {
  const TemporaryFolder folder;
  auto command = record(folder / "minute.poolscope", "60s");
  command.insert(command.end(), {"--gc-every", "10s"});
  const Outcome outcome = run(command, {}, 100s);
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  const Seen seen = watch(folder / "minute.poolscope");
  EXPECT_GE(seen.lock_wait_ns, kLongEnough_ns);
  EXPECT_GE(seen.steal_ns, kLongEnough_ns);
  EXPECT_GE(seen.new_ns, kLongEnough_ns);
  EXPECT_GE(seen.held_up_ns, kLongEnough_ns);
}

TEST(LectureSession, TheFirstTwentySecondsShowEveryWayOfAPutAndAGetTwentyTimesOfTwenty) {
  constexpr std::size_t kStarts = 20;
  const TemporaryFolder folder;
  std::array<std::unique_ptr<Process>, kStarts> starts;
  const auto file = [&](std::size_t start) { return folder / fmt::format("{}.poolscope", start); };
  for (std::size_t i = 0; i < kStarts; ++i) {
    starts.at(i) = std::make_unique<Process>(record(file(i), "20s"));
  }
  for (std::size_t i = 0; i < kStarts; ++i) {
    ASSERT_EQ(starts.at(i)->wait(60s), 0) << starts.at(i)->err();
    const Seen seen = watch(file(i));
    EXPECT_GT(seen.private_hits, 0) << "start " << i;
    EXPECT_GT(seen.shared_pushes, 0) << "start " << i;
    EXPECT_GT(seen.own_shared_hits, 0) << "start " << i;
    EXPECT_GT(seen.steals, 0) << "start " << i;
    EXPECT_GT(seen.news, 0) << "start " << i;
  }
}

}  // namespace
}  // namespace poolscope::testing
