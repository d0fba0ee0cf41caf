// `export --to chrome`: the rules of ui.perfetto.dev on real sessions, and that the trace says what
// was in them.

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/model/reduce.h"
#include "core/session/export.h"
#include "core/session/session_writer.h"
#include "tests/core/session/chrome_rules.h"
#include "tests/core/session/recorded_session.h"
#include "tests/support/sessions.h"
#include "tests/support/temporary_folder.h"

namespace poolscope::testing {
namespace {

using nlohmann::json;
using ::testing::IsEmpty;

json trace_of(Reader& reader) {
  std::ostringstream out;
  const auto done = export_chrome(reader, out);
  EXPECT_TRUE(done) << done.error().message;
  return json::parse(out.str());
}

std::size_t count_of(std::span<const Event> events, EventKind kind) {
  return static_cast<std::size_t>(std::ranges::count(events, kind, &Event::kind));
}

class ChromeTraceOf : public ::testing::TestWithParam<std::pair<PoolKind, std::uint64_t>> {
 protected:
  ChromeTraceOf() {
    record(folder_ / "x", initial_model(session_.config), session_.events);
    reader_ = opened(folder_ / "x");
    trace_ = trace_of(*reader_);
  }

  static constexpr std::uint64_t kEvents = 20'000;
  const RecordedEvents session_ =
      run_session_with_stops(GetParam().first, GetParam().second, kEvents);
  TemporaryFolder folder_;
  std::unique_ptr<Reader> reader_;
  json trace_;
};

INSTANTIATE_TEST_SUITE_P(
    RandomSessions, ChromeTraceOf,
    ::testing::Values(std::pair{PoolKind::kClassic, 1}, std::pair{PoolKind::kClassic, 2},
                      std::pair{PoolKind::kModern, 3}, std::pair{PoolKind::kModern, 4}),
    [](const auto& of) {
      return std::string(word_of(of.param.first)) + std::to_string(of.param.second);
    });

TEST_P(ChromeTraceOf, BreaksNoRule) { EXPECT_THAT(breaches_of(trace_), IsEmpty()); }

TEST_P(ChromeTraceOf, HasASpanForEachOperationAndSaysHowItEnded) {
  for (const auto& [name, begin, end] :
       {std::tuple{"Put", EventKind::kPutBegin, EventKind::kPutEnd},
        std::tuple{"Get", EventKind::kGetBegin, EventKind::kGetEnd}}) {
    const auto spans = records_of(trace_, "X", name);
    EXPECT_EQ(spans.size(), count_of(session_.events, begin)) << name;
    const auto said = std::ranges::count_if(spans, [](const json& span) {
      return span.contains("args") && span["args"].contains("pool") &&
             span["args"].contains("where");
    });
    EXPECT_EQ(static_cast<std::size_t>(said), count_of(session_.events, end)) << name;
  }
  std::map<std::string, std::size_t> where;
  for (const json& get : records_of(trace_, "X", "Get")) {
    if (get.contains("args")) ++where[get["args"]["where"]];
  }
  const Model last = reduced(initial_model(session_.config), session_.events);
  std::size_t news = 0;
  for (const PoolState& pool : last.pools) news += pool.hits.from_new;
  EXPECT_EQ(where["new"], news);
}

TEST_P(ChromeTraceOf, HasAnArrowForEachObjectThatAGetTakesFromAPut) {
  std::map<ObjectId, bool> put;
  std::size_t taken = 0;
  for (const Event& event : session_.events) {
    switch (event.kind) {
      case EventKind::kPrivateStore:
      case EventKind::kSharedPush: put[event.object] = true; break;
      case EventKind::kPrivateTake:
      case EventKind::kSharedPop:
      case EventKind::kTailPop:
      case EventKind::kVictimPrivateTake: taken += put[event.object] ? 1 : 0; break;
      default: break;
    }
  }
  EXPECT_GT(taken, 100U);
  EXPECT_EQ(records_of(trace_, "s").size(), taken);
  EXPECT_EQ(records_of(trace_, "f").size(), taken);
}

TEST_P(ChromeTraceOf, ItsCountersEndWithWhatLiesAtEachPlace) {
  const Model last = reduced(initial_model(session_.config), session_.events);
  std::map<std::string, json> counters;
  for (const json& record : records_of(trace_, "C")) counters[record["name"]] = record["args"];
  EXPECT_EQ(counters["GOMAXPROCS"], (json{{"Ps", last.procs}}));
  std::size_t places = 0;
  std::size_t objects = 0;
  for (const auto& [name, args] : counters) {
    if (name == "GOMAXPROCS") continue;
    const std::size_t place = std::stoul(name.substr(1));
    std::size_t in_private = 0;
    std::size_t in_shared = 0;
    std::size_t in_victim = 0;
    for (const PoolState& pool : last.pools) {
      const ArrayState* local = last.local_of(pool.id);
      const ArrayState* victim = last.victim_of(pool.id);
      if (local != nullptr && place < local->locals.size()) {
        in_private += local->locals[place].private_object.valid() ? 1 : 0;
        in_shared += local->locals[place].shared.size();
      }
      if (victim != nullptr && place < victim->locals.size()) {
        in_victim += victim->locals[place].private_object.valid() ? 1 : 0;
        in_victim += victim->locals[place].shared.size();
      }
    }
    EXPECT_EQ(args.at("private"), in_private) << name;
    EXPECT_EQ(args.at("shared"), in_shared) << name;
    EXPECT_EQ(args.value("victim", std::size_t{0}), in_victim) << name;
    objects += in_private + in_shared + in_victim;
    ++places;
  }
  EXPECT_GE(places, 4U);
  EXPECT_EQ(objects, last.totals.pooled);
}

TEST_P(ChromeTraceOf, HasEachStopOfTheWorldOnTheRuntimesTrack) {
  std::map<std::string, std::size_t> asked;
  for (const Event& event : session_.events) {
    if (event.kind != EventKind::kStopRequested) continue;
    const StopCause cause = event.stop_cause();
    ++asked[cause == StopCause::kGc ? "GC" : cause == StopCause::kResize ? "GOMAXPROCS" : "check"];
  }
  EXPECT_GT(asked["GC"], 0U);
  EXPECT_GT(asked["GOMAXPROCS"], 0U);
  const auto runtime = numbers_of(trace_, "GC and stop-the-world");
  for (const auto& [name, number] : asked) {
    const auto spans = records_of(trace_, "X", name);
    EXPECT_EQ(spans.size(), number) << name;
    for (const json& span : spans) EXPECT_EQ(span["pid"], runtime.first);
  }
  EXPECT_EQ(records_of(trace_, "X", "the world is stopped").size(),
            count_of(session_.events, EventKind::kWorldStopped));
  EXPECT_EQ(records_of(trace_, "i", "poolCleanup").size(),
            count_of(session_.events, EventKind::kAllPoolsCleared));
}

TEST_P(ChromeTraceOf, NamesGoroutinesAndPs) {
  EXPECT_EQ(numbers_of(trace_, "G3").first, numbers_of(trace_, "goroutines").first);
  EXPECT_EQ(numbers_of(trace_, "P1").first, numbers_of(trace_, "Ps").first);
  EXPECT_NE(numbers_of(trace_, "runtime").first, 0);
}

TEST(ChromeRules, EachBreachIsSeen) {
  const json named = json::parse(R"([
    {"ph":"M","pid":1,"name":"process_name","args":{"name":"runtime"}},
    {"ph":"M","pid":1,"tid":1,"name":"thread_name","args":{"name":"GC and stop-the-world"}},
    {"ph":"M","pid":2,"name":"process_name","args":{"name":"goroutines"}},
    {"ph":"M","pid":2,"tid":1,"name":"thread_name","args":{"name":"G0"}}])");
  const auto breaches = [&](const char* more) {
    json trace = {{"traceEvents", named}};
    for (const json& record : json::parse(more)) trace["traceEvents"].push_back(record);
    return breaches_of(trace).size();
  };
  EXPECT_EQ(breaches("[]"), 0U);
  const char* get = R"({"ph":"X","pid":2,"tid":1,"ts":5,"dur":5,"name":"Get","cat":"pool"})";
  const char* put = R"({"ph":"X","pid":2,"tid":1,"ts":1,"dur":2,"name":"Put","cat":"pool"})";
  const char* start = R"({"ph":"s","pid":2,"tid":1,"ts":2,"name":"a","cat":"pool","id":1})";
  const auto list = [](std::initializer_list<std::string> records) {
    std::string text;
    for (const std::string& record : records) text += (text.empty() ? "[" : ",") + record;
    return text + "]";
  };
  EXPECT_EQ(
      breaches(
          list({put, get, start,
                R"({"ph":"f","pid":2,"tid":1,"ts":6,"name":"a","cat":"pool","id":1,"bp":"e"})"})
              .c_str()),
      0U);
  for (const std::string& bad :
       {list({put, get, start}),
        list({put, get, start,
              R"({"ph":"f","pid":2,"tid":1,"ts":4,"name":"a","cat":"pool","id":1,"bp":"e"})"}),
        list({put, get, start,
              R"({"ph":"f","pid":2,"tid":1,"ts":6,"name":"a","cat":"pool","id":1})"}),
        list({get, R"({"ph":"X","pid":2,"tid":1,"ts":7,"dur":9,"name":"New","cat":"pool"})"}),
        list({R"({"ph":"X","pid":2,"tid":9,"ts":7,"dur":9,"name":"Get","cat":"pool"})"}),
        list({R"({"ph":"X","pid":2,"tid":1,"ts":7,"dur":-1,"name":"Get","cat":"pool"})"}),
        list({R"({"ph":"i","pid":2,"tid":1,"ts":7,"name":"new array"})"}),
        list({R"({"ph":"B","pid":2,"tid":1,"ts":7,"name":"Get"})"}),
        list({R"({"ph":"C","pid":2,"tid":1,"ts":7,"name":"P0","args":{"private":1}})"}),
        list({R"({"ph":"X","pid":1,"tid":1,"ts":7,"dur":1,"name":"Get","cat":"pool"})"})}) {
    EXPECT_GT(breaches(bad.c_str()), 0U) << bad;
  }
}

TEST(ChromeTrace, OfAStretchAmidOperationsBreaksNoRule) {
  const auto& session = real_session();
  const TemporaryFolder folder;
  constexpr std::size_t kBefore = 20'000;
  record(folder / "x",
         reduced(initial_model(session.config), std::span(session.events).first(kBefore)),
         std::span(session.events).subspan(kBefore, 10'000));
  const json trace = trace_of(*opened(folder / "x"));
  EXPECT_THAT(breaches_of(trace), IsEmpty());
  EXPECT_GT(records_of(trace, "s").size(), 10U);
}

TEST(ChromeTrace, OfTwoPartsBreaksNoRuleAndNoArrowGoesFromOneToTheOther) {
  const RecordedEvents classic = run_session_with_stops(PoolKind::kClassic, 1, 6'000);
  const RecordedEvents modern = run_session_with_stops(PoolKind::kModern, 2, 6'000);
  const TemporaryFolder folder;
  auto writer = SessionWriter::create(folder / "x", false, initial_model(classic.config), {});
  ASSERT_TRUE(writer) << writer.error().message;
  ASSERT_TRUE((*writer)->append(classic.events));
  ASSERT_TRUE((*writer)->begin_session(initial_model(modern.config)));
  ASSERT_TRUE((*writer)->append(modern.events));
  ASSERT_TRUE((*writer)->close());
  const json trace = trace_of(*opened(folder / "x"));
  EXPECT_THAT(breaches_of(trace), IsEmpty());
  const auto border = records_of(trace, "i", "another part of the session");
  ASSERT_EQ(border.size(), 1U);
  EXPECT_EQ(border[0]["s"], "g");
  std::map<std::uint64_t, double> starts;
  for (const json& record : records_of(trace, "s")) starts[record["id"]] = record["ts"];
  for (const json& record : records_of(trace, "f")) {
    EXPECT_EQ(starts[record["id"]] >= border[0]["ts"].get<double>(),
              record["ts"].get<double>() >= border[0]["ts"].get<double>());
  }
}

TEST(ChromeTrace, OfEachFormatBreaksNoRule) {
  for (const int format : {1, 2, 3}) {
    const auto reader = opened(std::filesystem::path(POOLSCOPE_TEST_DATA_DIR) /
                               ("format-" + std::to_string(format) + ".poolscope"));
    const json trace = trace_of(*reader);
    EXPECT_THAT(breaches_of(trace), IsEmpty()) << "format " << format;
    EXPECT_GT(records_of(trace, "X", "Put").size(), 0U);
    EXPECT_FALSE(records_of(trace, "i").empty());
    for (const Marker& marker : reader->markers()) {
      const auto named = records_of(trace, "i", marker.title.empty() ? "marker" : marker.title);
      EXPECT_TRUE(std::ranges::any_of(named, [&](const json& record) {
        return record.contains("args") && record["args"].value("note", "") == marker.note;
      })) << marker.title;
    }
  }
}

TEST(ChromeTrace, OfRaceModeHasAnInstantForEachDropByTheDice) {
  SimulationOptions options = busy_session(PoolKind::kClassic, 5);
  options.config.race = true;
  const RecordedEvents session = run_session(options, 5'000);
  const TemporaryFolder folder;
  record(folder / "x", initial_model(session.config), session.events);
  const json trace = trace_of(*opened(folder / "x"));
  EXPECT_THAT(breaches_of(trace), IsEmpty());
  const auto instants = records_of(trace, "i");
  const auto drops = std::ranges::count_if(instants, [](const json& instant) {
    return instant["s"] == "t" && instant["name"].get<std::string>().ends_with("dropped at random");
  });
  EXPECT_GT(drops, 0);
  EXPECT_EQ(static_cast<std::size_t>(drops), count_of(session.events, EventKind::kRaceDrop));
}

TEST(ChromeTrace, TextsOfTheSessionAreTextsInIt) {
  const RecordedEvents session = run_session(busy_session(PoolKind::kClassic, 1), 2'000);
  const TemporaryFolder folder;
  const std::string text = "</script>\"\\,{}\n%n%s \xE2\x80\xAE";
  auto writer = SessionWriter::create(folder / "x", false, initial_model(session.config), {});
  ASSERT_TRUE(writer) << writer.error().message;
  ASSERT_TRUE((*writer)->append(session.events));
  ASSERT_TRUE((*writer)->add_marker(
      {.seq = 100, .time_ns = session.events[99].time_ns, .title = text, .note = text}));
  ASSERT_TRUE((*writer)->close());
  const json trace = trace_of(*opened(folder / "x"));
  EXPECT_THAT(breaches_of(trace), IsEmpty());
  const auto marked = records_of(trace, "i", text);
  ASSERT_EQ(marked.size(), 1U);
  EXPECT_EQ(marked[0]["args"]["note"], text);
  EXPECT_EQ(marked[0]["s"], "g");
}

}  // namespace
}  // namespace poolscope::testing
