#pragma once

// How a lesson stands: what has run of it, what that answered, and which line the picture shows.
//
// Thread safety: a value.
// Invariants: shown <= played.size(). lesson and played are never nullptr.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/ids.h"
#include "core/script/lesson.h"
#include "core/script/script_events.h"

namespace poolscope {

/// A line that has run: of the lesson, or a control that the viewer has clicked in between.
struct PlayedLine {
  std::size_t lines = 0;  // of the lesson that have run with it
  bool by_viewer = false;
  std::string text;            // of the command, e.g. "gc"
  std::string answer;          // in the words of the transcript: "ok", "blocked-by g1"
  std::int64_t begin_ns = 0;   // the picture before it rests until here
  std::int64_t end_ns = 0;     // all that it has moved has come to rest
  bool changed_state = false;  // it has made events
};

/// What `explore` has found for a lesson, so far or in all.
struct LessonOutcomes {
  struct Outcome {
    std::uint64_t schedules = 0;  // that lead to it
    std::string text;             // what each task answered
    std::string lost;             // which objects the pool has forgotten by then; "": none
    std::string script;           // one of the schedules
  };
  bool complete = false;  // false: it is still being explored
  std::uint64_t schedules = 0;
  std::vector<Outcome> outcomes;
  std::string problem;  // why there is none; "" where all is well
};

/// A question that was answered with a pick, at the line that is shown.
struct AnsweredQuestion {
  std::size_t line = 0;              // of the lesson, from 0
  std::size_t picked = 0;            // the choice
  std::optional<std::size_t> right;  // the choice that the threads have shown to be right, if any
};

struct LessonStatus {
  std::shared_ptr<const script::Lesson> lesson;
  std::shared_ptr<const std::vector<PlayedLine>> played;
  std::shared_ptr<const script::ScriptNames> names;  // of what the events number
  std::size_t shown = 0;                             // lines of `played` that the picture shows
  std::optional<AnsweredQuestion> answered;
  bool picked_next = false;                        // an answer to the question before the next line
  std::shared_ptr<const LessonOutcomes> outcomes;  // nullptr: nothing was explored
  std::size_t outcome = 0;  // that is played in place of the lesson, from 1; 0: the lesson is

  /// The line that the picture shows the effect of; nullptr: the state before all.
  [[nodiscard]] const PlayedLine* line() const {
    return shown == 0 ? nullptr : &(*played)[shown - 1];
  }
  /// How many of the lesson's own lines have run in what the picture shows.
  [[nodiscard]] std::size_t lines_shown() const { return line() == nullptr ? 0 : line()->lines; }
  /// The pool that the picture is about: of the last operation that the shown lines have begun; the
  /// first before all.
  [[nodiscard]] PoolId pool() const {
    for (std::size_t i = lines_shown(); i-- > 0;) {
      const script::Command& command = lesson->script.commands[i];
      if (command.names_pool()) {
        return PoolId{static_cast<decltype(PoolId::value)>(command.pool)};
      }
    }
    return PoolId{0};
  }
  /// How many of them have run at all.
  [[nodiscard]] std::size_t lines_run() const { return played->empty() ? 0 : played->back().lines; }
  /// Whether a click has changed what the lesson's lines are about, in what the picture shows.
  [[nodiscard]] bool left_path() const {
    for (std::size_t i = 0; i < shown; ++i) {
      if ((*played)[i].by_viewer && (*played)[i].changed_state) return true;
    }
    return false;
  }
  /// The question that stands before the next line, until it is answered; nullptr: there is none.
  /// Whoever goes past it without an answer finds it again on the way back.
  [[nodiscard]] const script::LessonAsk* asks() const {
    const bool click_follows = shown < played->size() && (*played)[shown].by_viewer;
    if (at_end() || picked_next || click_follows) return nullptr;
    const auto& ask = lesson->lines[lines_shown()].ask;
    return ask ? &*ask : nullptr;
  }
  /// Whether all of the lesson's lines are shown.
  [[nodiscard]] bool at_end() const { return lines_shown() == lesson->lines.size(); }
};

}  // namespace poolscope
