// A script that is wrong is refused in one line, FILE:LINE: what, before anything runs.

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
      {"procs 3", "procs is told twice"},
      {"variant modern", "variant is told twice"},
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

TEST(Parser, ShowsALongOrOddWordShortAndHarmless) {
  const std::string message = refusal_of(std::string(5'000, 'x') + "\x1b[2J");
  EXPECT_LT(message.size(), 120U);
  EXPECT_EQ(refusal_of("\x1b[2J").find('\x1b'), std::string::npos);
}

TEST(Parser, RefusesWhatIsNoFileAndNoScript) {
  EXPECT_FALSE(read_script("/nonexistent/x.ops"));
  EXPECT_FALSE(read_script("/"));
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
