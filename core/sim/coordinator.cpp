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

bool Coordinator::request(Request wanted) {
  {
    const std::scoped_lock lock(mutex_);
    if (requested_) return false;
    requested_ = wanted;
  }
  wake_.notify_all();
  return true;
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
  return requested_.has_value();
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
    if (const auto wanted = next_request(stop)) {
      stop_the_world(*wanted);
      const std::scoped_lock lock(mutex_);
      requested_.reset();
    }
  }
  stop_the_world({StopCause::kCheck, 0});
  current_g = nullptr;
}

std::optional<Coordinator::Request> Coordinator::next_request(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  wake_.wait_for(lock, next_wait(), [&] {
    return stop.stop_requested() || requested_.has_value() || !notices_.empty();
  });
  for (const Notice& notice : std::exchange(notices_, {})) {
    trace_.emit_number(notice.kind, notice.number, {}, 0, notice.detail);
  }
  if (options_.stop_after_events != 0 && trace_.tickets.last() >= options_.stop_after_events) {
    machine_.ending.store(true);
  }
  if (effect_until_ && Steady::now() >= *effect_until_) stand_still_again();
  if (!requested_ && !machine_.ending) requested_ = due_request();
  return stop.stop_requested() ? std::nullopt : requested_;
}

std::chrono::nanoseconds Coordinator::next_wait() const {
  std::chrono::nanoseconds wait = 1s;
  if (options_.stop_after_events != 0 || effect_until_) wait = kPoll;
  if (machine_.pace.paused()) return wait;
  const std::int64_t now_ns = machine_.clock.now_ns();
  for (const std::int64_t due_ns : {next_gc_ns_, next_resize_ns_}) {
    if (due_ns == 0) continue;
    wait = std::min(wait, std::chrono::nanoseconds(std::max<std::int64_t>(due_ns - now_ns, 0)));
  }
  return wait;
}

std::optional<Coordinator::Request> Coordinator::due_request() {
  if (machine_.pace.paused()) return std::nullopt;
  const std::int64_t now_ns = machine_.clock.now_ns();
  if (next_gc_ns_ != 0 && now_ns >= next_gc_ns_) {
    next_gc_ns_ = now_ns + options_.gc_every_ns;
    return Request{StopCause::kGc, 0};
  }
  if (next_resize_ns_ != 0 && now_ns >= next_resize_ns_) {
    next_resize_ns_ = now_ns + options_.resize_every_ns;
    const std::uint32_t most = std::min(2 * options_.config.procs, kMostProcs);
    return Request{StopCause::kResize, 1 + trace_.g.next_random() % most};
  }
  return std::nullopt;
}

void Coordinator::stop_the_world(Request wanted) {
  // Room for a checkpoint, before anybody is stopped.
  while (!trace_.ring.has_room(trace_.ring.capacity())) std::this_thread::sleep_for(kShortNap);
  machine_.pace.let_time_run();
  const auto cause = static_cast<std::uint8_t>(wanted.cause);
  trace_.emit_number(EventKind::kStopRequested, wanted.procs, {}, 0, cause);
  machine_.scheduler.request_stop();
  machine_.pace.wake();
  machine_.scheduler.wait_stopped();
  trace_.emit(EventKind::kWorldStopped);
  machine_.world.emit_contents(trace_);
  if (wanted.cause == StopCause::kGc) {
    machine_.world.clean_pools();
    trace_.emit(EventKind::kAllPoolsCleared);
  } else if (wanted.cause == StopCause::kResize) {
    machine_.scheduler.set_procs(wanted.procs);
    trace_.emit_number(EventKind::kProcsChanged, wanted.procs);
  }
  machine_.world.free_unreachable(trace_);
  trace_.emit(EventKind::kWorldStarted, {}, {}, 0, cause);
  machine_.scheduler.start_world();
  machine_.pace.wake();
  if (machine_.pace.paused()) effect_until_ = Steady::now() + kEffect;
}

void Coordinator::stand_still_again() {
  effect_until_.reset();
  machine_.pace.let_time_stand();
}

}  // namespace poolscope
