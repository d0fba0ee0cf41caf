#include "app/views/source/code.h"

#include <string>

#include <gtest/gtest.h>

namespace poolscope::views {
namespace {

TEST(Code, IsCutIntoWordsOfOneKind) {
  const auto words = words_of(R"(    return f("a // b", 12) // nil)", CodeLanguage::kGo);
  ASSERT_EQ(words.size(), 7U);
  EXPECT_EQ(words[0].text, "    return");
  EXPECT_EQ(words[0].kind, CodeKind::kKeyword);
  EXPECT_EQ(words[1].text, " f(");
  EXPECT_EQ(words[2].text, R"("a // b")");
  EXPECT_EQ(words[2].kind, CodeKind::kLiteral);
  EXPECT_EQ(words[3].text, ",");
  EXPECT_EQ(words[4].text, " 12");
  EXPECT_EQ(words[4].kind, CodeKind::kLiteral);
  EXPECT_EQ(words[5].kind, CodeKind::kPlain);
  EXPECT_EQ(words[6].text, " // nil");
  EXPECT_EQ(words[6].kind, CodeKind::kComment);
}

TEST(Code, PrivateIsAFieldInGoAndAKeywordInCpp) {
  const auto go = words_of("l.private = nil", CodeLanguage::kGo);
  ASSERT_EQ(go.size(), 2U);
  EXPECT_EQ(go[0].text, "l.private =");
  EXPECT_EQ(go[0].kind, CodeKind::kPlain);
  EXPECT_EQ(go[1].kind, CodeKind::kKeyword);
  const auto cpp = words_of(" private:", CodeLanguage::kCpp);
  ASSERT_EQ(cpp.size(), 2U);
  EXPECT_EQ(cpp[0].text, " private");
  EXPECT_EQ(cpp[0].kind, CodeKind::kKeyword);
}

class EveryPool : public ::testing::TestWithParam<PoolKind> {};

TEST_P(EveryPool, HasALineForTheSameStepsInGoAndInWhatRuns) {
  const Code& cpp = cpp_code(GetParam());
  std::size_t steps = 0;
  for (const StepInfo& info : kSteps) {
    // The user's own code between two operations is in no pool's text.
    if (info.step == Step::kUse) continue;
    const bool runs = line_of(cpp, info.step) < cpp.size();
    steps += runs ? 1 : 0;
    for (const char* language : {"en", "zh"}) {
      const Code& go = go_code(GetParam(), language);
      EXPECT_EQ(line_of(go, info.step) < go.size(), runs) << info.name << " in " << language;
    }
  }
  EXPECT_GE(steps, 10U);
}

INSTANTIATE_TEST_SUITE_P(, EveryPool, ::testing::Values(PoolKind::kClassic, PoolKind::kModern));

}  // namespace
}  // namespace poolscope::views
