// Both texts of a pool have one line for each step that a goroutine makes in it, and no line for
// another.

#include "core/pool/listing.h"

#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace poolscope {
namespace {

using ::testing::ElementsAre;

std::string text_of(const std::string& path) {
  std::ifstream in(POOLSCOPE_SOURCE_DIR "/" + path, std::ios::binary);
  EXPECT_TRUE(in) << path;
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::vector<std::string> texts(const Listing& listing) {
  std::vector<std::string> lines;
  for (const ListingLine& line : listing) lines.push_back(line.text);
  return lines;
}

/// How many lines each step has.
std::map<Step, int> lines_by_step(const Listing& listing) {
  std::map<Step, int> lines;
  for (const ListingLine& line : listing) {
    if (line.step != Step::kNone) ++lines[line.step];
  }
  return lines;
}

struct PoolText {
  std::string go;
  std::vector<std::string> cpp;
};
const PoolText kClassic{"assets/source/classic.go", {"core/pool/classic_pool.h"}};
const PoolText kModern{
    "assets/source/modern.go",
    {"core/pool/modern_pool.h", "core/pool/pool_chain.h", "core/pool/pool_dequeue.h"}};

Listing cpp_of(const PoolText& pool) {
  Listing all;
  for (const std::string& path : pool.cpp) {
    const Listing listing = cpp_listing(text_of(path));
    all.insert(all.end(), listing.begin(), listing.end());
  }
  return all;
}

TEST(Listing, ShowsGoInOneLanguageWithoutItsMarks) {
  const std::string text =
      "// en: Two\n// zh: 两\n// en: lines.\nfunc f() {\n\tx() // @use // en: why // zh: 为何\n"
      "\ty()  // @put.locked\n\n\tz() // plain\n\ta int // zh: 中\n}\n";
  const Listing en = go_listing(text, "en");
  EXPECT_THAT(texts(en), ElementsAre("// Two", "// lines.", "func f() {", "\tx() // why", "\ty()",
                                     "", "\tz() // plain", "\ta int", "}"));
  EXPECT_EQ(en[3].step, Step::kUse);
  EXPECT_EQ(en[4].step, Step::kPutLocked);
  EXPECT_EQ(en[4].number, 6U);
  EXPECT_TRUE(en[0].is_comment);
  EXPECT_FALSE(en[3].is_comment);
  const Listing zh = go_listing(text, "zh");
  EXPECT_THAT(texts(zh), ElementsAre("// 两", "func f() {", "\tx() // 为何", "\ty()", "",
                                     "\tz() // plain", "\ta int // 中", "}"));
  EXPECT_EQ(zh[2].step, Step::kUse);
}

TEST(Listing, FindsTheStepsOfCppInItsCodeAlone) {
  const Listing listing = cpp_listing(
      "// Step::kUse\n  Env::template point<Step::kPinSlowPublished>();  // "
      "Step::kUse\n\nx(Step::kNo);\n");
  ASSERT_EQ(listing.size(), 4U);
  EXPECT_EQ(listing[0].step, Step::kNone);
  EXPECT_TRUE(listing[0].is_comment);
  EXPECT_EQ(listing[1].step, Step::kPinSlowPublished);
  EXPECT_FALSE(listing[1].is_comment);
  EXPECT_FALSE(listing[2].is_comment);
  EXPECT_EQ(listing[3].step, Step::kNone);
}

TEST(Listing, KnowsEveryStepByItsNameAndItsIdentifier) {
  for (const StepInfo& info : kSteps) EXPECT_EQ(step_of_name(info.name), info.step) << info.name;
  EXPECT_EQ(step_of_name("nowhere"), Step::kNone);
  // Each is somewhere in the pools, but for the user's own code.
  std::set<Step> found = {Step::kUse};
  for (const PoolText* pool : {&kClassic, &kModern}) {
    for (const auto& [step, lines] : lines_by_step(cpp_of(*pool))) found.insert(step);
  }
  EXPECT_EQ(found.size(), kSteps.size());
}

TEST(Listing, HasOneLineOfGoForEachStepOfThePoolThatRunsAndNoOther) {
  for (const PoolText* pool : {&kClassic, &kModern}) {
    std::map<Step, int> expected = lines_by_step(cpp_of(*pool));
    for (const auto& [step, lines] : expected) EXPECT_EQ(lines, 1) << step_info(step).name;
    expected[Step::kUse] = 1;
    for (const char* language : {"en", "zh"}) {
      const std::map<Step, int> found = lines_by_step(go_listing(text_of(pool->go), language));
      EXPECT_EQ(found, expected) << pool->go;
    }
  }
}

TEST(Listing, LeavesNoMarkAndNoOtherLanguageInWhatIsShown) {
  for (const PoolText* pool : {&kClassic, &kModern}) {
    for (const char* language : {"en", "zh"}) {
      for (const ListingLine& line : go_listing(text_of(pool->go), language)) {
        for (const char* mark : {"// @", "en: ", "zh: "}) {
          EXPECT_EQ(line.text.find(mark), std::string::npos) << pool->go << ":" << line.number;
        }
      }
    }
  }
}

// A comment that only one language has is one that somebody forgot.
TEST(Listing, SaysTheSameInBothLanguages) {
  for (const PoolText* pool : {&kClassic, &kModern}) {
    const std::string text = text_of(pool->go);
    const auto commented = [&text](const char* language) {
      std::vector<std::string> lines;
      bool in_comment = false;
      for (const ListingLine& line : go_listing(text, language)) {
        // A block counts once: the languages need not have as many lines.
        if (line.is_comment && in_comment) continue;
        in_comment = line.is_comment;
        const std::size_t comment = line.text.find("// ");
        lines.push_back(line.text.substr(0, comment) + (comment == std::string::npos ? "" : "//"));
      }
      return lines;
    };
    EXPECT_EQ(commented("en"), commented("zh")) << pool->go;
  }
}

}  // namespace
}  // namespace poolscope
