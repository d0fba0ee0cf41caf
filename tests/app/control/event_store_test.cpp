// Seeking, in a live session's past and in a file: the model and what is told are those of linear
// play, so that sentence, banner and flights are too.

#include "app/control/event_store.h"

#include <memory>
#include <random>

#include <gtest/gtest.h>

#include "core/model/reduce.h"
#include "core/session/recorder.h"
#include "tests/support/sessions.h"
#include "tests/support/temporary_folder.h"

namespace poolscope {
namespace {

constexpr std::int64_t kMinute_ns = 60'000'000'000;

struct Moment {
  Model model;
  Told told;
};

/// Sorted seqs, and what linear play comes to at each.
std::vector<Moment> linear_play(const testing::RecordedEvents& session,
                                const std::vector<std::uint64_t>& seqs) {
  std::vector<Moment> moments;
  Model model = initial_model(session.config);
  Teller teller(model);
  for (const std::uint64_t seq : seqs) {
    while (model.seq < seq) {
      const Event& event = session.events[model.seq];
      reduce(model, event);
      teller.add(event, model);
    }
    moments.push_back({model, teller.told(model)});
  }
  return moments;
}

/// 500 seeks in a random order, by one playhead.
void seek_everywhere(EventStore& store, const testing::RecordedEvents& session,
                     std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<std::uint64_t> seqs(500);
  for (std::uint64_t& seq : seqs) seq = random() % (session.events.size() + 1);
  std::ranges::sort(seqs);
  const std::vector<Moment> linear = linear_play(session, seqs);
  std::vector<std::size_t> order(seqs.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::shuffle(order, random);
  Model model = initial_model(session.config);
  Teller teller(model);
  for (const std::size_t i : order) {
    ASSERT_TRUE(store.seek(model, teller, seqs[i]));
    ASSERT_EQ(model, linear[i].model) << "seed " << seed << ", event " << seqs[i];
    ASSERT_EQ(teller.told(model), linear[i].told) << "seed " << seed << ", event " << seqs[i];
  }
}

/// So slow that a seek needs the last few beats only, and so fast that it needs the last events
/// only.
class Seeks : public ::testing::TestWithParam<std::tuple<PoolKind, std::int64_t>> {
 protected:
  testing::RecordedEvents session_ = testing::run_session(
      testing::busy_session(std::get<0>(GetParam()), 1), 60'000, std::get<1>(GetParam()));
};
INSTANTIATE_TEST_SUITE_P(ClassicAndModernSlowAndFast, Seeks,
                         ::testing::Combine(::testing::Values(PoolKind::kClassic,
                                                              PoolKind::kModern),
                                            ::testing::Values(3 * kMinute_ns, std::int64_t{0})));

TEST_P(Seeks, InALiveSessionsPastTellTheSameAsLinearPlay) {
  TimelineLimits limits;
  limits.keyframe_spacing = 1000;
  Timeline timeline(initial_model(session_.config), limits);
  timeline.append(session_.events);
  TimelineStore store(timeline.past());
  seek_everywhere(store, session_, 7);
}

TEST_P(Seeks, InAFileTellTheSameAsLinearPlay) {
  const testing::TemporaryFolder folder;
  const auto file = folder.path() / "session.poolscope";
  auto recorder = Recorder::create(file, false, initial_model(session_.config), {});
  ASSERT_TRUE(recorder) << recorder.error().message;
  (*recorder)->append(session_.events);
  ASSERT_TRUE((*recorder)->close());
  auto reader = Reader::open(file);
  ASSERT_TRUE(reader) << reader.error().message;
  FileStore store(std::move(*reader));
  seek_everywhere(store, session_, 8);
}

}  // namespace
}  // namespace poolscope
