// Every picture can be read: moments of all shapes, looked at in all ways, in all sizes. judge.h
// says what is asked of a picture. Any two values of any two factors occur together; a wider sweep
// is run by hand (`--gtest_also_run_disabled_tests --gtest_filter='*Sweep*'`). A report has one
// example of each kind; with POOLSCOPE_SHOW_FAULTS='cut in stage' in the environment all of that
// kind are printed.

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "app/layout/window_layout.h"
#include "app/views/paint/paint.h"
#include "app/views/stage/stage.h"
#include "app/views/toolbar/toolbar.h"
#include "tests/app/views/headless_window.h"
#include "tests/app/views/judge.h"
#include "tests/app/views/pairs.h"
#include "tests/app/views/picture_rules.h"

namespace poolscope::views::testing {
namespace {

using intents::Tab;
using theme::LayoutKind;

struct Size {
  float w;
  float h;
  float scale;
};
constexpr std::array kSizes = {Size{640, 400, 1}, Size{1024, 768, 1}, Size{1280, 720, 1},
                               Size{1600, 900, 1}, Size{3200, 1800, 2}};
constexpr std::array<std::uint32_t, 8> kProcs = {1, 4, 7, 8, 16, 17, 64, 256};
constexpr std::array kTabs = {Tab::kTimeline, Tab::kSource,   Tab::kStats, Tab::kObject,
                              Tab::kLesson,   Tab::kOverview, Tab::kMemory};

enum Factor : std::size_t {
  kOfProcs,
  kOfPool,
  kOfHappening,
  kOfShown,
  kOfFollow,
  kOfTab,
  kOfOver,
  kOfMoving,
  kOfInteractive,
  kOfSize,
  kOfZoom,
  kOfLayout,
  kOfLanguage,
  kOfTheme,
  kOfAxis,
  kFactors,
};
constexpr std::array<std::size_t, kFactors> kCounts = {kProcs.size(),
                                                       2,
                                                       kHappenings,
                                                       kShown,
                                                       kFollow,
                                                       kTabs.size(),
                                                       kOver,
                                                       2,
                                                       2,
                                                       kSizes.size(),
                                                       3,
                                                       2,
                                                       2,
                                                       3,
                                                       2};

struct Case {
  Shape shape;
  Look look;
  Canvas canvas;
  std::string name;
};

Case case_of(const std::vector<std::size_t>& row, std::uint64_t seed) {
  Case c;
  c.look.seed = seed;
  c.look.shown = static_cast<Shown>(row[kOfShown]);
  c.look.follow = static_cast<Follow>(row[kOfFollow]);
  c.look.tab = kTabs[row[kOfTab]];
  c.look.over = static_cast<Over>(row[kOfOver]);
  c.look.moving = row[kOfMoving] == 1;
  c.look.interactive = row[kOfInteractive] == 0;
  c.look.by_step = row[kOfAxis] == 1;
  const bool lesson = c.look.shown == Shown::kLesson || c.look.shown == Shown::kLessonBegin;
  c.shape = {.procs = kProcs[row[kOfProcs]],
             .pool = row[kOfPool] == 0 ? PoolKind::kClassic : PoolKind::kModern,
             .happening = static_cast<Happening>(row[kOfHappening]),
             .long_names = lesson && seed % 2 == 0,
             .seed = 1 + row[kOfHappening]};
  const Size& size = kSizes[row[kOfSize]];
  c.canvas = {.w = size.w,
              .h = size.h,
              .scale = size.scale,
              .zoom = 1.0F + static_cast<float>(row[kOfZoom]),
              .layout = row[kOfLayout] == 0 ? LayoutKind::kLecture : LayoutKind::kWorkbench,
              .language = row[kOfLanguage] == 0 ? "en" : "zh",
              .theme = static_cast<theme::ThemeName>(row[kOfTheme])};
  c.name = fmt::format(
      "{} Ps {} happening {}, shown {}, follow {}, tab {}, over {}, {}{}{}x{} zoom {} {} {} seed "
      "{}",
      c.shape.procs, row[kOfPool] == 0 ? "classic" : "modern", row[kOfHappening], row[kOfShown],
      row[kOfFollow], row[kOfTab], row[kOfOver], c.look.moving ? "moving " : "",
      c.look.interactive ? "" : "render ", size.w, size.h, c.canvas.zoom,
      row[kOfLayout] == 0 ? "lecture" : "workbench", c.canvas.language, seed);
  return c;
}

/// Where the memory strip's pills still stand over its words.
constexpr std::string_view kNotYet = "memory";

/// What was found, one example of each kind.
class Findings {
 public:
  void add(const Fault& fault, const std::string& name) {
    Kind& kind = kinds_[fault.rule + " in " + fault.where];
    if (++kind.count == 1) kind.first = fault.what + "\n      " + name;
  }
  [[nodiscard]] std::string report() const {
    std::string text;
    for (const auto& [name, kind] : kinds_) {
      text += fmt::format("{} x {}: {}\n", kind.count, name, kind.first);
    }
    return text;
  }
  [[nodiscard]] bool empty() const { return kinds_.empty(); }

 private:
  struct Kind {
    std::size_t count = 0;
    std::string first;
  };
  std::map<std::string, Kind> kinds_;
};

Findings look_at(HeadlessWindow& window, std::vector<Case> cases) {
  // Those with the same fonts after each other.
  std::ranges::stable_sort(cases, [](const Case& a, const Case& b) {
    const auto key = [](const Case& c) {
      return std::tuple(c.canvas.layout, c.canvas.h, c.canvas.scale, c.canvas.zoom);
    };
    return key(a) < key(b);
  });
  std::map<Shape, std::shared_ptr<const Played>> played;
  Findings findings;
  for (const Case& c : cases) {
    auto& moment = played[c.shape];
    if (moment == nullptr) moment = std::make_shared<const Played>(play(c.shape));
    const DrawLog& log = window.draw(c.canvas, view_of(moment, c.shape, c.look));
    for (const Fault& fault : faults_of(log, rules_of(c.canvas))) {
      if (fault.where != kNotYet) findings.add(fault, c.name);
      if (const char* wanted = std::getenv("POOLSCOPE_SHOW_FAULTS")) {
        if ((fault.rule + " in " + fault.where).find(wanted) != std::string::npos) {
          fmt::print("{}: {}: {}\n      {}\n", fault.rule, fault.where, fault.what, c.name);
        }
      }
    }
  }
  return findings;
}

std::vector<Case> cases_of(std::uint64_t seed) {
  std::vector<Case> cases;
  for (const auto& row : pairwise(kCounts, seed)) cases.push_back(case_of(row, cases.size()));
  return cases;
}

struct Part {
  const char* name;
  LayoutKind layout;
  bool zoomed;
};

/// Each has fonts of its own, and is a test of its own.
class LooksOf : public ::testing::TestWithParam<Part> {};

INSTANTIATE_TEST_SUITE_P(Parts, LooksOf,
                         ::testing::Values(Part{"Lecture", LayoutKind::kLecture, false},
                                           Part{"LectureZoomed", LayoutKind::kLecture, true},
                                           Part{"Workbench", LayoutKind::kWorkbench, false},
                                           Part{"WorkbenchZoomed", LayoutKind::kWorkbench, true}),
                         [](const auto& part) { return part.param.name; });

TEST_P(LooksOf, NoPictureHasTextsThatOverlapAreCutCoveredOrTooSmallAndAllIsWithinItsPanel) {
  HeadlessWindow window;
  if (!window.problem().empty()) GTEST_SKIP() << window.problem();
  std::vector<Case> cases = cases_of(1);
  std::erase_if(cases, [](const Case& c) {
    return c.canvas.layout != GetParam().layout || (c.canvas.zoom > 1) != GetParam().zoomed;
  });
  ASSERT_FALSE(cases.empty());
  const Findings findings = look_at(window, cases);
  EXPECT_TRUE(findings.empty()) << findings.report();
}

TEST(Looks, StatisticsOfTwoPoolsInEverySizeAreWhole) {
  HeadlessWindow window;
  if (!window.problem().empty()) GTEST_SKIP() << window.problem();
  std::vector<Case> cases;
  for (const std::uint32_t procs : {4U, 64U}) {
    for (const Size& size : kSizes) {
      for (const LayoutKind layout : {LayoutKind::kLecture, LayoutKind::kWorkbench}) {
        for (const char* language : {"en", "zh"}) {
          Case c;
          c.shape = {.procs = procs, .two_pools = true};
          c.look = {.shown = Shown::kReplayPaused, .tab = Tab::kStats};
          c.canvas = {.w = size.w,
                      .h = size.h,
                      .scale = size.scale,
                      .layout = layout,
                      .language = language};
          c.name = fmt::format("{} Ps, {}x{} {} {}", procs, size.w, size.h,
                               layout == LayoutKind::kLecture ? "lecture" : "workbench", language);
          cases.push_back(std::move(c));
        }
      }
    }
  }
  const Findings findings = look_at(window, std::move(cases));
  EXPECT_TRUE(findings.empty()) << findings.report();
}

/// Each size in which nothing is scrolled to the side up to the largest zoom, in both layouts.
std::vector<Case> zoomed_cases() {
  std::vector<Case> cases;
  for (const LayoutKind layout : {LayoutKind::kLecture, LayoutKind::kWorkbench}) {
    for (const Size& size : {Size{1280, 720, 1}, Size{1600, 900, 1}, Size{3200, 1800, 2}}) {
      for (const float zoom : {1.0F, 2.0F, 3.0F}) {
        for (const std::uint32_t procs : {1U, 4U, 8U, 256U}) {
          for (const Shown shown : {Shown::kLive, Shown::kReplay}) {
            Case c;
            c.shape = {.procs = procs,
                       .pool = shown == Shown::kLive ? PoolKind::kModern : PoolKind::kClassic,
                       .two_pools = shown == Shown::kReplay};
            c.look = {.shown = shown, .tab = Tab::kTimeline};
            c.canvas = {.w = size.w,
                        .h = size.h,
                        .scale = size.scale,
                        .zoom = zoom,
                        .layout = layout,
                        .language = procs == 8 ? "zh" : "en"};
            c.name = fmt::format("{} Ps, {}x{} zoom {} {} {}", procs, size.w, size.h, zoom,
                                 layout == LayoutKind::kLecture ? "lecture" : "workbench",
                                 shown == Shown::kLive ? "live" : "replay");
            cases.push_back(std::move(c));
          }
        }
      }
    }
  }
  return cases;
}

TEST(Looks, OfZoomedWindowsAreWhole) {
  HeadlessWindow window;
  if (!window.problem().empty()) GTEST_SKIP() << window.problem();
  const Findings findings = look_at(window, zoomed_cases());
  EXPECT_TRUE(findings.empty()) << findings.report();
}

TEST(Looks, OfZoomedWindowsAreNotScrolledToTheSideAndHaveAllControls) {
  HeadlessWindow window;
  if (!window.problem().empty()) GTEST_SKIP() << window.problem();
  for (const Case& c : zoomed_cases()) {
    SCOPED_TRACE(c.name);
    const auto moment = std::make_shared<const Played>(play(c.shape));
    const DrawLog& log = window.log();
    const auto expect_inside = [&] {
      for (const DrawLog::Scope& scope : log.scopes()) {
        EXPECT_LE(scope.at.right(), c.canvas.w + 0.5F) << scope.name;
      }
    };
    // At the largest zoom an enlarged panel has no room beside the tabs.
    Viewing enlarged = view_of(moment, c.shape, c.look);
    enlarged.state.enlarged = true;
    window.draw(c.canvas, enlarged);
    if (c.canvas.zoom < 3) expect_inside();
    window.draw(c.canvas, view_of(moment, c.shape, c.look));
    expect_inside();
    // What is scrolled out of sight has no label: here all of it is in sight.
    layout::WindowLayout at;
    window.draw(c.canvas, view_of(moment, c.shape, c.look), [&](const ViewInput& input) {
      ViewInput tall = input;
      const layout::Rect beside_bar{0, 0, c.canvas.w - input.sizes.scroll_bar, c.canvas.h};
      at = layout::window_layout(c.canvas.layout, beside_bar, input.sizes, font_specs_of(input));
      tall.window.h = at.canvas.h;
      intents::Intents asked;
      draw_toolbar(tall, at.toolbar, {}, at.toolbar_rows, !at.choices_in_tabs() || at.tabs.empty(),
                   asked);
      draw_stage(tall, at.stage, asked);
    });
    const bool live = c.look.shown == Shown::kLive;
    std::vector<std::string_view> in_toolbar = {"open", "lessons", "back",       "play",
                                                "step", "gc",      "procs.plus", "speed.faster",
                                                "help", "marker"};
    if (at.toolbar_rows > 1) in_toolbar.insert(in_toolbar.end(), {"lang", "theme", "motion"});
    if (live) in_toolbar.insert(in_toolbar.end(), {"record", "save.last"});
    std::vector<std::string_view> in_stage = {"pool.classic", "preset"};
    if (live) in_stage.insert(in_stage.end(), {"compare", "pool.modern"});
    if (!live) in_stage.emplace_back("pools");
    const auto expect_labels = [&](const std::vector<std::string_view>& labels,
                                   const layout::Rect& area) {
      for (const std::string_view label : labels) {
        const auto& items = window.labels().items();
        const auto item = std::ranges::find(items, label, &Labels::Item::label);
        ASSERT_NE(item, items.end()) << label;
        EXPECT_TRUE(area.contains(item->rect)) << label;
      }
    };
    expect_labels(in_toolbar, at.toolbar);
    expect_labels(in_stage, at.stage);
  }
}

TEST(Looks, DISABLED_SweepOfManyMore) {
  HeadlessWindow window;
  for (std::uint64_t seed = 2; seed < 22; ++seed) {
    const Findings findings = look_at(window, cases_of(seed));
    EXPECT_TRUE(findings.empty()) << "seed " << seed << "\n" << findings.report();
  }
}

}  // namespace
}  // namespace poolscope::views::testing
