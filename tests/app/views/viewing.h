#pragma once

// How a moment is looked at: live or replayed, by whom, with what open over it.
//
// Thread safety: values.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "app/frame/view_input.h"
#include "tests/app/views/moments.h"

namespace poolscope::views::testing {

enum class Shown : std::uint8_t {
  kLive,
  kPaused,
  kPast,
  kReplay,
  kReplayPaused,
  kRetaking,  // a replay whose view is directed once more
  kStepping,
  kLesson,       // at its last line, with its caption
  kLessonBegin,  // nothing of it has run
  kMarker,       // a replay stands at one, with a long note
  kProblem,      // a message of the program, long
  kQuestion,     // a message with answers
  kRecording,
};
inline constexpr std::size_t kShown = 13;

enum class Follow : std::uint8_t { kNobody, kGoroutine, kHeldGoroutine, kObject, kPart, kFocus };
inline constexpr std::size_t kFollow = 6;

enum class Over : std::uint8_t {
  kNothing,
  kHelp,
  kWorkload,
  kMarkers,
  kOpen,
  kLessons,
  kFirstStart,
};
inline constexpr std::size_t kOver = 7;

struct Look {
  Shown shown = Shown::kLive;
  Follow follow = Follow::kNobody;
  intents::Tab tab = intents::Tab::kTimeline;
  Over over = Over::kNothing;
  bool moving = false;  // objects are on their way
  bool interactive = true;
  bool by_step = false;  // the timeline
  std::uint64_t seed = 1;
};

struct Viewing {
  std::shared_ptr<const Played> played;
  Told told;
  SessionStatus session;
  ViewState state;
  Message message;
  std::optional<ObjectLife> life;
  std::optional<PaddingCost> padding_cost;
  std::optional<OtherSide> other;  // of a comparison; outlives it
  bool interactive = true;

  /// All texts that are not of the program.
  [[nodiscard]] std::string texts() const;
};

Viewing view_of(std::shared_ptr<const Played> played, const Shape& shape, const Look& look);

}  // namespace poolscope::views::testing
