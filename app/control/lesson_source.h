#pragma once

// A lesson in the window: a script that the viewer lets run line by line, on real threads, and
// looks back in.
//
// Thread safety: the window's thread. The script runs on a thread of LessonRun's.
// Invariants: a line runs only when all that have run are shown. So what is seen while a line runs,
// and after it, is what the threads have just done.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <future>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "app/control/event_store.h"
#include "app/control/lesson_run.h"
#include "app/control/player.h"
#include "app/control/session_source.h"
#include "core/base/error.h"
#include "core/script/lesson.h"

namespace poolscope {

class LessonSource final : public SessionSource {
 public:
  /// Opens a script, with words or without; nothing of it has run. Errors, bad input:
  /// "FILE:LINE: what".
  static Expected<std::unique_ptr<LessonSource>> open(const std::filesystem::path& file);
  /// The same for a lesson that has been read. Errors: its script is for `explore`.
  static Expected<std::unique_ptr<LessonSource>> start(script::Lesson lesson);
  ~LessonSource() override;

  bool update(std::int64_t host_now_ns) override;
  void apply(const intents::ToSession& intent) override;
  [[nodiscard]] const Model& model() const override { return player_->model(); }
  [[nodiscard]] const Told& told() const override { return player_->told(); }
  [[nodiscard]] const SessionStatus& status() const override { return status_; }
  [[nodiscard]] std::shared_ptr<const Lanes> lanes() const override { return lanes_; }
  [[nodiscard]] std::shared_ptr<const Statistics> statistics() const override {
    return statistics_;
  }
  [[nodiscard]] PastScan::Open past() const override { return opener_of(run_->timeline().past()); }
  void close() override;
  [[nodiscard]] std::optional<std::string> transcript() override;

 private:
  explicit LessonSource(script::Lesson lesson);

  // What intents do.
  void play_lesson(const intents::PlayLesson& wanted);
  void play_next_line();
  void pick(std::size_t choice);
  void explore();
  void play_outcome(std::size_t outcome);
  void show_line_before();
  void begin(std::shared_ptr<const script::Lesson> lesson, std::size_t outcome);
  void move(const intents::MovePlayhead& wanted);
  void toggle_play();
  void set_speed(int speed);
  void ask(script::Command command);
  void change_procs(std::int64_t procs);

  // What an update looks at.
  bool take_played_line();
  bool take_outcomes();
  void run_asked();
  bool play(std::int64_t host_ns);
  void tell_status();

  [[nodiscard]] TimelineStore store() const;
  /// When all that the first `lines` played lines have moved is at rest.
  [[nodiscard]] std::int64_t rest_ns(std::size_t lines) const;
  void show(std::int64_t time_ns);
  void show_all_of(std::size_t lines);
  /// GOMAXPROCS when all that is asked for has run.
  [[nodiscard]] std::int64_t procs_to_come() const;
  [[nodiscard]] std::optional<AnsweredQuestion> answered() const;

  const std::shared_ptr<const script::Lesson> lesson_;
  std::shared_ptr<const script::Lesson> played_lesson_;  // lesson_, or an outcome in its place
  std::size_t outcome_ = 0;                              // as in LessonStatus
  std::unique_ptr<LessonRun> run_;
  std::optional<Player> player_;
  std::shared_ptr<const Lanes> lanes_;
  std::shared_ptr<const Statistics> statistics_;
  std::shared_ptr<const std::vector<PlayedLine>> played_;  // that the viewer may see
  std::size_t shown_ = 0;  // lines of played_ that are shown, the one that is being played too
  bool playing_ = false;
  int next_lines_ = 0;                 // that are asked for and have not run
  std::deque<script::Command> asked_;  // by clicks; they run first
  int speed_;
  double fraction_ns_ = 0;
  std::int64_t host_ns_ = 0;                  // of the last update; 0: none yet
  bool fault_told_ = false;                   // that has ended the script
  std::map<std::size_t, std::size_t> picks_;  // by line of the lesson: the choice
  bool closed_ = false;
  SessionStatus status_;

  std::shared_ptr<const LessonOutcomes> outcomes_;
  std::atomic<bool> stop_exploring_{false};
  std::future<LessonOutcomes> exploring_;  // last: its thread looks at stop_exploring_
};

}  // namespace poolscope
