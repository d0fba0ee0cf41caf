// The judge sees what it is there for, and nothing else.

#include "tests/app/views/judge.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace poolscope::views::testing {
namespace {

using layout::Point;
using layout::Rect;
using Piece = DrawLog::Piece;

constexpr theme::Color kInk = theme::Color::rgb(0xFFFFFF);
constexpr theme::Color kFaint = theme::Color::rgb(0x333333);
constexpr Rect kPanel{0, 0, 400, 200};

Piece text(const Rect& at, const std::string& said, const std::string& whole = "") {
  return {.kind = Piece::Kind::kText,
          .at = at,
          .color = kInk,
          .text = said,
          .whole = whole.empty() ? said : whole,
          .size_px = 14};
}
Piece fill(const Rect& at, theme::Color color = kFaint) {
  return {.kind = Piece::Kind::kFill, .at = at, .color = color};
}
Piece edge(const Rect& at) {
  return {.kind = Piece::Kind::kBorder, .at = at, .color = kInk, .width = 1};
}
Piece line(Point a, Point b) {
  return {.kind = Piece::Kind::kPath, .at = {}, .color = kInk, .width = 2, .path = {a, b}};
}

class JudgeOfPictures : public ::testing::Test {
 protected:
  JudgeOfPictures() { log_.enter("panel", kPanel); }
  void expect(const std::vector<std::string>& rules) {
    std::vector<std::string> found;
    for (const Fault& fault : faults_of(log_, rules_)) found.push_back(fault.rule);
    EXPECT_EQ(found, rules);
  }
  DrawLog log_;
  Rules rules_{.least_px = 12,
               .of_users = "named",
               .least_contrast = 4.5,
               .background = theme::Color::rgb(0x000000)};
};

TEST_F(JudgeOfPictures, LetsPassWhatCanBeRead) {
  log_.add(fill({10, 10, 100, 24}));
  log_.add(edge({10, 10, 100, 24}));
  log_.add(text({16, 14, 80, 14}, "in a box"));
  log_.add(text({16, 40, 80, 14}, "under it"));
  log_.add(line({10, 60}, {200, 60}));
  expect({});
}

TEST_F(JudgeOfPictures, SeesTextsOnEachOther) {
  log_.add(text({16, 14, 80, 14}, "one"));
  log_.add(text({90, 20, 80, 14}, "the other"));
  expect({"texts"});
}

TEST_F(JudgeOfPictures, SeesATextThatIsCutUnlessSomebodyHasNamedItSo) {
  log_.add(text({16, 14, 80, 14}, "the pro…", "the program's"));
  log_.add(text({16, 40, 80, 14}, "named b…", "named by somebody"));
  expect({"cut"});
}

TEST_F(JudgeOfPictures, SeesATextUnderABoxASignOrATileButNotUnderATint) {
  log_.add(text({16, 14, 80, 14}, "text"));
  log_.add(fill({60, 10, 100, 24}, kFaint.faded(0.2F)));
  expect({});
  log_.add(fill({60, 10, 100, 24}));
  expect({"covered"});
}

TEST_F(JudgeOfPictures, SeesALineThroughATextBeforeItOrAfterItUnlessAGroundLiesBetween) {
  log_.add(line({0, 20}, {200, 20}));
  log_.add(text({16, 14, 80, 14}, "text"));
  expect({"crossed"});
  log_.begin_frame();
  log_.enter("panel", kPanel);
  log_.add(line({0, 20}, {200, 20}));
  log_.add(fill({10, 10, 100, 24}));
  log_.add(text({16, 14, 80, 14}, "text"));
  expect({});
  log_.add(line({50, 0}, {50, 100}));
  expect({"crossed"});
}

TEST_F(JudgeOfPictures, SeesAnEdgeThroughATextAndWhatHangsOutOfItsPanel) {
  log_.add(edge({10, 10, 50, 24}));
  log_.add(text({16, 14, 80, 14}, "wider"));
  log_.add(text({350, 50, 80, 14}, "outside"));
  expect({"crossed", "outside"});
}

TEST_F(JudgeOfPictures, SeesTypeThatIsTooSmallOrTooFaint) {
  Piece small = text({16, 14, 80, 14}, "small");
  small.size_px = 11;
  log_.add(small);
  Piece faint = text({16, 40, 80, 14}, "faint");
  faint.color = kFaint;
  log_.add(faint);
  // Dimmed on purpose.
  Piece dimmed = faint;
  dimmed.at.y = 80;
  dimmed.opacity = 0.5F;
  log_.add(dimmed);
  expect({"small", "contrast"});
}

TEST_F(JudgeOfPictures, SeesATileThatCoversAnotherOneOrIsCrossedAtRest) {
  const auto tile = [&](const Rect& at) {
    const std::size_t first = log_.pieces().size();
    log_.add(fill(at));
    log_.add({.kind = Piece::Kind::kTile, .at = at, .first = first});
  };
  tile({10, 10, 30, 30});
  tile({50, 10, 30, 30});
  expect({});
  tile({70, 10, 30, 30});
  log_.add(line({0, 25}, {30, 25}));
  expect({"tile crossed", "tiles"});
}

TEST_F(JudgeOfPictures, SeesAWayThroughATextOrATileThatIsNotOneOfItsEnds) {
  const auto tile = [&](const Rect& at, const std::string& number) {
    const std::size_t first = log_.pieces().size();
    log_.add(fill(at));
    log_.add(text(at.inset(6), number));
    log_.add({.kind = Piece::Kind::kTile, .at = at, .first = first});
  };
  tile({10, 10, 30, 30}, "#1");
  tile({110, 10, 30, 30}, "#2");
  log_.add(text({60, 60, 40, 14}, "beside"));
  log_.enter("effects", kPanel, DrawLog::Layer::kEffects);
  const auto way = [&](float y) {
    Piece piece = line({25, 25}, {25, y});
    piece.path.insert(piece.path.end(), {{125, y}, {125, 25}});
    log_.add(piece);
  };
  way(50);
  expect({});
  way(66);
  expect({"crossed"});
  tile({70, 40, 20, 20}, "#3");
  expect({"crossed"});
}

TEST_F(JudgeOfPictures, LooksAtNothingThatTheEdgeOfAListCuts) {
  log_.enter("list", {0, 0, 100, 50}, DrawLog::Layer::kPanels, true);
  log_.add(text({10, 44, 80, 14}, "half in sight"));
  log_.leave();
  log_.add(text({10, 50, 80, 14}, "under the list"));
  expect({});
}

TEST_F(JudgeOfPictures, SeesAHairlineThroughATextThoughItIsDrawnAsABox) {
  log_.add(fill({50, 0, 1, 100}, kInk));
  log_.add(text({16, 14, 80, 14}, "text"));
  rules_.least_contrast = 0;
  expect({"crossed"});
}

TEST_F(JudgeOfPictures, LooksAtADialogByItself) {
  log_.add(text({16, 14, 80, 14}, "under the dialog"));
  log_.enter("dialog", kPanel, DrawLog::Layer::kDialogs);
  log_.add(fill({0, 0, 300, 100}));
  log_.add(text({16, 14, 80, 14}, "in it"));
  expect({});
}

}  // namespace
}  // namespace poolscope::views::testing
