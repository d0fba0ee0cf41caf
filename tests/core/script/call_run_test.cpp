// A list of whole calls, made on either pool.

#include "core/script/call_run.h"

#include <span>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace poolscope::script {
namespace {

using Kind = Call::Kind;

/// Counts what it hears.
struct Hearer final : CallAudience {
  void on_events(std::span<const Event> more) override { heard += more.size(); }
  void on_call(std::size_t number) override {
    calls.push_back(number);
    events.push_back(heard);
  }
  std::size_t heard = 0;
  std::vector<std::size_t> calls;
  std::vector<std::size_t> events;  // after each
};

CallRun run(const CallList& list, PoolKind pool, Hearer& hearer) {
  auto ran = run_calls(list, pool, hearer);
  EXPECT_TRUE(ran) << (ran ? "" : ran.error().message);
  return ran ? std::move(*ran) : CallRun{};
}

/// Two Gets and their Puts, a GC, a Get, and a Put of what that has got.
CallList two_rounds() {
  CallList list{.procs = 1, .pools = {{"A"}}, .calls = {}};
  const Call get{.kind = Kind::kGet, .p = PId{0}, .pool = PoolId{0}};
  const auto put = [](std::size_t of) {
    return Call{.kind = Kind::kPut, .p = PId{0}, .pool = PoolId{0}, .of = of};
  };
  list.calls = {get, get, put(1), put(0), {.kind = Kind::kGc}, get, put(5)};
  return list;
}

TEST(CallRun, APutPutsWhatItsCallHasGotOnThatPool) {
  Hearer hearer;
  const CallRun classic = run(two_rounds(), PoolKind::kClassic, hearer);
  const CallRun modern = run(two_rounds(), PoolKind::kModern, hearer);
  EXPECT_EQ(classic.script.commands.back().text, "put p0 A A#3") << "the GC has cleared the others";
  EXPECT_EQ(modern.script.commands.back().text, "put p0 A A#2") << "from the victim's private";
}

TEST(CallRun, EachCallIsHeardOfOnceWithItsEvents) {
  Hearer hearer;
  run(two_rounds(), PoolKind::kModern, hearer);
  ASSERT_EQ(hearer.calls.size(), 7U);
  for (std::size_t i = 0; i < hearer.calls.size(); ++i) {
    EXPECT_EQ(hearer.calls[i], i);
    EXPECT_GT(hearer.events[i], i == 0 ? 0 : hearer.events[i - 1]);
  }
}

TEST(CallRun, TheScriptThatItMadeGivesTheSameTranscriptOnceMore) {
  for (const PoolKind pool : {PoolKind::kClassic, PoolKind::kModern}) {
    Hearer hearer;
    const CallRun made = run(two_rounds(), pool, hearer);
    const auto again = run_script(made.script, {});
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(*again, made.transcript);
  }
}

TEST(CallRun, WhereACallHasGotNothingNothingIsPut) {
  CallList list{.procs = 1, .pools = {{"A", false}}, .calls = {}};
  list.calls = {{.kind = Kind::kGet, .p = PId{0}, .pool = PoolId{0}},
                {.kind = Kind::kPut, .p = PId{0}, .pool = PoolId{0}, .of = 0}};
  Hearer hearer;
  const CallRun made = run(list, PoolKind::kClassic, hearer);
  EXPECT_EQ(made.script.commands.back().text, "putnil p0 A");
  ASSERT_EQ(hearer.events.size(), 2U);
  EXPECT_EQ(hearer.events[1], hearer.events[0]);
}

TEST(CallRun, AScriptThatStopsInTheMiddleOfACallIsNamedWithItsLine) {
  const auto script =
      parse_script("variant classic\nprocs 1\npool A new\nget p0 A\nbegin g p0 get A\n", "x.ops");
  ASSERT_TRUE(script);
  const auto whole = check_whole_calls(*script);
  ASSERT_FALSE(whole);
  EXPECT_EQ(whole.error().message.find("x.ops:5: `begin g p0 get A` is no whole call"), 0U)
      << whole.error().message;
}

}  // namespace
}  // namespace poolscope::script
