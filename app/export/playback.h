#pragma once

// A session standing at any moment that one asks for.
//
// Thread safety: the session's thread.
// Invariants: it never plays, so what is seen at a moment depends on the moment alone.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "app/control/session_source.h"
#include "core/base/error.h"
#include "core/base/wanted_moment.h"

namespace poolscope::exporting {

class Playback {
 public:
  /// `notice` gets what is wrong with the session, each fault once.
  Playback(SessionSource& session, std::function<void(const Error&)> notice);

  void seek_ns(std::int64_t time_ns);
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

  /// The times of the steps from begin_ns to end_ns, both included.
  std::vector<std::int64_t> steps(std::int64_t begin_ns, std::int64_t end_ns);

 private:
  void ask(const intents::ToSession& intent);
  void pass_on_problem();
  void wait_for_lanes();

  SessionSource& session_;
  std::function<void(const Error&)> notice_;
  std::string reported_;
};

}  // namespace poolscope::exporting
