// What the window reads and writes: settings, --ui-dump, --frame-stats, and its flags' values.

#include <fstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "app/main/frame_stats.h"
#include "app/main/settings.h"
#include "app/main/ui_dump.h"
#include "app/main/values.h"
#include "tests/support/durations.h"
#include "tests/support/temporary_folder.h"

namespace poolscope::app {
namespace {

using nlohmann::json;
using testing::TemporaryFolder;

json read_json(const std::filesystem::path& file) {
  std::ifstream in(file);
  return json::parse(in, nullptr, false);
}

TEST(SettingsFile, GivesBackWhatWasStoredInAFolderThatItMakes) {
  const TemporaryFolder folder;
  const auto file = folder / "deep" / "settings.json";
  Settings settings;
  settings.language = "zh";
  settings.motion = false;
  settings.zoom_percent = 130;
  ASSERT_TRUE(save_settings(file, settings));
  EXPECT_EQ(load_settings(file), settings);
}

TEST(SettingsFile, MissingOrBrokenOrOfOtherTypesCountsAsNone) {
  const TemporaryFolder folder;
  EXPECT_EQ(load_settings(folder / "none.json"), Settings{});
  std::ofstream(folder / "broken.json") << "{\"theme\": ";
  EXPECT_EQ(load_settings(folder / "broken.json"), Settings{});
  std::ofstream(folder / "types.json") << R"({"theme": 3, "motion": "no", "zoom_percent": 1.5})";
  EXPECT_EQ(load_settings(folder / "types.json"), Settings{});
}

TEST(SettingsFile, AFolderThatCannotBeMadeIsAnError) {
  const TemporaryFolder folder;
  std::ofstream(folder / "file") << "x";
  EXPECT_FALSE(save_settings(folder / "file" / "settings.json", {}));
}

TEST(FrameStats, TellTheMedianAndTheSlowestHundredth) {
  FrameStats stats;
  for (std::int64_t i = 1; i <= 100; ++i) stats.add(i * 1'000'000, 2 * i * 1'000'000);
  const json told = json::parse(stats.json());
  EXPECT_EQ(told.at("frames"), 100);
  EXPECT_EQ(told.at("build_ms").at("p50"), 50.0);
  EXPECT_EQ(told.at("build_ms").at("p99"), 99.0);
  EXPECT_EQ(told.at("draw_ms").at("p50"), 100.0);
}

TEST(FrameStats, OfNoFramesAreZeroes) {
  EXPECT_EQ(json::parse(FrameStats().json()).at("draw_ms").at("p99"), 0.0);
}

using testing::kSecond_ns;
TEST(UiDumpFile, IsWrittenWhenItChangesAndAtMostTwentyTimesASecond) {
  const TemporaryFolder folder;
  const auto file = folder / "ui.json";
  UiDump dump(file);
  ASSERT_TRUE(dump.write_if_due(kSecond_ns));
  EXPECT_FALSE(std::filesystem::exists(file));
  dump.show(1, {{"procs", 4}}, json::object());
  ASSERT_TRUE(dump.write_if_due(kSecond_ns));
  EXPECT_EQ(read_json(file).at("frame"), 1);
  dump.show(2, {{"procs", 4}}, json::object());
  ASSERT_TRUE(dump.write_if_due(2 * kSecond_ns));
  EXPECT_EQ(read_json(file).at("frame"), 1);  // nothing but the number has changed
  dump.show(3, {{"procs", 5}}, json::object());
  ASSERT_TRUE(dump.write_if_due(kSecond_ns + kSecond_ns / 100));
  EXPECT_EQ(read_json(file).at("frame"), 1);  // too soon
  EXPECT_TRUE(dump.waiting());
  ASSERT_TRUE(dump.write_if_due(kSecond_ns + kSecond_ns / 20));
  EXPECT_EQ(read_json(file).at("status").at("procs"), 5);
  EXPECT_FALSE(dump.waiting());
}

TEST(UiDumpFile, TellsTheItemsInWindowCoordinates) {
  views::Labels labels;
  labels.record("gc", {.x = 10, .y = 20, .w = 30, .h = 40}, true);
  const json items = items_json(labels, 2);
  EXPECT_EQ(items.at("gc"),
            json({{"x", 5.0}, {"y", 10.0}, {"w", 15.0}, {"h", 20.0}, {"enabled", true}}));
}

TEST(Sizes, AreWidthAndHeight) {
  EXPECT_EQ(parse_size("1280x720"), (SizePx{1280, 720}));
  for (const char* bad : {"", "1280", "x720", "1280x", "0x0", "-5x5", "1280x720x2", "9999999x1",
                          "1280X720", "12.5x720", " 1280x720"}) {
    const auto parsed = parse_size(bad);
    ASSERT_FALSE(parsed) << bad;
    EXPECT_EQ(parsed.error().kind, Error::Kind::kBadInput);
  }
}

TEST(Scales, HaveEnds) {
  EXPECT_EQ(parse_scale("1.5"), 1.5F);
  EXPECT_FALSE(parse_scale("0"));
  EXPECT_FALSE(parse_scale("100"));
  EXPECT_FALSE(parse_scale("large"));
  EXPECT_FALSE(parse_scale("nan"));
}

TEST(PositiveNumbers, AreAboveZeroAndAtMostTheMost) {
  EXPECT_EQ(parse_positive("0.5", 10), 0.5);
  EXPECT_FALSE(parse_positive("0", 10));
  EXPECT_FALSE(parse_positive("-1", 10));
  EXPECT_FALSE(parse_positive("11", 10));
  EXPECT_FALSE(parse_positive("inf", 10));
}

}  // namespace
}  // namespace poolscope::app
