#include "core/session/export.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/model/reduce.h"
#include "core/trace/event_table.h"
#include "tests/core/session/recorded_session.h"
#include "tests/support/temporary_folder.h"

namespace poolscope::testing {
namespace {

constexpr std::size_t kBefore = 20'000;
constexpr std::size_t kCount = 10'000;

/// A recording that begins and ends amid operations.
class ExportTest : public ::testing::Test {
 protected:
  ExportTest() {
    const auto& session = real_session();
    const Model base =
        reduced(initial_model(session.config), std::span(session.events).first(kBefore));
    record(folder_ / "x", base, std::span(session.events).subspan(kBefore, kCount));
    reader_ = opened(folder_ / "x");
  }

  [[nodiscard]] const Event& event(std::size_t number) const {
    return real_session().events[kBefore + number - 1];
  }

  TemporaryFolder folder_;
  std::unique_ptr<Reader> reader_;
  std::ostringstream out_;
};

TEST_F(ExportTest, WritesAnObjectALineThatTellsTheEvent) {
  ASSERT_TRUE(export_jsonl(*reader_, out_));
  std::istringstream lines(out_.str());
  std::size_t number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    const auto json = nlohmann::json::parse(line);
    ASSERT_EQ(json["seq"], number);
    ASSERT_EQ(json["time_ns"], event(number).time_ns - reader_->origin().time_ns);
    ASSERT_EQ(json["kind"], name_of(event(number).kind));
    ASSERT_EQ(json.contains("g"), event(number).g.valid());
    const EventInfo& info = info_of(event(number).kind);
    ASSERT_EQ(json.contains("object"),
              info.object == ObjectMeans::kObject && event(number).object.valid());
  }
  EXPECT_EQ(number, kCount);
}

/// The first event of `kind`, recorded alone and exported.
nlohmann::json first_exported(EventKind kind, const std::filesystem::path& path) {
  const auto& session = real_session();
  const auto first = std::ranges::find(session.events, kind, &Event::kind);
  const auto before = static_cast<std::size_t>(first - session.events.begin());
  record(path, reduced(initial_model(session.config), std::span(session.events).first(before)),
         std::span(session.events).subspan(before, 1));
  std::ostringstream out;
  EXPECT_TRUE(export_jsonl(*opened(path), out));
  return nlohmann::json::parse(out.str());
}

TEST_F(ExportTest, NamesEachFieldByWhatItMeansInThatKindOfEvent) {
  using enum EventKind;
  for (const auto& [kind, names] : std::map<EventKind, std::vector<const char*>>{
           {kSlowLoaded, {"local_size", "pid"}},
           {kCheckpointCells, {"place", "count", "cells_hash"}},
           {kCheckpointHeap, {"alive", "created"}},
           {kProcsChanged, {"procs"}},
           {kGoPark, {"park_reason"}},
           {kPutBegin, {"pool", "object"}},
           {kWorldStarted, {"stop_cause"}}}) {
    const auto json = first_exported(kind, folder_ / std::string(name_of(kind)));
    EXPECT_EQ(json["kind"], name_of(kind));
    for (const char* name : names) EXPECT_TRUE(json.contains(name)) << json;
    EXPECT_EQ(json.contains("object"), kind == kPutBegin) << json;
    EXPECT_FALSE(json.contains("detail")) << json;
  }
}

TEST_F(ExportTest, WritesATableOfElevenColumns) {
  ASSERT_TRUE(export_csv(*reader_, out_));
  std::istringstream lines(out_.str());
  std::size_t rows = 0;
  for (std::string line; std::getline(lines, line); ++rows) {
    ASSERT_EQ(std::ranges::count(line, ','), 10);
    ASSERT_EQ(line.back(), '\r');
  }
  EXPECT_EQ(rows, kCount + 1);
}

TEST(ExportedNames, EachStandsInTheReadme) {
  std::ifstream file(std::filesystem::path(POOLSCOPE_SOURCE_DIR) / "core/session/README.md");
  std::stringstream text;
  text << file.rdbuf();
  const auto is_explained = [&](std::string_view name) {
    return name.empty() || name == "giver_lower" || name == "giver_upper" ||
           text.str().find("`" + std::string(name) + "`") != std::string::npos;
  };
  for (const EventInfo& info : event_table::kRows) {
    for (const std::string_view name :
         {name_of(info.index), name_of(info.array), name_of(info.object), name_of(info.detail)}) {
      EXPECT_TRUE(is_explained(name)) << name;
    }
  }
  for (const char* name : {"seq", "time_ns", "kind", "g", "p", "giver", "more", "pool_kind",
                           "padding", "procs", "workers", "workload", "seed"}) {
    EXPECT_TRUE(is_explained(name)) << name;
  }
}

}  // namespace
}  // namespace poolscope::testing
