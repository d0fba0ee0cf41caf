// The spans of a part of a long session, one by one.

#include "app/control/lane_details.h"

#include <chrono>
#include <memory>
#include <thread>

#include <gtest/gtest.h>

#include "app/control/stretch_store.h"
#include "core/model/reduce.h"
#include "core/model/timeline.h"
#include "tests/support/pools/virtual_pool.h"
#include "tests/support/sessions.h"

namespace poolscope::testing {
namespace {

/// A session that has more spans than a lane keeps.
class LongSession : public ::testing::Test {
 protected:
  static constexpr int kPairs = 40'000;

  LongSession() {
    VirtualPool pool(1, 1);
    const ObjectId object = pool.make(0);
    for (int i = 0; i < kPairs; ++i) {
      pool.put(0, object, 0);
      static_cast<void>(pool.get(0, 0));
    }
    session_ = {pool.config(), pool.events()};
    Model model = initial_model(session_.config);
    timeline_ = std::make_unique<Timeline>(model);
    for (const Event& event : session_.events) {
      reduce(model, event);
      lanes_.add(event, model);
    }
    timeline_->append(session_.events);
  }
  PastScan::Open past() {
    ++opened_;
    return opener_of(timeline_->past());
  }
  /// A hundredth of the session, in its first half.
  [[nodiscard]] ShownTimes part(double at = 0.2) const {
    const std::int64_t first_ns = session_.events.front().time_ns;
    const std::int64_t length_ns = session_.events.back().time_ns - first_ns;
    const auto begin_ns = first_ns + static_cast<std::int64_t>(at * static_cast<double>(length_ns));
    return {begin_ns, begin_ns + length_ns / 100};
  }
  void settle(const ShownTimes& shown) {
    for (int i = 0; i < 10'000 && details_.lanes_of(shown) == nullptr; ++i) {
      details_.update(shown, lanes_, [this] { return past(); });
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  }

  RecordedEvents session_;
  std::unique_ptr<Timeline> timeline_;
  Lanes lanes_;
  LaneDetails details_;
  int opened_ = 0;
};

TEST_F(LongSession, HasSumsInItsLanesAndSingleSpansInTheDetails) {
  const ShownTimes shown = part();
  ASSERT_EQ(details_.lanes_of(shown), nullptr);
  settle(shown);
  const Lanes* details = details_.lanes_of(shown);
  ASSERT_NE(details, nullptr);
  // Each Get and Put that ended there by the events has its own span.
  std::size_t ended = 0;
  for (const Event& event : session_.events) {
    const bool ends = event.kind == EventKind::kGetEnd || event.kind == EventKind::kPutEnd;
    if (ends && event.time_ns > shown.begin_ns && event.time_ns <= shown.end_ns) ++ended;
  }
  ASSERT_GT(ended, 100U);
  std::size_t spans = 0;
  for (const std::vector<Span>& lane : details->lanes()) {
    for (const Span& span : lane) {
      if (span.end_ns <= shown.begin_ns || span.end_ns > shown.end_ns) continue;
      EXPECT_FALSE(span.summed());
      const bool operation = span.kind != Span::Kind::kUser && span.kind != Span::Kind::kLockWait;
      if (operation) ++spans;
    }
  }
  EXPECT_GE(spans, ended);
}

TEST_F(LongSession, IsLookedThroughOnceForAPartAndWhatLiesBesideIt) {
  const ShownTimes shown = part();
  settle(shown);
  ASSERT_EQ(opened_, 1);
  const std::int64_t little = (shown.end_ns - shown.begin_ns) / 4;
  const ShownTimes beside{shown.begin_ns + little, shown.end_ns + little};
  details_.update(beside, lanes_, [this] { return past(); });
  EXPECT_EQ(opened_, 1);
  EXPECT_NE(details_.lanes_of(beside), nullptr);
  settle(part(0.4));
  EXPECT_EQ(opened_, 2);
}

TEST_F(LongSession, NobodyLooksThroughAllOfItOrThroughWhatIsExactAnyway) {
  details_.update(ShownTimes{session_.events.front().time_ns, session_.events.back().time_ns},
                  lanes_, [this] { return past(); });
  details_.update(part(0.98), lanes_, [this] { return past(); });
  details_.update(std::nullopt, lanes_, [this] { return past(); });
  EXPECT_EQ(opened_, 0);
}

TEST_F(LongSession, AStretchOfItIsAPastOfItsOwn) {
  const auto store = stretch_of(past(), 1'000, 2'000)();
  ASSERT_TRUE(store.has_value());
  EXPECT_EQ((*store)->first_seq(), 1'000U);
  EXPECT_EQ((*store)->last_seq(), 2'000U);
  EXPECT_EQ((*store)->first_model().seq, 1'000U);
  EXPECT_EQ((*store)->next_seq(2'000), 2'000U);
  Model model = (*store)->first_model();
  ASSERT_TRUE((*store)->seek(model, 999'999'999).has_value());
  EXPECT_EQ(model.seq, 2'000U);
  const auto beyond = stretch_of(past(), 0, 999'999'999'999)();
  ASSERT_TRUE(beyond.has_value());
  EXPECT_EQ((*beyond)->last_seq(), session_.events.back().seq);
}

}  // namespace
}  // namespace poolscope::testing
