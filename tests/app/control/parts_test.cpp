// A replay of a session of several parts: seeking, stepping, playing and scanning go over their
// borders, and over what is not known between two of them.

#include <algorithm>
#include <memory>
#include <random>

#include <gtest/gtest.h>

#include "app/control/event_store.h"
#include "app/control/past_scan.h"
#include "app/control/replay_source.h"
#include "app/control/steps.h"
#include "core/model/reduce.h"
#include "core/session/session_writer.h"
#include "core/story/lanes.h"
#include "tests/app/control/window_time.h"
#include "tests/support/durations.h"
#include "tests/support/sessions.h"
#include "tests/support/temporary_folder.h"

namespace poolscope {
namespace {

using testing::kSecond_ns;
constexpr std::size_t kBeforeGap = 4'000;
constexpr std::size_t kGap = 3'000;
constexpr std::size_t kAfterGap = 3'000;
constexpr std::uint64_t kSecondPart = kBeforeGap + kGap;
constexpr std::uint64_t kThirdPart = kSecondPart + kAfterGap + 1;

/// A classic session that lacks some events in its middle; then a modern one.
class Parts : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new testing::TemporaryFolder;
    classic_ = new testing::RecordedEvents(
        testing::run_session(testing::busy_session(PoolKind::kClassic, 1), 12'000, kSecond_ns));
    modern_ = new testing::RecordedEvents(
        testing::run_session(testing::busy_session(PoolKind::kModern, 1), 6'000, kSecond_ns));
    Model model = initial_model(classic_->config);
    auto writer = SessionWriter::create(file(), false, model, {});
    ASSERT_TRUE(writer) << writer.error().message;
    const auto events = std::span<const Event>(classic_->events);
    ASSERT_TRUE((*writer)->append(events.first(kBeforeGap)));
    for (const Event& event : events.first(kSecondPart)) reduce(model, event);
    ASSERT_TRUE((*writer)->begin_segment(model));
    ASSERT_TRUE((*writer)->append(events.subspan(kSecondPart, kAfterGap)));
    ASSERT_TRUE((*writer)->begin_session(initial_model(modern_->config)));
    ASSERT_TRUE((*writer)->append(modern_->events));
    ASSERT_TRUE((*writer)->close());
  }
  static void TearDownTestSuite() {
    delete folder_;
    delete classic_;
    delete modern_;
  }

  static std::filesystem::path file() { return folder_->path() / "parts.poolscope"; }
  static std::unique_ptr<Reader> reader() {
    auto reader = Reader::open(file());
    EXPECT_TRUE(reader) << reader.error().message;
    return std::move(*reader);
  }
  static std::unique_ptr<FileStore> store() { return std::make_unique<FileStore>(reader()); }

  /// What linear play comes to at each of the sorted `seqs`.
  static std::vector<std::pair<Model, Told>> linear_play(const std::vector<std::uint64_t>& seqs) {
    const auto file = reader();
    std::vector<std::pair<Model, Told>> moments;
    Model model = file->base();
    Teller teller(model);
    std::size_t next = 0;
    const auto note_until = [&](std::uint64_t seq) {
      for (; next < seqs.size() && seqs[next] < seq; ++next) {
        moments.emplace_back(model, teller.told(model));
      }
    };
    EXPECT_TRUE(file->each_part(
        [&](const Model& first) {
          note_until(first.seq);
          model = first;
          teller.start(first);
        },
        [&](std::span<const Event> events) {
          for (const Event& event : events) {
            note_until(event.seq);
            reduce(model, event);
            teller.add(event, model);
          }
        }));
    note_until(file->last_seq() + 1);
    return moments;
  }

  static testing::TemporaryFolder* folder_;
  static testing::RecordedEvents* classic_;
  static testing::RecordedEvents* modern_;
};
testing::TemporaryFolder* Parts::folder_ = nullptr;
testing::RecordedEvents* Parts::classic_ = nullptr;
testing::RecordedEvents* Parts::modern_ = nullptr;

TEST_F(Parts, AreSoughtAsTheyArePlayed) {
  const auto store = this->store();
  std::mt19937_64 random(5);
  std::vector<std::uint64_t> seqs = {0,
                                     kBeforeGap,
                                     kBeforeGap + 1,
                                     kSecondPart - 1,
                                     kSecondPart,
                                     kSecondPart + 1,
                                     kThirdPart - 1,
                                     kThirdPart,
                                     kThirdPart + 1,
                                     store->last_seq()};
  while (seqs.size() < 400) seqs.push_back(random() % (store->last_seq() + 1));
  std::ranges::sort(seqs);
  const auto linear = linear_play(seqs);
  ASSERT_EQ(linear.size(), seqs.size());
  std::vector<std::size_t> order(seqs.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::shuffle(order, random);
  Model model = store->first_model();
  Teller teller(model);
  for (const std::size_t i : order) {
    ASSERT_TRUE(store->seek(model, teller, seqs[i]));
    ASSERT_EQ(model, linear[i].first) << "event " << seqs[i];
    ASSERT_EQ(teller.told(model), linear[i].second) << "event " << seqs[i];
  }
}

TEST_F(Parts, BeginAndEndWhereTheFileSays) {
  const auto store = this->store();
  EXPECT_EQ(store->start_of_part(0), 0U);
  EXPECT_EQ(store->end_of_part(0), kSecondPart - 1);
  EXPECT_EQ(store->start_of_part(kSecondPart), kSecondPart);
  EXPECT_EQ(store->end_of_part(kSecondPart), kThirdPart - 1);
  EXPECT_EQ(store->start_of_part(store->last_seq()), kThirdPart);
  EXPECT_EQ(store->end_of_part(store->last_seq()), store->last_seq());
  EXPECT_EQ(store->next_seq(kBeforeGap), kSecondPart);
  EXPECT_EQ(store->time_of(kSecondPart).value(), classic_->events[kSecondPart - 1].time_ns);
  EXPECT_EQ(store->time_of(kThirdPart).value(),
            classic_->events[kSecondPart + kAfterGap - 1].time_ns);
}

TEST_F(Parts, AreSteppedThroughInBothDirections) {
  const auto store = this->store();
  std::vector<std::uint64_t> forward{0};
  while (forward.back() < store->last_seq()) {
    const std::uint64_t next = next_step(*store, forward.back(), false).value();
    ASSERT_GT(next, forward.back());
    forward.push_back(next);
  }
  for (const std::uint64_t border : {kSecondPart, kThirdPart}) {
    EXPECT_NE(std::ranges::find(forward, border), forward.end()) << border;
  }
  // Back from the start of a part is the last state before it.
  Model model = store->first_model();
  ASSERT_TRUE(store->seek(model, previous_step(*store, kSecondPart, false).value()));
  EXPECT_EQ(model.seq, kBeforeGap);
  ASSERT_TRUE(store->seek(model, previous_step(*store, kThirdPart, false).value()));
  EXPECT_EQ(model.seq, kThirdPart - 1);
  EXPECT_EQ(previous_step(*store, 0, false).value(), 0U);
}

/// EventCounts the events of each part.
struct EventsOfParts final : Accumulator {
  void add(const Event& /*event*/, const Model& model) override {
    ++events.back();
    same_pool = same_pool && model.config.pool == pool;
  }
  void begin_part(const Model& first) override {
    events.push_back(0);
    pool = first.config.pool;
  }
  std::vector<std::uint64_t> events{0};
  PoolKind pool = PoolKind::kClassic;
  bool same_pool = true;
  bool operator==(const EventsOfParts&) const = default;
};

TEST_F(Parts, AreToldToTheAccumulatorsOfAScan) {
  const auto lanes = std::make_shared<Gathered<Lanes>>();
  const auto counts = std::make_shared<Gathered<EventsOfParts>>();
  const PastScan scan([] { return Expected<std::unique_ptr<EventStore>>(store()); },
                      {lanes, counts});
  ASSERT_TRUE(testing::turn_until([] {}, [&] { return scan.done(); }));
  EXPECT_EQ(scan.progress(), 1);
  EXPECT_EQ(counts->latest()->events,
            (std::vector<std::uint64_t>{kBeforeGap, kAfterGap, modern_->events.size()}));
  EXPECT_TRUE(counts->latest()->same_pool);
  // No span reaches over a border: a part's goroutines are its own.
  for (const std::vector<Span>& lane : lanes->latest()->lanes()) {
    for (const Span& span : lane) {
      if (span.open() || span.summed()) continue;
      for (const std::uint64_t border : {kSecondPart, kThirdPart}) {
        EXPECT_FALSE(span.begin_seq < border && span.end_seq > border)
            << span.begin_seq << " to " << span.end_seq;
      }
    }
  }
}

TEST_F(Parts, ArePlayedToTheEndByTimeAndByStep) {
  for (const double steps_per_second : {0.0, 60.0}) {
    auto opened = ReplaySource::open(file());
    ASSERT_TRUE(opened) << opened.error().message;
    ReplaySource& source = **opened;
    const auto& speeds = replay_speeds();
    const auto speed = std::ranges::find_if(speeds, [&](const ReplaySpeed& one) {
      return steps_per_second == 0 ? one.session_per_host == 1
                                   : one.steps_per_second == steps_per_second;
    });
    ASSERT_NE(speed, speeds.end());
    source.apply(intents::SetSpeed{static_cast<int>(speed - speeds.begin())});
    std::vector<PoolKind> pools;
    std::int64_t now_ns = 1;
    std::uint64_t before = 0;
    while (source.status().playing && now_ns < 3'600 * kSecond_ns) {
      source.update(now_ns += kSecond_ns / 10);
      ASSERT_GE(source.model().seq, before);
      before = source.model().seq;
      const PoolKind pool = source.model().config.pool;
      if (pools.empty() || pools.back() != pool) pools.push_back(pool);
    }
    EXPECT_EQ(source.model().seq, source.status().last.seq);
    EXPECT_EQ(pools, (std::vector{PoolKind::kClassic, PoolKind::kModern}));
  }
}

TEST_F(Parts, AreCrossedEventByEvent) {
  auto opened = ReplaySource::open(file());
  ASSERT_TRUE(opened) << opened.error().message;
  ReplaySource& source = **opened;
  const auto seq_after = [&](const intents::MovePlayhead& move) {
    source.apply(intents::ToSession(move));
    return source.model().seq;
  };
  EXPECT_EQ(seq_after(intents::SeekSeq{kBeforeGap}), kBeforeGap);
  EXPECT_EQ(seq_after(intents::EventForward{}), kSecondPart);
  EXPECT_EQ(seq_after(intents::EventBack{}), kBeforeGap);
  EXPECT_EQ(seq_after(intents::SeekSeq{kThirdPart - 1}), kThirdPart - 1);
  EXPECT_EQ(seq_after(intents::EventForward{}), kThirdPart);
  EXPECT_EQ(source.model().config.pool, PoolKind::kModern);
  EXPECT_EQ(seq_after(intents::EventForward{}), kThirdPart + 1);
  EXPECT_EQ(seq_after(intents::EventBack{}), kThirdPart);
  EXPECT_EQ(seq_after(intents::EventBack{}), kThirdPart - 1);
  EXPECT_EQ(source.model().config.pool, PoolKind::kClassic);
}

}  // namespace
}  // namespace poolscope
