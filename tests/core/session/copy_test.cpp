// Stretches of a session as files of their own.

#include "core/session/copy.h"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <random>
#include <span>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/model/dump.h"
#include "core/model/reduce.h"
#include "core/session/model_codec.h"
#include "core/session/session_writer.h"
#include "tests/core/session/recorded_session.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/verified.h"

namespace poolscope::testing {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kEventsOfFirst = 90'000;   // events of the first part: more than a chunk
constexpr std::size_t kEventsOfSecond = 50'000;  // of the second

class Copy : public ::testing::Test {
 protected:
  /// A classic part and a modern one, with notes in both.
  void SetUp() override {
    // Nothing of it is old enough to go, but keyframes are as frequent as where it is: one for each
    // eighth of the time, wherever the threads were held up.
    const std::int64_t all_ns = first_.back().time_ns + second_.back().time_ns;
    auto made = SessionWriter::create(file_, false, initial_model(session_.config),
                                      {.keep_last_ns = all_ns + 1});
    ASSERT_TRUE(made) << made.error().message;
    SessionWriter& writer = **made;
    ASSERT_TRUE(writer.add_name({Name::Of::kPool, 0, "fmt.ppFree"}));
    ASSERT_TRUE(writer.add_view({10, 11, "tab", "memory"}));
    ASSERT_TRUE(writer.add_view({20, 21, "tab", "timeline"}));
    ASSERT_TRUE(writer.add_view({30, 31, "layout", "lecture"}));
    append(writer, first_.first(50'000));
    ASSERT_TRUE(writer.add_marker({.seq = 40'000, .time_ns = 1, .title = "in the first"}));
    append(writer, first_.subspan(50'000));
    ASSERT_TRUE(writer.begin_session(modern_base()));
    ASSERT_TRUE(writer.add_marker({.seq = 100, .time_ns = 1, .title = "in the second"}));
    ASSERT_TRUE(writer.add_view({200, 201, "layout", "workbench"}));
    append(writer, second_);
    ASSERT_TRUE(writer.close());
    reader_ = opened(file_);
    ASSERT_EQ(reader_->origin().seq, 0U);
    ASSERT_GE(reader_->keyframes().size(), 5U);
  }
  /// A part whose events carry fewer details.
  [[nodiscard]] Model modern_base() const {
    SessionConfig config = modern_.config;
    config.details = few_;
    return initial_model(config);
  }
  static void append(SessionWriter& writer, std::span<const Event> events) {
    constexpr std::size_t kAtOnce = 6'000;
    for (std::size_t i = 0; i < events.size(); i += kAtOnce) {
      ASSERT_TRUE(writer.append(events.subspan(i, std::min(kAtOnce, events.size() - i))));
      ASSERT_TRUE(writer.commit());
    }
  }

  std::unique_ptr<Reader> copied(std::uint64_t first, std::uint64_t last) {
    const auto done = copy_stretch(*reader_, {first, last}, copy_, {});
    EXPECT_TRUE(done) << done.error().message;
    return opened(copy_);
  }
  [[nodiscard]] std::ptrdiff_t files() const {
    return std::distance(fs::directory_iterator(folder_.path()), fs::directory_iterator());
  }

  const RealSession& session_ = real_session();
  const RealSession& modern_ = real_modern_session();
  const std::span<const Event> first_ = std::span(session_.events).first(kEventsOfFirst);
  const std::span<const Event> second_ = std::span(modern_.events).first(kEventsOfSecond);
  const Details few_{.pins = true, .steps = false, .locks = true, .hands = true};
  TemporaryFolder folder_;
  const fs::path file_ = folder_ / "x.poolscope";
  const fs::path copy_ = folder_ / "copy.poolscope";
  std::unique_ptr<Reader> reader_;
};

TEST_F(Copy, OfAllOfItIsEqual) {
  const auto copy = copied(0, reader_->last_seq());
  EXPECT_TRUE(copy->closed_cleanly());
  EXPECT_EQ(all_events(*copy), all_events(*reader_));
  EXPECT_EQ(copy->segments(), reader_->segments());
  EXPECT_EQ(copy->markers(), reader_->markers());
  EXPECT_EQ(copy->views(), reader_->views());
  EXPECT_EQ(copy->names(), reader_->names());
  EXPECT_TRUE(verifies(*copy));
}

TEST_F(Copy, OfAnyStretchVerifiesAndHasTheSameStates) {
  std::mt19937_64 random(7);
  const auto any = [&](std::uint64_t least, std::uint64_t most) {
    return std::uniform_int_distribution<std::uint64_t>(least, most)(random);
  };
  for (int i = 0; i < 12; ++i) {
    const std::uint64_t first = any(0, reader_->last_seq());
    const std::uint64_t last = any(first, reader_->last_seq());
    SCOPED_TRACE(::testing::Message() << "from " << first << " to " << last);
    const auto copy = copied(first, last);
    EXPECT_EQ(copy->origin().seq, first) << "it begins with a keyframe";
    EXPECT_EQ(copy->last_seq(), last);
    EXPECT_TRUE(verifies(*copy));
    for (int state = 0; state < 4; ++state) {
      const std::uint64_t seq = any(first, last);
      EXPECT_EQ(copy->model_at(seq).value(), reader_->model_at(seq).value()) << "after " << seq;
    }
    EXPECT_EQ(copy->segment_at(last).details, reader_->segment_at(last).details);
    fs::remove(copy_);
  }
}

TEST_F(Copy, HasTheKeyframesOfTheOriginal) {
  const auto copy = copied(0, reader_->last_seq());
  const auto seqs = [](const Reader& reader) {
    std::vector<std::uint64_t> all;
    for (const KeyframeInfo& keyframe : reader.keyframes()) all.push_back(keyframe.seq);
    return all;
  };
  EXPECT_EQ(seqs(*copy), seqs(*reader_));
}

TEST_F(Copy, OfAnOlderFormatIsOfThisOne) {
  const auto old = opened(fs::path(POOLSCOPE_TEST_DATA_DIR) / "format-1.poolscope");
  const std::uint64_t middle = old->last_seq() / 2;
  ASSERT_TRUE(copy_stretch(*old, {middle, old->last_seq()}, copy_, {}));
  const auto copy = opened(copy_);
  EXPECT_GT(copy->format(), old->format());
  EXPECT_TRUE(verifies(*copy));
  // What a keyframe of the old format does not tell, the copy does not know.
  const auto end = [&](Reader& reader) {
    return as_stored(reader.model_at(old->last_seq()).value(), old->format());
  };
  EXPECT_EQ(end(*copy), end(*old));
}

TEST_F(Copy, TakesAlongWhatBelongsToTheStretch) {
  const std::uint64_t border = kEventsOfFirst + 1;
  const auto copy = copied(50'000, border + 150);
  ASSERT_EQ(copy->markers().size(), 1U);
  EXPECT_EQ(copy->markers().front().title, "in the second");
  // Of the views before it the last of each kind.
  ASSERT_EQ(copy->views().size(), 2U);
  EXPECT_EQ(copy->views()[0].value, "timeline");
  EXPECT_EQ(copy->views()[1].value, "lecture");
  ASSERT_EQ(copy->segments().size(), 2U);
  EXPECT_EQ(copy->segments()[1].details, few_);
  EXPECT_EQ(copy->names(), reader_->names());
}

TEST_F(Copy, OfOneStateHasNoEvents) {
  const auto copy = copied(1'000, 1'000);
  EXPECT_EQ(copy->event_count(), 0U);
  EXPECT_EQ(copy->base(), reader_->model_at(1'000).value());
}

TEST_F(Copy, IsClampedToWhatThereIs) {
  EXPECT_EQ(copied(0, UINT64_MAX >> 1U)->last_seq(), reader_->last_seq());
}

TEST_F(Copy, ReplacesNothing) {
  copied(0, 10);
  const auto again = copy_stretch(*reader_, {0, 20}, copy_, {});
  ASSERT_FALSE(again);
  EXPECT_NE(again.error().message.find(copy_.string()), std::string::npos) << again.error().message;
  EXPECT_EQ(opened(copy_)->last_seq(), 10U);
  EXPECT_EQ(files(), 2);
}

TEST_F(Copy, ReplacesAnotherFileWhereThatIsWanted) {
  copied(0, 10);
  const auto done = copy_stretch(*reader_, {0, 20}, copy_, {.overwrite = true});
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(opened(copy_)->last_seq(), 20U);
  EXPECT_EQ(files(), 2);
}

TEST_F(Copy, ThatIsGivenUpLeavesNothing) {
  int asked = 0;
  const auto given_up = copy_stretch(*reader_, {0, reader_->last_seq()}, copy_,
                                     {.goes_on = [&] { return ++asked < 2; }});
  EXPECT_FALSE(given_up);
  EXPECT_EQ(files(), 1);
}

TEST_F(Copy, WithoutItsFolderIsALineThatNamesTheFile) {
  const fs::path nowhere = folder_ / "nowhere" / "copy.poolscope";
  const auto refused = copy_stretch(*reader_, {0, 10}, nowhere, {});
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find(nowhere.string()), std::string::npos)
      << refused.error().message;
}

TEST_F(Copy, OfDamageLeavesNothing) {
  change_with_sql(file_, "UPDATE chunks SET events = x'00' WHERE first_seq > 60000");
  const auto damaged = opened(file_);
  EXPECT_FALSE(copy_stretch(*damaged, {0, damaged->last_seq()}, copy_, {}));
  EXPECT_EQ(files(), 1);
}

class Join : public Copy {
 protected:
  Expected<void> join(const std::vector<std::unique_ptr<Reader>>& sessions) {
    std::vector<SessionPart> parts;
    parts.reserve(sessions.size());
    for (const auto& session : sessions) parts.push_back(all_of(*session));
    return join_parts(parts, copy_, {});
  }
  /// The session, joined with itself between the two numbers.
  std::vector<std::unique_ptr<Reader>> with_stretch(std::uint64_t first, std::uint64_t last) {
    const fs::path stretch = folder_ / "stretch.poolscope";
    EXPECT_TRUE(copy_stretch(*reader_, {first, last}, stretch, {}));
    std::vector<std::unique_ptr<Reader>> sessions;
    sessions.push_back(opened(file_));
    sessions.push_back(opened(stretch));
    return sessions;
  }
};

TEST_F(Join, OfSessionsHasTheStatesOfEach) {
  const std::uint64_t first = 70'000;
  const auto sessions = with_stretch(first, reader_->last_seq());
  const auto done = join(sessions);
  ASSERT_TRUE(done) << done.error().message;
  const auto joined = opened(copy_);
  EXPECT_TRUE(verifies(*joined));
  EXPECT_TRUE(joined->closed_cleanly());
  EXPECT_EQ(joined->event_count(), sessions[0]->event_count() + sessions[1]->event_count());
  EXPECT_EQ(joined->duration_ns(), sessions[0]->duration_ns() + sessions[1]->duration_ns());
  EXPECT_EQ(joined->segments().size(), 4U);
  EXPECT_EQ(joined->segments()[3].details, few_);
  // From the second one's own numbers and times to those of the joined one.
  const std::uint64_t moved = reader_->last_seq() + 1 - first;
  const std::int64_t later_ns = reader_->last_time_ns() - sessions[1]->base().time_ns;
  for (const std::uint64_t seq : {first, first + 1, first + 10'000, kEventsOfFirst,
                                  kEventsOfFirst + 1, reader_->last_seq()}) {
    const Model wanted = reader_->model_at(seq).value();
    const Model state = joined->model_at(seq + moved).value();
    EXPECT_EQ(dump_json(state, {moved, later_ns}), dump_json(wanted, {})) << "after " << seq;
    EXPECT_EQ(joined->model_at(seq).value(), reader_->model_at(seq).value());
  }
  // What is noted in the second one is moved with it, behind what is noted in the first.
  ASSERT_EQ(joined->markers().size(), 3U);
  EXPECT_EQ(joined->markers()[2].title, "in the second");
  EXPECT_EQ(joined->markers()[2].seq, joined->markers()[1].seq + moved);
  EXPECT_EQ(joined->names(), reader_->names());
}

TEST_F(Join, OfOneSessionTwiceRepeatsIt) {
  std::vector<std::unique_ptr<Reader>> sessions;
  sessions.push_back(opened(file_));
  sessions.push_back(opened(file_));
  ASSERT_TRUE(join(sessions));
  const auto joined = opened(copy_);
  EXPECT_TRUE(verifies(*joined));
  EXPECT_EQ(joined->event_count(), 2 * reader_->event_count());
}

TEST_F(Join, WhatIsLeftOutIsGoneAndTheRestIsAsItWas) {
  const std::uint64_t from = 60'000;
  const std::uint64_t to = kEventsOfFirst + 1 + 500;
  const std::vector<SessionPart> kept = {{reader_.get(), {0, from}},
                                         {reader_.get(), {to, reader_->last_seq()}}};
  const auto done = join_parts(kept, copy_, {});
  ASSERT_TRUE(done) << done.error().message;
  const auto copy = opened(copy_);
  EXPECT_TRUE(verifies(*copy));
  EXPECT_EQ(copy->event_count(), from + (reader_->last_seq() - to));
  EXPECT_EQ(copy->model_at(from).value(), reader_->model_at(from).value());
  // The state behind the gap has the number after the one before it, and its time.
  const std::uint64_t moved = to - (from + 1);
  const std::int64_t earlier_ns =
      reader_->model_at(to).value().time_ns - reader_->model_at(from).value().time_ns;
  for (const std::uint64_t seq : {to, to + 1, to + 20'000, reader_->last_seq()}) {
    const Model wanted = reader_->model_at(seq).value();
    const Model state = copy->model_at(seq - moved).value();
    EXPECT_EQ(dump_json(state, {}), dump_json(wanted, {moved, earlier_ns})) << "after " << seq;
  }
  // The marker within what was left out is gone; what was seen last of it holds on from there.
  ASSERT_EQ(copy->markers().size(), 1U);
  EXPECT_EQ(copy->markers().front().title, "in the first");
  const auto& views = copy->views();
  ASSERT_EQ(views.size(), 5U);
  EXPECT_TRUE(std::ranges::is_sorted(views, {}, &ViewChange::seq));
  EXPECT_EQ(views[4].value, "workbench");
  EXPECT_EQ(views[4].seq, from + 1);
  EXPECT_EQ(views[4].time_ns, copy->model_at(from).value().time_ns);
}

TEST_F(Join, OfSessionsWithDifferentNamesIsRefused) {
  auto sessions = with_stretch(0, 1'000);
  change_with_sql(sessions[1]->path(), "UPDATE names SET text = 'json.encoders'");
  sessions[1] = opened(sessions[1]->path());
  const auto refused = join(sessions);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, Error::Kind::kBadInput);
  EXPECT_NE(refused.error().message.find("pool 0 is json.encoders there and fmt.ppFree"),
            std::string::npos)
      << refused.error().message;
  EXPECT_EQ(files(), 2);
}

TEST_F(Join, OfTwoRecordingsHasNoSampleOfBoth) {
  auto sessions = with_stretch(0, 1'000);
  for (const auto& session : sessions) {
    change_with_sql(session->path(),
                    "INSERT INTO names VALUES(4, 0, 'the same'), (4, 1, 'of the first')");
  }
  change_with_sql(sessions[1]->path(),
                  "UPDATE names SET text = 'of the other' WHERE kind = 4 AND id = 1");
  for (auto& session : sessions) session = opened(session->path());
  ASSERT_TRUE(join(sessions));
  const auto joined = opened(copy_);
  std::vector<std::string> samples;
  for (const Name& name : joined->names()) {
    if (name.of == Name::Of::kSampleOfPool) samples.push_back(name.text);
  }
  EXPECT_EQ(samples, std::vector<std::string>{"the same"});
}

TEST_F(Copy, HasTheSamplesOfPoolsOnlyWhereItIsWhole) {
  change_with_sql(file_, "INSERT INTO names VALUES(4, 0, 'sampled')");
  const auto original = opened(file_);
  const auto samples_of = [&](Stretch stretch) {
    EXPECT_TRUE(copy_stretch(*original, stretch, copy_, {.overwrite = true}));
    const auto copy = opened(copy_);
    return std::ranges::count(copy->names(), Name::Of::kSampleOfPool, &Name::of);
  };
  EXPECT_EQ(samples_of({0, original->last_seq()}), 1);
  EXPECT_EQ(samples_of({0, original->last_seq() - 1}), 0);
  EXPECT_EQ(samples_of({1, original->last_seq()}), 0);
}

}  // namespace
}  // namespace poolscope::testing
