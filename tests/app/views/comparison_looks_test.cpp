// Pictures of a comparison can be read, as those of one session (looks_test.cpp).

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "app/control/compared_side.h"
#include "app/control/comparison_source.h"
#include "core/sim/seeded_calls.h"
#include "tests/app/views/headless_window.h"
#include "tests/app/views/judge.h"
#include "tests/app/views/picture_rules.h"

namespace poolscope::views::testing {
namespace {

ComparedSide side_with(const SeededCalls& calls, PoolKind pool) {
  auto side = make_side(seeded_calls(calls), pool);
  EXPECT_TRUE(side) << (side ? "" : side.error().message);
  return side ? std::move(*side) : ComparedSide{};
}

/// What a window would show of it now.
Viewing viewing_of(const SessionSource& source) {
  Viewing viewing;
  auto played = std::make_shared<Played>();
  played->model = source.model();
  viewing.played = std::move(played);
  viewing.told = source.told();
  viewing.session = source.status();
  viewing.other = source.other_side();
  return viewing;
}

struct WindowSize {
  float w;
  float h;
  float scale;
};

/// By the number of Ps.
class ComparisonLooks : public ::testing::TestWithParam<std::uint32_t> {};

INSTANTIATE_TEST_SUITE_P(Procs, ComparisonLooks, ::testing::Values(1, 4, 8, 17));

TEST_P(ComparisonLooks, NoTextOverlapsIsCutOrOutsideAtRestInAnySize) {
  HeadlessWindow window;
  if (!window.problem().empty()) GTEST_SKIP() << window.problem();
  const std::uint32_t procs = GetParam();
  const SeededCalls calls{.seed = procs,
                          .calls = 150,
                          .procs = procs,
                          .workers = 2 * procs,
                          .pools = procs == 4 ? 2U : 1U,
                          .gc_every = 30};
  ComparisonSource source(side_with(calls, PoolKind::kClassic),
                          side_with(calls, PoolKind::kModern));
  const auto look = [&](std::size_t call, const Canvas& canvas) {
    const std::int64_t rest_ns = source.status().comparison->of->rest_ns(call);
    source.apply(intents::MovePlayhead(intents::SeekTime{rest_ns}));
    const Viewing viewing = viewing_of(source);
    for (const Fault& fault : faults_of(window.draw(canvas, viewing), rules_of(canvas))) {
      ADD_FAILURE() << fault.rule << " in " << fault.where << ": " << fault.what << "\n  "
                    << fmt::format(
                           "{} Ps, call {}, {}x{} zoom {} {} {}", procs, call, canvas.w, canvas.h,
                           canvas.zoom, canvas.language,
                           canvas.layout == theme::LayoutKind::kLecture ? "lecture" : "workbench");
    }
  };
  // Those with the same fonts after each other: to make them takes most of the time.
  for (const WindowSize& size : {WindowSize{1024, 768, 1}, WindowSize{1280, 720, 1},
                                 WindowSize{1600, 900, 1}, WindowSize{3200, 1800, 2}}) {
    for (const bool even : {false, true}) {
      for (const std::size_t call : {0U, 1U, 31U, 100U, 155U}) {
        if (((call + procs) % 2 == 0) != even) continue;
        for (const char* language : {"en", "zh"}) {
          look(call, {.w = size.w,
                      .h = size.h,
                      .scale = size.scale,
                      .zoom = size.w > 1500 && even ? 1.5F : 1.0F,
                      .layout = even ? theme::LayoutKind::kLecture : theme::LayoutKind::kWorkbench,
                      .language = language,
                      .theme = even ? theme::ThemeName::kDark : theme::ThemeName::kLight});
        }
      }
    }
  }
}

}  // namespace
}  // namespace poolscope::views::testing
