#include "tests/app/views/words/sentence_times.h"

#include <cctype>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "app/views/words/sentence.h"
#include "app/views/words/words.h"
#include "tests/core/story/linear_play.h"

namespace poolscope::views::testing {
namespace {

using poolscope::testing::kFrame_ns;
using poolscope::testing::LinearPlay;
using poolscope::testing::RecordedEvents;

constexpr std::int64_t kMs = 1'000'000;
constexpr std::size_t kFramesToBegin = 3;   // 150 ms
constexpr std::size_t kFramesToStand = 16;  // 800 ms

struct Sentence {
  std::string text;
  GId about;
  bool tells_loss = false;
  std::int64_t time_ns = 0;  // when that happened
};

/// From where a goroutine stood to where it stands next.
struct Step {
  std::int64_t begin_ns = 0;
  std::optional<Move> moved;  // the last object that it has moved
};

struct Heard {
  std::vector<Sentence> frames;
  std::vector<Step> steps;  // that move an object
};

Heard heard_in(const RecordedEvents& session, std::int64_t length_ns) {
  Heard heard;
  std::map<GId, Step> steps;  // that are not over yet
  LinearPlay play(session.config);
  std::size_t next = 0;
  for (std::int64_t now_ns = 0; now_ns <= length_ns; now_ns += kFrame_ns) {
    for (; next < session.events.size() && session.events[next].time_ns <= now_ns; ++next) {
      const Event& event = session.events[next];
      play.add(event);
      // A goroutine that stands gives its P back; its step begins when it has one again.
      if (event.kind == EventKind::kGoPark || event.kind == EventKind::kGoWaitP) continue;
      Step& step = steps.try_emplace(event.g, Step{event.time_ns, {}}).first->second;
      const Told told = play.told();
      if (!told.moves.empty() && told.moves.back().seq == event.seq) {
        step.moved = told.moves.back();
      }
      if (event.kind != EventKind::kStand) continue;
      if (step.moved) heard.steps.push_back(step);
      steps.erase(event.g);
    }
    const Spotlight spot = play.told().spotlight;
    heard.frames.push_back({sentence_of(play.model, spot), spot.g,
                            spot.rarity == Spotlight::Rarity::kLost, spot.time_ns});
  }
  return heard;
}

/// Whether the text has that name in it, and not only a longer one that begins so.
bool names(const std::string& text, const std::string& name) {
  for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    if (end == text.size() || std::isdigit(static_cast<unsigned char>(text[end])) == 0) return true;
  }
  return false;
}

void expect_heard(const Heard& heard, const Step& step) {
  const Move& move = *step.moved;
  const auto first = static_cast<std::size_t>((move.time_ns + kFrame_ns - 1) / kFrame_ns);
  if (first + kFramesToBegin + kFramesToStand >= heard.frames.size()) return;
  SCOPED_TRACE("at " + std::to_string(move.time_ns / kMs) + " ms");
  std::size_t begin = first;
  const auto is_said = [&](const Sentence& sentence) {
    return sentence.about == move.g && names(sentence.text, name_of(move.object));
  };
  // If the step loses an object, the sentence tells of the loss instead.
  const auto tells_its_loss = [&](const Sentence& sentence) {
    return sentence.tells_loss && sentence.time_ns >= step.begin_ns &&
           sentence.time_ns < move.time_ns + kFrame_ns;
  };
  while (begin < first + kFramesToBegin && !is_said(heard.frames[begin])) ++begin;
  const std::string& text = heard.frames[begin].text;
  EXPECT_TRUE(is_said(heard.frames[begin]) || tells_its_loss(heard.frames[begin]))
      << name_of(move.g) << " moves " << name_of(move.object) << ", and is said: " << text;
  for (std::size_t i = 1; i <= kFramesToStand; ++i) {
    ASSERT_EQ(heard.frames[begin + i].text, text) << "after " << i << " frames";
  }
}

}  // namespace

std::size_t expect_told(const RecordedEvents& session, std::int64_t length_ns) {
  const Heard heard = heard_in(session, length_ns);
  for (const Step& step : heard.steps) expect_heard(heard, step);
  return heard.steps.size();
}

}  // namespace poolscope::views::testing
