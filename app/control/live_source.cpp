#include "app/control/live_source.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>
#include <variant>

#include "app/control/rate.h"
#include "core/base/overloaded.h"
#include "core/model/reduce.h"

namespace poolscope {
namespace {

// Lanes are copied at most so often, and so rarely that copying takes a small share of the time.
constexpr std::int64_t kLanesEvery_ns = 50'000'000;
constexpr std::int64_t kLanesShare = 40;
constexpr std::int64_t kMostProcsAsked = 256;
constexpr std::int64_t kClockTick_ns = 1'000'000'000;

std::int64_t host_clock_ns() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

// What the rate of a workload is changed to, operations a second of each goroutine; 0: no limit.
constexpr std::array<double, 15> kRates_per_s = {1,   2,    5,    10,   20,    50,    100, 200,
                                                 500, 1000, 2000, 5000, 10000, 20000, 0};

int first_speed(const SimulationOptions& session) {
  return session.starts_paused
             ? kStepByStep
             : live_speed_of({session.config.pacing, session.config.step_time_ns});
}

}  // namespace

Expected<std::unique_ptr<LiveSource>> LiveSource::start(LiveOptions options) {
  auto simulation = Simulation::create(options.session);
  if (!simulation) return tl::make_unexpected(simulation.error());
  std::unique_ptr<LiveSource> source(new LiveSource(std::move(options), std::move(*simulation)));
  if (!source->options_.record.empty()) {
    auto begun = source->recording_->begin_now(source->options_.record, source->options_.overwrite,
                                               source->timeline_);
    if (!begun) return tl::make_unexpected(begun.error());
  }
  if (source->options_.recording) source->recording_->begin_session(*source->head_);
  if (source->options_.flight) source->options_.flight->begin_session(*source->head_);
  source->simulation_->start(*source);
  source->tell_status();
  return source;
}

LiveSource::LiveSource(LiveOptions options, std::unique_ptr<Simulation> simulation)
    : options_(std::move(options)),
      story_(initial_model(simulation->config())),
      timeline_(initial_model(simulation->config()), options_.limits, &story_),
      recording_(options_.recording ? options_.recording
                                    : std::make_shared<LiveRecording>(options_.recorder)),
      head_(timeline_.head()),
      lanes_(std::make_shared<const Lanes>()),
      statistics_(std::make_shared<const Statistics>()),
      speed_(first_speed(options_.session)),
      simulation_(std::move(simulation)) {
  status_.speeds = names_of(live_speeds());
  status_.workload = {.rate_per_s = options_.session.ops_per_second,
                      .held = options_.session.config.workload->held};
  status_.can = {.can_change_pool = true,
                 .can_record = true,
                 .can_seek = true,
                 .can_hold = true,
                 .can_mark = true};
}

LiveSource::~LiveSource() { close(); }

void LiveSource::on_events(std::span<const Event> events) {
  // First: it does not wait for its disk, as a recording does.
  if (options_.flight) options_.flight->take(events);
  recording_->take(timeline_, events);
}

void LiveSource::close() {
  if (std::exchange(closed_, true)) return;
  simulation_->stop();
  take_head(true);
  if (recording_goes_on_ && recording_->can_go_on()) {
    recording_->end_session({head_->seq, head_->time_ns}, markers_.list().stored(), has_marked_);
  } else if (auto closed = recording_->finish(); !closed) {
    tell_problem(closed.error().message);
  }
  if (auto ended = take_ended_recording()) ended_ = std::move(ended);
  if (auto written = annotation_writer_.finish(); !written) tell_problem(written.error().message);
  tell_status();
}

const Model& LiveSource::model() const { return past_ ? past_->model() : *head_; }
const Told& LiveSource::told() const { return past_ ? past_->told() : head_told_; }

// --- update --------------------------------------------------------------------------------------

bool LiveSource::update(std::int64_t host_now_ns) {
  const std::int64_t passed_ns = host_ns_ == 0 ? 0 : host_now_ns - host_ns_;
  host_ns_ = host_now_ns;
  const SessionStatus before = status_;
  recording_->pass(passed_ns);
  // No session has followed after all.
  if (closed_ && std::exchange(recording_goes_on_, false)) recording_->end();
  if (auto recorded = recording_->update(); !recorded) tell_problem(recorded.error().message);
  if (auto written = annotation_writer_.update(host_now_ns); !written) {
    tell_problem(written.error().message);
  }
  take_head();
  take_lanes(host_now_ns);
  const bool moved = play_past(passed_ns);
  measure_rate();
  settling_.pass(status_, passed_ns);
  tell_status();
  return moved || status_.playing || status_.mode != before.mode ||
         status_.playhead != before.playhead || status_.motion_ns != before.motion_ns ||
         status_.last.seq != before.last.seq || status_.recording != before.recording ||
         status_.recording_ns / kClockTick_ns != before.recording_ns / kClockTick_ns ||
         status_.can.can_save_last != before.can.can_save_last || status_.speed != before.speed;
}

void LiveSource::take_head(bool with_lanes) {
  if (!with_lanes && timeline_.last() == head_->seq) return;
  std::shared_ptr<Lanes> lanes;
  head_ = timeline_.head([&](const Model& head) {
    if (head.seq != head_->seq) head_told_ = story_.teller().told(head);
    if (!with_lanes) return;
    lanes = std::make_shared<Lanes>(story_.lanes());
    statistics_ = std::make_shared<const Statistics>(story_.statistics());
  });
  if (lanes == nullptr) return;
  // The collector does not wait for this.
  lanes->make_levels();
  lanes_ = std::move(lanes);
}

void LiveSource::take_lanes(std::int64_t host_now_ns) {
  if (host_now_ns < next_lanes_ns_ || lanes_->end_seq() == head_->seq) return;
  const std::int64_t begin_ns = host_clock_ns();
  take_head(true);
  const std::int64_t took_ns = host_clock_ns() - begin_ns;
  next_lanes_ns_ = host_now_ns + std::max(kLanesEvery_ns, kLanesShare * took_ns);
}

bool LiveSource::play_past(std::int64_t host_ns) {
  if (!past_) return false;
  TimelineStore store(timeline_.past());
  if (past_->playhead().seq < store.first_seq()) {
    // The past begins later by now: what was shown is forgotten.
    if (auto sought = past_->seek_seq(store, store.first_seq()); !sought)
      tell_problem(sought.error().message);
  }
  const bool was_playing = past_->playing();
  auto moved = past_->advance(store, host_ns);
  if (!moved) tell_problem(moved.error().message);
  // Played up to now, or to the end of what is shown once more: from here on it is live again.
  const bool shown = again_ && past_->playhead().seq >= again_->end_seq;
  const bool at_now = !past_->playing() && past_->at_end(store);
  if (was_playing && (shown || at_now)) {
    return_to_now();
    return true;
  }
  return moved.value_or(true);
}

void LiveSource::measure_rate() {
  const std::int64_t window_ns = head_->time_ns - rate_since_ns_;
  if (window_ns < kRateWindow_ns) return;
  const std::uint64_t operations = operations_of(*head_);
  operations_per_second_ =
      static_cast<double>(operations - rate_operations_) * 1e9 / static_cast<double>(window_ns);
  rate_operations_ = operations;
  rate_since_ns_ = head_->time_ns;
}

void LiveSource::tell_status() {
  const bool paused = simulation_->paused();
  const TimelinePast past = timeline_.past();
  status_.first = {past.first(), past.first_time_ns()};
  status_.last = {head_->seq,
                  closed_ ? head_->time_ns : std::max(head_->time_ns, simulation_->now_ns())};
  status_.mode = past_ ? ViewMode::kPast : paused ? ViewMode::kPaused : ViewMode::kLive;
  status_.playing = past_ ? past_->playing() : !paused && !closed_;
  status_.playhead = past_ ? past_->playhead() : status_.last;
  status_.loop = past_ ? past_->loop() : Loop{};
  status_.markers = markers_.list().all();
  status_.can_undo_marker = markers_.list().can_undo();
  status_.at_marker = status_.playing ? std::nullopt : markers_.seen_at(status_.playhead);
  status_.next_marker =
      past_ ? markers_.meant(intents::MarkerForward{}, status_.playhead) : std::nullopt;
  settling_.tell(status_);
  if (std::exchange(tells_past_speeds_, past_.has_value()) != past_.has_value()) {
    status_.speeds = past_ ? names_of(replay_speeds()) : names_of(live_speeds());
  }
  status_.speed = past_ ? past_->speed_index() : speed_;
  status_.workload->speed = speed_;
  status_.skips_waits = skips_waits_;
  status_.summed =
      model().step_time_ns == 0 && operations_per_second_ >= kSummedFrom_per_s && status_.playing;
  status_.ops_per_second = operations_per_second_;
  status_.held = simulation_->held();
  status_.addresses = simulation_->array_addresses();
  status_.procs_target = simulation_->procs_wanted().value_or(0);
  status_.can.can_save_last = options_.flight && options_.flight->running();
  status_.recording = recording_->under_way();
  status_.recording_file = recording_->file();
  status_.recording_ns = recording_->length_ns();
}

// --- intents -------------------------------------------------------------------------------------

void LiveSource::apply(const intents::ToSession& intent) {
  using namespace intents;
  if (closed_) return;
  std::visit(Overloaded{
                 [&](const MovePlayhead& wanted) { move(wanted); },
                 [&](const PlayLesson& wanted) { play_lesson(wanted); },
                 [&](const ChangeMarkers& wanted) { change_markers(wanted); },
                 [&](const GoToMarker& wanted) { go_to_marker(wanted); },
                 [&](const ChangeLoop& wanted) { change_loop(wanted); },
                 [&](const RunGc&) {
                   return_to_now();
                   // False: one waits already, and clicks are not queued.
                   static_cast<void>(simulation_->request_gc());
                 },
                 [&](const SetProcs& i) { change_procs(i.procs); },
                 [&](const ChangeProcs& i) { change_procs(std::int64_t{procs_to_come()} + i.by); },
                 [&](const TogglePlay&) { toggle_play(); },
                 [&](const PlayBackwards&) { play_backwards(); },
                 [&](const Pause&) { pause(); },
                 [&](const SetSpeed& i) { past_ ? set_past_speed(i.index) : set_speed(i.index); },
                 [&](const ChangeSpeed& i) {
                   past_ ? set_past_speed(past_->speed_index() + i.by) : set_speed(speed_ + i.by);
                 },
                 [&](const ToggleSkipWaits&) {
                   skips_waits_ = !skips_waits_;
                   if (past_) past_->skip_waits(skips_waits_);
                 },
                 [&](const ChangeRate& i) { change_rate(i.by); },
                 [&](const ChangeHeld& i) { change_held(i.by); },
                 [&](const ToggleRecord&) { toggle_record(); },
                 [&](const HoldGoroutine& i) { hold(i.g, i.held); },
                 [&](const SendGoroutine& i) { send(i); },
                 [&](const NoteView& i) { note_view(i); },
                 [](const RetakeView&) {},
                 [](const UndoView&) {},
                 [&](const intents::Again&) { show_again(); },
             },
             intent);
  tell_status();
}

void LiveSource::move(const intents::MovePlayhead& wanted) {
  settling_.note(wanted);
  again_.reset();
  if (std::holds_alternative<intents::GoToNow>(wanted)) return return_to_now();
  if (past_) return look_back(wanted);
  const auto* step = std::get_if<intents::StepForward>(&wanted);
  if (step != nullptr && step->fraction_of_session <= 0) {
    // What is moved by hand takes the step.
    if (by_hand_.valid()) return send({by_hand_});
    if (simulation_->paused()) return simulation_->step();
  }
  // There is nothing after now.
  if (step != nullptr || std::holds_alternative<intents::EventForward>(wanted)) return;
  look_back(wanted);
}

void LiveSource::play_lesson(const intents::PlayLesson& wanted) {
  if (std::holds_alternative<intents::NextLine>(wanted)) return play_to_next_marker();
  if (std::holds_alternative<intents::LineBefore>(wanted)) go_to_marker(intents::MarkerBack{});
}

void LiveSource::change_markers(const intents::ChangeMarkers& wanted) {
  const auto added = markers_.change(wanted, status_.playhead);
  for (const MarkedFile& file : marked_files_) write_markers(file);
  if (added) has_marked_ = true;
  if (!has_marked_) return;
  recording_->set_markers(markers_.list().stored());
  if (options_.flight) options_.flight->set_markers(markers_.list().stored());
}

/// What is shown of the past is nothing that happened then.
void LiveSource::note_view(const intents::NoteView& shown) {
  if (past_) return;
  ViewChange change{status_.last.seq, status_.last.time_ns, shown.what, shown.value};
  if (options_.flight) options_.flight->add_view(change);
  recording_->add_view(std::move(change));
}

/// Those of its time, as they are now.
void LiveSource::write_markers(const MarkedFile& into) {
  std::vector<Marker> markers = into.earlier;
  for (Marker& marker : markers_.list().stored()) {
    marker.seq += into.moved_by.seq;
    marker.time_ns += into.moved_by.time_ns;
    markers.push_back(std::move(marker));
  }
  std::erase_if(markers, [&](const Marker& marker) {
    return marker.seq < into.first_seq || marker.seq > into.last_seq;
  });
  annotation_writer_.want(into.file, std::move(markers));
}

/// Its markers may have been edited since they were set, and may be once more.
std::optional<EndedRecording> LiveSource::take_ended_recording() {
  if (ended_) return std::exchange(ended_, std::nullopt);
  auto ended = recording_->take_ended();
  if (!ended) return ended;
  marked_files_.push_back({ended->file, ended->origin.seq, ended->model.seq, recording_->moved_by(),
                           recording_->earlier_markers()});
  if (has_marked_ || recording_->marked_earlier()) write_markers(marked_files_.back());
  return ended;
}

std::shared_ptr<LiveRecording> LiveSource::hand_over_recording() {
  recording_goes_on_ = recording_->can_go_on();
  return recording_goes_on_ ? recording_ : nullptr;
}

void LiveSource::go_to_marker(const intents::GoToMarker& wanted) {
  const auto number = markers_.meant(wanted, status_.playhead);
  if (!number) return tell_news(no_marker_text(wanted));
  again_.reset();
  settling_.note(intents::SeekTime{});
  TimelineStore store(timeline_.past(), status_.last.time_ns);
  enter_past();
  past_->play(false);
  const Position place = place_of((*markers_.list().all())[*number].marker);
  if (auto sought = past_->seek(store, place); !sought) tell_problem(sought.error().message);
  markers_.arrive(*number, past_->playhead());
}

/// Of what has happened; now lies behind it.
void LiveSource::change_loop(const intents::ChangeLoop& wanted) {
  if (past_) return past_->change_loop(wanted);
  tell_news("Look back first: a loop is a stretch of what has happened");
}

/// Behind the last one there is now.
void LiveSource::play_to_next_marker() {
  const auto number = markers_.meant(intents::MarkerForward{}, status_.playhead);
  if (past_ && !number) return return_to_now();
  if (!number) return tell_news(no_marker_text(intents::MarkerForward{}));
  if (!past_) return;
  again_.reset();
  past_->play_until(place_of((*markers_.list().all())[*number].marker));
}

void LiveSource::change_procs(std::int64_t procs) {
  return_to_now();
  const auto wanted =
      static_cast<std::uint32_t>(std::clamp<std::int64_t>(procs, 1, kMostProcsAsked));
  if (wanted != procs_to_come()) simulation_->request_procs(wanted);
}

/// What GOMAXPROCS is, or will be once the world stops.
std::uint32_t LiveSource::procs_to_come() const {
  return simulation_->procs_wanted().value_or(simulation_->procs());
}

void LiveSource::change_rate(int by) {
  double& rate = status_.workload->rate_per_s;
  // From a rate that is not in the list to the next one there.
  const auto above = std::find_if(kRates_per_s.begin(), kRates_per_s.end() - 1,
                                  [&](double known) { return rate > 0 && known >= rate; });
  const bool listed = *above == rate;
  const std::ptrdiff_t at = above - kRates_per_s.begin() - (by > 0 && !listed ? 1 : 0);
  const auto last = static_cast<std::ptrdiff_t>(kRates_per_s.size()) - 1;
  rate = kRates_per_s[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(at + by, 0, last))];
  simulation_->set_rate(rate);
}

void LiveSource::change_held(int by) {
  std::uint32_t& held = status_.workload->held;
  held = static_cast<std::uint32_t>(
      std::clamp<std::int64_t>(std::int64_t{held} + by, 1, std::int64_t{kMostHeld}));
  simulation_->set_held(held);
}

void LiveSource::show_again() {
  TimelineStore store(timeline_.past());
  const auto found = last_worth_seeing(store, *head_, head_told_);
  if (!found) return tell_problem(found.error().message);
  if (!*found) return tell_news("Nothing has happened yet that could be shown once more");
  again_ = **found;
  past_.reset();
  enter_past();
  if (auto sought = past_->seek_seq(store, again_->begin_seq); !sought) {
    tell_problem(sought.error().message);
  }
  past_->set_speed(again_->speed);
  past_->play(true);
}

void LiveSource::toggle_play() {
  if (past_) return past_->play(!past_->playing());
  if (!simulation_->paused()) return simulation_->pause();
  if (live_speeds()[static_cast<std::size_t>(speed_)].step_by_step) return set_speed(kStory);
  simulation_->resume();
}

void LiveSource::play_backwards() {
  again_.reset();
  enter_past();
  past_->play_backwards();
}

void LiveSource::pause() {
  if (past_) return past_->play(false);
  if (!simulation_->paused()) simulation_->pause();
}

void LiveSource::set_speed(int speed) {
  const auto speeds = live_speeds();
  const bool was_by_step = speeds[static_cast<std::size_t>(speed_)].step_by_step;
  speed_ = std::clamp(speed, 0, static_cast<int>(speeds.size()) - 1);
  const LiveSpeed& wanted = speeds[static_cast<std::size_t>(speed_)];
  simulation_->set_speed(wanted.speed);
  if (wanted.step_by_step && !simulation_->paused()) simulation_->pause();
  if (was_by_step && !wanted.step_by_step) simulation_->resume();
}

void LiveSource::hold(GId g, bool held) {
  return_to_now();
  held ? simulation_->hold(g) : simulation_->let_go(g);
  if (held) {
    by_hand_ = g;
  } else if (g == by_hand_) {
    // A step moves another one that is still held, where there is one.
    const std::vector<GId> others = simulation_->held();
    by_hand_ = others.empty() ? GId{} : others.back();
  }
}

void LiveSource::send(const intents::SendGoroutine& wanted) {
  using To = intents::SendGoroutine::To;
  return_to_now();
  by_hand_ = wanted.g;
  switch (wanted.to) {
    case To::kNextStep: return simulation_->send(wanted.g, {Way::To::kNextPoint});
    case To::kStep:
      return simulation_->send(wanted.g, {Way::To::kPoint, static_cast<std::uint8_t>(wanted.step)});
    case To::kEndOfOperation: return simulation_->send(wanted.g, {Way::To::kEndOfOperation});
  }
}

void LiveSource::toggle_record() {
  if (recording_->under_way()) return recording_->end();
  recording_->begin(options_.recordings_folder, timeline_);
}

void LiveSource::enter_past() {
  if (past_) return;
  past_.emplace(*head_, head_told_);
  past_->set_speed(past_speed_);
  past_->skip_waits(skips_waits_);
}

/// The threads go on at theirs.
void LiveSource::set_past_speed(int speed) {
  past_->set_speed(speed);
  if (!again_) past_speed_ = past_->speed_index();
}

void LiveSource::return_to_now() {
  past_.reset();
  again_.reset();
  take_head();
}

void LiveSource::look_back(const intents::MovePlayhead& wanted) {
  TimelineStore store(timeline_.past());
  enter_past();
  if (auto moved = past_->move(store, wanted); !moved) tell_problem(moved.error().message);
  // The end of the past is now.
  if (past_->at_end(store) && !past_->playing()) return_to_now();
}

}  // namespace poolscope
