// Files of several parts, each with a configuration and a first state of its own.

#include <algorithm>
#include <limits>
#include <span>
#include <sstream>

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "core/model/reduce.h"
#include "core/session/export.h"
#include "core/session/reader.h"
#include "core/session/recorder.h"
#include "core/session/session_writer.h"
#include "core/session/verify.h"
#include "tests/core/session/recorded_session.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/verified.h"

namespace poolscope::testing {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kFirst = 40'000;   // events of the first part
constexpr std::size_t kSecond = 60'000;  // of the second

class Segments : public ::testing::Test {
 protected:
  std::unique_ptr<SessionWriter> writer(SessionWriterOptions options = {}) {
    auto made = SessionWriter::create(file_, false, base_, std::move(options));
    if (made) return std::move(*made);
    ADD_FAILURE() << made.error().message;
    return nullptr;
  }

  /// A classic part, then a modern one.
  void write_two() {
    const auto writer = this->writer();
    ASSERT_TRUE(writer->append(first_));
    ASSERT_TRUE(writer->begin_session(modern_base_));
    ASSERT_TRUE(writer->append(second_));
    ASSERT_TRUE(writer->close());
  }

  /// A part, then another one of the same session, which begins after 10,000 events that are not
  /// there.
  void write_with_gap() {
    const auto writer = this->writer();
    ASSERT_TRUE(writer->append(first_));
    ASSERT_TRUE(writer->begin_segment(after_gap_));
    ASSERT_TRUE(writer->append(std::span(session_.events).subspan(kFirst + 10'000, 20'000)));
    ASSERT_TRUE(writer->close());
  }

  /// As the file has the second part of write_two().
  [[nodiscard]] Model moved_base() const {
    Model base = modern_base_;
    base.seq = kFirst + 1;
    base.time_ns = first_.back().time_ns;
    return base;
  }
  [[nodiscard]] std::vector<Event> moved_events() const {
    std::vector<Event> events(second_.begin(), second_.end());
    for (Event& event : events) {
      event.set_seq(event.seq + kFirst + 1);
      event.time_ns += first_.back().time_ns;
    }
    return events;
  }

  const RealSession& session_ = real_session();
  const RealSession& modern_ = real_modern_session();
  const Model base_ = initial_model(session_.config);
  const std::span<const Event> first_ = std::span(session_.events).first(kFirst);
  const std::span<const Event> second_ = std::span(modern_.events).first(kSecond);
  const Model after_gap_ = reduced(base_, std::span(session_.events).first(kFirst + 10'000));
  const Details few_{.pins = true, .steps = false, .locks = true, .hands = true};
  const Model modern_base_ = [this] {
    SessionConfig config = modern_.config;
    config.details = few_;
    return initial_model(config);
  }();
  TemporaryFolder folder_;
  const fs::path file_ = folder_ / "x.poolscope";
};

Model state(Reader& reader, std::uint64_t seq) {
  auto model = reader.model_at(seq);
  EXPECT_TRUE(model) << model.error().message;
  return std::move(*model);
}

TEST_F(Segments, GoOnWithTheNumbersAndTheTimeOfTheFile) {
  write_two();
  const auto reader = opened(file_);
  const std::int64_t end_ns = first_.back().time_ns;
  EXPECT_EQ(reader->segments(), (std::vector<Segment>{{0, 0, {}}, {kFirst + 1, end_ns, few_}}));
  EXPECT_EQ(reader->event_count(), kFirst + kSecond);
  EXPECT_EQ(reader->last_seq(), kFirst + 1 + kSecond);
  EXPECT_EQ(reader->duration_ns(), end_ns + second_.back().time_ns);
  std::vector<Event> events(first_.begin(), first_.end());
  const std::vector<Event> moved = moved_events();
  events.insert(events.end(), moved.begin(), moved.end());
  EXPECT_EQ(all_events(*reader), events);
}

TEST_F(Segments, HaveTheirOwnStateOnEachSideOfTheBorder) {
  write_two();
  const auto reader = opened(file_);
  EXPECT_EQ(state(*reader, kFirst), reduced(base_, first_));
  EXPECT_EQ(state(*reader, kFirst + 1), moved_base());
  const std::vector<Event> first_moved{moved_events().front()};
  EXPECT_EQ(state(*reader, kFirst + 2), reduced(moved_base(), first_moved));
  EXPECT_EQ(state(*reader, reader->last_seq()), reduced(moved_base(), moved_events()));
  EXPECT_EQ(reader->segment_at(kFirst).seq, 0U);
  EXPECT_EQ(reader->segment_at(kFirst + 1).seq, kFirst + 1);
  EXPECT_EQ(reader->next_seq(kFirst), kFirst + 1);
  EXPECT_EQ(reader->next_seq(kFirst + 1), kFirst + 2);
}

TEST_F(Segments, AreFoundByTime) {
  write_two();
  const auto reader = opened(file_);
  const auto at = [&](std::int64_t time_ns) { return reader->seq_at_time(time_ns).value_or(0); };
  const std::int64_t border_ns = first_.back().time_ns;
  EXPECT_LE(at(border_ns - 1), kFirst);
  EXPECT_GE(at(border_ns), kFirst + 1);
  EXPECT_EQ(at(std::numeric_limits<std::int64_t>::max()), reader->last_seq());
}

TEST_F(Segments, AreVerifiedEachFromItsOwnFirstState) {
  write_two();
  const Verification found = verify(*opened(file_));
  EXPECT_TRUE(found.holds()) << (found.damage ? found.damage->message : "diverged");
  EXPECT_EQ(found.events, kFirst + kSecond);
  const Model old_end = reduced(base_, first_);
  const Model new_end = reduced(modern_base_, second_);
  ASSERT_GT(old_end.checkpoints, 0U);
  ASSERT_GT(new_end.checkpoints, 0U);
  EXPECT_EQ(found.checkpoints, old_end.checkpoints + new_end.checkpoints);
}

TEST_F(Segments, AddUpTheDivergencesOfAll) {
  // Each part lacks an object that was stored, at a place where a checkpoint misses it.
  const auto writer = this->writer();
  std::vector<Event> broken(first_.begin(), first_.end());
  const auto spoil = [](std::span<Event> events) {
    const auto cells = std::ranges::find(events, EventKind::kCheckpointHeap, &Event::kind);
    ASSERT_NE(cells, events.end());
    cells->object.value += 1;
  };
  spoil(broken);
  std::vector<Event> broken_second(second_.begin(), second_.end());
  spoil(broken_second);
  ASSERT_TRUE(writer->append(broken));
  ASSERT_TRUE(writer->begin_session(modern_base_));
  ASSERT_TRUE(writer->append(broken_second));
  ASSERT_TRUE(writer->close());
  const Verification found = verify(*opened(file_));
  EXPECT_EQ(found.divergences,
            reduced(base_, broken).divergences + reduced(modern_base_, broken_second).divergences);
  ASSERT_GE(found.divergence_list.size(), 2U);
  EXPECT_LE(found.divergence_list.front().seq, kFirst);
  EXPECT_GT(found.divergence_list.back().seq, kFirst + 1);
}

TEST_F(Segments, MayLeaveAGapBehindWhichNothingIsKnown) {
  write_with_gap();
  const auto reader = opened(file_);
  EXPECT_EQ(reader->segments().back().seq, kFirst + 10'000);
  EXPECT_EQ(reader->last_seq(), kFirst + 30'000);
  EXPECT_EQ(reader->next_seq(kFirst), kFirst + 10'000);
  EXPECT_EQ(state(*reader, kFirst + 5'000), reduced(base_, first_));
  EXPECT_EQ(state(*reader, kFirst + 10'000), after_gap_);
  EXPECT_EQ(state(*reader, reader->last_seq()),
            reduced(base_, std::span(session_.events).first(kFirst + 30'000)));
  EXPECT_TRUE(verifies(*reader));
}

TEST_F(Segments, MayFollowEachOtherWithoutEvents) {
  const auto writer = this->writer();
  ASSERT_TRUE(writer->begin_session(modern_base_));
  ASSERT_TRUE(writer->begin_session(base_));
  ASSERT_TRUE(writer->close());
  const auto reader = opened(file_);
  ASSERT_EQ(reader->segments().size(), 3U);
  EXPECT_EQ(reader->last_seq(), 2U);
  EXPECT_EQ(state(*reader, 0).config, session_.config);
  EXPECT_EQ(state(*reader, 1).config, modern_base_.config);
  EXPECT_EQ(state(*reader, 2).config, session_.config);
  EXPECT_TRUE(verifies(*reader));
}

TEST_F(Segments, MayNotBeginBeforeTheLastEvent) {
  const auto writer = this->writer();
  ASSERT_TRUE(writer->append(first_));
  EXPECT_FALSE(writer->begin_segment(reduced(base_, first_)));
}

TEST_F(Segments, MoveTheirMarkersAndViewsAlong) {
  const auto writer = this->writer();
  ASSERT_TRUE(writer->append(first_));
  ASSERT_TRUE(writer->add_marker({.seq = 5, .time_ns = 6, .title = "old"}));
  ASSERT_TRUE(writer->begin_session(modern_base_));
  ASSERT_TRUE(writer->add_marker({.seq = 5, .time_ns = 6, .title = "new"}));
  ASSERT_TRUE(writer->add_view({7, 8, "tab", "memory"}));
  ASSERT_TRUE(writer->close());
  const auto reader = opened(file_);
  const std::int64_t border_ns = first_.back().time_ns;
  EXPECT_EQ(reader->markers().front().seq, 5U);
  EXPECT_EQ(reader->markers().back().seq, kFirst + 1 + 5);
  EXPECT_EQ(reader->markers().back().time_ns, border_ns + 6);
  EXPECT_EQ(reader->views(),
            (std::vector<ViewChange>{{kFirst + 1 + 7, border_ns + 8, "tab", "memory"}}));
}

TEST_F(Segments, GetTheMarkersOfTheirSessionAnew) {
  const auto writer = this->writer();
  ASSERT_TRUE(writer->append(first_));
  ASSERT_TRUE(writer->add_marker({.seq = 5, .time_ns = 6, .title = "old"}));
  ASSERT_TRUE(writer->begin_session(modern_base_));
  ASSERT_TRUE(writer->add_marker({.seq = 5, .time_ns = 6, .title = "new"}));
  const std::vector<Marker> anew = {{.seq = 5, .time_ns = 6, .title = "newer"},
                                    {.seq = 7, .time_ns = 8, .title = "newest"}};
  ASSERT_TRUE(writer->set_markers(anew));
  ASSERT_TRUE(writer->close());
  const auto reader = opened(file_);
  ASSERT_EQ(reader->markers().size(), 3U);
  EXPECT_EQ(reader->markers()[0].title, "old");
  EXPECT_EQ(reader->markers()[1].title, "newer");
  EXPECT_EQ(reader->markers()[2].title, "newest");
  EXPECT_EQ(reader->markers()[2].seq, kFirst + 1 + 7);
}

TEST_F(Segments, OfARecorderComeBetweenTheEventsThatTheyCameBetween) {
  RecorderOptions options;
  options.commit_every = std::chrono::milliseconds(1);
  auto made = Recorder::create(file_, false, base_, options);
  ASSERT_TRUE(made) << made.error().message;
  Recorder& recorder = **made;
  recorder.append(first_);
  recorder.add_marker({.seq = 5, .time_ns = 6, .title = "old"});
  recorder.begin_session(modern_base_);
  recorder.add_marker({.seq = 5, .time_ns = 6, .title = "new"});
  recorder.add_view({7, 8, "tab", "memory"});
  recorder.add_name({Name::Of::kPool, 0, "fmt.ppFree"});
  recorder.append(second_);
  ASSERT_TRUE(recorder.close());
  EXPECT_EQ(recorder.model(), reduced(moved_base(), moved_events()));
  const auto reader = opened(file_);
  ASSERT_EQ(reader->segments().size(), 2U);
  EXPECT_EQ(reader->segments()[1], (Segment{kFirst + 1, first_.back().time_ns, few_}));
  EXPECT_EQ(reader->markers().front().seq, 5U);
  EXPECT_EQ(reader->markers().back().seq, kFirst + 1 + 5);
  EXPECT_EQ(reader->views().front().seq, kFirst + 1 + 7);
  EXPECT_EQ(reader->names().front().text, "fmt.ppFree");
  EXPECT_TRUE(verifies(*reader));
}

TEST_F(Segments, AreLinesOfTheirOwnInAnExport) {
  write_two();
  const auto reader = opened(file_);
  std::ostringstream json;
  ASSERT_TRUE(export_jsonl(*reader, json));
  const std::string expected =
      R"({"seq":40001,"time_ns":)" + std::to_string(first_.back().time_ns) +
      R"(,"kind":"Segment","pool_kind":"modern","padding":128,"procs":8,"workers":16,)"
      R"("workload":"lecture","seed":1})";
  std::istringstream lines(json.str());
  std::string line;
  for (std::size_t i = 0; i <= kFirst; ++i) std::getline(lines, line);
  EXPECT_EQ(line, expected);

  std::ostringstream csv;
  ASSERT_TRUE(export_csv(*reader, csv));
  EXPECT_NE(csv.str().find(",Segment,,,,,,,,pool_kind=modern padding=128 procs=8 workers=16 "
                           "workload=lecture seed=1\r\n"),
            std::string::npos);
}

TEST_F(Segments, EndWhatIsOpenInATrace) {
  write_two();
  const auto reader = opened(file_);
  std::ostringstream out;
  ASSERT_TRUE(export_chrome(*reader, out));
  // Nothing is open at the border: as many ends as beginnings up to its time.
  const std::string text = out.str();
  const std::size_t border =
      text.find(fmt::format(R"("ts":{:.3f})", static_cast<double>(first_.back().time_ns) / 1e3));
  ASSERT_NE(border, std::string::npos);
  std::int64_t open = 0;
  std::istringstream lines(text);
  std::string line;
  std::int64_t open_at_border = -1;
  const double border_us = static_cast<double>(first_.back().time_ns) / 1e3;
  while (std::getline(lines, line)) {
    const std::size_t ts = line.find(R"("ts":)");
    if (ts == std::string::npos) continue;
    if (std::stod(line.substr(ts + 5)) > border_us + 1e-3 && open_at_border < 0) {
      open_at_border = open;
    }
    if (line.find(R"("ph":"B")") != std::string::npos) ++open;
    if (line.find(R"("ph":"E")") != std::string::npos) --open;
  }
  EXPECT_EQ(open_at_border, 0);
  EXPECT_EQ(open, 0);
}

TEST_F(Segments, ThatAreDamagedAreRefused) {
  const auto refused = [&](const std::string& sql) {
    write_two();
    change_with_sql(file_, sql);
    const auto reader = Reader::open(file_);
    fs::remove(file_);
    return reader ? std::string() : reader.error().message;
  };
  EXPECT_NE(refused("DELETE FROM keyframes WHERE seq = 40001").find("no keyframe"),
            std::string::npos);
  EXPECT_NE(refused("UPDATE segments SET time_ns = time_ns + 1 WHERE seq > 0").find("no keyframe"),
            std::string::npos);
  EXPECT_NE(refused("UPDATE chunks SET last_time_ns = last_time_ns + 1 WHERE first_seq < 40001 AND "
                    "first_seq + count > 40000")
                .find("segment 2 of 2 is damaged"),
            std::string::npos);
  write_two();
  change_with_sql(file_,
                  "UPDATE keyframes SET model = (SELECT model FROM keyframes WHERE seq = 0) "
                  "WHERE seq = 40001");
  EXPECT_FALSE(verifies(*opened(file_)));
}

/// The size that the file has at most while `rounds` sessions follow each other in it.
std::uintmax_t largest_size(SessionWriter& writer, const fs::path& file, int rounds,
                            const Model& base, std::span<const Event> events) {
  std::uintmax_t largest = 0;
  std::uint64_t named = 0;
  for (int round = 0; round < rounds; ++round) {
    if (round > 0) {
      EXPECT_TRUE(writer.begin_session(base));
    }
    for (std::size_t i = 0; i < events.size(); i += 10'000) {
      EXPECT_TRUE(
          writer.append(events.subspan(i, std::min<std::size_t>(10'000, events.size() - i))));
      for (int name = 0; name < 50; ++name) {
        EXPECT_TRUE(writer.add_name({Name::Of::kGoroutine, named++, "main.worker"}));
      }
      EXPECT_TRUE(writer.add_view({writer.model().seq, writer.model().time_ns, "tab", "memory"}));
      EXPECT_TRUE(writer.commit());
      largest = std::max(largest, fs::file_size(file));
    }
  }
  return largest;
}

TEST_F(Segments, KeepTheEndWithinItsBoundsForEver) {
  constexpr std::size_t kBytes = 100'000;
  const auto writer = this->writer({.keep_last_bytes = kBytes, .goroutine_names_kept = 100});
  ASSERT_TRUE(writer->add_name({Name::Of::kPool, 0, "fmt.ppFree"}));
  const std::uintmax_t early = largest_size(*writer, file_, 4, base_, first_);
  ASSERT_GT(early, kBytes / 2);
  // The oldest of it goes: neither events, names nor views add up.
  ASSERT_TRUE(writer->begin_session(modern_base_));
  const std::uintmax_t late = largest_size(*writer, file_, 20, modern_base_, second_.first(40'000));
  EXPECT_LT(late, 2 * kBytes);
  ASSERT_TRUE(writer->close());
  const auto reader = opened(file_);
  EXPECT_TRUE(verifies(*reader));
  EXPECT_EQ(reader->names().size(), 101U);
  EXPECT_EQ(reader->names().front().text, "fmt.ppFree");
  ASSERT_GE(reader->views().size(), 2U);
  EXPECT_GE(reader->views()[1].seq, reader->origin().seq)
      << "of those before it only the last stays";
  EXPECT_GT(reader->origin().seq, 4 * kFirst);
  EXPECT_EQ(reader->config(), modern_base_.config);
}

TEST_F(Segments, ThatAreLetGoTakeTheirConfigurationAlong) {
  const auto config = [&] {
    SQLite::Database database(file_.string(), SQLite::OPEN_READONLY);
    return database.execAndGet("SELECT value FROM meta WHERE key = 'config'").getString();
  };
  const auto writer = this->writer({.keep_last_ns = 1});
  ASSERT_TRUE(writer->append(first_));
  ASSERT_TRUE(writer->commit());
  EXPECT_NE(config().find("classic"), std::string::npos);
  ASSERT_TRUE(writer->begin_session(modern_base_));
  for (std::size_t i = 0; i < 4; ++i) {
    ASSERT_TRUE(writer->append(second_.subspan(10'000 * i, 10'000)));
    ASSERT_TRUE(writer->commit());
  }
  ASSERT_TRUE(writer->close());
  EXPECT_NE(config().find("modern"), std::string::npos);
  const auto reader = opened(file_);
  EXPECT_EQ(reader->segments().size(), 1U);
  EXPECT_EQ(reader->config(), modern_base_.config);
  EXPECT_TRUE(verifies(*reader));
}

}  // namespace
}  // namespace poolscope::testing
