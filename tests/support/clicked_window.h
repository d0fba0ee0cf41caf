#pragma once

// The real program with its real window on an X server of its own, watched through --ui-dump and
// clicked with xdotool.
//
// Thread safety: none.
// Invariants: the program, its settings and its recordings live in a folder of the test; the user's
// own are not touched. The program finds settings there, empty ones: it is no first start, unless
// the test asks for that.

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "tests/support/process.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/xvfb.h"

namespace poolscope::testing {

class ClickedWindow;

struct Opening {
  bool first_start = false;  // there are no settings yet
  /// Another window of the same user, whose settings, recordings and state it shares.
  const ClickedWindow* of = nullptr;
  /// Whether the test, or a program that the window starts, looks at pixels. Mesa's llvmpipe does
  /// everything else without painting them, for a tenth of the processor's time.
  bool painted = false;
};

class ClickedWindow {
 public:
  static constexpr int kWidth_px = 1600;
  static constexpr int kHeight_px = 900;

  /// Whether Xvfb and xdotool are installed.
  static bool possible();

  /// Starts `program` with --ui-dump, --size and `arguments`, and waits for its first frame; check
  /// with `problem`.
  explicit ClickedWindow(std::string program, std::vector<std::string> arguments = {},
                         const Opening& opening = {});

  /// Why there is no window; empty where there is one.
  [[nodiscard]] const std::string& problem() const { return problem_; }

  /// What --ui-dump says now.
  [[nodiscard]] nlohmann::json ui() const;
  [[nodiscard]] nlohmann::json status() const { return ui().value("status", nlohmann::json()); }

  /// Waits until the status is as wanted; false where it does not come to that.
  bool wait_for(const std::function<bool(const nlohmann::json& status)>& wanted,
                std::chrono::milliseconds most = std::chrono::seconds(60)) const;

  /// Does `what` until the status is as wanted, anew only where it has not come to that for so long
  /// that it was not taken: a GC or a change of GOMAXPROCS that is asked for while another stop is
  /// under way is left out, and a test sees a stop before it has quite ended.
  bool repeat(const std::function<bool()>& what,
              const std::function<bool(const nlohmann::json& status)>& wanted) const;

  /// Waits until `value` of the status has been the same for half a second of frames: until what
  /// is on its way has come to a stand. False where it goes on changing.
  bool wait_until_still(const std::string& key) const;
  /// The same of the control's place. False where there is none.
  bool wait_until_in_place(const std::string& label) const;

  /// Moves to the middle of the control, presses and releases, a frame apart. False where there is
  /// no such control, or it is not enabled.
  bool click(const std::string& label) { return click_at(label, 0.5); }
  /// The same at that share of its width.
  bool click_at(const std::string& label, double share_of_width);
  /// Presses the mouse's left button there and lets it go `by_px` further right, in four moves.
  bool drag(const std::string& label, double share_of_width, int by_px);
  /// A click without any pause in it.
  bool click_fast(const std::string& label);
  /// Moves to the middle of the control; false as for `click`.
  bool point_at(const std::string& label);
  /// Turns the wheel by that many notches where the pointer is, upwards where positive.
  bool turn_wheel_here(int notches) const;
  /// Presses a key, in the words of xdotool.
  bool press(const std::string& key) const;
  /// Presses the keys of that text one after the other: letters, digits and what paths have.
  bool type(const std::string& text) const;
  /// Presses it down, or lets it up again.
  bool hold_key(const std::string& key, bool down) const;
  /// Whether the lecturer's window is there.
  [[nodiscard]] bool has_presenter() const { return !window_named(kPresenter).empty(); }
  /// Presses a key while the lecturer's window has the keyboard, which is then given back.
  bool press_in_presenter(const std::string& key) const;
  /// Follows that goroutine by a click on it while the session is paused, so that it does not move
  /// away under the pointer.
  bool follow(const std::string& g);
  /// Moves the pointer there, in pixels of the window.
  bool move_to(int x, int y) const;
  /// Presses and releases the mouse's left button where the pointer is.
  bool press_mouse() const { return xdotool({"click", "1"}); }

  /// Presses several without any pause, all within a frame.
  bool press_fast(std::vector<std::string> keys) const;
  /// What the window system shows over the window.
  [[nodiscard]] std::string title() const;

  /// Closes the window as the button of its frame does.
  bool close() const;
  /// Ends the program as a user's Ctrl+C does, and gives its exit code, -1 where it does not end.
  int interrupt();
  [[nodiscard]] Process& process() { return *process_; }

  [[nodiscard]] const TemporaryFolder& folder() const { return folder_; }
  [[nodiscard]] Environment environment() const;

 private:
  static constexpr const char* kPresenter = "^poolscope-presenter$";

  struct Point {
    int x = 0;
    int y = 0;
  };
  [[nodiscard]] bool xdotool(std::vector<std::string> arguments) const;
  /// X's number of the window of that name, as a regular expression; empty where there is none.
  [[nodiscard]] std::string window_named(const std::string& name) const;
  template <class Look>
  bool wait_until_same(const Look& look) const;
  bool find(const std::string& label, double share_of_width, Point& at) const;

  TemporaryFolder folder_;
  std::filesystem::path home_;  // of the user
  bool painted_;
  std::unique_ptr<Xvfb> xvfb_;
  std::unique_ptr<Process> process_;
  std::string window_;  // X's number of it
  std::string problem_;
};

}  // namespace poolscope::testing
