// The stage and the window: nothing overlaps, nothing is outside, for every size and number of Ps.

#include "app/layout/stage.h"

#include <cmath>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "app/layout/window_layout.h"

namespace poolscope::layout {
namespace {

struct Case {
  float w;
  float h;
  float scale;
  theme::LayoutKind kind;
};

std::vector<Case> cases() {
  std::vector<Case> all;
  for (const theme::LayoutKind kind :
       {theme::LayoutKind::kLecture, theme::LayoutKind::kWorkbench}) {
    for (const auto& [w, h, scale] : {std::tuple{1024.0F, 768.0F, 1.0F},
                                      {1280.0F, 720.0F, 1.0F},
                                      {1366.0F, 768.0F, 1.0F},
                                      {1600.0F, 900.0F, 1.0F},
                                      {1920.0F, 1080.0F, 1.0F},
                                      {1920.0F, 1080.0F, 1.25F},
                                      {2560.0F, 1080.0F, 1.0F},
                                      {3200.0F, 1800.0F, 2.0F},
                                      {3840.0F, 2160.0F, 1.5F},
                                      {3840.0F, 2160.0F, 2.0F}}) {
      all.push_back({w, h, scale, kind});
    }
  }
  return all;
}

std::string name_of(const Case& c) {
  return std::to_string(static_cast<int>(c.w)) + "x" + std::to_string(static_cast<int>(c.h)) +
         " scale " + std::to_string(c.scale) +
         (c.kind == theme::LayoutKind::kLecture ? " lecture" : " workbench");
}

theme::Sizes sizes_of(const Case& c) { return theme::sizes_of(c.kind, c.h, c.scale); }
theme::FontSpecs fonts_of(const Case& c) { return theme::font_specs(c.kind, c.h, c.scale); }

WindowLayout window_of(const Case& c, const Content& content = {}) {
  return window_layout(c.kind, {0, 0, c.w, c.h}, sizes_of(c), fonts_of(c), content);
}

// With the timeline, or with another panel, below the stage.
StageLayout stage_of(const Case& c, const StageShape& shape, bool timeline = true) {
  const Content content{.timeline = timeline, .stage = shape};
  return stage_layout(window_of(c, content).stage, shape, theme::sizes_of(c.kind, c.h, c.scale),
                      theme::font_specs(c.kind, c.h, c.scale));
}

// What stands in a card's frame side by side.
std::vector<Rect> parts_of(const CardLayout& card) {
  std::vector<Rect> parts;
  for (const Rect& part :
       {card.name, card.badge, card.status, card.hits, card.private_label, card.private_slot,
        card.shared_label, card.shared, card.lock, card.victim_label, card.victim_private,
        card.victim_shared, card.hand_label}) {
    if (!part.empty()) parts.push_back(part);
  }
  for (std::size_t i = 0; i < card.hand_slots; ++i) parts.push_back(card.hand_slot(i));
  return parts;
}

void expect_apart(const std::vector<Rect>& rects, const std::string& where) {
  for (std::size_t i = 0; i < rects.size(); ++i) {
    for (std::size_t j = i + 1; j < rects.size(); ++j) {
      EXPECT_FALSE(rects[i].inset(0.5F).overlaps(rects[j].inset(0.5F)))
          << where << ": " << i << " and " << j;
    }
  }
}

TEST(WindowLayout, KeepsItsPanelsInsideTheWindowAndApart) {
  for (const Case& c : cases()) {
    const WindowLayout at = window_of(c);
    const std::vector<Rect> panels = at.panels();
    EXPECT_GE(panels.size(), 5U) << name_of(c);
    for (const Rect& panel : panels) {
      EXPECT_TRUE((Rect{0, 0, c.w, c.h}).contains(panel)) << name_of(c);
    }
    expect_apart(panels, name_of(c));
  }
}

/// Windows of any size, at any zoom, in both layouts.
template <class Check>
void for_random_windows(const Check& check) {
  std::mt19937 random(20'240'131);
  const auto between = [&](float least, float most) {
    return std::uniform_real_distribution<float>(least, most)(random);
  };
  for (int i = 0; i < 3000; ++i) {
    const auto kind = i % 2 == 0 ? theme::LayoutKind::kLecture : theme::LayoutKind::kWorkbench;
    const Rect window{0, 0, std::round(between(200, 3840)), std::round(between(150, 2160))};
    const float scale = i % 5 == 0 ? 2.0F : 1.0F;
    const float zoom = std::round(between(5, 30)) / 10;
    const theme::Sizes sizes = theme::sizes_of(kind, window.h, scale, zoom);
    const theme::FontSpecs fonts = theme::font_specs(kind, window.h, scale, zoom);
    SCOPED_TRACE(std::to_string(static_cast<int>(window.w)) + "x" +
                 std::to_string(static_cast<int>(window.h)) + " scale " + std::to_string(scale) +
                 " zoom " + std::to_string(zoom) +
                 (kind == theme::LayoutKind::kLecture ? " lecture" : " workbench"));
    const bool lesson = i % 3 == 0;
    const unsigned count = static_cast<unsigned>(i) % 16 + 1;
    const StageShape shape{.live = count, .places = count};
    check(window,
          window_layout(kind, window, sizes, fonts,
                        {.lesson = lesson, .timeline = i % 4 == 0, .stage = shape}),
          sizes, fonts, random);
    if (::testing::Test::HasFailure()) return;
  }
}

// The least height of a lower panel that says something, px at scale 1.
constexpr float kLeastLow = 69;

TEST(WindowLayout, OfAnySizeAndZoomShowsFewerPanelsThenScrollsAndSqueezesNothing) {
  for_random_windows([](const Rect& window, const WindowLayout& at, const theme::Sizes& sizes,
                        const theme::FontSpecs& fonts, std::mt19937&) {
    EXPECT_TRUE(at.canvas.contains(window));
    for (const Rect& panel : at.panels()) EXPECT_TRUE(at.canvas.contains(panel));
    expect_apart(at.panels(), "panels");
    const LeastRoom four = least_stage(sizes, fonts);
    const LeastRoom least = at.stage.w >= four.w ? four : least_stage(sizes, fonts, 2, 2);
    EXPECT_GE(at.stage.w, least.w);
    EXPECT_GE(at.stage.h, least.h - 1);
    EXPECT_GE(at.toolbar.h,
              sizes.toolbar_h + static_cast<float>(at.toolbar_rows - 1) * sizes.button_h);
    EXPECT_GE(at.caption.h, spec_of(fonts, theme::FontRole::kSentence).size_px +
                                spec_of(fonts, theme::FontRole::kSmall).size_px);
    EXPECT_GE(at.conservation.h, spec_of(fonts, theme::FontRole::kSmall).size_px);
    for (const Rect& lower : {at.memory, at.timeline, at.tabs}) {
      EXPECT_TRUE(lower.empty() || lower.h >= kLeastLow * sizes.scale - 1) << lower.h;
    }
    if (at.canvas.h > window.h) {
      EXPECT_TRUE(at.memory.empty() && at.timeline.empty()) << "fewer panels come before a scroll";
    }
  });
}

TEST(WindowLayout, IsScrolledToTheSideOnlyWhereEvenTwoCardsInARowHaveNoRoom) {
  constexpr float kLeast = 365;  // px at scale 1
  for_random_windows([](const Rect& window, const WindowLayout& at, const theme::Sizes& sizes,
                        const theme::FontSpecs&, std::mt19937&) {
    if (window.w >= kLeast * sizes.scale) {
      EXPECT_EQ(at.canvas.w, window.w);
    }
  });
  for (const Rect& window :
       {Rect{0, 0, 1280, 720}, Rect{0, 0, 1600, 900}, Rect{0, 0, 3200, 1800}}) {
    for (const theme::LayoutKind kind :
         {theme::LayoutKind::kLecture, theme::LayoutKind::kWorkbench}) {
      const float scale = window.h == 1800 ? 2 : 1;
      const theme::Sizes sizes = theme::sizes_of(kind, window.h, scale, 3);
      EXPECT_GE(window.w - sizes.scroll_bar, kLeast * sizes.scale) << window.w;
      EXPECT_EQ(sizes.scroll_bar, 12 * scale) << "not thicker by the zoom";
    }
  }
}

TEST(WindowLayout, AnEnlargedPanelHasAtLeastThePlaceOfTheStage) {
  for (const theme::LayoutKind kind :
       {theme::LayoutKind::kLecture, theme::LayoutKind::kWorkbench}) {
    for (const Rect& window : {Rect{0, 0, 640, 400}, Rect{0, 0, 1280, 720}, Rect{0, 0, 1600, 900},
                               Rect{0, 0, 1024, 768}, Rect{0, 0, 300, 200}}) {
      SCOPED_TRACE(window.w);
      const theme::Sizes sizes = theme::sizes_of(kind, window.h, 1);
      const theme::FontSpecs fonts = theme::font_specs(kind, window.h, 1);
      const WindowLayout usual = window_layout(kind, window, sizes, fonts, {.memory = true});
      const WindowLayout at =
          window_layout(kind, window, sizes, fonts, {.memory = true, .enlarged = true});
      EXPECT_TRUE(usual.enlarged.empty());
      EXPECT_TRUE(at.stage.empty());
      EXPECT_TRUE(at.memory.empty());
      // Two cards in a row make the stage higher.
      const bool narrow = usual.stage.w < least_stage(sizes, fonts).w;
      EXPECT_GE(at.enlarged.h, narrow ? least_stage(sizes, fonts).h : usual.stage.h);
      EXPECT_FALSE(at.caption.empty());
      for (const Rect& panel : at.panels()) EXPECT_TRUE(at.canvas.contains(panel));
      expect_apart(at.panels(), "panels");
    }
  }
}

TEST(StageLayout, OfAnyModelInAnyWindowKeepsCardsInsideAndApart) {
  for_random_windows([](const Rect&, const WindowLayout& at, const theme::Sizes& sizes,
                        const theme::FontSpecs& fonts, std::mt19937& random) {
    StageShape shape;
    const auto any = [&](std::size_t most) {
      return std::uniform_int_distribution<std::size_t>(1, most)(random);
    };
    const std::size_t most = any(3) == 1 ? 256 : 16;
    shape.live = any(most);
    shape.places = any(most);
    shape.digits = 1 + any(6);
    shape.has_victims = any(2) == 1;
    SCOPED_TRACE(std::to_string(shape.live) + " Ps, " + std::to_string(shape.places) + " places");
    const StageLayout stage = stage_layout(at.stage, shape, sizes, fonts);
    std::vector<Rect> frames = {stage.heading, stage.outside, stage.shelf};
    for (const CardLayout& card : stage.cards) {
      EXPECT_TRUE(stage.area.contains(card.frame));
      frames.push_back(card.frame);
      std::vector<Rect> parts = parts_of(card);
      for (const Rect& part : parts) EXPECT_TRUE(card.frame.contains(part));
      expect_apart(parts, "parts of card " + std::to_string(card.index));
    }
    if (stage.cards.size() <= 16) expect_apart(frames, "frames");
  });
}

TEST(Zoom, ChangesTheSizesFromTheFirstPressOn) {
  const theme::LayoutKind lecture = theme::LayoutKind::kLecture;
  float before = 0;
  for (const float zoom : {0.9F, 1.0F, 1.1F, 1.2F, 1.3F}) {
    const theme::FontSpecs fonts = theme::font_specs(lecture, 900, 1, zoom);
    const float size = spec_of(fonts, theme::FontRole::kBody).size_px;
    EXPECT_GT(size, before) << zoom;
    before = size;
  }
}

TEST(Zoom, LeavesFourPsTheirCards) {
  for (int percent = 50; percent <= 300; percent += 10) {
    const float zoom = static_cast<float>(percent) / 100;
    for (const theme::LayoutKind kind :
         {theme::LayoutKind::kLecture, theme::LayoutKind::kWorkbench}) {
      const theme::Sizes sizes = theme::sizes_of(kind, 900, 1, zoom);
      const theme::FontSpecs fonts = theme::font_specs(kind, 900, 1, zoom);
      const WindowLayout at = window_layout(kind, {0, 0, 1600, 900}, sizes, fonts);
      const StageLayout stage =
          stage_layout(at.stage, {.live = 4, .places = 4, .has_victims = true}, sizes, fonts);
      EXPECT_LT(stage.detail, CardDetail::kCompact) << percent << " %";
    }
  }
}

TEST(WindowLayout, ShowsMemoryTimelineAndInspectorAtOnceInTheStudysWorkbench) {
  const WindowLayout at = window_of({1600, 900, 1, theme::LayoutKind::kWorkbench});
  EXPECT_FALSE(at.one_lower);
  EXPECT_FALSE(at.memory.empty());
  EXPECT_FALSE(at.timeline.empty());
  EXPECT_EQ(at.inspector.w, 404);
  EXPECT_EQ(at.toolbar.h, 56);
}

TEST(StageLayout, KeepsCardsInsideAndApartForEveryNumberOfPs) {
  for (const Case& c : cases()) {
    for (std::size_t ps = 1; ps <= 256; ps = ps < 20 ? ps + 1 : ps + 17) {
      const StageLayout stage = stage_of(c, {ps, ps, 3});
      const std::string where = name_of(c) + ", " + std::to_string(ps) + " Ps";
      ASSERT_EQ(stage.cards.size(), ps) << where;
      std::vector<Rect> frames = {stage.heading, stage.foot};
      for (const CardLayout& card : stage.cards) {
        EXPECT_FALSE(card.frame.empty()) << where;
        EXPECT_TRUE(stage.area.contains(card.frame)) << where;
        frames.push_back(card.frame);
      }
      expect_apart(frames, where);
    }
  }
}

TEST(StageLayout, KeepsWhatIsOnACardInsideItsFrameAndApart) {
  for (const Case& c : cases()) {
    for (std::size_t ps = 1; ps <= kMostCards; ++ps) {
      for (const std::size_t places : {ps, ps / 2, ps + 3}) {
        for (const bool victims : {false, true}) {
          const StageLayout stage = stage_of(c, {ps, places, 2, victims});
          for (const CardLayout& card : stage.cards) {
            const std::string where = name_of(c) + ", " + std::to_string(ps) + " Ps, card " +
                                      std::to_string(card.index) + (victims ? ", victims" : "");
            const std::vector<Rect> parts = parts_of(card);
            for (const Rect& part : parts) EXPECT_TRUE(card.frame.contains(part)) << where;
            expect_apart(parts, where);
            const bool cell = stage.detail == CardDetail::kCompact;
            EXPECT_EQ(card.victim.empty(), cell || !victims) << where;
          }
        }
      }
    }
  }
}

TEST(StageLayout, ShowsCardsUpToSixteenPsAndTheGridAbove) {
  for (const Case& c : cases()) {
    EXPECT_NE(stage_of(c, {8, 8, 2}).detail, CardDetail::kCompact) << name_of(c);
    EXPECT_NE(stage_of(c, {8, 8, 2, true}).detail, CardDetail::kCompact) << name_of(c);
    EXPECT_EQ(stage_of(c, {17, 17, 2}).detail, CardDetail::kCompact) << name_of(c);
  }
}

// The lecture's sizes that have the proportion of a projector.
std::vector<Case> projectors() {
  std::vector<Case> all;
  for (const Case& c : cases()) {
    const bool wide = std::abs(c.w / c.h - 16.0F / 9.0F) < 0.005F;
    if (wide && c.kind == theme::LayoutKind::kLecture) all.push_back(c);
  }
  return all;
}

std::size_t rows_of_cards(const StageLayout& stage) {
  std::set<float> tops;
  for (const CardLayout& card : stage.cards) tops.insert(card.frame.y);
  return tops.size();
}

// A card has all its words: private, shared, the status, and its bar of Gets.
void expect_words(const CardLayout& card, const Case& c) {
  // Set in Inter they are 3.3 ems wide at most.
  const float word = 3.3F * spec_of(fonts_of(c), theme::FontRole::kSmall).size_px;
  EXPECT_GE(card.private_label.w, word);
  EXPECT_GE(card.shared_label.w, word);
  EXPECT_GE(card.status.w, 2 * word);
  for (const Rect& line : {card.private_label, card.shared_label, card.status}) {
    EXPECT_GE(line.h, spec_of(fonts_of(c), theme::FontRole::kSmall).size_px * 1.15F);
  }
  EXPECT_GT(card.hits.w, word);
  EXPECT_GE(card.hand_slots, 1U);
  EXPECT_GE(card.shared_slots, 1U);
  EXPECT_FALSE(card.private_slot.empty());
}

TEST(StageLayout, NamesTheRowsOfCellsThatAreTooNarrowForTheirNumbers) {
  for (const Case& c : cases()) {
    SCOPED_TRACE(name_of(c));
    for (const std::size_t ps : {17U, 64U, 256U}) {
      const StageLayout stage = stage_of(c, {.live = ps, .places = ps});
      const float micro = theme::spec_of(fonts_of(c), theme::FontRole::kMicro).size_px;
      const float number_w = micro * 0.6F * (ps > 100 ? 3.0F : 2.0F);
      const bool fits = stage.cards.front().frame.w >= number_w;
      EXPECT_TRUE(fits || !stage.row_names.empty()) << ps;
      for (const RowName& row : stage.row_names) {
        const Rect& first = stage.cards[row.first].frame;
        EXPECT_EQ(row.at.y, first.y);
        EXPECT_LT(row.at.right(), first.x);
        EXPECT_GE(row.at.x, stage.area.x);
        EXPECT_TRUE(row.first == 0 || stage.cards[row.first - 1].frame.y < first.y);
      }
    }
  }
}

TEST(LectureLayout, HasARowOfTextForEachTabOrHalfAsManyRowsOfTwo) {
  for (const Case& c : cases()) {
    if (c.kind != theme::LayoutKind::kLecture) continue;
    SCOPED_TRACE(name_of(c));
    for (const bool lesson : {false, true}) {
      for (const std::size_t ps : {1U, 4U, 7U, 8U, 12U}) {
        const WindowLayout at =
            window_of(c, {.lesson = lesson, .timeline = true, .stage = {.live = ps, .places = ps}});
        if (at.tabs.empty()) continue;
        const theme::Sizes sizes = sizes_of(c);
        const float choices = at.choices_in_tabs() ? 2.2F * sizes.button_h : 0;
        const float rows = std::ceil((lesson ? 6.0F : 5.0F) / static_cast<float>(at.tab_columns));
        const float type = theme::spec_of(fonts_of(c), theme::FontRole::kSmall).size_px;
        EXPECT_GE((at.tabs.h - choices - 10 * sizes.scale) / rows, type) << ps;
      }
    }
  }
}

TEST(LectureLayout, GivesSevenAndEightPsTwoRowsOfCardsWithAllWords) {
  for (const Case& c : projectors()) {
    for (const std::size_t ps : {7U, 8U}) {
      for (const bool victims : {false, true}) {
        SCOPED_TRACE(name_of(c) + ", " + std::to_string(ps) + (victims ? " Ps, victims" : " Ps"));
        const StageLayout stage = stage_of(c, {ps, ps, 2, victims});
        EXPECT_EQ(rows_of_cards(stage), 2U);
        for (const CardLayout& card : stage.cards) expect_words(card, c);
      }
    }
  }
}

TEST(LectureLayout, LosesNoWordsOfACardUpToTwelvePs) {
  for (const Case& c : projectors()) {
    for (std::size_t ps = 1; ps <= 12; ++ps) {
      for (const bool victims : {false, true}) {
        // Its type is larger for its height than that of the others.
        if (c.h == 768 && ps > 10) continue;
        SCOPED_TRACE(name_of(c) + ", " + std::to_string(ps) + (victims ? " Ps, victims" : " Ps"));
        const StageLayout stage = stage_of(c, {ps, ps, 2, victims});
        for (const CardLayout& card : stage.cards) expect_words(card, c);
      }
    }
  }
}

TEST(LectureLayout, ShowsAsMuchOnACardAsItsRoomAllows) {
  for (const Case& c : cases()) {
    if (c.kind != theme::LayoutKind::kLecture) continue;
    for (std::size_t ps = 1; ps <= kMostCards; ++ps) {
      for (const bool victims : {false, true}) {
        const StageShape shape{ps, ps, 2, victims};
        SCOPED_TRACE(name_of(c) + ", " + std::to_string(ps) + (victims ? " Ps, victims" : " Ps"));
        const WindowLayout at = window_of(c, {.timeline = true, .stage = shape});
        const StageLayout stage = stage_layout(at.stage, shape, sizes_of(c), fonts_of(c));
        const auto least_h = [&](CardDetail detail) {
          return height_for(detail, at.stage.w, shape, sizes_of(c), fonts_of(c));
        };
        // More would not fit.
        if (stage.detail != CardDetail::kRoomy) {
          const auto more = static_cast<CardDetail>(static_cast<int>(stage.detail) - 1);
          EXPECT_GT(least_h(more), at.stage.h - 1);
        }
        // Nor would the words if the timeline were as low as it can be.
        if (stage.detail > CardDetail::kPacked) {
          const float least = (at.choices_in_tabs() ? 132 : kLeastLow) * sizes_of(c).scale;
          EXPECT_GT(least_h(CardDetail::kPacked), at.stage.h + at.timeline.h - least - 1);
        }
      }
    }
  }
}

TEST(LectureLayout, TakesHeightFromTheTimelineOnlyForWords) {
  for (const Case& c : projectors()) {
    const WindowLayout usual = window_of(c, {.stage = {8, 8}});
    const auto timeline_of = [&](std::size_t ps) {
      return window_of(c, {.timeline = true, .stage = {ps, ps}}).timeline.h;
    };
    EXPECT_EQ(timeline_of(4), usual.timeline.h) << name_of(c) << ": four Ps have their words";
    EXPECT_LT(timeline_of(8), usual.timeline.h) << name_of(c);
    EXPECT_EQ(timeline_of(64), usual.timeline.h) << name_of(c) << ": the grid has no words";
    EXPECT_EQ(usual.timeline.h, window_of(c).timeline.h)
        << name_of(c) << ": Source keeps its lines";
  }
}

TEST(StageLayout, PutsPlacesWithoutAPBelowADividingLine) {
  for (const Case& c : cases()) {
    const StageLayout stage = stage_of(c, {4, 8, 2});
    if (stage.detail == CardDetail::kCompact) continue;
    ASSERT_FALSE(stage.divider.empty()) << name_of(c);
    for (const CardLayout& card : stage.cards) {
      EXPECT_EQ(card.live, card.index < 4);
      if (card.live) {
        EXPECT_LE(card.frame.bottom(), stage.divider.y + 0.5F) << name_of(c);
      } else {
        EXPECT_GE(card.frame.y, stage.divider.bottom() - 0.5F) << name_of(c);
        EXPECT_TRUE(card.strip.empty());
      }
    }
  }
}

TEST(Route, LeadsAlongTheGuttersAndNeverOverAThirdCard) {
  for (const Case& c : cases()) {
    for (const std::size_t ps : {2U, 4U, 8U, 12U}) {
      const StageLayout stage = stage_of(c, {ps, ps, 2});
      if (stage.detail == CardDetail::kCompact) continue;
      for (std::size_t from = 0; from < ps; ++from) {
        for (std::size_t to = 0; to < ps; ++to) {
          if (from == to) continue;
          const Point begin = stage.cards[from].shared_slot(0).center();
          const Point end = stage.cards[to].hand_slots > 0 ? stage.cards[to].hand_slot(0).center()
                                                           : stage.cards[to].badge.center();
          const std::vector<Point> way = route(stage, begin, from, end, to);
          ASSERT_GE(way.size(), 3U);
          EXPECT_EQ(way.front(), begin);
          EXPECT_EQ(way.back(), end);
          for (int step = 0; step <= 200; ++step) {
            const Point at = point_on(way, static_cast<float>(step) / 200);
            for (const CardLayout& card : stage.cards) {
              if (card.index == from || card.index == to) continue;
              EXPECT_FALSE(card.frame.contains(at))
                  << name_of(c) << ": from " << from << " to " << to << " over " << card.index;
            }
          }
        }
      }
    }
  }
}

TEST(Route, ToTheCardBesideGoesStraightBetweenTheTwo) {
  for (const Case& c : cases()) {
    for (const std::size_t ps : {2U, 4U, 7U, 8U, 16U}) {
      const StageLayout stage = stage_of(c, {ps, ps, 2});
      if (stage.detail == CardDetail::kCompact) continue;
      for (std::size_t left = 0; left + 1 < ps; ++left) {
        const Rect& one = stage.cards[left].frame;
        const Rect& other = stage.cards[left + 1].frame;
        if (other.y != one.y) continue;
        const Rect both{one.x, one.y, other.right() - one.x, one.h};
        for (const auto& [from, to] : {std::pair{left, left + 1}, std::pair{left + 1, left}}) {
          const CardLayout& target = stage.cards[to];
          if (target.hand_slots == 0 || stage.cards[from].shared_slots == 0) continue;
          const std::vector<Point> way = route(stage, stage.cards[from].shared_slot(0).center(),
                                               from, target.hand_slot(0).center(), to);
          for (const Point& corner : way) {
            EXPECT_TRUE(both.contains(corner))
                << name_of(c) << ", " << ps << " Ps: from " << from << " to " << to;
          }
        }
      }
    }
  }
}

TEST(Route, OfADroppedTrayToTheShelfKeepsItClearOfAllCards) {
  for (const Case& c : cases()) {
    for (const std::size_t ps : {1U, 4U, 8U, 16U}) {
      const StageLayout stage = stage_of(c, {ps, ps, 2});
      if (stage.detail == CardDetail::kCompact) continue;
      const float half = sizes_of(c).gap * 0.3F;
      for (const CardLayout& card : stage.cards) {
        const std::vector<Point> way = way_to_shelf(stage, card.index);
        EXPECT_LT(way.back().y, stage.shelf.y);
        for (int step = 0; step <= 200; ++step) {
          const Point at = point_on(way, static_cast<float>(step) / 200);
          const Rect chip{at.x - half, at.y - half, 2 * half, 2 * half};
          for (const CardLayout& other : stage.cards) {
            EXPECT_FALSE(other.frame.overlaps(chip)) << name_of(c) << ", " << ps << " Ps";
          }
        }
      }
    }
  }
}

TEST(Route, CrossesNoWordsOfTheCardsThatItJoins) {
  for (const Case& c : cases()) {
    for (const std::size_t ps : {2U, 4U, 8U}) {
      const StageLayout stage = stage_of(c, {ps, ps, 2, ps == 4});
      if (stage.detail != CardDetail::kRoomy && stage.detail != CardDetail::kFull) continue;
      for (std::size_t from = 0; from < ps; ++from) {
        for (std::size_t to = 0; to < ps; ++to) {
          const CardLayout& source = stage.cards[from];
          const CardLayout& target = stage.cards[to];
          const std::vector<Point> way =
              route(stage, source.shared_slot(1).center(), from, target.hand_slot(0).center(), to);
          for (int step = 0; step <= 400; ++step) {
            const Point at = point_on(way, static_cast<float>(step) / 400);
            for (const CardLayout* card : {&source, &target}) {
              for (const Rect& words : {card->name, card->badge, card->private_label,
                                        card->shared_label, card->victim_label, card->ends}) {
                if (from == to) continue;
                EXPECT_FALSE(words.inset(1).contains(at))
                    << name_of(c) << ": from " << from << " to " << to << " of " << ps;
              }
            }
          }
        }
      }
    }
  }
}

TEST(PointOn, GoesFromOneEndOfTheWayToTheOther) {
  const std::vector<Point> way = {{0, 0}, {10, 0}, {10, 30}};
  EXPECT_EQ(point_on(way, 0), (Point{0, 0}));
  EXPECT_EQ(point_on(way, 0.25F), (Point{10, 0}));
  EXPECT_EQ(point_on(way, 0.5F), (Point{10, 10}));
  EXPECT_EQ(point_on(way, 1), (Point{10, 30}));
}

}  // namespace
}  // namespace poolscope::layout
