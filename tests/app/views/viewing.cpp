#include "tests/app/views/viewing.h"

#include <algorithm>
#include <utility>

#include "app/control/builtin_lessons.h"
#include "app/control/speeds.h"

namespace poolscope::views::testing {
namespace {

/// After that long nothing moves, and no effect of a GC is drawn.
constexpr std::int64_t kAtRest_ns = 10'000 * kMs;

std::shared_ptr<const ListedMarkers> markers_of(const Model& model) {
  ListedMarkers markers;
  for (std::uint32_t i = 0; i < 9; ++i) {
    ListedMarker marker;
    marker.id = i + 1;
    marker.marker.time_ns = model.time_ns * i / 9;
    marker.marker.seq = model.seq * i / 9;
    if (i % 3 == 1) marker.title = "A steal";
    if (i % 3 == 2) marker.title = std::string(kLongWord) + " title of a marker, with many words";
    if (i % 2 == 0) {
      marker.note = std::string(kLongWord) +
                    " note: what the lecturer has written down to say here, in more words than "
                    "any line of the caption can hold, because a lecturer may write as much as "
                    "they like";
    }
    markers.push_back(marker);
  }
  return std::make_shared<const ListedMarkers>(std::move(markers));
}

std::shared_ptr<const LessonStatus> lesson_of(const Played& played, bool begun) {
  auto status = std::make_shared<LessonStatus>();
  status->lesson = std::make_shared<const script::Lesson>(played.lesson);
  status->names = std::make_shared<const script::ScriptNames>(played.names);
  std::vector<PlayedLine> lines;
  if (begun) {
    const auto& commands = played.lesson.script.commands;
    for (std::size_t i = 0; i < commands.size(); ++i) {
      PlayedLine line;
      line.lines = i + 1;
      line.text = "put p3 A a";
      line.answer = "ok | shared:3";
      line.begin_ns = played.model.time_ns * static_cast<std::int64_t>(i) /
                      static_cast<std::int64_t>(commands.size());
      line.end_ns = line.begin_ns + 400 * kMs;
      line.changed_state = true;
      lines.push_back(std::move(line));
    }
  }
  status->shown = lines.size();
  status->played = std::make_shared<const std::vector<PlayedLine>>(std::move(lines));
  return status;
}

ViewMode mode_of(Shown shown) {
  switch (shown) {
    case Shown::kPaused: return ViewMode::kPaused;
    case Shown::kPast: return ViewMode::kPast;
    case Shown::kReplay:
    case Shown::kReplayPaused:
    case Shown::kRetaking:
    case Shown::kMarker: return ViewMode::kReplay;
    case Shown::kStepping:
    case Shown::kLesson:
    case Shown::kLessonBegin: return ViewMode::kStepping;
    default: return ViewMode::kLive;
  }
}

SessionStatus session_of(const Played& played, const Shape& shape, const Look& look) {
  const Model& model = played.model;
  SessionStatus session;
  session.mode = mode_of(look.shown);
  const bool live = session.live();
  session.playing = look.shown != Shown::kPaused && look.shown != Shown::kReplayPaused &&
                    look.shown != Shown::kPast && look.shown != Shown::kMarker;
  session.playhead = {model.seq, model.time_ns};
  session.motion_ns =
      model.time_ns +
      (look.moving ? static_cast<std::int64_t>(look.seed * 37 % 580) * kMs : kAtRest_ns);
  session.playhead.time_ns = look.moving ? session.motion_ns : model.time_ns + 1 * kMs;
  session.last = session.playhead;
  if (look.shown == Shown::kPast) session.last.time_ns += 754'321 * kMs;
  if (!live) {
    session.name = std::string(kLongWord) + "-recording-of-a-service-2026-01-31.poolscope";
    session.speeds = names_of(replay_speeds());
    session.speed = as_it_was();
  } else {
    session.speeds = names_of(live_speeds());
    session.speed = kLectureSpeed;
    session.workload = LiveWorkload{.rate_per_s = 50, .held = 2};
  }
  session.stepped = look.shown == Shown::kStepping;
  session.summed = shape.happening == Happening::kFullRate;
  session.ops_per_second = session.summed ? 1'705'300 : 40;
  const bool lesson = look.shown == Shown::kLesson || look.shown == Shown::kLessonBegin;
  session.can = {.can_change_pool = live || lesson,
                 .can_record = live,
                 .can_save_last = live,
                 .can_seek = true,
                 .can_hold = live,
                 .can_mark = !lesson};
  if (live && look.seed % 3 == 0) session.procs_target = model.procs + 1;
  if (look.shown == Shown::kRecording) {
    session.recording = true;
    session.recording_file = "/home/lecturer/" + std::string(kLongWord) + "/a-talk.poolscope";
    session.recording_ns = 754'000 * kMs;
  }
  if (look.shown != Shown::kLive) session.markers = markers_of(model);
  session.retaking_view = look.shown == Shown::kRetaking;
  if (look.shown == Shown::kMarker) session.at_marker = 2;
  if (look.shown == Shown::kReplay) {
    session.loop = {.in = Position{model.seq / 3, model.time_ns / 3},
                    .out = Position{model.seq / 2, model.time_ns / 2}};
  }
  if (lesson) session.lesson = lesson_of(played, look.shown == Shown::kLesson);
  return session;
}

Message message_of(Shown shown) {
  Message message;
  if (shown == Shown::kProblem) {
    message.text = std::string(kLongWord) +
                   "/talk.poolscope: cannot be written any more: the disk is full; make room, or "
                   "choose another folder with --flight-mib 0 and record by hand. What was "
                   "recorded so far is kept, and the session goes on without it.";
  }
  if (shown == Shown::kQuestion) {
    message.text = std::string(kLongWord) +
                   ": a session of 2026-01-31 14:25 was left behind, 12:34 long, 84 MiB.";
    message.kind = Message::Kind::kNews;
    message.answers = {{"keep", "Keep", intents::LetGo{}},
                       {"throw", "Throw away", intents::LetGo{}}};
  }
  return message;
}

/// Somebody who is on the stage.
GId goroutine_of(const Model& model) {
  GId found;
  for (const GState& g : model.gs) {
    if (g.status == GState::Status::kAbsent) continue;
    found = g.id;
    if (g.op.kind != Operation::Kind::kNone) break;
  }
  return found;
}

void choose(ViewState& state, SessionStatus& session, const Model& model, const Look& look) {
  switch (look.follow) {
    case Follow::kNobody: return;
    case Follow::kHeldGoroutine:
      state.followed = goroutine_of(model);
      if (state.followed.valid()) session.held = {state.followed};
      return;
    case Follow::kGoroutine: state.followed = goroutine_of(model); return;
    case Follow::kObject: state.followed_object = kFollowedObject; return;
    case Follow::kPart: state.lit = intents::ConservationPart::kPooled; return;
    case Follow::kFocus: state.focus = PId{static_cast<std::uint16_t>(model.procs - 1)}; return;
  }
}

void lay_over(ViewState& state, const Look& look, const std::shared_ptr<const Played>& played) {
  switch (look.over) {
    case Over::kNothing: return;
    case Over::kHelp: state.dialog = Dialog::kHelp; return;
    case Over::kWorkload: state.dialog = Dialog::kWorkload; return;
    case Over::kMarkers: state.dialog = Dialog::kMarkers; return;
    case Over::kOpen: {
      state.dialog = Dialog::kOpen;
      FoundFiles files;
      for (std::size_t i = 0; i < 12; ++i) {
        SessionFile file;
        file.path = "/home/lecturer/" + std::string(kLongWord) + "-folder/" +
                    (i % 2 == 0 ? "a.poolscope" : "recording-of-a-service.poolscope");
        file.started = "2026-01-31T14:25:00Z";
        file.duration_ns = 754'000 * kMs;
        file.bytes = 123'456'789;
        file.markers = i;
        // One that cannot be read is among them.
        if (i % 3 != 2) file.pictured = {played, &played->model};
        files.files.push_back(file);
      }
      state.files = std::make_shared<const FoundFiles>(std::move(files));
      return;
    }
    case Over::kLessons:
      state.dialog = Dialog::kLessons;
      state.lessons = std::make_shared<const std::vector<script::Lesson>>(builtin_lessons());
      return;
    case Over::kFirstStart:
      state.first_lesson = std::make_shared<const script::Lesson>(builtin_lessons().front());
      return;
  }
}

}  // namespace

std::string Viewing::texts() const {
  std::string all = message.text + session.name + session.recording_file;
  for (const ListedMarker& marker : *session.markers) all += marker.title + marker.note;
  if (session.lesson != nullptr) {
    const script::Lesson& lesson = *session.lesson->lesson;
    for (const script::LessonText* text : {&lesson.title, &lesson.question, &lesson.takeaway}) {
      all += text->en + text->zh;
    }
    for (const script::LessonLine& line : lesson.lines) all += line.caption.en + line.caption.zh;
  }
  const auto add = [&all](const script::Lesson& lesson) {
    all += lesson.title.en + lesson.title.zh + lesson.question.en + lesson.question.zh;
  };
  if (state.first_lesson != nullptr) add(*state.first_lesson);
  if (state.lessons != nullptr) std::ranges::for_each(*state.lessons, add);
  return all;
}

Viewing view_of(std::shared_ptr<const Played> played, const Shape& shape, const Look& look) {
  Viewing view;
  view.session = session_of(*played, shape, look);
  view.told = played->told;
  if (!look.moving) view.told.moves.clear();
  view.message = message_of(look.shown);
  view.state.tab = look.tab;
  view.state.axis = look.by_step ? TimelineAxis::kStep : TimelineAxis::kTime;
  choose(view.state, view.session, played->model, look);
  lay_over(view.state, look, played);
  if (look.follow == Follow::kObject) view.life = played->life;
  if (look.seed % 2 == 0) view.padding_cost = PaddingCost{2, 31.4, 14.2};
  view.interactive = look.interactive;
  view.played = std::move(played);
  return view;
}

}  // namespace poolscope::views::testing
