// One recording of each format, made by the program of its time: it opens, holds, and still leads
// to the state that is written down beside it.

#include <filesystem>
#include <fstream>
#include <iterator>
#include <ostream>
#include <string>

#include <gtest/gtest.h>

#include "core/model/dump.h"
#include "core/session/format.h"
#include "core/session/reader.h"
#include "core/session/verify.h"
#include "tests/core/session/recorded_session.h"

namespace poolscope::testing {
namespace {

namespace fs = std::filesystem;

struct Golden {
  std::uint32_t format = 0;
  PoolKind pool = PoolKind::kClassic;
  std::uint64_t created = 0;  // before its first event: each is the end of a session
  std::uint64_t events = 0;
  std::uint64_t checkpoints = 0;
  friend std::ostream& operator<<(std::ostream& out, const Golden& golden) {
    return out << "format " << golden.format;
  }
};

fs::path file_of(std::uint32_t format, const std::string& ending) {
  return fs::path(POOLSCOPE_TEST_DATA_DIR) / ("format-" + std::to_string(format) + ending);
}

std::string text_of(const fs::path& path) {
  std::ifstream in(path);
  EXPECT_TRUE(in) << path;
  return {std::istreambuf_iterator<char>(in), {}};
}

class GoldenFiles : public ::testing::TestWithParam<Golden> {};

TEST_P(GoldenFiles, OpensAndHolds) {
  const Golden& golden = GetParam();
  const auto reader = opened(file_of(golden.format, ".poolscope"));
  EXPECT_EQ(reader->format(), golden.format);
  EXPECT_EQ(reader->config().pool, golden.pool);
  EXPECT_EQ(reader->base().totals.created, golden.created);
  const Verification found = verify(*reader);
  EXPECT_FALSE(found.damage.has_value()) << found.damage->message;
  EXPECT_EQ(found.events, golden.events);
  EXPECT_EQ(found.checkpoints, golden.checkpoints);
  EXPECT_EQ(found.divergences, 0U);
}

TEST_P(GoldenFiles, LeadsToTheSameState) {
  const Golden& golden = GetParam();
  const auto reader = opened(file_of(golden.format, ".poolscope"));
  const auto end = reader->model_at(reader->last_seq());
  ASSERT_TRUE(end) << end.error().message;
  EXPECT_EQ(dump_text(*end, reader->origin()), text_of(file_of(golden.format, ".state")));
}

constexpr Golden kGoldens[] = {
    {1, PoolKind::kClassic, 43, 3904, 6},
    {2, PoolKind::kModern, 268, 3942, 10},
    {3, PoolKind::kModern, 228, 2059, 6},
};
INSTANTIATE_TEST_SUITE_P(OfFormat, GoldenFiles, ::testing::ValuesIn(kGoldens));

TEST(GoldenFilesOfAll, ThereIsOneOfEachFormat) {
  EXPECT_EQ(std::size(kGoldens), format::kFormatVersion);
}

TEST(GoldenFilesOfAll, TheThirdHoldsMarkersViewsAndNames) {
  const auto reader = opened(file_of(3, ".poolscope"));
  constexpr std::uint64_t kFirst = 9186;
  constexpr std::int64_t kFirst_ns = 1'646'090'939;
  constexpr std::uint64_t kLater = 10'301;
  constexpr std::int64_t kLater_ns = 1'864'164'592;
  EXPECT_EQ(reader->segments(), (std::vector<Segment>{{kFirst, kFirst_ns, {}}}));
  const std::vector<Marker> markers = {{.seq = kFirst,
                                        .time_ns = kFirst_ns,
                                        .title = "The beginning",
                                        .note = "",
                                        .followed = {},
                                        .followed_object = {},
                                        .layout = {},
                                        .tab = {},
                                        .speed = {}},
                                       {.seq = kLater,
                                        .time_ns = kLater_ns,
                                        .title = "偷取",
                                        .note = "G3 looks elsewhere",
                                        .followed = GId{3},
                                        .followed_object = ObjectId{168},
                                        .layout = "lecture",
                                        .tab = "memory",
                                        .speed = "Story"}};
  EXPECT_EQ(reader->markers(), markers);
  EXPECT_EQ(reader->views(), (std::vector<ViewChange>{{kFirst, kFirst_ns, "tab", "timeline"},
                                                      {kLater, kLater_ns, "follow", "G3"}}));
  EXPECT_EQ(reader->names(), (std::vector<Name>{{Name::Of::kPool, 0, "buffers"},
                                                {Name::Of::kGoroutine, 3, "main.worker"},
                                                {Name::Of::kType, 1, "*bytes.Buffer"}}));
}

}  // namespace
}  // namespace poolscope::testing
