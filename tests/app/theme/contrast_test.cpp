// All text can be read: contrast computed from the tokens, for every theme.

#include <array>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "app/theme/tokens.h"
#include "app/theme/type.h"

namespace poolscope::theme {
namespace {

using Named = std::pair<std::string, Color>;

std::vector<Named> surfaces(const Theme& theme) {
  return {{"bg", theme.bg},
          {"panel", theme.panel},
          {"card", theme.card},
          {"raised", theme.raised},
          {"well", theme.well}};
}

std::vector<std::pair<std::string, RoleColor>> roles(const Theme& theme) {
  return {{"private", theme.priv},  {"shared", theme.shared}, {"hit", theme.hit},
          {"steal", theme.steal},   {"New", theme.fresh},     {"contended", theme.contended},
          {"victim", theme.victim}, {"danger", theme.danger}, {"user", theme.user}};
}

std::vector<Named> texts(const Theme& theme) {
  std::vector<Named> all = {{"hi", theme.text_hi},
                            {"mid", theme.text_mid},
                            {"low", theme.text_low},
                            {"code", theme.code_plain},
                            {"a keyword", theme.code_keyword},
                            {"a literal", theme.code_literal},
                            {"a comment", theme.code_comment}};
  for (const auto& [name, role] : roles(theme)) all.emplace_back(name, role.text);
  return all;
}

class EveryTheme : public ::testing::TestWithParam<ThemeName> {
 protected:
  const Theme& theme_ = theme_of(GetParam());
  const double least_ = GetParam() == ThemeName::kContrast ? 7.0 : 4.5;
};

TEST_P(EveryTheme, HasTextThatCanBeReadOnEverySurface) {
  for (const auto& [text_name, text] : texts(theme_)) {
    for (const auto& [surface_name, surface] : surfaces(theme_)) {
      EXPECT_GE(contrast_ratio(text, surface), least_) << text_name << " on " << surface_name;
    }
  }
}

TEST_P(EveryTheme, HasNumbersThatCanBeReadOnTilesOfEveryMeaning) {
  for (const auto& [name, role] : roles(theme_)) {
    // The user's own code has bars, no tiles.
    if (name == "user") continue;
    EXPECT_GE(contrast_ratio(theme_.on_fill, role.fill), least_) << name;
  }
}

TEST_P(EveryTheme, HasBadgesThatCanBeReadOnPanelsAndCards) {
  for (const auto& [name, role] : roles(theme_)) {
    for (const auto& [surface_name, surface] :
         {Named{"panel", theme_.panel}, Named{"card", theme_.card}, Named{"well", theme_.well}}) {
      const Color under = blend(role.text.faded(theme_.badge_fill), surface);
      EXPECT_GE(contrast_ratio(role.text, under), least_) << name << " on " << surface_name;
    }
  }
}

TEST_P(EveryTheme, HasBadgesThatCanBeReadWhereTheyStandOnAButtonOrTheCurrentLine) {
  for (const auto& [name, role] :
       {std::pair{"hit", theme_.hit}, std::pair{"user", theme_.user},
        std::pair{"contended", theme_.contended}, std::pair{"victim", theme_.victim}}) {
    const Color under = blend(role.text.faded(theme_.badge_fill), theme_.raised);
    EXPECT_GE(contrast_ratio(role.text, under), least_) << name;
  }
}

TEST_P(EveryTheme, ShowsOpenPlacesAndTheBoxesOfNumbers) {
  // WCAG's least for what is no text.
  constexpr double kLeast = 3.0;
  for (const auto& [surface_name, surface] :
       {Named{"panel", theme_.panel}, Named{"card", theme_.card}, Named{"well", theme_.well}}) {
    for (const auto& [name, color] :
         {Named{"low", theme_.text_low}, Named{"private", theme_.priv.text},
          Named{"shared", theme_.shared.text}, Named{"victim", theme_.victim.text}}) {
      const Color dashes = blend(color.faded(theme_.open_slot), surface);
      EXPECT_GE(contrast_ratio(dashes, surface), kLeast) << name << " on " << surface_name;
    }
    EXPECT_GE(contrast_ratio(theme_.edge, surface), kLeast) << "edge on " << surface_name;
  }
}

INSTANTIATE_TEST_SUITE_P(Themes, EveryTheme,
                         ::testing::Values(ThemeName::kDark, ThemeName::kLight,
                                           ThemeName::kContrast));

TEST(Contrast, IsThatOfTheWcagExamples) {
  EXPECT_NEAR(contrast_ratio(Color::rgb(0x000000), Color::rgb(0xFFFFFF)), 21.0, 0.01);
  EXPECT_NEAR(contrast_ratio(Color::rgb(0x777777), Color::rgb(0xFFFFFF)), 4.48, 0.01);
  EXPECT_NEAR(contrast_ratio(Color::rgb(0xFFFFFF), Color::rgb(0xFFFFFF)), 1.0, 0.001);
}

TEST(Blend, LaysAColourOverAnotherByItsAlpha) {
  EXPECT_EQ(blend(Color::rgb(0xFFFFFF).faded(0.5F), Color::rgb(0x000000)), Color::rgb(0x808080));
  EXPECT_EQ(blend(Color::rgb(0x123456), Color::rgb(0xFFFFFF)), Color::rgb(0x123456));
}

TEST(LectureType, IsNeverSmallerThanOneFortyFifthOfTheWindow) {
  for (float height = 480; height <= 2400; height += 7) {
    for (const float scale : {0.75F, 1.0F, 1.5F, 2.0F}) {
      for (const FontSpec& spec : font_specs(LayoutKind::kLecture, height, scale)) {
        EXPECT_GE(spec.size_px, height / 45 - 0.01F) << "height " << height;
      }
    }
  }
}

TEST(Type, HasTheTitleLargestAndTheSentenceNext) {
  for (const LayoutKind layout : {LayoutKind::kLecture, LayoutKind::kWorkbench}) {
    const FontSpecs specs = font_specs(layout, 900, 1);
    const float title = spec_of(specs, FontRole::kTitle).size_px;
    const float sentence = spec_of(specs, FontRole::kSentence).size_px;
    EXPECT_GT(title, sentence);
    for (const FontRole role : {FontRole::kMicro, FontRole::kSmall, FontRole::kBody,
                                FontRole::kBodyStrong, FontRole::kMono}) {
      EXPECT_GT(sentence, spec_of(specs, role).size_px);
    }
  }
}

TEST(WorkbenchSizes, AreThoseOfTheDesignAtScaleOneAndTwiceThatAtTwo) {
  const Sizes one = sizes_of(LayoutKind::kWorkbench, 900, 1);
  const Sizes two = sizes_of(LayoutKind::kWorkbench, 1800, 2);
  EXPECT_EQ(one.toolbar_h, 56);
  EXPECT_EQ(one.object, 28);
  EXPECT_EQ(one.inspector_w, 404);
  EXPECT_EQ(two.toolbar_h, 112);
  EXPECT_EQ(two.object, 56);
  EXPECT_EQ(two.hairline, 2);
}

}  // namespace
}  // namespace poolscope::theme
