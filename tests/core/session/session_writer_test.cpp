#include "core/session/session_writer.h"

#include <span>

#include <gtest/gtest.h>

#include "core/model/reduce.h"
#include "core/session/format.h"
#include "core/session/reader.h"
#include "tests/core/session/recorded_session.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/verified.h"

namespace poolscope::testing {
namespace {

namespace fs = std::filesystem;

class SessionWriterTest : public ::testing::Test {
 protected:
  std::unique_ptr<SessionWriter> writer(SessionWriterOptions options = {}) {
    return writer_from(base_, std::move(options));
  }
  std::unique_ptr<SessionWriter> writer_from(const Model& base, SessionWriterOptions options = {}) {
    auto made = SessionWriter::create(file_, false, base, std::move(options));
    if (made) return std::move(*made);
    ADD_FAILURE() << made.error().message;
    return nullptr;
  }
  /// The model before the session, which carries only those details.
  [[nodiscard]] Model base_with(const Details& details) const {
    SessionConfig config = session_.config;
    config.details = details;
    return initial_model(config);
  }

  const RealSession& session_ = real_session();
  const Model base_ = initial_model(session_.config);
  TemporaryFolder folder_;
  const fs::path file_ = folder_ / "x.poolscope";
};

TEST_F(SessionWriterTest, WritesASessionOnTheCallersThread) {
  const auto writer = this->writer();
  ASSERT_TRUE(writer->append(session_.events));
  ASSERT_TRUE(writer->close());
  EXPECT_EQ(writer->events(), session_.events.size());
  const auto reader = opened(file_);
  EXPECT_EQ(all_events(*reader), session_.events);
  EXPECT_TRUE(reader->closed_cleanly());
  EXPECT_TRUE(verifies(*reader));
}

TEST_F(SessionWriterTest, ShowsWhatWasCommittedAndNoMore) {
  const auto writer = this->writer();
  const auto events = std::span(session_.events);
  ASSERT_TRUE(writer->append(events.first(100)));
  ASSERT_TRUE(writer->commit());
  ASSERT_TRUE(writer->append(events.subspan(100, 100)));
  EXPECT_EQ(opened(file_)->event_count(), 100U);
  writer->abandon();
  EXPECT_EQ(opened(file_)->event_count(), 100U);
  EXPECT_FALSE(opened(file_)->recorded_by());
}

TEST_F(SessionWriterTest, KeepsTheViewTrackAndNames) {
  const std::vector<ViewChange> views = {{10, 1'000, "follow", "G3"}, {20, 2'000, "tab", "memory"}};
  const std::vector<Name> names = {{Name::Of::kPool, 0, "fmt.ppFree"},
                                   {Name::Of::kGoroutine, 70'000, "main.worker"}};
  const auto writer = this->writer();
  for (const ViewChange& change : views) ASSERT_TRUE(writer->add_view(change));
  ASSERT_TRUE(writer->add_name({Name::Of::kPool, 0, "first thought of"}));
  for (const Name& name : names) ASSERT_TRUE(writer->add_name(name));
  ASSERT_TRUE(writer->close());
  const auto reader = opened(file_);
  EXPECT_EQ(reader->views(), views);
  EXPECT_EQ(reader->names(), names);
}

TEST_F(SessionWriterTest, DeclaresWhichDetailsItsEventsCarry) {
  const Details few{.pins = false, .steps = false, .locks = true, .hands = false};
  ASSERT_TRUE(writer_from(base_with(few))->close());
  const auto reader = opened(file_);
  EXPECT_EQ(reader->segments(), (std::vector<Segment>{{0, 0, few}}));
  EXPECT_EQ(opened(fs::path(POOLSCOPE_TEST_DATA_DIR) / "format-1.poolscope")->segments()[0].details,
            Details{});
}

TEST_F(SessionWriterTest, KeepsTheDetailsAndTheLastViewsOfWhatItLetsGo) {
  const Details few{.steps = false};
  const auto writer = writer_from(base_with(few), {.keep_last_ns = 1});
  ASSERT_TRUE(writer->add_view({1, 1, "tab", "timeline"}));
  ASSERT_TRUE(writer->add_view({2, 2, "tab", "memory"}));
  ASSERT_TRUE(writer->add_view({3, 3, "follow", "G1"}));
  const auto events = std::span(session_.events);
  for (std::size_t i = 0; i < 4; ++i) {
    ASSERT_TRUE(writer->append(events.subspan(10'000 * i, 10'000)));
    ASSERT_TRUE(writer->commit());
  }
  ASSERT_TRUE(writer->close());
  const auto reader = opened(file_);
  ASSERT_GT(reader->origin().seq, 3U);
  ASSERT_EQ(reader->segments().size(), 1U);
  EXPECT_EQ(reader->segments()[0].seq, reader->origin().seq);
  EXPECT_EQ(reader->segments()[0].details, few);
  EXPECT_EQ(reader->views(),
            (std::vector<ViewChange>{{2, 2, "tab", "memory"}, {3, 3, "follow", "G1"}}));
}

TEST_F(SessionWriterTest, CutsATextThatIsTooLongBetweenTwoLetters) {
  const auto writer = this->writer();
  std::string title(format::kTextBytes - 1, 'x');
  title += "途";  // three bytes, of which one would fit
  ASSERT_TRUE(writer->add_marker({.title = title}));
  ASSERT_TRUE(writer->close());
  EXPECT_EQ(opened(file_)->markers()[0].title, std::string(format::kTextBytes - 1, 'x'));
}

TEST_F(SessionWriterTest, ReadsMarkersAndSegmentsThatLieNowhereWithoutHarm) {
  const auto writer = this->writer();
  ASSERT_TRUE(writer->append(std::span(session_.events).first(10)));
  ASSERT_TRUE(writer->close());
  change_with_sql(file_,
                  "INSERT INTO markers(seq, time_ns, title, note, followed_g) "
                  "VALUES(-5, -7, 'x', '', -1), (9223372036854775807, 1, 'y', '', 99999999999)");
  const auto reader = opened(file_);
  ASSERT_EQ(reader->markers().size(), 2U);
  for (const Marker& marker : reader->markers()) {
    EXPECT_EQ(marker.seq, 0U);
    EXPECT_GE(marker.time_ns, 0);
    EXPECT_FALSE(marker.followed.valid());
  }
  change_with_sql(file_, "INSERT INTO segments VALUES(5, 1, 15)");
  EXPECT_FALSE(Reader::open(file_)) << "a segment without a keyframe";
}

}  // namespace
}  // namespace poolscope::testing
