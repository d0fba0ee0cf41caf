#include "core/session/reader.h"

#include <algorithm>
#include <fstream>
#include <span>

#include <gtest/gtest.h>

#include "core/model/reduce.h"
#include "core/session/format.h"
#include "core/session/verify.h"
#include "tests/core/session/recorded_session.h"
#include "tests/support/temporary_folder.h"

#ifdef POOLSCOPE_HAS_RAPIDCHECK
#include <rapidcheck.h>
#endif

namespace poolscope::testing {
namespace {

namespace fs = std::filesystem;

class ReaderTest : public ::testing::Test {
 protected:
  ReaderTest() { record(file_, base_, session_.events); }

  [[nodiscard]] Error open_error(const fs::path& path) const {
    const auto reader = Reader::open(path);
    if (reader) {
      ADD_FAILURE() << path << " opens";
      return {};
    }
    EXPECT_EQ(std::ranges::count(reader.error().message, '\n'), 0);
    EXPECT_TRUE(reader.error().message.starts_with(path.string())) << reader.error().message;
    return reader.error();
  }

  const RealSession& session_ = real_session();
  const Model base_ = initial_model(session_.config);
  TemporaryFolder folder_;
  const fs::path file_ = folder_ / "x.poolscope";
};

TEST_F(ReaderTest, GivesTheStateAfterAnyEvent) {
  const auto reader = opened(file_);
  ASSERT_GT(reader->keyframes().size(), 1U);
  Model model = base_;
  std::size_t looked_at = 0;
  for (const Event& event : session_.events) {
    reduce(model, event);
    const bool near_a_chunk = std::ranges::any_of(reader->chunks(), [&](const ChunkInfo& chunk) {
      return event.seq + 1 >= chunk.first_seq && event.seq <= chunk.first_seq + 1;
    });
    if (!near_a_chunk && event.seq % 30'011 != 0) continue;
    const auto sought = reader->model_at(event.seq);
    ASSERT_TRUE(sought) << sought.error().message;
    ASSERT_EQ(*sought, model) << "after event " << event.seq;
    ++looked_at;
  }
  EXPECT_GT(looked_at, 6U);
}

TEST_F(ReaderTest, ClampsSeekingToTheFile) {
  const auto reader = opened(file_);
  EXPECT_EQ(reader->model_at(0).value(), base_);
  EXPECT_EQ(reader->model_at(UINT64_MAX).value(), reduced(base_, session_.events));
}

TEST_F(ReaderTest, FindsTheLastEventBeforeATime) {
  const auto reader = opened(file_);
  const auto& events = session_.events;
  EXPECT_EQ(reader->seq_at_time(-1).value(), 0U);
  EXPECT_EQ(reader->seq_at_time(INT64_MAX).value(), events.size());
  for (std::size_t i = 0; i < events.size(); i += 10'007) {
    const auto after = std::ranges::upper_bound(events, events[i].time_ns, {}, &Event::time_ns);
    EXPECT_EQ(reader->seq_at_time(events[i].time_ns).value(),
              static_cast<std::uint64_t>(after - events.begin()));
  }
}

TEST_F(ReaderTest, HandsOutRunsThatBeginAndEndAnywhere) {
  const auto reader = opened(file_);
  const std::uint64_t border = reader->chunks()[1].first_seq;
  for (const auto& [first, last] : {std::pair{border - 3, border + 3},
                                    {border, border},
                                    {border - 1, border - 1},
                                    {border + 1, border}}) {
    std::vector<std::uint64_t> got;
    const auto done = reader->each_run(first, last, [&](std::span<const Event> run) {
      for (const Event& event : run) got.push_back(event.seq);
    });
    ASSERT_TRUE(done);
    std::vector<std::uint64_t> wanted;
    for (std::uint64_t seq = first; seq <= last; ++seq) wanted.push_back(seq);
    EXPECT_EQ(got, wanted);
  }
}

TEST_F(ReaderTest, VerifiesARealSession) {
  const auto reader = opened(file_);
  const Verification found = verify(*reader);
  EXPECT_EQ(found.events, session_.events.size());
  EXPECT_GT(found.checkpoints, 0U);
  EXPECT_EQ(found.divergences, 0U);
  EXPECT_FALSE(found.damage) << found.damage->message;
}

TEST_F(ReaderTest, SaysThatAFileIsMissing) {
  EXPECT_EQ(open_error(folder_ / "none").kind, Error::Kind::kBadInput);
  EXPECT_EQ(open_error(folder_.path()).kind, Error::Kind::kBadInput);
}

TEST_F(ReaderTest, SaysThatAFileIsNoSession) {
  const fs::path text = folder_ / "text";
  for (const std::string& contents : {std::string(), std::string("hello"), std::string(500, 'x')}) {
    std::ofstream(text) << contents;
    const Error error = open_error(text);
    EXPECT_EQ(error.kind, Error::Kind::kBadInput);
    EXPECT_NE(error.message.find("not a poolscope session"), std::string::npos) << error.message;
  }
}

TEST_F(ReaderTest, SaysThatAnotherProgramsDatabaseIsNoSession) {
  change_with_sql(file_, "PRAGMA application_id = 7");
  EXPECT_NE(open_error(file_).message.find("not a poolscope session"), std::string::npos);
}

TEST_F(ReaderTest, SaysThatAFileIsOfANewerFormat) {
  change_with_sql(file_, "PRAGMA user_version = 9");
  const Error error = open_error(file_);
  EXPECT_EQ(error.kind, Error::Kind::kBadInput);
  EXPECT_NE(error.message.find("format 9"), std::string::npos) << error.message;
  EXPECT_NE(error.message.find("update"), std::string::npos) << error.message;
}

TEST_F(ReaderTest, ReadsASessionOfTheModernPoolAsItWas) {
  const RealSession& session = real_modern_session();
  const fs::path file = folder_ / "modern.poolscope";
  const Model base = initial_model(session.config);
  record(file, base, session.events);
  const auto reader = opened(file);
  EXPECT_EQ(reader->config().pool, PoolKind::kModern);
  EXPECT_EQ(all_events(*reader), session.events);
  EXPECT_EQ(*reader->model_at(session.events.back().seq), reduced(base, session.events));
  const Verification found = verify(*reader);
  EXPECT_FALSE(found.damage.has_value()) << found.damage->message;
  EXPECT_EQ(found.divergences, 0U);
}

TEST_F(ReaderTest, SaysWhichChunkIsDamaged) {
  const std::uint64_t first = opened(file_)->chunks()[1].first_seq;
  change_with_sql(
      file_,
      "UPDATE chunks SET events = cast(substr(events, 1, length(events) / 2) || "
      "x'00112233' || substr(events, length(events) / 2 + 5) AS BLOB) WHERE first_seq = " +
          std::to_string(first));
  const auto reader = opened(file_);
  EXPECT_TRUE(reader->chunk(0));
  const Verification found = verify(*reader);
  ASSERT_TRUE(found.damage);
  EXPECT_EQ(found.damage->kind, Error::Kind::kFailed);
  EXPECT_NE(found.damage->message.find("chunk 2 of"), std::string::npos) << found.damage->message;
  EXPECT_NE(found.damage->message.find("#" + std::to_string(first)), std::string::npos);
  EXPECT_EQ(found.events, first - 1);
}

TEST_F(ReaderTest, SaysThatTwoChunksWereSwapped) {
  const auto chunks = opened(file_)->chunks();
  change_with_sql(file_,
                  "UPDATE chunks SET events = (SELECT events FROM chunks WHERE first_seq = " +
                      std::to_string(chunks[1].first_seq) + ") WHERE first_seq = 1");
  const auto reader = opened(file_);
  EXPECT_FALSE(reader->chunk(0));
  EXPECT_TRUE(reader->chunk(1));
}

TEST_F(ReaderTest, SaysThatAKeyframeIsNotWhatItsEventsLeadTo) {
  const auto keyframes = opened(file_)->keyframes();
  ASSERT_GT(keyframes.size(), 1U);
  // Another state under the right number: its own chunk's events would diverge from it.
  TemporaryFolder other;
  Model wrong = reduced(base_, std::span(session_.events).first(keyframes[1].seq));
  ++wrong.totals.freed;
  record(other / "y", wrong, {});
  change_with_sql(file_, "ATTACH '" + (other / "y").string() +
                             "' AS y; UPDATE keyframes SET model = (SELECT model FROM y.keyframes) "
                             "WHERE seq = " +
                             std::to_string(keyframes[1].seq));
  const auto reader = opened(file_);
  const Verification found = verify(*reader);
  ASSERT_TRUE(found.damage);
  EXPECT_NE(found.damage->message.find("keyframe 2"), std::string::npos) << found.damage->message;
}

TEST_F(ReaderTest, SaysThatTablesAreMissing) {
  change_with_sql(file_, "DROP TABLE chunks");
  EXPECT_EQ(open_error(file_).kind, Error::Kind::kFailed);
}

TEST_F(ReaderTest, SaysThatThereIsNoKeyframe) {
  change_with_sql(file_, "DELETE FROM keyframes");
  EXPECT_EQ(open_error(file_).kind, Error::Kind::kFailed);
}

TEST_F(ReaderTest, TellsOfAFileThatIsCutOffAnywhere) {
  const auto size = fs::file_size(file_);
  const fs::path part = folder_ / "part";
  for (std::uintmax_t kept = 0; kept < size; kept += size / 23) {
    fs::copy_file(file_, part, fs::copy_options::overwrite_existing);
    fs::resize_file(part, kept);
    const auto reader = Reader::open(part);
    const bool whole = reader && verify(**reader).holds();
    EXPECT_FALSE(whole) << kept << " bytes of " << size;
  }
}

#ifdef POOLSCOPE_HAS_RAPIDCHECK

TEST_F(ReaderTest, SurvivesAnyChangeOfAFile) {
  const fs::path changed = folder_ / "changed";
  const auto size = static_cast<std::size_t>(fs::file_size(file_));
  EXPECT_TRUE(rc::check([&] {
    fs::copy_file(file_, changed, fs::copy_options::overwrite_existing);
    {
      std::fstream out(changed, std::ios::binary | std::ios::in | std::ios::out);
      for (int i = 0; i < 20; ++i) {
        // The first pages hold the tables' structure: half of the changes go there.
        const std::size_t most = i % 2 == 0 ? std::size_t{40'000} : size;
        out.seekp(static_cast<std::streamoff>(*rc::gen::inRange<std::size_t>(0, most)));
        out.put(*rc::gen::arbitrary<char>());
      }
    }
    const auto reader = Reader::open(changed);
    if (!reader) return;
    // What is given out without an error must be what was recorded: each blob has its checksum.
    for (std::size_t i = 0; i < (*reader)->chunks().size(); ++i) {
      const auto events = (*reader)->chunk(i);
      if (!events) continue;
      for (const Event& event : **events) RC_ASSERT(event == session_.events[event.seq - 1]);
    }
  }));
}

#endif

}  // namespace
}  // namespace poolscope::testing
