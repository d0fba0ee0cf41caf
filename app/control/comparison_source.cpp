#include "app/control/comparison_source.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <variant>

#include "app/control/steps.h"
#include "core/base/overloaded.h"

namespace poolscope {
namespace {

/// By operation a call has its own time or a part of a second; by time there is no call.
std::vector<ReplaySpeed> speeds_for(const Comparison& comparison) {
  std::vector<ReplaySpeed> speeds;
  for (const ReplaySpeed& speed : replay_speeds()) {
    if (comparison.by_operation || speed.session_per_host > 0) speeds.push_back(speed);
  }
  return speeds;
}

int speed_as_it_was(const std::vector<ReplaySpeed>& speeds) {
  const auto it = std::ranges::find(speeds, 1.0, &ReplaySpeed::session_per_host);
  return static_cast<int>(it - speeds.begin());
}

bool differs(const Comparison& of, std::size_t call) {
  return !went_the_same_way(of.sides[0].calls[call], of.sides[1].calls[call]);
}

bool is_gc(const Comparison& of, std::size_t call) {
  return of.sides[0].calls[call].call.kind == Call::Kind::kGc;
}

}  // namespace

ComparisonSource::ComparisonSource(ComparedSide a, ComparedSide b)
    : of_(std::make_shared<const Comparison>(compare(std::move(a.calls), std::move(b.calls)))),
      past_(std::move(a.past)),
      sides_{side_from(std::move(a.store)), side_from(std::move(b.store))},
      speeds_(speeds_for(*of_)),
      speed_(speed_as_it_was(speeds_)) {
  const std::array<Position, kSides> origins = {a.origin, b.origin};
  for (std::size_t i = 0; i < kSides; ++i) {
    SessionStatus& status = sides_[i].status;
    status.name = of_->sides[i].name;
    status.mode = ViewMode::kReplay;
    status.can = {.can_seek = true};
    status.speeds = names_of(std::span<const ReplaySpeed>(speeds_));
    status.first = of_->sides[i].first;
    status.last = of_->sides[i].last;
    status.origin = origins[i];
    status.comparison = ComparisonStatus{.of = of_, .side = i};
  }
  show(0);
  tell_status();
}

ComparisonSource::Side ComparisonSource::side_from(std::unique_ptr<EventStore> store) {
  Player player(store->first_model(), {});
  return {std::move(store), std::move(player), {}};
}

void ComparisonSource::close() {
  playing_ = false;
  tell_status();
}

std::optional<OtherSide> ComparisonSource::other_side() const {
  const Side& other = sides_[1];
  return OtherSide{&other.player.model(), &other.player.told(), &other.status};
}

bool ComparisonSource::update(std::int64_t host_now_ns) {
  const std::int64_t passed_ns = host_ns_ == 0 ? 0 : host_now_ns - host_ns_;
  host_ns_ = host_now_ns;
  if (passed_ns <= 0) return false;
  const bool moves = status().moves();
  if (playing_) play_on(passed_ns);
  for (Side& side : sides_) side.settling.pass(side.status, passed_ns);
  tell_status();
  return moves;
}

double ComparisonSource::pace() const {
  const ReplaySpeed& speed = speeds_[static_cast<std::size_t>(speed_)];
  if (speed.session_per_host > 0) return speed.session_per_host;
  constexpr double kSecond_ns = 1e9;
  const CommonStretch& stretch = of_->stretches[of_->stretch_at(time_ns_ + 1)];
  return speed.steps_per_second * static_cast<double>(stretch.end_ns - stretch.begin_ns) /
         kSecond_ns;
}

void ComparisonSource::play_on(std::int64_t host_ns) {
  fraction_ns_ += static_cast<double>(host_ns) * pace();
  const double whole_ns = std::floor(fraction_ns_);
  fraction_ns_ -= whole_ns;
  const std::int64_t to_ns = time_ns_ + static_cast<std::int64_t>(whole_ns);
  show(std::min(to_ns, until_ns_));
  if (time_ns_ == until_ns_) playing_ = false;
}

void ComparisonSource::show(std::int64_t time_ns) {
  time_ns_ = std::clamp<std::int64_t>(time_ns, 0, of_->length_ns());
  for (std::size_t i = 0; i < kSides; ++i) {
    Side& side = sides_[i];
    const auto sought = side.player.seek(*side.store, of_->on(i, time_ns_));
    if (!sought) tell_problem(sought.error().message);
  }
}

void ComparisonSource::go_to(std::int64_t time_ns) {
  playing_ = false;
  show(time_ns);
}

void ComparisonSource::tell_status() {
  for (std::size_t i = 0; i < kSides; ++i) {
    SessionStatus& status = sides_[i].status;
    status.playing = playing_;
    status.playhead = sides_[i].player.playhead();
    if (of_->by_operation) {
      // All that a call moves has come to rest at its end; the sentence is about the call.
      status.motion_ns = of_->on(i, time_ns_).time_ns;
      status.stepped = true;
    } else {
      sides_[i].settling.tell(status);
    }
    status.speed = speed_;
    status.comparison->shown = of_->shown_at(time_ns_);
    status.comparison->time_ns = time_ns_;
  }
}

void ComparisonSource::apply(const intents::ToSession& intent) {
  using namespace intents;
  std::visit(Overloaded{
                 [&](const MovePlayhead& wanted) { move(wanted); },
                 [&](const TogglePlay&) { toggle_play(); },
                 [&](const Pause&) { playing_ = false; },
                 [&](const SetSpeed& i) { set_speed(i.index); },
                 [&](const ChangeSpeed& i) { set_speed(speed_ + i.by); },
                 [&](const PlayLesson& wanted) {
                   if (std::holds_alternative<NextLine>(wanted)) {
                     go_to_difference(Towards::kForward);
                   } else if (std::holds_alternative<LineBefore>(wanted)) {
                     go_to_difference(Towards::kBack);
                   }
                 },
                 [&](const GoToMarker& wanted) {
                   if (std::holds_alternative<MarkerForward>(wanted)) go_to_gc(Towards::kForward);
                   if (std::holds_alternative<MarkerBack>(wanted)) go_to_gc(Towards::kBack);
                 },
                 // What has been compared has happened.
                 [](const PlayBackwards&) {},
                 [](const ChangeMarkers&) {},
                 [](const ChangeLoop&) {},
                 [](const RunGc&) {},
                 [](const SetProcs&) {},
                 [](const ChangeProcs&) {},
                 [](const ChangeRate&) {},
                 [](const ChangeHeld&) {},
                 [](const ToggleRecord&) {},
                 [](const HoldGoroutine&) {},
                 [](const SendGoroutine&) {},
                 [](const NoteView&) {},
                 [](const RetakeView&) {},
                 [](const UndoView&) {},
                 [](const ToggleSkipWaits&) {},
                 [](const intents::Again&) {},
             },
             intent);
  tell_status();
}

void ComparisonSource::move(const intents::MovePlayhead& wanted) {
  using namespace intents;
  for (Side& side : sides_) side.settling.note(wanted);
  const auto by_fraction = [&](double fraction) {
    const double by_ns = fraction * static_cast<double>(of_->length_ns());
    go_to(time_ns_ + static_cast<std::int64_t>(by_ns));
  };
  std::visit(Overloaded{
                 [&](const StepForward& i) {
                   if (i.fraction_of_session > 0) return by_fraction(i.fraction_of_session);
                   step(Towards::kForward, false);
                 },
                 [&](const StepBack& i) {
                   if (i.fraction_of_session > 0) return by_fraction(-i.fraction_of_session);
                   step(Towards::kBack, false);
                 },
                 [&](const EventForward&) { step(Towards::kForward, true); },
                 [&](const EventBack&) { step(Towards::kBack, true); },
                 [&](const GoToStart&) { go_to(0); },
                 [&](const GoToNow&) { go_to(of_->length_ns()); },
                 [&](const SeekTime& i) { go_to(i.time_ns); },
                 [&](const SeekSeq& i) {
                   // An event of the first side.
                   const auto own_ns = sides_[0].store->time_of(i.seq);
                   if (!own_ns) return tell_problem(own_ns.error().message);
                   go_to(of_->time_of(0, *own_ns));
                 },
             },
             wanted);
}

// --- steps ---------------------------------------------------------------------------------------

void ComparisonSource::step(Towards towards, bool by_event) {
  if (of_->by_operation && !by_event) return step_call(towards);
  const bool forward = towards == Towards::kForward;
  std::int64_t to_ns = forward ? of_->length_ns() : 0;
  for (std::size_t i = 0; i < kSides; ++i) {
    const auto moment_ns = moment_near(i, towards, by_event);
    if (!moment_ns) return tell_problem(moment_ns.error().message);
    to_ns = forward ? std::min(to_ns, *moment_ns) : std::max(to_ns, *moment_ns);
  }
  go_to(to_ns);
}

void ComparisonSource::step_call(Towards towards) {
  const std::size_t shown = of_->shown_at(time_ns_);
  if (towards == Towards::kBack) return go_to(of_->rest_ns(shown == 0 ? 0 : shown - 1));
  // Whoever asks for more has seen enough of the call before.
  go_to(of_->rest_ns(shown));
  if (shown == of_->stretches.size()) return;
  until_ns_ = of_->rest_ns(shown + 1);
  fraction_ns_ = 0;
  playing_ = true;
}

Expected<std::int64_t> ComparisonSource::moment_near(std::size_t side, Towards towards,
                                                     bool by_event) {
  EventStore& store = *sides_[side].store;
  // A step is a fact that can be seen: the other side may not stand at pace points.
  constexpr bool kPaced = false;
  const bool forward = towards == Towards::kForward;
  std::uint64_t seq = sides_[side].player.model().seq;
  // Several events may have the same time.
  for (;;) {
    const std::uint64_t before = seq;
    if (by_event) {
      seq = forward ? store.next_seq(seq) : std::max(seq, store.first_seq() + 1) - 1;
    } else {
      const auto found =
          forward ? next_step(store, seq, kPaced) : previous_step(store, seq, kPaced);
      if (!found) return tl::make_unexpected(found.error());
      seq = *found;
    }
    if (seq == before) return forward ? of_->length_ns() : 0;
    const auto own_ns = store.time_of(seq);
    if (!own_ns) return tl::make_unexpected(own_ns.error());
    const std::int64_t time_ns = of_->time_of(side, *own_ns);
    if (forward ? time_ns > time_ns_ : time_ns < time_ns_) return time_ns;
  }
}

void ComparisonSource::go_to_difference(Towards towards) {
  go_to_call_if(towards, &differs, "No call in that direction went another way on the other side");
}

void ComparisonSource::go_to_gc(Towards towards) {
  go_to_call_if(towards, &is_gc, "There is no GC in that direction");
}

void ComparisonSource::go_to_call_if(Towards towards,
                                     bool (*wanted)(const Comparison&, std::size_t call),
                                     const char* none) {
  if (!of_->by_operation) {
    return tell_news("These two have not made the same calls: they are compared by time");
  }
  const bool forward = towards == Towards::kForward;
  const std::size_t calls = of_->stretches.size();
  // The call that is shown is the one before `shown`.
  for (std::size_t shown = of_->shown_at(time_ns_); forward ? shown < calls : shown > 1;) {
    shown = forward ? shown + 1 : shown - 1;
    if (wanted(*of_, shown - 1)) return go_to(of_->rest_ns(shown));
  }
  playing_ = false;
  tell_news(none);
}

void ComparisonSource::toggle_play() {
  playing_ = !playing_;
  if (!playing_) return;
  if (time_ns_ == of_->length_ns()) show(0);
  until_ns_ = of_->length_ns();
  fraction_ns_ = 0;
}

void ComparisonSource::set_speed(int index) {
  speed_ = std::clamp(index, 0, static_cast<int>(speeds_.size()) - 1);
}

}  // namespace poolscope
