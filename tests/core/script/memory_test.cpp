// The objects of a script are real memory: given back once, and not while anybody can reach them.

#include <string>

#include <gtest/gtest.h>

#include "core/pool/classic_pool.h"
#include "core/pool/modern_pool.h"
#include "core/script/gate_env.h"
#include "core/script/ledger.h"
#include "core/script/runner.h"
#include "core/script/stage.h"
#include "core/script/thread_gate.h"
#include "tests/core/script/forgetful_pool.h"

namespace poolscope::script {
namespace {

using Env = GateEnv<false>;

Script parsed(const std::string& text) {
  auto script = parse_script(text, "f");
  if (!script) ADD_FAILURE() << script.error().message;
  return *script;
}

/// Whole Puts, Gets, GCs and resizes on a stage of its own.
template <class Pool>
struct Play {
  explicit Play(const std::string& text, Ledger::Memory memory = Ledger::Memory::kFreed)
      : script(parsed(text)), ledger(memory), stage(script, ledger) {
    for (const Command& command : script.commands) {
      switch (command.kind) {
        case Command::Kind::kGc: stage.gc(); break;
        case Command::Kind::kResize: stage.resize(command.number); break;
        case Command::Kind::kDrop: stage.drop(command); break;
        default: stage.run_alone(command, stage.object_of_command(command)); break;
      }
    }
  }
  [[nodiscard]] std::string violation() { return stage.violation(true); }

  const Script script;
  Ledger ledger;
  Stage<Pool, ThreadGate> stage;
};

const std::string kOneP = "variant classic\nprocs 1\npool A nonew\n";

template <Forgets kForgets>
std::string violation_of(Ledger::Memory memory, const std::string& middle = "") {
  return Play<ForgetfulPool<Env, kForgets>>(kOneP + "put p0 A a\n" + middle + "gc\n", memory)
      .violation();
}

class Freeing : public ::testing::TestWithParam<Ledger::Memory> {};

TEST_P(Freeing, OfWhatAGcForgetsIsRight) {
  EXPECT_EQ(violation_of<Forgets::kRightly>(GetParam()), "");
}
TEST_P(Freeing, TwiceIsFound) {
  EXPECT_EQ(violation_of<Forgets::kFreesTwice>(GetParam()),
            "a is freed where it is still there, or twice");
}
TEST_P(Freeing, OfWhatAGetHasReturnedIsFound) {
  EXPECT_EQ(violation_of<Forgets::kFreesWhatIsInUse>(GetParam()), "");
  EXPECT_EQ(violation_of<Forgets::kFreesWhatIsInUse>(GetParam(), "get p0 A\n"),
            "a is freed where it is still there, or twice");
}
TEST_P(Freeing, WhileTheWorldRunsIsFound) {
  EXPECT_EQ(violation_of<Forgets::kFreesInPut>(GetParam()),
            "an object is freed, and no array was dropped");
}
TEST_P(Freeing, OfNothingIsFound) {
  EXPECT_EQ(violation_of<Forgets::kFreesNothing>(GetParam()),
            "a is gone from the pools and was not freed");
}

INSTANTIATE_TEST_SUITE_P(Memory, Freeing,
                         ::testing::Values(Ledger::Memory::kFreed, Ledger::Memory::kKept),
                         [](const auto& given) {
                           return given.param == Ledger::Memory::kFreed ? "Freed" : "Kept";
                         });

TEST(Run, EndsWithAnErrorWhereThePoolIsBroken) {
  using Broken = ForgetfulPool<Env, Forgets::kFreesTwice>;
  const Script script = parsed(kOneP + "put p0 A a\ngc\nput p0 A b\n");
  const auto transcript = Runner<Broken>(script, {}).run();
  ASSERT_FALSE(transcript);
  EXPECT_EQ(transcript.error().exit_code(), 1);
  EXPECT_EQ(transcript.error().message,
            "f:5: the pool is broken here, which is poolscope's fault and not the script's: a is "
            "freed where it is still there, or twice. Please report it with the script");
}

TEST(Objects, ThatTwoPutsHavePutAreFreedOnceWithTheLastOfTheirPlaces) {
  const std::string twice = kOneP + "put p0 A x\nput p0 A x\n";
  {
    Play<ClassicPool<Env, 128>> play(twice + "gc\n");
    EXPECT_EQ(play.violation(), "");
    EXPECT_EQ(play.ledger.created(), 1U);
    EXPECT_EQ(play.ledger.freed(), 1U);
  }
  {
    Play<ClassicPool<Env, 128>> play(twice + "get p0 A\ngc\n");
    EXPECT_EQ(play.violation(), "");
    EXPECT_EQ(play.ledger.freed(), 0U) << "a Get has it";
    EXPECT_EQ(play.ledger.in_use(), std::vector<std::string>{"x"});
  }
  {
    // It is in the victim and in the primary; the second GC frees one of its two places.
    const std::string in_both =
        "variant modern\nprocs 1\npool A nonew\nput p0 A x\ngc\nput p0 A x\n";
    Play<ModernPool<Env, 128>> play(in_both + "gc\n");
    EXPECT_EQ(play.violation(), "");
    EXPECT_EQ(play.ledger.freed(), 0U) << "the victim has it";
    Play<ModernPool<Env, 128>> longer(in_both + "gc\ngc\n");
    EXPECT_EQ(longer.violation(), "");
    EXPECT_EQ(longer.ledger.freed(), 1U);
  }
}

TEST(Objects, OfADroppedArrayAndOfTheRaceDiceAreFreed) {
  Play<ClassicPool<Env, 128>> play(
      "variant classic\nprocs 1\npool A nonew\nput p0 A a\nput p0 A b\nresize 2\nput p1 A c\n"
      "drop p0 A d\nresize 2\n");
  EXPECT_EQ(play.violation(), "");
  EXPECT_EQ(play.ledger.created(), 4U);
  EXPECT_EQ(play.ledger.freed(), 3U);
  EXPECT_EQ(play.ledger.lost(),
            (std::vector<std::string>{"a:realloc", "b:realloc", "d:race-drop"}));
}

TEST(Objects, ThatAreFreedAreFoundWhenTheyAreUsed) {
  Ledger ledger(Ledger::Memory::kKept);
  const Value x = ledger.object(ledger.number_of("x"));
  ledger.begin_marks();
  ledger.mark_pooled(x);
  ledger.end_marks(LostCause::kGc, Value::nil(), LostCause::kGc);
  EXPECT_TRUE(memory_of(x)->use());
  ledger.begin_marks();
  ledger.end_marks(LostCause::kGc, Value::nil(), LostCause::kGc);
  ledger.free_lost();
  EXPECT_FALSE(memory_of(x)->use());
  ledger.begin_marks();
  ledger.mark_pooled(x);
  ledger.end_marks(LostCause::kGc, Value::nil(), LostCause::kGc);
  EXPECT_TRUE(ledger.is_suspect());
  EXPECT_EQ(ledger.violation(), "x is freed and can be reached");
}

#if defined(__SANITIZE_ADDRESS__)
TEST(Objects, ThatAreFreedAreNoMemoryOfOurs) {
  Ledger ledger(Ledger::Memory::kFreed);
  const Value x = ledger.object(ledger.number_of("x"));
  ledger.end_marks(LostCause::kRaceDrop, x, LostCause::kRaceDrop);
  ledger.free_lost();
  EXPECT_DEATH(static_cast<void>(memory_of(x)->use()), "heap-use-after-free");
}
#endif

}  // namespace
}  // namespace poolscope::script
