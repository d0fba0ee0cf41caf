#include "app/control/replay_source.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "app/control/file_names.h"
#include "app/control/lanes_loader.h"
#include "app/control/rate.h"
#include "core/base/overloaded.h"
#include "core/session/annotation_rows.h"

namespace poolscope {

Expected<std::unique_ptr<ReplaySource>> ReplaySource::open(const std::filesystem::path& file) {
  auto reader = Reader::open(file);
  if (!reader) return tl::make_unexpected(reader.error());
  return std::unique_ptr<ReplaySource>(new ReplaySource(std::move(*reader)));
}

ReplaySource::ReplaySource(std::unique_ptr<Reader> reader)
    : store_(std::move(reader)),
      player_(store_.reader().base(), {}),
      kept_(store_.reader().path(), store_.reader().markers(), store_.reader().views()),
      loader_(std::make_unique<LanesLoader>(store_.reader().path())),
      lanes_(loader_->lanes()),
      statistics_(loader_->statistics()),
      rate_operations_(operations_of(player_.model())),
      rate_since_ns_(player_.model().time_ns) {
  // What was paced was made to be watched as it was; the rest went too fast for that.
  player_.set_speed(player_.model().step_time_ns != 0 ? as_it_was() : by_step());
  player_.play(true);
  status_.mode = ViewMode::kReplay;
  status_.speeds = names_of(replay_speeds());
  status_.name = store_.reader().path().filename().string();
  status_.file = store_.reader().path().string();
  status_.can = {.can_seek = true, .can_mark = true, .can_retake_view = true};
  status_.first = {store_.first_seq(), store_.first_time_ns()};
  status_.last = {store_.last_seq(), store_.last_time_ns()};
  status_.origin = store_.reader().origin();
  status_.names = names_in(store_.reader().names());
  if (store_.reader().recorded_by()) {
    tell_problem("This session is still being recorded; it ends where it was when it was opened");
  } else if (!store_.reader().closed_cleanly()) {
    tell_problem("This recording was not closed cleanly; it ends where it was cut off");
  }
  tell_status();
}

ReplaySource::~ReplaySource() = default;

void ReplaySource::read_annotations_again() {
  const std::filesystem::path file = store_.reader().path();
  const auto reader = Reader::open(file);
  // Where it cannot be read any more, the replay will say so.
  if (reader) kept_ = KeptAnnotations(file, (*reader)->markers(), (*reader)->views());
  tell_status();
}

void ReplaySource::close() {
  player_.play(false);
  loader_.reset();
  end_retake();
  if (auto kept = kept_.finish(); !kept) tell_problem(kept.error().message);
  tell_status();
}

bool ReplaySource::update(std::int64_t host_now_ns) {
  const std::int64_t passed_ns = host_ns_ == 0 ? 0 : host_now_ns - host_ns_;
  host_ns_ = host_now_ns;
  const Position shown = status_.playhead;
  const bool was_playing = status_.playing;
  const auto advanced = player_.advance(store_, passed_ns);
  if (!advanced) stop_at(advanced.error());
  if (retake_ && was_playing) retake_->reach(player_.playhead());
  return_if_shown();
  bool more_lanes = false;
  if (loader_ != nullptr) {
    const auto lanes = loader_->lanes();
    more_lanes = lanes != lanes_;
    lanes_ = lanes;
    statistics_ = loader_->statistics();
  }
  if (auto kept = kept_.update(host_now_ns, player_.playing()); !kept)
    tell_problem(kept.error().message);
  measure_rate();
  const std::int64_t motion_ns = status_.motion_ns;
  settling_.pass(status_, passed_ns);
  tell_status();
  return !advanced || *advanced || more_lanes || was_playing != status_.playing ||
         shown != status_.playhead || motion_ns != status_.motion_ns;
}

void ReplaySource::apply(const intents::ToSession& intent) {
  using namespace intents;
  std::visit(Overloaded{
                 [&](const MovePlayhead& wanted) { move(wanted); },
                 [&](const TogglePlay&) { toggle_play(); },
                 [&](const PlayBackwards&) {
                   leave_again();
                   player_.play_backwards();
                 },
                 [&](const Pause&) { player_.play(false); },
                 [&](const SetSpeed& i) { player_.set_speed(i.index); },
                 [&](const ChangeSpeed& i) { player_.set_speed(player_.speed_index() + i.by); },
                 [&](const PlayLesson& wanted) { play_lesson(wanted); },
                 [&](const ChangeMarkers& wanted) { change_markers(wanted); },
                 [&](const GoToMarker& wanted) { go_to_marker(wanted); },
                 [&](const ChangeLoop& wanted) { player_.change_loop(wanted); },
                 // The pool of a recording has run, and a recording is not recorded.
                 [](const RunGc&) {},
                 [](const SetProcs&) {},
                 [](const ChangeProcs&) {},
                 [](const ChangeRate&) {},
                 [](const ChangeHeld&) {},
                 [](const ToggleRecord&) {},
                 [](const HoldGoroutine&) {},
                 [](const SendGoroutine&) {},
                 [&](const NoteView& i) {
                   if (retake_) retake_->note(player_.playhead(), i.what, i.value);
                 },
                 [&](const RetakeView&) { toggle_retake(); },
                 // One that is under way is given up.
                 [&](const UndoView&) { retake_ ? retake_.reset() : kept_.undo_views(); },
                 [&](const ToggleSkipWaits&) { player_.skip_waits(!player_.skips_waits()); },
                 [&](const intents::Again&) { show_again(); },
             },
             intent);
  tell_status();
}

void ReplaySource::move(const intents::MovePlayhead& wanted) {
  settling_.note(wanted);
  leave_again();
  if (auto moved = player_.move(store_, wanted); !moved) return stop_at(moved.error());
  // A viewer that steps wants to look; one that scrubs goes on from there.
  const bool scrubbed = std::holds_alternative<intents::SeekTime>(wanted) ||
                        std::holds_alternative<intents::SeekSeq>(wanted) ||
                        std::holds_alternative<intents::GoToStart>(wanted);
  if (!scrubbed) player_.play(false);
}

void ReplaySource::play_lesson(const intents::PlayLesson& wanted) {
  if (std::holds_alternative<intents::NextLine>(wanted)) return play_to_next_marker();
  if (std::holds_alternative<intents::LineBefore>(wanted)) go_to_marker(intents::MarkerBack{});
}

void ReplaySource::change_markers(const intents::ChangeMarkers& wanted) {
  if (std::holds_alternative<intents::AddMarker>(wanted)) {
    // A marker says what the picture shows, which stands still meanwhile.
    leave_again();
    player_.play(false);
  }
  kept_.change(wanted, player_.playhead());
}

void ReplaySource::toggle_retake() {
  leave_again();
  if (retake_) {
    // It stands still, so that the file is written now: nothing is while it is read.
    player_.play(false);
    retake_->reach(player_.playhead());
    return end_retake();
  }
  // Now, not when the work is done.
  if (auto can = check_annotations_can_change(store_.reader().path()); !can) {
    return tell_problem(can.error().message);
  }
  retake_.emplace(player_.playhead());
}

void ReplaySource::end_retake() {
  if (!retake_) return;
  auto views = retake_->replace_in(*kept_.views(), status_.first, status_.last);
  retake_.reset();
  if (views != *kept_.views()) kept_.replace_views(std::move(views));
}

void ReplaySource::go_to_marker(const intents::GoToMarker& wanted) {
  const auto number = kept_.tour().meant(wanted, player_.playhead());
  if (!number) return tell_news(no_marker_text(wanted));
  leave_again();
  player_.play(false);
  settling_.note(intents::SeekTime{});
  const Marker& marker = (*kept_.tour().list().all())[*number].marker;
  if (auto sought = player_.seek(store_, place_of(marker)); !sought) return stop_at(sought.error());
  kept_.arrive(*number, player_.playhead());
}

void ReplaySource::play_to_next_marker() {
  const auto number = kept_.tour().meant(intents::MarkerForward{}, player_.playhead());
  if (!number) return tell_news(no_marker_text(intents::MarkerForward{}));
  leave_again();
  const Position place = place_of((*kept_.tour().list().all())[*number].marker);
  // One that cannot be played to, behind the last event, is gone to.
  if (place.seq > store_.last_seq() || place.time_ns > store_.last_time_ns()) {
    return go_to_marker(intents::ShowMarker{*number});
  }
  player_.play_until(place);
}

/// What is shown once more is over, and the speed is the viewer's again.
void ReplaySource::leave_again() {
  player_.keep_to_loop(true);
  if (back_) player_.set_speed(std::exchange(back_, std::nullopt)->speed);
}

void ReplaySource::show_again() {
  // What is shown once more is nothing of the view that is directed.
  if (retake_) return tell_news("The view is being directed: Shift+V ends it, then this works");
  const auto found = last_worth_seeing(store_, player_.model(), player_.told());
  if (!found) return stop_at(found.error());
  if (!*found) return tell_news("Nothing has happened yet that could be shown once more");
  if (!back_) {
    back_ = {{}, player_.playhead().seq, player_.speed_index(), player_.playing()};
  }
  back_->again = **found;
  player_.keep_to_loop(false);
  if (auto sought = player_.seek_seq(store_, back_->again.begin_seq); !sought) {
    return stop_at(sought.error());
  }
  player_.set_speed(back_->again.speed);
  player_.play(true);
}

void ReplaySource::return_if_shown() {
  if (!back_ || player_.playhead().seq < back_->again.end_seq) return;
  const Back back = *back_;
  leave_again();
  if (auto sought = player_.seek_seq(store_, back.seq); !sought) return stop_at(sought.error());
  player_.play(back.playing);
}

void ReplaySource::toggle_play() {
  const bool from_begin = !player_.playing() && player_.at_end(store_);
  if (from_begin) {
    if (auto sought = player_.seek_seq(store_, store_.first_seq()); !sought) {
      return stop_at(sought.error());
    }
  }
  player_.play(!player_.playing());
}

void ReplaySource::measure_rate() {
  const Model& model = player_.model();
  const std::int64_t window_ns = model.time_ns - rate_since_ns_;
  if (window_ns >= 0 && window_ns < kRateWindow_ns) return;
  const std::uint64_t operations = operations_of(model);
  if (window_ns > 0 && operations >= rate_operations_) {
    operations_per_second_ =
        static_cast<double>(operations - rate_operations_) * 1e9 / static_cast<double>(window_ns);
  }
  rate_operations_ = operations;
  rate_since_ns_ = model.time_ns;
}

void ReplaySource::tell_status() {
  status_.playing = player_.playing();
  status_.playhead = player_.playhead();
  status_.loop = player_.loop();
  status_.markers = kept_.tour().list().all();
  status_.views = kept_.views();
  status_.retaking_view = retake_.has_value();
  status_.can_undo_view = retake_ || kept_.can_undo_views();
  status_.can_undo_marker = kept_.tour().list().can_undo();
  const Position playhead = player_.playhead();
  status_.at_marker = player_.playing() ? std::nullopt : kept_.tour().seen_at(playhead);
  status_.next_marker = kept_.tour().meant(intents::MarkerForward{}, playhead);
  settling_.tell(status_);
  status_.speed = player_.speed_index();
  status_.skips_waits = player_.skips_waits();
  const double shown_per_second = operations_per_second_ * player_.speed().session_per_host;
  status_.summed =
      status_.playing && shown_per_second >= kSummedFrom_per_s && player_.model().step_time_ns == 0;
  status_.ops_per_second = operations_per_second_;
}

void ReplaySource::stop_at(const Error& error) {
  player_.play(false);
  tell_problem(error.message);
}

}  // namespace poolscope
