#include "app/control/lesson_run.h"

#include <utility>

#include "core/model/reduce.h"
#include "core/script/lesson_check.h"

namespace poolscope {
LessonRun::LessonRun(std::shared_ptr<const script::Lesson> lesson)
    : lesson_(std::move(lesson)),
      story_(initial_model(script::config_of(lesson_->script))),
      timeline_(initial_model(script::config_of(lesson_->script)), {}, &story_),
      played_(std::make_shared<const std::vector<PlayedLine>>()),
      names_(std::make_shared<const script::ScriptNames>()),
      thread_([this] { work(); }) {}

LessonRun::~LessonRun() { finish(); }

// --- the window's thread -------------------------------------------------------------------------

void LessonRun::run_next_line() {
  const std::size_t line = lines_;  // changes on this thread only
  if (line < lesson_->script.commands.size()) start(lesson_->script.commands[line], false);
}

void LessonRun::run(script::Command of_viewer) { start(std::move(of_viewer), true); }

void LessonRun::start(script::Command command, bool by_viewer) {
  {
    const std::scoped_lock lock(mutex_);
    if (ended_ || finishing_ || running_) return;
    command_ = std::move(command);
    by_viewer_ = by_viewer;
    if (!by_viewer) ++lines_;
    wanted_ = running_ = true;
  }
  changed_.notify_one();
}

bool LessonRun::busy() const {
  const std::scoped_lock lock(mutex_);
  return running_;
}

bool LessonRun::ended() const {
  const std::scoped_lock lock(mutex_);
  return ended_;
}

std::shared_ptr<const std::vector<PlayedLine>> LessonRun::played() const {
  const std::scoped_lock lock(mutex_);
  return played_;
}

std::shared_ptr<const script::ScriptNames> LessonRun::names() const {
  const std::scoped_lock lock(mutex_);
  return names_;
}

const Expected<std::string>& LessonRun::finish() {
  {
    const std::scoped_lock lock(mutex_);
    finishing_ = true;
  }
  changed_.notify_one();
  if (thread_.joinable()) thread_.join();
  return *outcome_;
}

// --- the script's thread -------------------------------------------------------------------------

void LessonRun::work() {
  outcome_ = script::run_script(lesson_->script, {.audience = this, .commands = this});
  const std::scoped_lock lock(mutex_);
  ended_ = true;
  running_ = false;
}

const script::Command* LessonRun::next() {
  std::unique_lock lock(mutex_);
  if (!wanted_) running_ = false;
  changed_.wait(lock, [this] { return wanted_ || finishing_; });
  return std::exchange(wanted_, false) ? &command_ : nullptr;
}

void LessonRun::on_events(std::span<const Event> events) { timeline_.append(clock_.timed(events)); }

void LessonRun::on_command(const script::Command& command, std::string_view lines,
                           const script::ScriptNames& names) {
  PlayedLine line;
  line.text = command.text;
  line.answer = script::answer_of(command, lines);
  const ScriptClock::Line time = clock_.end_line();
  line.begin_ns = time.begin_ns;
  line.end_ns = time.end_ns;
  line.changed_state = time.any_event;

  const std::scoped_lock lock(mutex_);
  line.by_viewer = by_viewer_;
  line.lines = lines_;
  auto played = std::make_shared<std::vector<PlayedLine>>(*played_);
  played->push_back(std::move(line));
  played_ = std::move(played);
  names_ = std::make_shared<const script::ScriptNames>(names);
}

}  // namespace poolscope
