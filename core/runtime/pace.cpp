#include "core/runtime/pace.h"

#include <algorithm>
#include <chrono>

namespace poolscope {

Pace::Pace(SessionClock& clock, std::int64_t step_time_ns)
    : clock_(clock), step_time_ns_(step_time_ns) {
  update_active();
}

void Pace::wait_step(const Scheduler& scheduler, bool pinned) {
  std::unique_lock lock(mutex_);
  const auto me = standing_.insert(standing_.end(), Standing{clock_.now_ns(), false});
  while (!ended() && !me->released) {
    if (paused_) {
      if (pinned && scheduler.stop_wanted()) break;
      changed_.wait(lock);
      continue;
    }
    const std::int64_t left_ns = me->since_ns + step_time_ns_ - clock_.now_ns();
    if (left_ns <= 0) break;
    changed_.wait_for(lock, std::chrono::nanoseconds(left_ns));
  }
  standing_.erase(me);
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

void Pace::set_step_time(std::int64_t step_time_ns) {
  const std::scoped_lock lock(mutex_);
  step_time_ns_ = step_time_ns;
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
  const auto next = std::ranges::find_if(standing_, [](const Standing& s) { return !s.released; });
  if (next == standing_.end()) return;
  next->released = true;
  changed_.notify_all();
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

std::int64_t Pace::step_time_ns() const {
  const std::scoped_lock lock(mutex_);
  return step_time_ns_;
}

std::size_t Pace::standing() const {
  const std::scoped_lock lock(mutex_);
  return standing_.size();
}

void Pace::update_active() {
  active_.store(!ended() && (paused_ || step_time_ns_ > 0), std::memory_order_relaxed);
}

}  // namespace poolscope
