#include "app/views/words/padding_words.h"

#include <set>

#include <gtest/gtest.h>

namespace poolscope::views {
namespace {

constexpr PaddingCost kCost{.threads = 2, .unpadded_ns = 7.06, .padded_ns = 3.1};

TEST(PaddingWords, ATimeHasAsManyDigitsAsSaySomething) {
  EXPECT_EQ(ns_text(3.14), "3.1 ns");
  EXPECT_EQ(ns_text(142.3), "142 ns");
}

TEST(PaddingWords, WhatWasMeasuredNamesTheCoresAndTheRatio) {
  EXPECT_EQ(ratio_texts(kCost), (std::array<std::string, 3>{"2.3 times, here, 2 cores",
                                                            "2.3 times, 2 cores", "2.3 times"}));
  EXPECT_EQ(measured_text(kCost),
            "Measured on this machine, 2 threads on as many cores: without padding a Put or Get "
            "takes 7.1 ns, with padding 3.1 ns, so 2.3 times as long without it.");
}

TEST(PaddingWords, EachStepHasASentenceOfItsOwnWithTheSizesOfTheSession) {
  SessionConfig config;
  std::set<std::string> sentences;
  for (std::size_t i = 0; i < kPaddingSteps; ++i) {
    sentences.insert(step_text(static_cast<PaddingStep>(i), config));
  }
  EXPECT_EQ(sentences.size(), kPaddingSteps);
  EXPECT_NE(step_text(PaddingStep::kOneLine, config).find("48 bytes"), std::string::npos);
  config.unpadded_stride = 32;
  EXPECT_NE(step_text(PaddingStep::kOneLine, config).find("32 bytes"), std::string::npos);
  EXPECT_NE(step_text(PaddingStep::kPadded, config).find("128 bytes"), std::string::npos);
}

}  // namespace
}  // namespace poolscope::views
