#include "app/control/lesson_run.h"

#include <utility>

#include "core/model/reduce.h"
#include "core/script/lesson_check.h"
#include "core/trace/event_table.h"

namespace poolscope {
namespace {

constexpr std::int64_t kLead_ns = 1'000'000;

bool moves_object(const Event& event) {
  switch (info_of(event.kind).moves) {
    case Moves::kNever: return false;
    case Moves::kAlways: return true;
    case Moves::kIfAny: return event.object.valid();
  }
  return false;
}

}  // namespace

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

void LessonRun::on_events(std::span<const Event> events) {
  std::vector<Event> timed(events.begin(), events.end());
  for (Event& event : timed) {
    if (!any_event_) at_ns_ = rest_ns_ + kLead_ns;
    any_event_ = true;
    if (event.kind == EventKind::kStopRequested) stopped_ = true;
    if (moves_object(event) && !stopped_) {
      if (moved_) at_ns_ += kStep_ns;
      moved_ = true;
    }
    if (event.kind == EventKind::kWorldStarted) stopped_ = false;
    event.time_ns = at_ns_;
  }
  timeline_.append(timed);
}

void LessonRun::on_command(const script::Command& command, std::string_view lines,
                           const script::ScriptNames& names) {
  PlayedLine line;
  line.text = command.text;
  line.answer = script::answer_of(command, lines);
  line.begin_ns = rest_ns_;
  line.end_ns = any_event_ ? at_ns_ - kLead_ns + 2 * kStep_ns : rest_ns_ + kStep_ns;
  line.changed_state = any_event_;
  rest_ns_ = line.end_ns;
  any_event_ = moved_ = false;

  const std::scoped_lock lock(mutex_);
  line.by_viewer = by_viewer_;
  line.lines = lines_;
  auto played = std::make_shared<std::vector<PlayedLine>>(*played_);
  played->push_back(std::move(line));
  played_ = std::move(played);
  names_ = std::make_shared<const script::ScriptNames>(names);
}

}  // namespace poolscope
