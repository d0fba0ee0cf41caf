#include "app/control/lesson_source.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "app/control/is_ready.h"
#include "core/base/check.h"
#include "core/base/overloaded.h"
#include "core/model/reduce.h"
#include "core/script/explore.h"
#include "core/script/lesson_check.h"

namespace poolscope {
namespace {

constexpr std::int64_t kMostScriptProcsAsked = 256;
// More than any lesson of ours has; some seconds.
constexpr std::uint64_t kMostSchedules = 100'000;

struct LessonSpeed {
  const char* name;
  double session_per_host;
};
constexpr std::array<LessonSpeed, 5> kSpeeds = {
    {{"1/4", 0.25}, {"1/2", 0.5}, {"Lecture", 1}, {"x2", 2}, {"x4", 4}}};
constexpr int kAsInALecture = 2;

script::Command gc_command() { return {.kind = script::Command::Kind::kGc, .text = "gc"}; }

script::Command resize_command(std::int64_t procs) {
  return {.kind = script::Command::Kind::kResize,
          .text = fmt::format("resize {}", procs),
          .number = static_cast<std::uint32_t>(procs)};
}

/// What stands between `begin` and `end` in `text`; "" where there is no such.
std::string between(std::string_view text, std::string_view begin, char end) {
  const std::size_t at = text.find(begin);
  if (at == std::string_view::npos) return "";
  text.remove_prefix(at + begin.size());
  return std::string(text.substr(0, text.find(end)));
}

LessonOutcomes outcomes_of(const script::Script& program, const std::atomic<bool>& stop) {
  const auto found =
      script::explore(program, {.most = kMostSchedules, .ends = [&stop] { return stop.load(); }});
  LessonOutcomes outcomes{.complete = true};
  if (!found) {
    outcomes.problem = found.error().message;
    return outcomes;
  }
  outcomes.problem = found->violation;
  outcomes.complete = found->complete;
  outcomes.schedules = found->schedules;
  std::vector<std::string> tasks;
  bool together = false;
  for (const script::Command& command : program.commands) {
    if (together && command.kind != script::Command::Kind::kDump) tasks.push_back(command.text);
    together = together || command.kind == script::Command::Kind::kTogether;
  }
  for (const script::Exploration::Outcome& outcome : found->outcomes) {
    LessonOutcomes::Outcome& said = outcomes.outcomes.emplace_back();
    said.schedules = outcome.schedules;
    for (std::size_t i = 0; i < std::min(tasks.size(), outcome.results.size()); ++i) {
      said.text += fmt::format("{}{} -> {}", i == 0 ? "" : ";  ", tasks[i], outcome.results[i]);
    }
    said.lost = between(outcome.dump, "lost=[", ']');
    said.script = script::schedule_as_script(program, outcome.first);
  }
  return outcomes;
}

}  // namespace

Expected<std::unique_ptr<LessonSource>> LessonSource::open(const std::filesystem::path& file) {
  // Its words may be faulty or not there: `poolscope lessons --check` is for that.
  auto draft = script::read_draft(file.string());
  if (!draft) return tl::make_unexpected(draft.error());
  auto source = start(std::move(draft->lesson));
  if (source) (*source)->status_.name = file.filename().string();
  return source;
}

Expected<std::unique_ptr<LessonSource>> LessonSource::start(script::Lesson lesson) {
  if (auto runnable = script::check_runnable(lesson.script); !runnable) {
    return tl::make_unexpected(runnable.error());
  }
  return std::unique_ptr<LessonSource>(new LessonSource(std::move(lesson)));
}

LessonSource::LessonSource(script::Lesson lesson)
    : lesson_(std::make_shared<const script::Lesson>(std::move(lesson))), speed_(kAsInALecture) {
  status_.name = lesson_->name;
  status_.mode = ViewMode::kStepping;
  status_.can = {.can_change_pool = true, .can_seek = true};
  for (const LessonSpeed& speed : kSpeeds) status_.speeds.emplace_back(speed.name);
  begin(lesson_, 0);
  tell_status();
}

LessonSource::~LessonSource() { stop_exploring_ = true; }

void LessonSource::close() {
  if (std::exchange(closed_, true)) return;
  stop_exploring_ = true;
  if (const auto& ended = run_->finish(); !ended) tell_problem(ended.error().message);
  take_played_line();
  playing_ = false;
  tell_status();
}

std::optional<std::string> LessonSource::transcript() {
  const auto& ended = run_->finish();
  return ended ? std::optional(*ended) : std::nullopt;
}

// --- update --------------------------------------------------------------------------------------

bool LessonSource::update(std::int64_t host_now_ns) {
  const std::int64_t passed_ns = host_ns_ == 0 ? 0 : host_now_ns - host_ns_;
  host_ns_ = host_now_ns;
  const bool was_playing = status_.playing;
  const bool found = take_outcomes();
  const bool taken = take_played_line();
  const bool moved = !taken && play(passed_ns);
  run_asked();
  tell_status();
  return found || taken || moved || was_playing != status_.playing;
}

bool LessonSource::take_played_line() {
  if (run_->busy()) return false;
  if (run_->ended() && !closed_ && !std::exchange(fault_told_, true)) {
    if (const auto& ended = run_->finish(); !ended) tell_problem(ended.error().message);
    next_lines_ = 0;
    asked_.clear();
  }
  auto played = run_->played();
  if (played == played_) return false;
  played_ = std::move(played);
  lanes_ = std::make_shared<const Lanes>(run_->story().lanes());
  statistics_ = std::make_shared<const Statistics>(run_->story().statistics());
  // It is played from the rest before it.
  shown_ = played_->size();
  playing_ = true;
  fraction_ns_ = 0;
  return true;
}

bool LessonSource::take_outcomes() {
  if (!is_ready(exploring_)) return false;
  outcomes_ = std::make_shared<const LessonOutcomes>(exploring_.get());
  return true;
}

void LessonSource::run_asked() {
  if (run_->busy() || run_->ended() || (asked_.empty() && next_lines_ == 0)) return;
  // Whoever asks for more has seen enough of the line before.
  show_all_of(played_->size());
  if (!asked_.empty()) {
    run_->run(std::move(asked_.front()));
    asked_.pop_front();
  } else {
    --next_lines_;
    run_->run_next_line();
  }
}

bool LessonSource::play(std::int64_t host_ns) {
  if (!playing_ || host_ns <= 0) return false;
  fraction_ns_ +=
      static_cast<double>(host_ns) * kSpeeds[static_cast<std::size_t>(speed_)].session_per_host;
  const double whole_ns = std::floor(fraction_ns_);
  fraction_ns_ -= whole_ns;
  const std::int64_t end_ns = rest_ns(shown_);
  const std::int64_t to_ns =
      std::min(player_->playhead().time_ns + static_cast<std::int64_t>(whole_ns), end_ns);
  show(to_ns);
  if (to_ns == end_ns) playing_ = false;
  return true;
}

void LessonSource::tell_status() {
  // Busy first: what it has run is there once it is not.
  const bool untaken = run_->busy() || run_->played() != played_;
  status_.playing = !closed_ && (playing_ || untaken || next_lines_ > 0 || !asked_.empty());
  status_.playhead = player_->playhead();
  // What a line moves comes to rest before its end.
  status_.motion_ns = status_.playhead.time_ns;
  status_.last = {run_->timeline().last(), rest_ns(played_->size())};
  status_.speed = speed_;
  const std::size_t next_line = shown_ == 0 ? 0 : (*played_)[shown_ - 1].lines;
  status_.lesson =
      std::make_shared<const LessonStatus>(LessonStatus{.lesson = played_lesson_,
                                                        .played = played_,
                                                        .names = run_->names(),
                                                        .shown = shown_,
                                                        .answered = answered(),
                                                        .picked_next = picks_.contains(next_line),
                                                        .outcomes = outcomes_,
                                                        .outcome = outcome_});
}

// --- what is shown -------------------------------------------------------------------------------

TimelineStore LessonSource::store() const {
  return TimelineStore(run_->timeline().past(), rest_ns(played_->size()));
}

std::int64_t LessonSource::rest_ns(std::size_t lines) const {
  return lines == 0 ? 0 : (*played_)[lines - 1].end_ns;
}

void LessonSource::show(std::int64_t time_ns) {
  TimelineStore past = store();
  if (auto sought = player_->seek_time(past, time_ns); !sought)
    tell_problem(sought.error().message);
}

void LessonSource::show_all_of(std::size_t lines) {
  shown_ = lines;
  playing_ = false;
  show(rest_ns(lines));
}

// --- intents -------------------------------------------------------------------------------------

void LessonSource::apply(const intents::ToSession& intent) {
  using namespace intents;
  if (closed_) return;
  std::visit(Overloaded{
                 [&](const MovePlayhead& wanted) { move(wanted); },
                 [&](const PlayLesson& wanted) { play_lesson(wanted); },
                 // A lesson has its lines.
                 [](const ChangeMarkers&) {},
                 [](const GoToMarker&) {},
                 [](const ChangeLoop&) {},
                 [&](const RunGc&) { ask(gc_command()); },
                 [&](const SetProcs& i) { change_procs(i.procs); },
                 [&](const ChangeProcs& i) { change_procs(procs_to_come() + i.by); },
                 [&](const TogglePlay&) { toggle_play(); },
                 [](const PlayBackwards&) {},
                 [&](const Pause&) {
                   if (playing_) toggle_play();
                 },
                 [&](const SetSpeed& i) { set_speed(i.index); },
                 [&](const ChangeSpeed& i) { set_speed(speed_ + i.by); },
                 // A script is its own recording.
                 [](const ChangeRate&) {},
                 [](const ChangeHeld&) {},
                 [](const ToggleRecord&) {},
                 // A script's lines say who goes on, and how far.
                 [](const HoldGoroutine&) {},
                 [](const intents::Again&) {},
                 [](const SendGoroutine&) {},
                 [](const NoteView&) {},
                 [](const RetakeView&) {},
                 [](const UndoView&) {},
                 [](const ToggleSkipWaits&) {},
             },
             intent);
  tell_status();
}

void LessonSource::play_lesson(const intents::PlayLesson& wanted) {
  using namespace intents;
  std::visit(Overloaded{
                 [&](const NextLine&) { play_next_line(); },
                 [&](const LineBefore&) { show_line_before(); },
                 [&](const StartAnew&) { begin(lesson_, 0); },
                 [&](const PickAnswer& i) { pick(i.choice); },
                 [&](const ExploreLesson&) { explore(); },
                 [&](const PlayOutcome& i) { play_outcome(i.outcome); },
             },
             wanted);
}

void LessonSource::play_next_line() {
  if (shown_ < played_->size()) {
    // First what has run is seen again.
    show_all_of(shown_);
    ++shown_;
    playing_ = true;
    return;
  }
  const std::size_t to_come = run_->lines_begun() + static_cast<std::size_t>(next_lines_);
  if (to_come < played_lesson_->lines.size()) {
    ++next_lines_;
  } else if (!run_->busy()) {
    show_all_of(shown_);
  }
}

void LessonSource::pick(std::size_t choice) {
  const script::LessonAsk* ask = status_.lesson->asks();
  const bool untaken = run_->busy() || run_->played() != played_;
  if (ask == nullptr || choice >= ask->choices.size() || untaken) return;
  picks_[status_.lesson->lines_shown()] = choice;
  play_next_line();
}

std::optional<AnsweredQuestion> LessonSource::answered() const {
  const std::vector<script::Command>& commands = played_lesson_->script.commands;
  std::vector<std::string> answers(commands.size());
  std::size_t lines = 0;
  for (std::size_t i = 0; i < shown_; ++i) {
    const PlayedLine& played = (*played_)[i];
    lines = played.lines;
    if (!played.by_viewer) answers[lines - 1] = played.answer;
  }
  if (lines == 0 || (*played_)[shown_ - 1].by_viewer) return std::nullopt;
  // A dump belongs to the line before it.
  std::size_t line = lines - 1;
  const bool dump = commands[line].kind == script::Command::Kind::kDump;
  if (dump && line > 0 && !picks_.contains(line)) --line;
  const auto picked = picks_.find(line);
  if (picked == picks_.end() || !played_lesson_->lines[line].ask) return std::nullopt;
  AnsweredQuestion answered{.line = line, .picked = picked->second, .right = {}};
  const std::vector<script::LessonChoice>& choices = played_lesson_->lines[line].ask->choices;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    if (script::is_right(choices[i], played_lesson_->script, answers, line)) answered.right = i;
  }
  return answered;
}

void LessonSource::explore() {
  if (!lesson_->exploration || exploring_.valid() || outcomes_ != nullptr) return;
  outcomes_ = std::make_shared<const LessonOutcomes>();
  exploring_ = std::async(std::launch::async,
                          [this] { return outcomes_of(*lesson_->exploration, stop_exploring_); });
}

void LessonSource::play_outcome(std::size_t outcome) {
  if (outcomes_ == nullptr || outcome == 0 || outcome > outcomes_->outcomes.size()) return;
  auto draft = script::draft_lesson(outcomes_->outcomes[outcome - 1].script, lesson_->name);
  check(draft.has_value(), "a schedule can be written as a script");
  script::Lesson& lesson = draft->lesson;
  lesson.name = lesson_->name;
  lesson.title = lesson_->title;
  lesson.question = lesson_->exploration_text;
  lesson.exploration = lesson_->exploration;
  lesson.exploration_text = lesson_->exploration_text;
  begin(std::make_shared<const script::Lesson>(std::move(lesson)), outcome);
}

void LessonSource::show_line_before() {
  next_lines_ = 0;
  if (shown_ > 0) show_all_of(shown_ - 1);
}

void LessonSource::begin(std::shared_ptr<const script::Lesson> lesson, std::size_t outcome) {
  played_lesson_ = std::move(lesson);
  outcome_ = outcome;
  run_ = std::make_unique<LessonRun>(played_lesson_);
  played_ = run_->played();
  lanes_ = std::make_shared<const Lanes>();
  statistics_ = std::make_shared<const Statistics>();
  player_.emplace(initial_model(script::config_of(played_lesson_->script)), Told{});
  shown_ = 0;
  playing_ = false;
  next_lines_ = 0;
  asked_.clear();
  picks_.clear();
  fault_told_ = false;
}

void LessonSource::move(const intents::MovePlayhead& wanted) {
  using namespace intents;
  if (std::holds_alternative<GoToStart>(wanted)) return show_all_of(0);
  if (std::holds_alternative<GoToNow>(wanted)) return show_all_of(played_->size());
  const auto* forward = std::get_if<StepForward>(&wanted);
  const bool at_now = shown_ == played_->size() && player_->playhead().time_ns == rest_ns(shown_);
  if (forward != nullptr && forward->fraction_of_session == 0 && at_now) return play_next_line();
  TimelineStore past = store();
  if (auto moved = player_->move(past, wanted); !moved) tell_problem(moved.error().message);
  playing_ = false;
  // The line in which the playhead stands now.
  const auto line = std::ranges::find_if(*played_, [&](const PlayedLine& played) {
    return player_->playhead().time_ns <= played.end_ns;
  });
  const bool before_all = player_->playhead().time_ns == 0;
  shown_ = before_all
               ? 0
               : std::min(played_->size(), static_cast<std::size_t>(line - played_->begin()) + 1);
}

void LessonSource::toggle_play() {
  if (playing_) {
    playing_ = false;
  } else if (player_->playhead().time_ns < rest_ns(shown_)) {
    playing_ = true;
  } else {
    play_next_line();
  }
}

void LessonSource::set_speed(int speed) {
  speed_ = std::clamp(speed, 0, static_cast<int>(kSpeeds.size()) - 1);
}

void LessonSource::ask(script::Command command) { asked_.push_back(std::move(command)); }

void LessonSource::change_procs(std::int64_t procs) {
  procs = std::clamp<std::int64_t>(procs, 1, kMostScriptProcsAsked);
  if (procs == procs_to_come()) return;
  // Presses that come while a change waits for its turn add up to one.
  if (!asked_.empty() && asked_.back().kind == script::Command::Kind::kResize) asked_.pop_back();
  ask(resize_command(procs));
}

std::int64_t LessonSource::procs_to_come() const {
  for (auto command = asked_.rbegin(); command != asked_.rend(); ++command) {
    if (command->kind == script::Command::Kind::kResize) return command->number;
  }
  return run_->timeline().head()->procs;
}

}  // namespace poolscope
