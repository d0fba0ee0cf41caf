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

bool Player::at_end(const EventStore& store) const { return playhead_.seq >= store.last_seq(); }

Expected<bool> Player::advance(EventStore& store, std::int64_t host_ns) {
  if (!playing_ || host_ns <= 0) return false;
  const Position before = playhead_;
  const Expected<void> moved = speed().session_per_host > 0 ? advance_by_time(store, host_ns)
                                                            : advance_by_step(store, host_ns);
  if (!moved) {
    playing_ = false;
    return tl::make_unexpected(moved.error());
  }
  if (at_end(store)) playing_ = false;
  return playhead_ != before;
}

Expected<void> Player::advance_by_time(EventStore& store, std::int64_t host_ns) {
  fraction_ns_ += static_cast<double>(host_ns) * speed().session_per_host;
  const double whole_ns = std::floor(fraction_ns_);
  fraction_ns_ -= whole_ns;
  return seek_time(store, playhead_.time_ns + static_cast<std::int64_t>(whole_ns));
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

Expected<void> Player::seek(EventStore& store, std::uint64_t seq) {
  auto sought = store.seek(model_, teller_, seq);
  told_ = teller_.told(model_);
  return sought;
}

Expected<void> Player::seek_seq(EventStore& store, std::uint64_t seq) {
  stride_.reset();
  fraction_ns_ = 0;
  if (auto sought = seek(store, seq); !sought) return sought;
  playhead_ = {model_.seq, std::max(model_.time_ns, store.first_time_ns())};
  return {};
}

Expected<void> Player::go_to(EventStore& store, std::int64_t time_ns, std::uint64_t most_seq) {
  const auto seq = store.seq_at_time(time_ns);
  if (!seq) return tl::make_unexpected(seq.error());
  if (auto sought = seek(store, std::min(*seq, most_seq)); !sought) return sought;
  playhead_ = {model_.seq, std::max(time_ns, model_.time_ns)};
  return {};
}

Expected<void> Player::seek_time(EventStore& store, std::int64_t time_ns) {
  stride_.reset();
  return go_to(store, std::clamp(time_ns, store.first_time_ns(), store.last_time_ns()),
               store.last_seq());
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
