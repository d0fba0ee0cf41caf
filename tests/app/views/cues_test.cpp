// No meaning is told by its colour alone: what stands side by side differs for everybody, or has a
// second cue that is really drawn.

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "app/views/paint/paint.h"
#include "app/views/widgets/share_bar.h"
#include "tests/app/theme/colour_vision.h"
#include "tests/app/views/headless_window.h"

namespace poolscope::views::testing {
namespace {

using theme::ThemeName;
using theme::testing::least_distance;
using Drawn = DrawLog::Piece;

/// In L*a*b*: about six times what can just be noticed, for bars a few pixels high.
constexpr double kTellsApart = 14;

constexpr std::array kThemes = {ThemeName::kDark, ThemeName::kLight, ThemeName::kContrast};

Shape some(Happening happening, PoolKind pool = PoolKind::kClassic) {
  return {.procs = 4, .pool = pool, .happening = happening};
}

std::shared_ptr<const Played> played(const Shape& shape) {
  return std::make_shared<const Played>(play(shape));
}

/// What is drawn, without where it stands and in which colour.
std::string form_of(const DrawLog& log, const Rect& in) {
  std::string form;
  for (const Drawn& piece : log.pieces()) {
    form += std::to_string(static_cast<int>(piece.kind)) + ":" +
            std::to_string(static_cast<int>(piece.at.x - in.x)) + "," +
            std::to_string(static_cast<int>(piece.at.y - in.y)) + "," +
            std::to_string(static_cast<int>(piece.at.w)) + "x" +
            std::to_string(static_cast<int>(piece.at.h)) + " ";
  }
  return form;
}

TEST(SecondCues, EveryTwoSharesOfTheStackedBarHaveTwoFormsOrTwoColoursForEverybody) {
  HeadlessWindow window;
  const Shape shape = some(Happening::kCalm);
  const Viewing viewing = view_of(played(shape), shape, {});
  constexpr std::array kSources = {GetSource::kPrivate, GetSource::kShared, GetSource::kSteal,
                                   GetSource::kVictim,  GetSource::kNew,    GetSource::kNil};
  constexpr Rect kAt{20, 20, 80, 8};
  for (const ThemeName name : kThemes) {
    std::vector<std::pair<std::string, theme::Color>> looks;
    for (const GetSource source : kSources) {
      const DrawLog& log = window.draw({.theme = name}, viewing, [&](const ViewInput& input) {
        Painter painter(input);
        draw_share(painter, kAt, source);
      });
      ASSERT_FALSE(log.pieces().empty());
      looks.emplace_back(form_of(log, kAt), log.pieces().front().color);
    }
    for (std::size_t i = 0; i < looks.size(); ++i) {
      for (std::size_t j = i + 1; j < looks.size(); ++j) {
        if (looks[i].first != looks[j].first) continue;
        EXPECT_GE(least_distance(looks[i].second, looks[j].second), kTellsApart)
            << name_of(kSources[i]) << " and " << name_of(kSources[j]);
      }
    }
  }
}

TEST(SecondCues, PrivateAndNewDifferForEverybodyAsTileAndAsWord) {
  for (const ThemeName name : kThemes) {
    const theme::Theme& theme = theme::theme_of(name);
    EXPECT_GE(least_distance(theme.priv.text, theme.fresh.text), kTellsApart);
    EXPECT_GE(least_distance(theme.priv.fill, theme.raised), kTellsApart);
  }
}

TEST(SecondCues, HitAndStealDifferForEverybody) {
  for (const ThemeName name : kThemes) {
    const theme::Theme& theme = theme::theme_of(name);
    EXPECT_GE(least_distance(theme.hit.text, theme.steal.text), kTellsApart);
    EXPECT_GE(least_distance(theme.hit.fill, theme.steal.fill), kTellsApart);
  }
}

/// Whether a piece of that kind and colour is drawn within `at`.
bool has(const DrawLog& log, Drawn::Kind kind, theme::Color color, const Rect& at) {
  return std::ranges::any_of(log.pieces(), [&](const Drawn& piece) {
    return piece.kind == kind && piece.color.r == color.r && piece.color.g == color.g &&
           piece.color.b == color.b && at.contains(piece.at.center());
  });
}

TEST(SecondCues, ALockThatIsWantedHasItsHatchAndSaysHowManyWaitBesideItsColour) {
  HeadlessWindow window;
  const Shape shape = some(Happening::kContended);
  const Viewing viewing = view_of(played(shape), shape, {});
  for (const ThemeName name : kThemes) {
    const theme::Theme& theme = theme::theme_of(name);
    const DrawLog& log = window.draw({.w = 1600, .h = 900, .theme = name}, viewing);
    const auto wait = std::ranges::find_if(log.pieces(), [](const Drawn& piece) {
      return piece.kind == Drawn::Kind::kText && piece.text.ends_with(" wait");
    });
    ASSERT_NE(wait, log.pieces().end());
    const Rect around{wait->at.x - 60, wait->at.y - 20, wait->at.w + 120, wait->at.h + 40};
    EXPECT_TRUE(has(log, Drawn::Kind::kPath, theme.contended.text, around)) << "its hatch";
    EXPECT_TRUE(has(log, Drawn::Kind::kSign, theme.contended.text, around)) << "its lock";
    EXPECT_TRUE(has(log, Drawn::Kind::kBorder, theme.contended.text, around)) << "its frame";
  }
}

TEST(SecondCues, AVictimHasItsDiamondInItsRow) {
  HeadlessWindow window;
  const Shape shape = some(Happening::kGcDone, PoolKind::kModern);
  const Viewing viewing = view_of(played(shape), shape, {});
  for (const ThemeName name : kThemes) {
    const theme::Theme& theme = theme::theme_of(name);
    const DrawLog& log = window.draw({.w = 1600, .h = 900, .theme = name}, viewing);
    // The last one: the first is that of the legend.
    const auto word =
        std::find_if(log.pieces().rbegin(), log.pieces().rend(),
                     [](const Drawn& piece) { return piece.text == "victim" && piece.scope == 1; });
    ASSERT_NE(word, log.pieces().rend());
    const Rect before{word->at.x - 40, word->at.y - 10, 40, word->at.h + 20};
    EXPECT_TRUE(has(log, Drawn::Kind::kSign, theme.victim.text, before));
  }
}

TEST(SecondCues, ThePartsOfTheSumHaveAGapBetweenThem) {
  HeadlessWindow window;
  const Shape shape = some(Happening::kCrowd);
  const Viewing viewing = view_of(played(shape), shape, {});
  const theme::Theme& theme = theme::theme_of(ThemeName::kDark);
  const DrawLog& log = window.draw({.w = 1600, .h = 900}, viewing);
  std::vector<Rect> parts;
  const std::array colors = {theme.hit.fill, theme.steal.fill, theme.shared.fill, theme.user.fill};
  for (const Drawn& piece : log.pieces()) {
    const bool of_bar = log.scope_of(piece).name == "conservation" && piece.at.w > 20 &&
                        piece.kind == Drawn::Kind::kFill &&
                        std::ranges::find(colors, piece.color) != colors.end();
    if (of_bar) parts.push_back(piece.at);
  }
  ASSERT_GE(parts.size(), 2U);
  for (std::size_t i = 1; i < parts.size(); ++i) {
    EXPECT_GE(parts[i].x - parts[i - 1].right(), 1.0F);
  }
}

}  // namespace
}  // namespace poolscope::views::testing
