// A script that is wrong is refused in one line, FILE:LINE: what, before anything runs.

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "core/script/run.h"
#include "core/script/script.h"

namespace poolscope::script {
namespace {

const std::string kHead = "variant classic\nprocs 2\npool A new\n";

/// The message for the fourth line of a script with a good head.
std::string refusal_of(const std::string& line) {
  const auto script = parse_script(kHead + line + "\n", "bad.ops");
  if (script) return "";
  EXPECT_EQ(script.error().kind, Error::Kind::kBadInput);
  EXPECT_EQ(script.error().message.find('\n'), std::string::npos);
  return script.error().message;
}

TEST(Parser, NamesTheLineAndWhatIsWrongWithIt) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"put x0 A a", "a P is written p0, p1, ..., not x0"},
      {"put p A a", "a P is written p0, p1, ..., not p"},
      {"put p-1 A a", "a P is written p0, p1, ..., not p-1"},
      {"put p99999999999 A a", "a P is written"},
      {"put p0 B a", "pool B is not declared"},
      {"put p0 A", "the object is missing"},
      {"put", "the P is missing"},
      {"get p0 A a", "a is one word too many"},
      {"pool A nonew", "pool A is declared twice"},
      {"pool B maybe", "a pool is declared as pool NAME new|nonew"},
      {"procs 3", "procs is given twice"},
      {"variant modern", "variant is given twice"},
      {"resize 0", "resize takes one number from 1"},
      {"resize x", "resize takes one number from 1"},
      {"frob", "there is no command frob"},
      {"begin g1 p0 take A", "a goroutine begins a put or a get, not take"},
      {"begin g1 p0 get A until nowhere", "there is no breakpoint nowhere"},
      {"begin g1 p0 get A until use", "there is no breakpoint use"},
      {"begin g1 p0 get A before get.slow", "until was expected, not before"},
      {"begin t1 p0 get A", "t1 is reserved"},
      {"cont", "the goroutine is missing"},
      {"cont g1 @x", "a P is written p0, p1, ..., not x"},
      {"cont g1 until", "the breakpoint is missing"},
      {"put p4294967296 A a", "a P is written p0, p1, ..., not p4294967296"},
      {"cont g1 @p4294967296", "a P is written p0, p1, ..., not p4294967296"},
      {"put p+1 A a", "a P is written p0, p1, ..., not p+1"},
      {"resize 65536", "resize takes one number from 1 to 65535, not 65536"},
      {"resize 4294967297", "resize takes one number from 1 to 65535, not 4294967297"},
      {"resize -1", "resize takes one number from 1 to 65535, not -1"},
      {"resize", "the number of Ps is missing"},
      {"gc now", "now is one word too many"},
      {"begin g1 p0 put A x until put.locked y z", "y is one word too many"},
      {"begin g1 p0", "put or get is missing"},
      {"drop p0 A", "the object is missing"},
      {"putnil p0", "the pool is missing"},
      {std::string("get p0 \0A", 9), "this is not text"},
  };
  for (const auto& [line, what] : cases) {
    EXPECT_TRUE(refusal_of(line).starts_with("bad.ops:4: " + what))
        << line << ": " << refusal_of(line);
  }
}

TEST(Parser, WantsTheVariantFirstAndTheProcsBeforeTheCommands) {
  const auto message = [](const std::string& text) {
    const auto script = parse_script(text, "f");
    return script ? "" : script.error().message;
  };
  EXPECT_EQ(message("procs 2\n"), "f:1: the first command is variant classic|modern, not procs");
  EXPECT_EQ(message("variant old\n"), "f:1: variant is classic or modern");
  EXPECT_EQ(message("variant modern\ngc\n"), "f:2: procs N comes before gc");
  EXPECT_EQ(message("variant modern\nprocs 0\n"), "f:2: procs takes one number from 1 to 65535");
  for (const char* number : {"1000000", "4294967298", "-1", "two", "", "2 3"}) {
    EXPECT_EQ(message("variant modern\nprocs " + std::string(number) + "\n"),
              "f:2: procs takes one number from 1 to 65535");
  }
  EXPECT_EQ(message("variant modern\n"), "f:1: procs N is missing");
  EXPECT_EQ(message(""), "f:1: the first command is missing: variant classic|modern");
}

TEST(Parser, TakesCommentsBlankLinesAndAnyBlanksBetweenWords) {
  const auto script = parse_script(
      "% a lesson\n\nvariant modern % yes\n  procs\t3\r\npool A nonew\nput  p1 A   x % put\n", "f");
  ASSERT_TRUE(script) << script.error().message;
  EXPECT_EQ(script->procs, 3U);
  EXPECT_FALSE(script->pools.at(0).has_new);
  ASSERT_EQ(script->commands.size(), 1U);
  EXPECT_EQ(script->commands[0].text, "put p1 A x");
  EXPECT_EQ(script->commands[0].line, 6U);
}

TEST(Parser, TakesTheMarkThatSomeEditorsPutBeforeATextAndLineEndsOfTwoBytes) {
  const auto script =
      parse_script("\xEF\xBB\xBFvariant classic\r\nprocs 2\r\npool A new\r\nget p0 A\r\n", "f");
  ASSERT_TRUE(script) << script.error().message;
  EXPECT_EQ(script->pools.at(0).name, "A");
  EXPECT_EQ(script->commands.at(0).text, "get p0 A");
}

TEST(Parser, ShowsALongOrOddWordShortAndHarmless) {
  const std::string message = refusal_of(std::string(5'000, 'x') + "\x1b[2J");
  EXPECT_LT(message.size(), 120U);
  EXPECT_EQ(refusal_of("\x1b[2J").find('\x1b'), std::string::npos);
  // What is not UTF-8, and its control characters: 0x9b begins a sequence as ESC [ does.
  EXPECT_EQ(refusal_of("\x9b\x32J"), "bad.ops:4: there is no command ?2J");
  EXPECT_EQ(refusal_of("\xc2\x9b\x32J"), "bad.ops:4: there is no command ??2J");
  EXPECT_EQ(refusal_of("a\xff\xe5\xaf"), "bad.ops:4: there is no command a???");
  EXPECT_EQ(refusal_of("对象"), "bad.ops:4: there is no command 对象");
  // Cut between characters: 13 of three bytes are 39.
  std::string characters;
  for (int i = 0; i < 20; ++i) characters += "对";
  EXPECT_EQ(refusal_of(characters),
            "bad.ops:4: there is no command " + characters.substr(0, std::size_t{14} * 3) + "...");
}

TEST(Parser, RefusesALineOfMillionsOfWordsAndATextOfManyPoolsWithoutBeingSlow) {
  using Clock = std::chrono::steady_clock;
  using namespace std::chrono_literals;
  std::string words;
  for (int i = 0; i < 4'000'000; ++i) words += "a ";
  std::string pools;
  for (int i = 0; i < 200'000; ++i) pools += "pool B" + std::to_string(i) + " new\n";
  const auto begin = Clock::now();
  EXPECT_EQ(refusal_of("gc " + words), "bad.ops:4: a is one word too many");
  EXPECT_EQ(refusal_of(pools + "get p0 C"), "bad.ops:200004: pool C is not declared");
  // Half a second on a slow machine; a look at every pool for each pool took minutes.
  EXPECT_LT(Clock::now() - begin, 20s);
}

TEST(Parser, RefusesWhatIsNoFileAndNoScript) {
  const auto message = [](const char* file) {
    const auto script = read_script(file);
    return script ? "" : script.error().message;
  };
  EXPECT_EQ(message("/nonexistent/x.ops"),
            "/nonexistent/x.ops: cannot be read: No such file or directory: name a script");
  EXPECT_EQ(message("/"), "/: cannot be read: Is a directory: name a script");
  EXPECT_EQ(message("/dev/null"),
            "/dev/null:1: the first command is missing: variant classic|modern");
  EXPECT_EQ(message("/dev/zero"),
            "/dev/zero:1: this is larger than 16 MiB, the most that a script has: split it, or "
            "name a script");
}

// More would be more threads than a machine has.
TEST(Run, RefusesMoreUnfinishedOperationsThanThereCanBeThreads) {
  std::string text = kHead + "put p0 A a\nbegin g p0 put A b until put.locked\n";
  for (std::size_t i = 0; i < kMostScriptGoroutines + 5; ++i) text += "put p0 A c\n";
  const auto script = parse_script(text, "f");
  ASSERT_TRUE(script);
  const auto transcript = run_script(*script, {});
  ASSERT_FALSE(transcript);
  EXPECT_EQ(transcript.error().kind, Error::Kind::kBadInput);
  // g and 1023 blocked ones are as many as there may be; the one on line 1029 is one more.
  EXPECT_EQ(transcript.error().message,
            "f:1029: more than 1024 operations are unfinished here, each of them a thread: let "
            "some end, with cont");
}

TEST(Run, LeavesTogetherToExplore) {
  const auto script = parse_script(kHead + "together\nput p0 A a\n", "f");
  ASSERT_TRUE(script);
  const auto transcript = run_script(*script, {});
  ASSERT_FALSE(transcript);
  EXPECT_EQ(transcript.error().message, "f:4: together is for poolscope explore, run cannot do it");
}

}  // namespace
}  // namespace poolscope::script
