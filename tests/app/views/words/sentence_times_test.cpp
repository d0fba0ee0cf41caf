// When the sentence of a step comes and for how long it stands, where goroutines take turns. Real
// goroutines, looked at in frames as a window draws them; six seconds show a minute.

#include <cctype>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "app/views/words/sentence.h"
#include "app/views/words/words.h"
#include "core/model/reduce.h"
#include "core/story/teller.h"
#include "tests/support/sessions.h"

namespace poolscope::views {
namespace {

using poolscope::testing::play_in_both_pools;
using poolscope::testing::RecordedEvents;

constexpr std::int64_t kMs = 1'000'000;
constexpr std::int64_t kRest_ns = 900 * kMs;
constexpr std::int64_t kLength_ns = 60'000 * kMs;
constexpr std::int64_t kFrame_ns = 50 * kMs;
constexpr std::size_t kFramesToBegin = 3;   // 150 ms
constexpr std::size_t kFramesToStand = 16;  // 800 ms
constexpr std::size_t kFewestSteps = 10;    // on a very busy machine

/// What is said in one frame.
struct Heard {
  std::string text;
  GId about;
};

struct Minute {
  std::vector<Heard> frames;
  std::vector<Move> steps;  // of each step that moves an object, its last move
};

Minute heard_in(const RecordedEvents& session) {
  Minute minute;
  std::map<GId, Move> moved;  // since a goroutine has stood
  Model model = initial_model(session.config);
  Teller teller(model);
  std::size_t next = 0;
  for (std::int64_t now_ns = 0; now_ns <= kLength_ns; now_ns += kFrame_ns) {
    for (; next < session.events.size() && session.events[next].time_ns <= now_ns; ++next) {
      const Event& event = session.events[next];
      reduce(model, event);
      teller.add(event, model);
      const Told told = teller.told(model);
      if (!told.moves.empty() && told.moves.back().seq == event.seq) {
        moved[event.g] = told.moves.back();
      }
      if (event.kind != EventKind::kStand) continue;
      if (const auto move = moved.extract(event.g)) minute.steps.push_back(move.mapped());
    }
    const Spotlight spot = teller.told(model).spotlight;
    minute.frames.push_back({sentence_of(model, spot), spot.g});
  }
  return minute;
}

/// Whether the text has that name in it, and not only a longer one that begins so.
bool names(const std::string& text, const std::string& name) {
  for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    if (end == text.size() || std::isdigit(static_cast<unsigned char>(text[end])) == 0) return true;
  }
  return false;
}

void expect_heard(const Minute& minute, const Move& step) {
  const auto first = static_cast<std::size_t>((step.time_ns + kFrame_ns - 1) / kFrame_ns);
  if (first + kFramesToBegin + kFramesToStand >= minute.frames.size()) return;
  SCOPED_TRACE("at " + std::to_string(step.time_ns / kMs) + " ms");
  std::size_t begin = first;
  const auto is_heard = [&](const Heard& heard) {
    return heard.about == step.g && names(heard.text, name_of(step.object));
  };
  while (begin < first + kFramesToBegin && !is_heard(minute.frames[begin])) ++begin;
  const std::string& text = minute.frames[begin].text;
  EXPECT_TRUE(is_heard(minute.frames[begin]))
      << name_of(step.g) << " moves " << name_of(step.object) << ", and is said: " << text;
  for (std::size_t i = 1; i <= kFramesToStand; ++i) {
    ASSERT_EQ(minute.frames[begin + i].text, text) << "after " << i << " frames";
  }
}

TEST(SentenceTimes, AtStoryEachStepThatMovesAnObjectHasItsSentenceAtOnceAndFor800Ms) {
  for (const RecordedEvents& session : play_in_both_pools(
           {.pacing = Pacing::kOneAtATime, .step_time_ns = kRest_ns, .length_ns = kLength_ns})) {
    SCOPED_TRACE(session.config.pool == PoolKind::kClassic ? "classic" : "modern");
    const Minute minute = heard_in(session);
    EXPECT_GE(minute.steps.size(), kFewestSteps);
    for (const Move& step : minute.steps) expect_heard(minute, step);
  }
}

}  // namespace
}  // namespace poolscope::views
