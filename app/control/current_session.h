#pragma once

// The session that a window shows, and the change to another one.
//
// A disk may be slow or stand still, and the window must not wait for it. So a file is opened, and
// a session is ended with its recording, on a thread beside the window's. While a file is being
// opened the session goes on. While a session is being ended, what was seen of it last is shown.
//
// Thread safety: the window's thread. A session belongs to the thread beside from the moment when
// its end begins until update() has taken it back; so does one that is being made.
// Invariants: source() is always there. One change at a time: another that is asked for meanwhile
// is left out. Whoever destroys this waits for the thread beside.

#include <cstdint>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>

#include "app/control/session_source.h"
#include "core/base/error.h"

namespace poolscope {

class CurrentSession {
 public:
  /// Makes the next session, on the thread beside.
  using Make = std::function<Expected<std::unique_ptr<SessionSource>>()>;

  explicit CurrentSession(std::unique_ptr<SessionSource> session) : session_(std::move(session)) {}

  [[nodiscard]] SessionSource& source();
  [[nodiscard]] const SessionSource& source() const;

  /// Ends the session, and then makes the next. If that fails, the ended one is shown.
  void replace(Make make);
  /// Makes the next, and ends the session once it is there. If it fails, the session goes on.
  void open(Make make);
  /// Ends the session; no other follows. What is being opened is forgotten.
  void end();

  [[nodiscard]] bool opening() const { return opening_.valid(); }
  [[nodiscard]] bool closing() const { return closing_.valid(); }
  /// Whether a thread beside is at work.
  [[nodiscard]] bool busy() const { return opening() || closing(); }

  /// Takes in what the thread beside has done. True where another session is shown from now on.
  bool update();

  /// As of SessionSource, with those of a session that was ended.
  std::optional<std::string> take_problem();
  std::optional<EndedRecording> take_ended_recording();

 private:
  using Made = Expected<std::unique_ptr<SessionSource>>;

  /// What the end of a session leaves behind.
  struct Closed {
    std::optional<EndedRecording> ended;
    std::optional<std::string> problem;
    std::unique_ptr<SessionSource> old;  // where no other has taken its place
    Made next;                           // nullptr: none was to follow
  };
  static Closed close(std::unique_ptr<SessionSource> session, const Make& make, Made made);
  void begin_closing(Make make, Made made);
  void take_opened();
  bool take_closed();

  std::unique_ptr<SessionSource> session_;   // nullptr while it is being ended
  std::unique_ptr<SessionSource> standing_;  // is shown meanwhile
  std::optional<std::string> problem_;
  std::optional<EndedRecording> ended_;
  bool end_wanted_ = false;  // while another change is under way

  std::future<Made> opening_;
  std::future<Closed> closing_;
};

}  // namespace poolscope
