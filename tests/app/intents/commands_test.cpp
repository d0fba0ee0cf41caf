#include "app/intents/commands.h"

#include <set>

#include <gtest/gtest.h>

namespace poolscope::intents {
namespace {

constexpr KeyChord character(char c, bool shift = false, bool ctrl = false) {
  return {.key = Key::kCharacter, .character = c, .shift = shift, .ctrl = ctrl};
}

TEST(Commands, NoKeyMeansTwoThings) {
  std::set<std::string> keys;
  for (const Command& command : commands()) {
    EXPECT_TRUE(keys.insert(key_text(command.key)).second) << key_text(command.key);
  }
}

TEST(Commands, EveryOneSaysWhatItDoes) {
  for (const Command& command : commands()) EXPECT_FALSE(command.text.empty());
}

TEST(Commands, AreFoundByTheirKey) {
  ASSERT_NE(command_of(character('g')), nullptr);
  const auto& intent = std::get<ToSession>(command_of(character('g'))->intent);
  EXPECT_TRUE(std::holds_alternative<RunGc>(intent));
  ASSERT_NE(command_of(character('g', true)), nullptr);
  const auto& again = std::get<ToSession>(command_of(character('g', true))->intent);
  EXPECT_TRUE(std::holds_alternative<Again>(again));
  EXPECT_EQ(command_of(character('r', true)), nullptr);
  EXPECT_EQ(command_of(KeyChord{}), nullptr);
}

TEST(Commands, AreFoundByTheirControl) {
  ASSERT_NE(command_of("procs.plus"), nullptr);
  const auto& intent = std::get<ToSession>(command_of("procs.plus")->intent);
  EXPECT_EQ(std::get<ChangeProcs>(intent).by, 1);
  EXPECT_EQ(command_of(""), nullptr);
  EXPECT_EQ(command_of("no such label"), nullptr);
}

TEST(Commands, OneThatLastsWhileItsKeyIsHeldEndsWithItWhateverElseIsHeld) {
  KeyChord x = character('x');
  ASSERT_NE(command_of(x), nullptr);
  const auto& begins = std::get<ToViewer>(command_of(x)->intent);
  EXPECT_TRUE(std::get<PointLaser>(begins).on);
  x.shift = x.ctrl = true;
  ASSERT_NE(command_let_go(x), nullptr);
  const auto& ends = std::get<ToViewer>(*command_let_go(x)->let_go);
  EXPECT_FALSE(std::get<PointLaser>(ends).on);
  EXPECT_EQ(command_let_go(character('g')), nullptr);
}

TEST(Intents, GoToTheReceiverThatKnowsThem) {
  EXPECT_TRUE(std::holds_alternative<ToSession>(Intent{RunGc{}}));
  EXPECT_TRUE(std::holds_alternative<ToSession>(Intent{SeekTime{1}}));
  EXPECT_TRUE(std::holds_alternative<MovePlayhead>(ToSession{SeekTime{1}}));
  EXPECT_TRUE(std::holds_alternative<ToViewer>(Intent{ToggleLayout{}}));
  EXPECT_TRUE(std::holds_alternative<ToProgram>(Intent{ToggleFullScreen{}}));
  EXPECT_TRUE(std::holds_alternative<ToProgram>(Intent{StartAgain{.pool = PoolKind::kModern}}));
}

TEST(KeyText, IsWhatIsPrintedOnTheKeys) {
  EXPECT_EQ(key_text(character('g')), "G");
  EXPECT_EQ(key_text(character('0', false, true)), "Ctrl+0");
  EXPECT_EQ(key_text({.key = Key::kLeft, .shift = true}), "Shift+Left");
  EXPECT_EQ(key_text(character('?')), "?");
}

}  // namespace
}  // namespace poolscope::intents
