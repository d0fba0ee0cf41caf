#include "core/sim/coordinator.h"

#include <algorithm>
#include <utility>

#include "core/runtime/goroutine.h"

namespace poolscope {
namespace {

using namespace std::chrono_literals;

constexpr auto kPoll = 20ms;
constexpr auto kShortNap = 100us;
constexpr auto kEffect = 1200ms;  // how long session time runs on after a stop while paused

}  // namespace

void Coordinator::start() {
  thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

void Coordinator::finish() {
  thread_.request_stop();
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

bool Coordinator::request_gc() {
  {
    const std::scoped_lock lock(mutex_);
    if (gc_wanted_) return false;
    gc_wanted_ = true;
  }
  wake_.notify_all();
  return true;
}

void Coordinator::request_procs(std::uint32_t procs) {
  {
    const std::scoped_lock lock(mutex_);
    procs_wanted_ = procs;
  }
  wake_.notify_all();
}

std::optional<std::uint32_t> Coordinator::procs_wanted() const {
  const std::scoped_lock lock(mutex_);
  return procs_wanted_;
}

void Coordinator::notify(Notice notice) {
  {
    const std::scoped_lock lock(mutex_);
    notices_.push_back(notice);
  }
  wake_.notify_all();
}

bool Coordinator::under_way() const {
  const std::scoped_lock lock(mutex_);
  return gc_wanted_ || procs_wanted_ || under_way_;
}

void Coordinator::run(const std::stop_token& stop) {
  current_g = &trace_.g;
  if (const Speed speed = machine_.pace.speed(); speed.paced()) {
    trace_.emit_number(EventKind::kSpeedChanged,
                       static_cast<std::uint32_t>(speed.step_time_ns / 1000), {}, 0,
                       static_cast<std::uint8_t>(speed.pacing));
  }
  next_gc_ns_ = options_.gc_every_ns;
  next_resize_ns_ = options_.resize_every_ns;
  while (!stop.stop_requested()) {
    if (const auto cause = next_stop(stop)) {
      stop_the_world(*cause);
      const std::scoped_lock lock(mutex_);
      under_way_ = false;
      if (*cause == StopCause::kGc) gc_wanted_ = false;
    }
  }
  stop_the_world(StopCause::kCheck);
  current_g = nullptr;
}

std::optional<StopCause> Coordinator::next_stop(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  wake_.wait_for(lock, next_wait(), [&] {
    return stop.stop_requested() || gc_wanted_ || procs_wanted_ || !notices_.empty();
  });
  lock.unlock();
  tell_notices();
  if (options_.stop_after_events != 0 && trace_.tickets.last() >= options_.stop_after_events) {
    machine_.ending.store(true);
    machine_.pace.end_rest();
  }
  if (effect_until_ && Steady::now() >= *effect_until_) stand_still_again();
  lock.lock();
  if (!machine_.ending) ask_for_what_is_due();
  // As GOMAXPROCS(n) in Go: with as many Ps as there are it returns, and stops nobody.
  if (procs_wanted_ == machine_.scheduler.procs()) procs_wanted_.reset();
  if (stop.stop_requested() || (!gc_wanted_ && !procs_wanted_)) return std::nullopt;
  under_way_ = true;
  return gc_wanted_ ? StopCause::kGc : StopCause::kResize;
}

void Coordinator::tell_notices() {
  std::vector<Notice> notices;
  {
    const std::scoped_lock lock(mutex_);
    notices.swap(notices_);
  }
  for (const Notice& notice : notices) {
    trace_.emit_number(notice.kind, notice.number, {}, 0, notice.detail);
  }
}

std::chrono::nanoseconds Coordinator::next_wait() const {
  std::chrono::nanoseconds wait = 1s;
  if (options_.stop_after_events != 0 || effect_until_) wait = kPoll;
  if (machine_.pace.paused()) return wait;
  const std::int64_t now_ns = machine_.clock.now_ns();
  const std::int64_t rest_ns = machine_.pace.all_rest_left_ns();
  for (const std::int64_t due_ns : {next_gc_ns_, next_resize_ns_}) {
    if (due_ns == 0) continue;
    wait = std::min(wait, std::chrono::nanoseconds(std::max(due_ns - now_ns, rest_ns)));
  }
  return wait;
}

/// Of what is wanted already nothing is due, nor while all rest.
void Coordinator::ask_for_what_is_due() {
  if (gc_wanted_ || procs_wanted_ || machine_.pace.paused()) return;
  if (machine_.pace.all_rest_left_ns() > 0) return;
  const std::int64_t now_ns = machine_.clock.now_ns();
  const auto is_due = [now_ns](std::int64_t at_ns) { return at_ns != 0 && now_ns >= at_ns; };
  // Of two, the one that has been due longer: one that is always due leaves the other its turn.
  const bool resize_first = is_due(next_resize_ns_) && next_resize_ns_ < next_gc_ns_;
  if (is_due(next_gc_ns_) && !resize_first) {
    next_gc_ns_ = now_ns + options_.gc_every_ns;
    gc_wanted_ = true;
    return;
  }
  if (is_due(next_resize_ns_)) {
    next_resize_ns_ = now_ns + options_.resize_every_ns;
    const std::uint32_t most = std::min(2 * options_.config.procs, kMostProcs);
    procs_wanted_ = 1 + trace_.g.next_random() % most;
  }
}

void Coordinator::stop_the_world(StopCause cause) {
  // Room for a checkpoint, before anybody is stopped.
  while (!trace_.ring.has_room(trace_.ring.capacity())) std::this_thread::sleep_for(kShortNap);
  machine_.pace.let_time_run();
  procs_told_ = cause == StopCause::kResize ? *procs_wanted() : 0;
  trace_.emit_number(EventKind::kStopRequested, procs_told_, {}, 0,
                     static_cast<std::uint8_t>(cause));
  machine_.scheduler.request_stop();
  machine_.pace.end_rest();
  const auto stopped = [&] {
    return machine_.scheduler.wait_stopped(kPoll) &&
           (cause == StopCause::kCheck || machine_.pace.wait_for_rest(kPoll));
  };
  while (!stopped()) {
    // A pause may have come in between. The stop goes on, and so does its time.
    machine_.pace.let_time_run();
    tell_notices();
    if (cause == StopCause::kResize) tell_wanted_procs();
  }
  if (cause == StopCause::kResize) tell_wanted_procs();
  trace_.emit(EventKind::kWorldStopped);
  machine_.world.emit_contents(trace_);
  if (cause == StopCause::kGc) {
    machine_.world.clean_pools();
    trace_.emit(EventKind::kAllPoolsCleared);
  } else if (cause == StopCause::kResize) {
    change_procs();
  }
  machine_.world.free_unreachable(trace_);
  trace_.emit(EventKind::kWorldStarted, {}, {}, 0, static_cast<std::uint8_t>(cause));
  if (cause != StopCause::kCheck && !machine_.ending) rest_while_it_is_told();
  machine_.scheduler.start_world();
  machine_.pace.wake();
  if (machine_.pace.paused()) effect_until_ = Steady::now() + kEffect;
}

/// The timers begin anew after the rest: however long a stop and its telling take, something
/// happens before the next.
void Coordinator::rest_while_it_is_told() {
  const std::int64_t rest_ns = machine_.pace.rest_after_stop();
  if (rest_ns == 0) return;
  const std::int64_t rested_ns = machine_.clock.now_ns() + rest_ns;
  if (next_gc_ns_ != 0) next_gc_ns_ = rested_ns + options_.gc_every_ns;
  if (next_resize_ns_ != 0) next_resize_ns_ = rested_ns + options_.resize_every_ns;
}

void Coordinator::tell_wanted_procs() {
  const std::uint32_t wanted = *procs_wanted();
  if (wanted != procs_told_) trace_.emit_number(EventKind::kProcsWanted, wanted);
  procs_told_ = wanted;
}

void Coordinator::change_procs() {
  const bool soon_used = options_.config.workload->name == "lecture" && machine_.pace.paced();
  machine_.scheduler.set_procs(procs_told_, soon_used);
  trace_.emit_number(EventKind::kProcsChanged, procs_told_);
  const std::scoped_lock lock(mutex_);
  // Asked for since the world stands: that is another stop.
  if (procs_wanted_ == procs_told_) procs_wanted_.reset();
}

void Coordinator::stand_still_again() {
  effect_until_.reset();
  machine_.pace.let_time_stand();
}

}  // namespace poolscope
