// Every script of the oracle, held byte for byte against its transcript.
//
// The transcripts come from a model that was checked against Go's own sources; the scripts run here
// on the real core, on real threads.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/script/run.h"
#include "core/script/script.h"
#include "tests/core/script/script_session.h"

namespace poolscope::script {
namespace {

namespace fs = std::filesystem;

struct Case {
  std::string name;
  fs::path script;
  fs::path transcript;
};

void add_folder(std::vector<Case>& cases, const fs::path& scripts, const fs::path& transcripts) {
  for (const fs::directory_entry& entry : fs::directory_iterator(scripts)) {
    if (entry.path().extension() != ".ops") continue;
    const std::string name = entry.path().stem().string();
    cases.push_back({name, entry.path(), transcripts / (name + ".exp")});
  }
}

std::vector<Case> all_cases() {
  const fs::path oracle = fs::path(POOLSCOPE_TEST_DATA_DIR) / "oracle";
  std::vector<Case> cases;
  add_folder(cases, fs::path(POOLSCOPE_SOURCE_DIR) / "assets/lessons", oracle / "lessons");
  add_folder(cases, oracle / "cases", oracle / "cases");
  std::ranges::sort(cases, {}, &Case::name);
  return cases;
}

std::string text_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

class Oracle : public ::testing::TestWithParam<Case> {};

TEST_P(Oracle, ItsTranscriptIsOursByteForByte) {
  const auto script = read_script(GetParam().script.string());
  ASSERT_TRUE(script) << script.error().message;
  const auto transcript = run_script(*script, {});
  ASSERT_TRUE(transcript) << transcript.error().message;
  const std::string expected = text_of(GetParam().transcript);
  ASSERT_FALSE(expected.empty());
  EXPECT_EQ(*transcript, expected);
}

TEST_P(Oracle, ItsEventsReduceToEveryLineOfIt) {
  const auto script = read_script(GetParam().script.string());
  ASSERT_TRUE(script) << script.error().message;
  ScriptSession session(*script);
  const auto transcript = run_script(*script, {.audience = &session});
  ASSERT_TRUE(transcript) << transcript.error().message;
  EXPECT_EQ(*transcript, text_of(GetParam().transcript)) << "the events change nothing";
  EXPECT_EQ(session.model().divergences, 0U);
  EXPECT_GT(session.compared(), 0U);
}

INSTANTIATE_TEST_SUITE_P(Scripts, Oracle, ::testing::ValuesIn(all_cases()), [](const auto& given) {
  std::string name = given.param.name;
  std::ranges::replace(name, '-', '_');
  return name;
});

TEST(Oracle, HasAllItsScripts) { EXPECT_EQ(all_cases().size(), 141U); }

TEST(Oracle, WithoutTheCheckersWordsATranscriptIsTheRestOfIt) {
  const auto script = read_script(POOLSCOPE_SOURCE_DIR "/assets/lessons/S11-put-unpin-gc-lost.ops");
  ASSERT_TRUE(script);
  const auto transcript = run_script(*script, {.core_only = true});
  ASSERT_TRUE(transcript);
  EXPECT_NE(transcript->find("begin g1 p0 put A b until put.unpinned -> stopped put.unpinned\n"),
            std::string::npos);
  EXPECT_NE(transcript->find("get p0 A -> A#1\n"), std::string::npos);
  for (const char* left_out : {" | ", "tasks=", "inuse=", "stats"}) {
    EXPECT_EQ(transcript->find(left_out), std::string::npos) << left_out;
  }
}

}  // namespace
}  // namespace poolscope::script
