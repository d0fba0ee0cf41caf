#include "app/control/player.h"

#include <algorithm>
#include <cmath>
#include <variant>

#include "app/control/steps.h"
#include "core/base/overloaded.h"

namespace poolscope {
namespace {

constexpr double kSecond_ns = 1e9;

}  // namespace

Player::Player(Model model, Told told)
    : model_(std::move(model)),
      teller_(model_),
      told_(std::move(told)),
      playhead_{model_.seq, model_.time_ns} {}

const ReplaySpeed& Player::speed() const {
  return replay_speeds()[static_cast<std::size_t>(speed_)];
}

void Player::set_speed(int index) {
  speed_ = std::clamp(index, 0, static_cast<int>(replay_speeds().size()) - 1);
  stride_.reset();
}

void Player::change_loop(const intents::ChangeLoop& wanted) {
  std::visit(Overloaded{
                 [&](const intents::LoopIn& i) {
                   loop_.in = i.away ? std::nullopt : std::optional(playhead_);
                 },
                 [&](const intents::LoopOut& i) {
                   loop_.out = i.away ? std::nullopt : std::optional(playhead_);
                 },
             },
             wanted);
}

bool Player::at_end(const EventStore& store) const { return playhead_.seq >= store.last_seq(); }

Expected<bool> Player::advance(EventStore& store, std::int64_t host_ns) {
  if (!playing_ || host_ns <= 0) return false;
  const Position before = playhead_;
  // Only what is played from within comes to the loop's end, and not what is on its way elsewhere.
  const bool within = keeps_to_loop_ && loop_.whole() && !until_ &&
                      before.time_ns >= loop_.in->time_ns && before.time_ns <= loop_.out->time_ns;
  const bool by_time = speed().session_per_host > 0;
  const Expected<void> moved = by_time      ? advance_by_time(store, host_ns)
                               : backwards_ ? go_back_by_step(store, host_ns)
                                            : advance_by_step(store, host_ns);
  if (!moved) {
    play(false);
    return tl::make_unexpected(moved.error());
  }
  if (backwards_) {
    if (playhead_.seq <= store.first_seq()) play(false);
    return playhead_ != before;
  }
  if (within && playhead_.time_ns >= loop_.out->time_ns) {
    if (auto begun = seek(store, *loop_.in); !begun) {
      play(false);
      return tl::make_unexpected(begun.error());
    }
    return true;
  }
  if (reached()) {
    const Position place = *until_;
    play(false);
    if (auto stopped = seek(store, place); !stopped) return tl::make_unexpected(stopped.error());
  }
  if (at_end(store)) play(false);
  return playhead_ != before;
}

Expected<void> Player::advance_by_time(EventStore& store, std::int64_t host_ns) {
  fraction_ns_ += static_cast<double>(host_ns) * speed().session_per_host;
  const double whole_ns = std::floor(fraction_ns_);
  fraction_ns_ -= whole_ns;
  const auto by_ns = static_cast<std::int64_t>(whole_ns);
  auto moved = seek_time(store, playhead_.time_ns + (backwards_ ? -by_ns : by_ns));
  return moved && skips_waits_ && !backwards_ ? skip_wait(store) : moved;
}

Expected<void> Player::skip_wait(EventStore& store) {
  const double idle_ns = static_cast<double>(playhead_.time_ns - model_.time_ns);
  if (idle_ns < static_cast<double>(kMostIdle_ns) * speed().session_per_host) return {};
  const std::uint64_t next = store.next_seq(model_.seq);
  if (next <= model_.seq) return {};
  const auto at_ns = store.time_of(next);
  if (!at_ns) return tl::make_unexpected(at_ns.error());
  return seek_time(store, *at_ns);
}

/// From step to step: what lies between two of them is not played.
Expected<void> Player::go_back_by_step(EventStore& store, std::int64_t host_ns) {
  steps_back_ += static_cast<double>(host_ns) / kSecond_ns * speed().steps_per_second;
  std::uint64_t seq = model_.seq;
  for (; steps_back_ >= 1 && seq > store.first_seq(); --steps_back_) {
    const auto before = previous_step(store, seq, paced());
    if (!before) return tl::make_unexpected(before.error());
    seq = *before;
  }
  return seq == model_.seq ? Expected<void>{} : seek_seq(store, seq);
}

Expected<bool> Player::begin_stride(EventStore& store) {
  const auto to = next_step(store, model_.seq, paced());
  if (!to) return tl::make_unexpected(to.error());
  if (*to <= model_.seq) return false;
  const auto to_ns = store.time_of(*to);
  if (!to_ns) return tl::make_unexpected(to_ns.error());
  stride_ = Stride{*to, playhead_.time_ns, *to_ns, 0};
  return true;
}

Expected<void> Player::advance_by_step(EventStore& store, std::int64_t host_ns) {
  double steps = static_cast<double>(host_ns) / kSecond_ns * speed().steps_per_second;
  while (steps > 0) {
    if (!stride_) {
      const auto begun = begin_stride(store);
      if (!begun) return tl::make_unexpected(begun.error());
      if (!*begun) return {};
    }
    const double taken = std::min(steps, 1 - stride_->share);
    steps -= taken;
    stride_->share += taken;
    if (stride_->share < 1 - 1e-9) {
      const auto length = static_cast<double>(stride_->to_ns - stride_->from_ns);
      const Stride stride = *stride_;
      // Several events may have the time at which the stride starts: it ends with its step.
      auto moved = go_to(store, stride.from_ns + static_cast<std::int64_t>(stride.share * length),
                         stride.to_seq - 1);
      stride_ = stride;
      return moved;
    }
    const std::uint64_t to = stride_->to_seq;
    if (auto moved = seek_seq(store, to); !moved) return moved;
  }
  return {};
}

bool Player::reached() const {
  return until_ && playhead_.seq >= until_->seq && playhead_.time_ns >= until_->time_ns;
}

Expected<void> Player::read_state(EventStore& store, std::uint64_t seq) {
  auto sought = store.seek(model_, teller_, seq);
  told_ = teller_.told(model_);
  return sought;
}

Expected<void> Player::seek_seq(EventStore& store, std::uint64_t seq) {
  stride_.reset();
  fraction_ns_ = 0;
  if (auto sought = read_state(store, seq); !sought) return sought;
  playhead_ = {model_.seq, std::max(model_.time_ns, store.first_time_ns())};
  return {};
}

Expected<void> Player::go_to(EventStore& store, std::int64_t time_ns, std::uint64_t most_seq) {
  const auto seq = store.seq_at_time(time_ns);
  if (!seq) return tl::make_unexpected(seq.error());
  if (auto sought = read_state(store, std::min(*seq, most_seq)); !sought) return sought;
  playhead_ = {model_.seq, std::max(time_ns, model_.time_ns)};
  return {};
}

Expected<void> Player::seek_time(EventStore& store, std::int64_t time_ns) {
  stride_.reset();
  return go_to(store, std::clamp(time_ns, store.first_time_ns(), store.last_time_ns()),
               store.last_seq());
}

Expected<void> Player::seek(EventStore& store, Position place) {
  stride_.reset();
  fraction_ns_ = 0;
  return go_to(store, std::clamp(place.time_ns, store.first_time_ns(), store.last_time_ns()),
               place.seq);
}

Expected<void> Player::step(EventStore& store, bool forward, double fraction) {
  if (fraction > 0) {
    const double length_ns = static_cast<double>(store.last_time_ns() - store.first_time_ns());
    const auto by_ns = static_cast<std::int64_t>(fraction * length_ns);
    return seek_time(store, playhead_.time_ns + (forward ? by_ns : -by_ns));
  }
  const auto seq =
      forward ? next_step(store, model_.seq, paced()) : previous_step(store, model_.seq, paced());
  if (!seq) return tl::make_unexpected(seq.error());
  return seek_seq(store, *seq);
}

Expected<void> Player::move(EventStore& store, const intents::MovePlayhead& move) {
  using namespace intents;
  until_.reset();
  return std::visit(
      Overloaded{
          [&](const StepForward& i) { return step(store, true, i.fraction_of_session); },
          [&](const StepBack& i) { return step(store, false, i.fraction_of_session); },
          [&](const EventForward&) { return seek_seq(store, store.next_seq(model_.seq)); },
          [&](const EventBack&) {
            return seek_seq(store, std::max(model_.seq, std::uint64_t{1}) - 1);
          },
          [&](const GoToStart&) { return seek_seq(store, store.first_seq()); },
          [&](const GoToNow&) { return seek_seq(store, store.last_seq()); },
          [&](const SeekTime& i) { return seek_time(store, i.time_ns); },
          [&](const SeekSeq& i) { return seek_seq(store, i.seq); },
      },
      move);
}

}  // namespace poolscope
