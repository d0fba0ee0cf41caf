// Two sessions side by side.

#include "app/control/comparison.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <string>

#include <gtest/gtest.h>

#include "app/control/compared_side.h"
#include "app/control/comparison_source.h"
#include "app/control/script_recording.h"
#include "core/script/lesson.h"
#include "core/script/script.h"
#include "core/session/copy.h"
#include "core/session/reader.h"
#include "core/sim/seeded_calls.h"
#include "tests/support/temporary_folder.h"

namespace poolscope {
namespace {

const std::string kLessonFolder = std::string(POOLSCOPE_SOURCE_DIR) + "/assets/lessons/";
const std::string kSawtooth = kLessonFolder + "S33-sawtooth-classic.ops";
const std::string kVictim = kLessonFolder + "S34-sawtooth-modern.ops";

script::Script script_at(const std::string& file) {
  auto script = script::read_script(file);
  EXPECT_TRUE(script) << (script ? "" : script.error().message);
  return script ? std::move(*script) : script::Script{};
}

CallList list_at(const std::string& file) {
  auto list = calls_of(script_at(file));
  EXPECT_TRUE(list) << (list ? "" : list.error().message);
  return list ? std::move(*list) : CallList{};
}

ComparedSide made_side(const CallList& list, PoolKind pool) {
  auto side = make_side(list, pool);
  EXPECT_TRUE(side) << (side ? "" : side.error().message);
  return side ? std::move(*side) : ComparedSide{};
}

ComparedSide opened_side(const std::filesystem::path& file) {
  auto side = open_side(file);
  EXPECT_TRUE(side) << (side ? "" : side.error().message);
  return side ? std::move(*side) : ComparedSide{};
}

/// "news" of the transcript's counts.
std::uint64_t news_in(const std::string& transcript) {
  std::smatch found;
  EXPECT_TRUE(std::regex_search(transcript, found, std::regex("stats A .* news=([0-9]+)")));
  return found.empty() ? 0 : std::stoull(found[1]);
}

/// The same of the oracle's.
std::uint64_t news_of_oracle(const std::string& name) {
  std::ifstream in(std::string(POOLSCOPE_TEST_DATA_DIR) + "/oracle/lessons/" + name + ".exp");
  return news_in({std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()});
}

void carry_out(ComparisonSource& source, const intents::ToSession& intent, std::int64_t& now_ns) {
  source.apply(intent);
  for (int frame = 0; frame < 1000 && (frame == 0 || source.status().playing); ++frame) {
    source.update(now_ns += 50'000'000);
  }
  EXPECT_FALSE(source.status().playing);
}

TEST(Comparison, TheSawtoothOnBothPoolsMakesAsManyObjectsAsItsTwoScripts) {
  for (const std::string& file : {kSawtooth, kVictim}) {
    const CallList list = list_at(file);
    EXPECT_EQ(list.calls.size(), 17U) << "the dump is no call";
    const ComparedSide classic = made_side(list, PoolKind::kClassic);
    const ComparedSide modern = made_side(list, PoolKind::kModern);
    EXPECT_EQ(news_in(classic.transcript), news_of_oracle("S33-sawtooth-classic"));
    EXPECT_EQ(news_in(modern.transcript), news_of_oracle("S34-sawtooth-modern"));
    EXPECT_EQ(classic.calls.calls.back().news, 9U);
    EXPECT_EQ(modern.calls.calls.back().news, 3U);
    const Comparison both = compare(classic.calls, modern.calls);
    EXPECT_TRUE(both.by_operation);
    EXPECT_EQ(both.stretches.size(), 17U);
  }
}

TEST(Comparison, ScriptsAndTheirRecordingsShareTheirCallsInAnyMixture) {
  const testing::TemporaryFolder folder;
  const std::filesystem::path file = folder / "s33.poolscope";
  ASSERT_TRUE(record_script(script::read_draft(kSawtooth)->lesson, file, {.program = "a test"}));
  ComparisonSource source(opened_side(file), opened_side(kVictim));
  const ComparisonStatus& comparison = *source.status().comparison;
  EXPECT_TRUE(comparison.of->by_operation);
  EXPECT_EQ(comparison.of->sides[0].name, "s33.poolscope");
  std::int64_t now_ns = 1;
  carry_out(source, intents::GoToNow{}, now_ns);
  EXPECT_EQ(source.model().pools.front().news, 9U);
  EXPECT_EQ(source.other_side()->model->pools.front().news, 3U);
}

TEST(Comparison, TheCallsOfARecordingAreMadeOnTheOtherPool) {
  const testing::TemporaryFolder folder;
  for (const std::string& script : {kSawtooth, kVictim}) {
    const std::filesystem::path file = folder / (script == kSawtooth ? "33" : "34");
    ASSERT_TRUE(record_script(script::read_draft(script)->lesson, file, {.program = "a test"}));
    auto sides = on_the_other_pool(file);
    ASSERT_TRUE(sides) << sides.error().message;
    EXPECT_EQ(sides->classic.calls.calls.back().news, 9U);
    EXPECT_EQ(sides->modern.calls.calls.back().news, 3U);
    EXPECT_TRUE(compare(sides->classic.calls, sides->modern.calls).by_operation);
  }
}

TEST(Comparison, ARecordingWhoseCallsAreNotAllKnownIsRefusedInOneLine) {
  const testing::TemporaryFolder folder;
  const std::filesystem::path file = folder / "34.poolscope";
  ASSERT_TRUE(record_script(script::read_draft(kVictim)->lesson, file, {.program = "a test"}));
  auto reader = Reader::open(file);
  ASSERT_TRUE(reader);
  std::uint64_t full = 1;
  while ((*reader)->model_at(full)->totals.pooled == 0) ++full;
  const auto refused = [&](Stretch stretch, const std::string& name) {
    const std::filesystem::path cut = folder / name;
    EXPECT_TRUE(copy_stretch(**reader, stretch, cut, {}));
    const auto sides = on_the_other_pool(cut);
    return sides ? std::string() : sides.error().message;
  };
  EXPECT_NE(
      refused({full, (*reader)->last_seq()}, "later").find("begins with objects in its pools"),
      std::string::npos);
  EXPECT_NE(refused({0, 1}, "empty").find("it makes no call"), std::string::npos);
  EXPECT_FALSE(on_the_other_pool(folder / "nowhere"));
}

TEST(Comparison, TheSameOnBothSidesGoesTheSameWayEverywhere) {
  const CallList list = seeded_calls({.seed = 5, .calls = 120});
  const ComparedSide a = made_side(list, PoolKind::kModern);
  const ComparedSide b = made_side(list, PoolKind::kModern);
  ASSERT_EQ(a.calls.calls.size(), b.calls.calls.size());
  for (std::size_t i = 0; i < a.calls.calls.size(); ++i) {
    EXPECT_TRUE(went_the_same_way(a.calls.calls[i], b.calls.calls[i])) << i;
    EXPECT_EQ(a.calls.calls[i].end, b.calls.calls[i].end) << i;
  }
}

TEST(Comparison, StepsGoFromCallToCallOnBothSidesAndBackToTheSameStates) {
  const CallList list = seeded_calls({.seed = 2, .calls = 60, .gc_every = 20, .resize_every = 33});
  ComparisonSource source(made_side(list, PoolKind::kClassic), made_side(list, PoolKind::kModern));
  const std::size_t calls = list.calls.size();
  std::vector<Model> a = {source.model()};
  std::vector<Model> b = {*source.other_side()->model};
  std::int64_t now_ns = 1;
  for (std::size_t i = 1; i <= calls; ++i) {
    carry_out(source, intents::StepForward{}, now_ns);
    const ComparisonStatus& at = *source.status().comparison;
    ASSERT_EQ(at.shown, i);
    EXPECT_EQ(at.time_ns, at.of->rest_ns(i));
    for (const Model* model : {&source.model(), source.other_side()->model}) {
      EXPECT_EQ(model->totals.in_flight, 0U) << i;
      EXPECT_TRUE(std::ranges::none_of(model->ps, [](const PState& p) { return p.g.valid(); }))
          << "the next call has not begun " << i;
    }
    EXPECT_EQ(at.call()->news, source.model().pools.front().news) << i;
    EXPECT_EQ(at.call_of(1)->pooled, source.other_side()->model->totals.pooled) << i;
    a.push_back(source.model());
    b.push_back(*source.other_side()->model);
  }
  for (std::size_t i = calls; i-- > 0;) {
    carry_out(source, intents::StepBack{}, now_ns);
    ASSERT_EQ(source.status().comparison->shown, i);
    EXPECT_EQ(source.model(), a[i]) << i;
    EXPECT_EQ(*source.other_side()->model, b[i]) << i;
  }
}

TEST(Comparison, PlayingToTheEndIsSteppingToTheEnd) {
  const CallList list = seeded_calls({.seed = 4, .calls = 30, .gc_every = 10});
  ComparisonSource source(made_side(list, PoolKind::kClassic), made_side(list, PoolKind::kModern));
  std::int64_t now_ns = 1;
  carry_out(source, intents::GoToNow{}, now_ns);
  const Model a = source.model();
  const Model b = *source.other_side()->model;
  carry_out(source, intents::GoToStart{}, now_ns);
  EXPECT_EQ(source.model().seq, 0U);
  carry_out(source, intents::TogglePlay{}, now_ns);
  EXPECT_EQ(source.model(), a);
  EXPECT_EQ(*source.other_side()->model, b);
  EXPECT_EQ(source.status().comparison->time_ns, source.status().comparison->of->length_ns());
}

TEST(Comparison, DifferencesAndGcsAreFoundInBothDirections) {
  ComparisonSource source(made_side(list_at(kSawtooth), PoolKind::kClassic),
                          made_side(list_at(kSawtooth), PoolKind::kModern));
  std::int64_t now_ns = 1;
  const auto shown = [&] { return source.status().comparison->shown; };
  // Six Gets and Puts go the same way; the first GC does not.
  carry_out(source, intents::NextLine{}, now_ns);
  EXPECT_EQ(shown(), 7U);
  carry_out(source, intents::NextLine{}, now_ns);
  EXPECT_EQ(shown(), 8U) << "New on one side, the victim on the other";
  carry_out(source, intents::MarkerForward{}, now_ns);
  EXPECT_EQ(shown(), 14U);
  carry_out(source, intents::MarkerBack{}, now_ns);
  EXPECT_EQ(shown(), 7U);
  EXPECT_FALSE(source.take_problem());
  carry_out(source, intents::MarkerBack{}, now_ns);
  EXPECT_EQ(shown(), 7U);
  EXPECT_TRUE(source.take_news());
}

TEST(Comparison, SessionsOfOtherCallsAreComparedByTime) {
  const CallList few = seeded_calls({.seed = 1, .calls = 20, .gc_every = 0});
  const CallList many = seeded_calls({.seed = 2, .calls = 50, .gc_every = 0});
  ComparisonSource source(made_side(few, PoolKind::kClassic), made_side(many, PoolKind::kClassic));
  const Comparison& both = *source.status().comparison->of;
  EXPECT_FALSE(both.by_operation);
  EXPECT_EQ(both.length_ns(), both.sides[1].last.time_ns);
  std::int64_t now_ns = 1;
  // Both start at once, and the shorter one stands at its end until the longer is through.
  for (int i = 0; i < 5; ++i) {
    const std::int64_t before_ns = source.status().comparison->time_ns;
    carry_out(source, intents::StepForward{}, now_ns);
    EXPECT_GT(source.status().comparison->time_ns, before_ns);
    EXPECT_EQ(source.status().playhead.time_ns, source.other_side()->status->playhead.time_ns);
  }
  const std::int64_t there_ns = source.status().comparison->time_ns;
  carry_out(source, intents::EventForward{}, now_ns);
  EXPECT_GT(source.status().comparison->time_ns, there_ns);
  carry_out(source, intents::EventBack{}, now_ns);
  EXPECT_EQ(source.status().comparison->time_ns, there_ns);
  carry_out(source, intents::GoToNow{}, now_ns);
  EXPECT_EQ(source.model().seq, both.sides[0].last.seq);
  EXPECT_EQ(source.other_side()->model->seq, both.sides[1].last.seq);
  // What is on its way there arrives.
  EXPECT_TRUE(source.status().settling);
  for (int frame = 0; frame < 100; ++frame) source.update(now_ns += 50'000'000);
  EXPECT_FALSE(source.status().settling);
  EXPECT_GT(source.status().motion_ns, source.status().playhead.time_ns);
  carry_out(source, intents::NextLine{}, now_ns);
  EXPECT_TRUE(source.take_news());
}

TEST(Comparison, WhatComesToPutNothingOnOneSideIsACallOfBoth) {
  const testing::TemporaryFolder folder;
  const std::string file = folder / "nonew.ops";
  // After the GC the classic pool has nothing, and the modern one its victim.
  std::ofstream(file) << "variant modern\nprocs 1\npool A nonew\nput p0 A a\ngc\nget p0 A\n"
                         "put p0 A a\nget p0 A\n";
  const CallList list = list_at(file);
  ASSERT_EQ(list.calls.size(), 5U);
  const Comparison both =
      compare(made_side(list, PoolKind::kClassic).calls, made_side(list, PoolKind::kModern).calls);
  EXPECT_TRUE(both.by_operation);
  EXPECT_EQ(both.sides[0].calls[3].where, Where::kNone);
  EXPECT_EQ(both.sides[1].calls[3].where, Where::kPrivate);
  EXPECT_EQ(both.sides[0].calls[4].where, Where::kNil);
}

TEST(Comparison, BadInputIsOneLine) {
  const testing::TemporaryFolder folder;
  const std::string empty = folder / "empty.ops";
  std::ofstream(empty) << "variant classic\nprocs 1\npool A new\ndump\n";
  const auto none = calls_of(script_at(empty));
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().kind, Error::Kind::kBadInput);
  EXPECT_NE(none.error().message.find("it makes no call"), std::string::npos);
  EXPECT_FALSE(open_side(folder / "none.ops"));
  EXPECT_FALSE(open_side(folder / "none.poolscope"));
  const auto parts = calls_of(script_at(kLessonFolder + "S11-put-unpin-gc-lost.ops"));
  ASSERT_FALSE(parts);
  EXPECT_NE(parts.error().message.find("S11-put-unpin-gc-lost.ops:"), std::string::npos);
}

}  // namespace
}  // namespace poolscope
