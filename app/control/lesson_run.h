#pragma once

// A script that runs line by line, on its real threads: each line when it is asked for.
//
// Time is the script's own (script_clock.h).
//
// Thread safety: the window's thread; the script runs on one of its own, which stands still between
// two lines.
// Invariants: played() are the lines that have run, and timeline() holds exactly their events.

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "app/control/lesson_status.h"
#include "app/control/script_clock.h"
#include "core/base/error.h"
#include "core/model/timeline.h"
#include "core/script/lesson.h"
#include "core/script/run.h"
#include "core/story/live_story.h"

namespace poolscope {

class LessonRun final : private script::ScriptAudience, private script::CommandSource {
 public:
  /// The time of one step.
  static constexpr std::int64_t kStep_ns = ScriptClock::kStep_ns;

  /// Starts the script's threads; no line has run. The script can be run (script::check_runnable).
  explicit LessonRun(std::shared_ptr<const script::Lesson> lesson);
  ~LessonRun() override;

  /// Runs the lesson's next line, or a command of the viewer's. Nothing runs at this time.
  void run_next_line();
  void run(script::Command of_viewer);

  /// How many of the lesson's lines have run or run at this time.
  [[nodiscard]] std::size_t lines_begun() const { return lines_; }

  /// Whether a line runs at this time.
  [[nodiscard]] bool busy() const;
  /// Whether the script has ended, because of a fault that finish() reports.
  [[nodiscard]] bool ended() const;

  /// The lines that have run; another object when one more has.
  [[nodiscard]] std::shared_ptr<const std::vector<PlayedLine>> played() const;
  [[nodiscard]] std::shared_ptr<const script::ScriptNames> names() const;
  [[nodiscard]] const Timeline& timeline() const { return timeline_; }
  /// While nothing runs.
  [[nodiscard]] const LiveStory& story() const { return story_; }

  /// Ends the script where it is and gives its transcript, which has the counts of the pools at its
  /// end. Errors as of run_script.
  const Expected<std::string>& finish();

 private:
  void start(script::Command command, bool by_viewer);
  void work();

  // The script's thread.
  const script::Command* next() override;
  void on_events(std::span<const Event> events) override;
  void on_command(const script::Command& command, std::string_view lines,
                  const script::ScriptNames& names) override;

  const std::shared_ptr<const script::Lesson> lesson_;
  LiveStory story_;
  Timeline timeline_;

  std::size_t lines_ = 0;  // of the lesson that have run or run now; written while nothing runs

  ScriptClock clock_;  // the script's thread

  mutable std::mutex mutex_;  // guards what stands below
  std::condition_variable changed_;
  script::Command command_;  // that runs
  bool by_viewer_ = false;
  bool wanted_ = false;   // it has not been taken yet
  bool running_ = false;  // it is wanted, or runs
  bool finishing_ = false;
  bool ended_ = false;
  std::shared_ptr<const std::vector<PlayedLine>> played_;
  std::shared_ptr<const script::ScriptNames> names_;

  std::optional<Expected<std::string>> outcome_;  // the script's thread, then whoever joined it
  std::thread thread_;                            // last: it uses all of the above
};

}  // namespace poolscope
