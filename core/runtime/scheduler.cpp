#include "core/runtime/scheduler.h"

#include "core/base/check.h"
#include "core/base/clock.h"

namespace poolscope {

Scheduler::Scheduler(std::uint32_t procs, SchedulerObserver& observer, std::uint64_t seed)
    : observer_(observer), procs_(procs), ps_(procs) {
  check(procs >= 1, "GOMAXPROCS is at least 1");
  dice_.random = seed * 2 + 1;
}

void Scheduler::park(Goroutine& g, ParkReason reason) {
  check(g.has_p && !g.pinned, "only a goroutine with a P that it has not pinned can park");
  {
    const std::scoped_lock lock(mutex_);
    observer_.go_park(g, reason);
    release(g);
    hand_out();
  }
  observer_.parked(g, reason);
}

void Scheduler::unpark(Goroutine& g) {
  check(!g.has_p, "a goroutine that holds a P asked for another");
  // Who has the turn does not stand in the queue with it: it gives it up and asks again.
  while (observer_.take_turn(g)) {
    if (take_idle(g)) return;
    observer_.parked(g, ParkReason::kPreempt);
  }
  if (!take_idle(g)) wait_for_p(g);
}

bool Scheduler::take_idle(Goroutine& g) {
  const std::scoped_lock lock(mutex_);
  if (stopping_ || !waiting_.empty()) return false;
  const int p = choose_idle(g);
  if (p < 0) return false;
  take(g, static_cast<std::uint16_t>(p));
  observer_.go_run(g);
  return true;
}

void Scheduler::wait_for_p(Goroutine& g) {
  std::unique_lock lock(mutex_);
  observer_.go_wait_p(g);
  g.granted = false;
  waiting_.push_back(&g);
  hand_out();  // one may have become idle since it looked
  g.granted_cv.wait(lock, [&g] { return g.granted; });
  observer_.go_run(g);
}

void Scheduler::safepoint_slow(Goroutine& g) {
  check(!g.pinned, "a safepoint inside a pinned section");
  ParkReason reason = ParkReason::kStop;
  {
    const std::scoped_lock lock(mutex_);
    if (!stopping_) {
      const TickClock& clock = TickClock::instance();
      const bool slice_over =
          clock.to_ns(clock.ticks()) - clock.to_ns(g.run_since_ticks) > kSlice_ns;
      if (waiting_.empty() || !slice_over) return;
      reason = ParkReason::kPreempt;
    }
    observer_.go_park(g, reason);
    release(g);
    hand_out();
  }
  observer_.parked(g, reason);
  unpark(g);
}

void Scheduler::request_stop() {
  const std::scoped_lock lock(mutex_);
  stopping_ = true;
  interrupt_.fetch_or(kStop);
}

bool Scheduler::wait_stopped(std::chrono::nanoseconds most) {
  std::unique_lock lock(mutex_);
  return stopped_cv_.wait_for(lock, most, [this] { return running_ == 0; });
}

void Scheduler::start_world() {
  const std::scoped_lock lock(mutex_);
  stopping_ = false;
  interrupt_.fetch_and(~kStop);
  hand_out();
}

void Scheduler::set_procs(std::uint32_t procs, bool soon_used) {
  const std::scoped_lock lock(mutex_);
  check(stopping_ && running_ == 0, "GOMAXPROCS changes in a stopped world only");
  check(procs >= 1, "GOMAXPROCS is at least 1");
  const bool grows = procs > ps_.size();
  if (grows) ++grows_;
  new_p_ = soon_used && grows ? static_cast<int>(ps_.size()) : -1;
  ps_.assign(procs, {});
  procs_.store(procs, std::memory_order_relaxed);
}

void Scheduler::release(Goroutine& g) {
  // What has begun on a new P has found there what there is to find.
  if (g.sent_for_grow == grows_ && g.in_operation()) new_p_ = -1;
  ps_[g.p.value] = {false, ++releases_};
  g.has_p = false;
  --running_;
  if (stopping_ && running_ == 0) stopped_cv_.notify_all();
}

void Scheduler::take(Goroutine& g, std::uint16_t p) {
  ps_[p].held = true;
  g.p = PId{p};
  g.has_p = true;
  g.run_since_ticks = TickClock::instance().ticks();
  ++running_;
}

void Scheduler::hand_out() {
  while (!stopping_ && !waiting_.empty()) {
    Goroutine& g = *waiting_.front();
    const int p = choose_idle(g);
    if (p < 0) break;
    waiting_.pop_front();
    take(g, static_cast<std::uint16_t>(p));
    g.granted = true;
    g.granted_cv.notify_one();
  }
  show_waiters();
}

void Scheduler::show_waiters() {
  if (waiting_.empty()) {
    interrupt_.fetch_and(~kWaiters);
  } else {
    interrupt_.fetch_or(kWaiters);
  }
}

int Scheduler::choose_idle(Goroutine& g) {
  // Mostly home, because its private is there; else the P that has been idle longest, so that
  // the others keep theirs; now and then anywhere, as when another M finds the goroutine first.
  // Not at once: the first moves of a lecture are to be followed.
  constexpr std::uint32_t kWanderOneIn = 32;
  constexpr std::uint64_t kSettledReleases = 250;
  const auto procs = static_cast<std::uint32_t>(ps_.size());
  if (!g.in_operation()) g.sent_for_grow = 0;
  // Nor one that has found no local of its new P: elsewhere it would make no array.
  const bool wander = releases_ > kSettledReleases && dice_.next_random() % kWanderOneIn == 0 &&
                      g.sent_for_grow == 0;
  const auto idle = [this](std::uint32_t p) { return !ps_[p].held; };
  if (new_p_ >= 0 && !g.in_operation()) {
    for (auto p = static_cast<std::uint32_t>(new_p_); p < procs; ++p) {
      if (!idle(p)) continue;
      g.sent_for_grow = grows_;
      g.home = PId{static_cast<std::uint16_t>(p)};
      return static_cast<int>(p);
    }
  }
  if (!wander && g.home.value < procs && idle(g.home.value)) return g.home.value;
  int best = -1;
  const std::uint32_t first = wander ? dice_.next_random() % procs : 0;
  for (std::uint32_t i = 0; i < procs; ++i) {
    const std::uint32_t p = (first + i) % procs;
    if (!idle(p)) continue;
    if (best < 0 || ps_[p].released < ps_[static_cast<std::size_t>(best)].released) {
      best = static_cast<int>(p);
      if (wander) break;
    }
  }
  if (best >= 0 && (wander || g.home.value >= procs)) {
    g.home = PId{static_cast<std::uint16_t>(best)};
  }
  return best;
}

}  // namespace poolscope
