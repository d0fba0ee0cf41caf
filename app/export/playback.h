#pragma once

// A session standing at any moment that one asks for.
//
// Thread safety: the session's thread.
// Invariants: it never plays, so what is seen at a moment depends on the moment alone.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/control/session_source.h"
#include "core/base/error.h"
#include "core/base/wanted_moment.h"

namespace poolscope::exporting {

/// What is drawn: the session at a time, or, of several events of the same time, after one of them.
struct FrameMoment {
  std::int64_t time_ns = 0;
  std::optional<std::uint64_t> seq;
  bool operator==(const FrameMoment&) const = default;
};

class Playback {
 public:
  /// `notice` gets what is wrong with the session, each fault once.
  Playback(SessionSource& session, std::function<void(const Error&)> notice);

  void seek_ns(std::int64_t time_ns);
  void seek(const FrameMoment& at);
  /// Goes there. Beyond the end is the end.
  void seek(const WantedMoment& at);
  /// To the marker of that number in the session's list.
  void seek_marker(std::size_t number);
  /// The last moment at which all goroutines are there: at a session's end they go, one by one, and
  /// a picture of that shows nothing of what it was about.
  void seek_last_scene();

  [[nodiscard]] std::int64_t time_ns() const { return session_.status().playhead.time_ns; }
  std::int64_t time_of(const WantedMoment& at);
  [[nodiscard]] const SessionSource& session() const { return session_; }

  /// The steps from `from` to `to`, both included, each a moment of its own: several may have the
  /// same time. Empty where `from` lies behind `to`. Bad input: there are more than kMostSteps.
  Expected<std::vector<FrameMoment>> steps(const WantedMoment& from, const WantedMoment& to);
  static constexpr std::size_t kMostSteps = 1'000'000;

 private:
  void ask(const intents::ToSession& intent);
  void pass_on_problem();
  void wait_for_lanes();

  SessionSource& session_;
  std::function<void(const Error&)> notice_;
  std::string reported_;
};

}  // namespace poolscope::exporting
