#include "core/runtime/pace.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "core/runtime/scheduler.h"
#include "core/runtime/told_rest.h"

namespace poolscope {
namespace {

/// One that is sent while all else stands still makes a step in so long.
constexpr std::chrono::milliseconds kStepOfOneSent{400};

/// A move that shows little is followed by that part of a rest.
constexpr std::int64_t kLittleRest = 6;

std::int64_t rest_ns(Shown shown, std::int64_t step_time_ns) {
  switch (shown) {
    case Shown::kNothing: return 0;
    case Shown::kLittle: return step_time_ns / kLittleRest;
    case Shown::kFact:
    case Shown::kRare: return step_time_ns;
  }
  return 0;
}

}  // namespace

Pace::Pace(SessionClock& clock, Speed speed, std::uint64_t seed) : clock_(clock), speed_(speed) {
  turns_.seed(seed);
  update_active();
}

void Pace::stand(Goroutine& g, std::uint8_t point, Shown shown) {
  std::unique_lock lock(mutex_);
  const bool in_operation = g.in_operation() || g.pinned;
  holds_.arrive(g.id, point, in_operation);
  Standing& me = turns_.arrive(
      {&g, clock_.now_ns(), std::chrono::steady_clock::now(), g.pinned, in_operation});
  if (turns_.has_turn(g)) {
    const std::int64_t now_ns = clock_.now_ns();
    turns_.end_move(me, now_ns + rest_ns(shown, speed_.step_time_ns));
    // A stop-the-world that is wanted waits for the rest of this move, not for the rest of all.
    if (shown == Shown::kRare && !g.scheduler->stop_wanted()) {
      turns_.let_all_rest(now_ns + told_rest_ns(speed_.step_time_ns));
    }
  }
  if (by_turns()) changed_.notify_all();
  bool waits = true;
  while (waits && !ended() && !me.let_go) {
    if (holds_.stays(g.id)) {
      changed_.wait(lock);
    } else if (by_turns()) {
      wait_for_turn(lock, me);
    } else {
      waits = wait_alone(lock, me);
    }
  }
  turns_.leave(me);
}

bool Pace::take_turn(Goroutine& g) {
  if (!by_turns()) return false;
  std::unique_lock lock(mutex_);
  if (turns_.has_turn(g)) return true;
  Standing& me = turns_.arrive(
      {&g, clock_.now_ns(), std::chrono::steady_clock::now(), false, g.in_operation()});
  me.at_point = false;
  changed_.notify_all();
  while (by_turns() && !me.let_go) wait_for_turn(lock, me);
  turns_.leave(me);
  return turns_.has_turn(g);
}

void Pace::give_up_turn(const Goroutine& g, Shown shown) {
  if (!by_turns()) return;
  const std::scoped_lock lock(mutex_);
  if (turns_.has_turn(g)) {
    turns_.end_move(clock_.now_ns() + rest_ns(shown, speed_.step_time_ns));
  }
  changed_.notify_all();
}

void Pace::begin_with(std::vector<GId> order) {
  const std::scoped_lock lock(mutex_);
  turns_.begin_with(std::move(order));
}

std::int64_t Pace::rest_after_stop() {
  std::unique_lock lock(mutex_);
  // Who was given the turn as the stop came finds no P, and gives it back. Else it would move first
  // thing in the rest.
  changed_.wait(lock, [this] { return !by_turns() || !turns_.taken(); });
  if (!by_turns()) return 0;
  const std::int64_t rest_ns = told_rest_ns(speed_.step_time_ns);
  turns_.let_all_rest(clock_.now_ns() + rest_ns);
  return rest_ns;
}

bool Pace::wait_for_rest(std::chrono::nanoseconds most) {
  const auto until = std::chrono::steady_clock::now() + most;
  std::unique_lock lock(mutex_);
  while (by_turns() && !paused_) {
    const std::int64_t left_ns = turns_.rest_until_ns() - clock_.now_ns();
    // Who has given its P back a moment ago has the turn still, and its rest is not set yet.
    if (!turns_.taken() && left_ns <= 0) return true;
    if (std::chrono::steady_clock::now() >= until) return false;
    changed_.wait_until(lock, until);
  }
  return true;
}

std::int64_t Pace::all_rest_left_ns() const {
  const std::scoped_lock lock(mutex_);
  return by_turns() ? std::max<std::int64_t>(turns_.all_rest_until_ns() - clock_.now_ns(), 0) : 0;
}

void Pace::end_rest() {
  const std::scoped_lock lock(mutex_);
  turns_.let_all_rest(0);
  changed_.notify_all();
}

/// Waits a while, or gives somebody the turn; then the caller looks again.
void Pace::wait_for_turn(std::unique_lock<std::mutex>& lock, const Standing& me) {
  if (turns_.taken()) return changed_.wait(lock);
  // Paused, a step goes without the rest, for time stands still. Those that a stop-the-world waits
  // for go on all the same, in the time that runs for it.
  const bool stepped = paused_ && steps_ > 0;
  const bool only_sent = paused_ && !stepped && !me.g->scheduler->stop_wanted();
  if (only_sent) {
    const bool sent = holds_.is_sent(me.g->id);
    if (sent && wait_as_sent(lock, me)) return;
    if (!sent || !turns_.grant(true)) return changed_.wait(lock);
    return changed_.notify_all();
  }
  const std::int64_t now_ns = clock_.now_ns();
  const std::int64_t left_ns = stepped ? 0 : turns_.rest_until_ns() - now_ns;
  if (left_ns > 0) {
    changed_.wait_for(lock, std::chrono::nanoseconds(left_ns));
    return;
  }
  const std::int64_t all_rest_ns = stepped ? 0 : turns_.all_rest_until_ns() - now_ns;
  if (!turns_.grant(all_rest_ns > 0)) {
    if (all_rest_ns <= 0) return changed_.wait(lock);
    changed_.wait_for(lock, std::chrono::nanoseconds(all_rest_ns));
    return;
  }
  if (stepped) --steps_;
  changed_.notify_all();
}

/// While session time stands still: waits for the rest of the step of one that is sent; false: it
/// is over.
bool Pace::wait_as_sent(std::unique_lock<std::mutex>& lock, const Standing& me) {
  const auto until = me.since + kStepOfOneSent;
  if (std::chrono::steady_clock::now() >= until) return false;
  changed_.wait_until(lock, until);
  return true;
}

/// Waits until its own step time is over; false: it is, or it need not wait for it.
bool Pace::wait_alone(std::unique_lock<std::mutex>& lock, const Standing& me) {
  if (paused_) {
    if (me.pinned && me.g->scheduler->stop_wanted()) return false;
    if (holds_.is_sent(me.g->id)) return wait_as_sent(lock, me);
    changed_.wait(lock);
    return true;
  }
  const std::int64_t left_ns = me.since_ns + speed_.step_time_ns - clock_.now_ns();
  if (left_ns <= 0) return false;
  changed_.wait_for(lock, std::chrono::nanoseconds(left_ns));
  return true;
}

void Pace::sleep_until(std::int64_t until_ns) {
  std::unique_lock lock(mutex_);
  while (!ended()) {
    if (paused_) {
      changed_.wait(lock);
      continue;
    }
    const std::int64_t left_ns = until_ns - clock_.now_ns();
    if (left_ns <= 0) return;
    changed_.wait_for(lock, std::chrono::nanoseconds(left_ns));
  }
}

void Pace::set_speed(Speed speed) {
  const std::scoped_lock lock(mutex_);
  if (speed.pacing != speed_.pacing) turns_.forget();
  if (speed != speed_) turns_.let_all_rest(0);
  turns_.shorten_rest(clock_.now_ns() + speed.step_time_ns);
  speed_ = speed;
  update_active();
  changed_.notify_all();
}

void Pace::pause() {
  const std::scoped_lock lock(mutex_);
  paused_ = true;
  clock_.pause();
  update_active();
  changed_.notify_all();
}

void Pace::resume() {
  const std::scoped_lock lock(mutex_);
  paused_ = false;
  steps_ = 0;
  clock_.resume();
  update_active();
  changed_.notify_all();
}

bool Pace::let_time_run() {
  const std::scoped_lock lock(mutex_);
  if (paused_) clock_.resume();
  return paused_;
}

void Pace::let_time_stand() {
  const std::scoped_lock lock(mutex_);
  if (paused_) clock_.pause();
}

void Pace::step() {
  const std::scoped_lock lock(mutex_);
  if (by_turns()) {
    ++steps_;
    turns_.let_all_rest(0);
  } else {
    turns_.let_oldest_go();
  }
  changed_.notify_all();
}

void Pace::hold(GId g) {
  const std::scoped_lock lock(mutex_);
  holds_.hold(g);
  update_active();
  changed_.notify_all();
}

void Pace::let_go(GId g) {
  const std::scoped_lock lock(mutex_);
  holds_.let_go(g);
  update_active();
  changed_.notify_all();
}

void Pace::send(GId g, Way way) {
  const std::scoped_lock lock(mutex_);
  holds_.send(g, way);
  update_active();
  changed_.notify_all();
}

std::vector<GId> Pace::held() const {
  const std::scoped_lock lock(mutex_);
  return {holds_.held().begin(), holds_.held().end()};
}

void Pace::wake() {
  const std::scoped_lock lock(mutex_);
  changed_.notify_all();
}

void Pace::end() {
  const std::scoped_lock lock(mutex_);
  ended_.store(true, std::memory_order_relaxed);
  update_active();
  changed_.notify_all();
}

bool Pace::paused() const {
  const std::scoped_lock lock(mutex_);
  return paused_;
}

Speed Pace::speed() const {
  const std::scoped_lock lock(mutex_);
  return speed_;
}

std::size_t Pace::standing() const {
  const std::scoped_lock lock(mutex_);
  return turns_.standing();
}

void Pace::update_active() {
  active_.store(!ended() && (paused_ || speed_.paced() || holds_.any()), std::memory_order_relaxed);
  paced_.store(!ended() && speed_.paced(), std::memory_order_relaxed);
  by_turns_.store(!ended() && speed_.pacing == Pacing::kOneAtATime, std::memory_order_relaxed);
}

}  // namespace poolscope
