#pragma once

// The simulation over one kind of pool: goroutines, coordinator, collector and what they share.
//
// Thread safety: see Simulation.
// Invariants: the coordinator thread alone stops the world; it is goroutine-like to the probe (it
// has a trace context) but holds no P.

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "core/pool/thread_env.h"
#include "core/sim/checkpoint.h"
#include "core/sim/simulation.h"
#include "core/sim/worker.h"
#include "core/trace/event_probe.h"
#include "core/trace/sequencer.h"

namespace poolscope {

/// Changes of hands of a P become events of the goroutine concerned.
class TracingObserver final : public SchedulerObserver {
 public:
  void go_run(Goroutine& g) override { context(g).emit(EventKind::kGoRun); }
  void go_park(Goroutine& g, ParkReason reason) override {
    context(g).emit(EventKind::kGoPark, {}, {}, 0, static_cast<std::uint8_t>(reason));
  }
  void go_wait_p(Goroutine& g) override { context(g).emit(EventKind::kGoWaitP); }

 private:
  static TraceContext& context(Goroutine& g) { return *static_cast<TraceContext*>(g.trace); }
};

template <class Pool, class Env>
class LiveSimulation final : public Simulation {
 public:
  LiveSimulation(const SimulationOptions& options, Workload workload)
      : options_(options),
        pace_(clock_, options.config.step_time_ns),
        scheduler_(options.config.procs, observer_, options.config.seed),
        world_([this](Value x) { heap_.free(object_of(x)); }),
        pools_(make_pools()),
        shared_{.pools = std::span(pools_.get(), options.config.pools),
                .heap = heap_,
                .handoff = handoff_,
                .clock = clock_,
                .workload = workload,
                .held = options.config.held,
                .interval_ns = interval_of(options.ops_per_second),
                .most_alive = kObjectsPerWorker * options.config.workers,
                .ending = ending_} {
    world_.race = options.config.race;
    coordinator_.g.random = options.config.seed * 2 + 1;
    prepare(coordinator_);
    for (std::uint32_t i = 0; i < options.config.workers; ++i) {
      auto& goroutine = *goroutines_.emplace_back(std::make_unique<Traced>(tickets_));
      goroutine.g.id = GId{static_cast<std::uint16_t>(i)};
      goroutine.g.home = home_in(workload, goroutine.g.id, options.config.procs);
      goroutine.g.p = goroutine.g.home;
      goroutine.g.random = (options.config.seed + i + 1) * 0x9E3779B97F4A7C15ULL | 1U;
      prepare(goroutine);
    }
  }

  ~LiveSimulation() override {
    stop();
    free_what_is_left();
  }
  LiveSimulation(const LiveSimulation&) = delete;
  LiveSimulation& operator=(const LiveSimulation&) = delete;

  [[nodiscard]] const SessionConfig& config() const override { return options_.config; }

  void start(EventSink& sink) override {
    std::vector<EventRing*> rings{&coordinator_.trace.ring};
    for (auto& goroutine : goroutines_) rings.push_back(&goroutine->trace.ring);
    collector_ = std::make_unique<Collector>(std::move(rings), clock_, sink);
    for (auto& goroutine : goroutines_) {
      workers_.push_back(
          std::make_unique<Worker<Pool, Env>>(shared_, goroutine->g, goroutine->trace));
      threads_.emplace_back([worker = workers_.back().get()] { worker->run(); });
    }
    coordinating_ = std::jthread([this](const std::stop_token& stop) { coordinate(stop); });
  }

  bool request_gc() override { return request({StopCause::kGc, 0}); }
  bool request_procs(std::uint32_t procs) override { return request({StopCause::kResize, procs}); }

  void set_step_time(std::int64_t step_time_ns) override {
    pace_.set_step_time(step_time_ns);
    notify({EventKind::kPaceChanged, static_cast<std::uint32_t>(step_time_ns / 1000)});
  }
  void pause() override {
    notify({EventKind::kPaused, 0});
    pace_.pause();
  }
  void resume() override {
    pace_.resume();
    notify({EventKind::kResumed, 0});
  }
  void step() override { pace_.step(); }

  [[nodiscard]] bool paused() const override { return pace_.paused(); }
  [[nodiscard]] std::int64_t now_ns() const override { return clock_.now_ns(); }
  [[nodiscard]] bool stop_under_way() const override {
    const std::scoped_lock lock(mutex_);
    return requested_.has_value();
  }

  void stop() override {
    if (collector_ == nullptr) return;
    ending_.store(true);
    handoff_.close();
    pace_.end();
    for (std::jthread& thread : threads_) thread.join();
    threads_.clear();
    coordinating_.request_stop();
    wake_.notify_all();
    coordinating_.join();
    collector_->finish();
    collector_.reset();
    count_what_is_left();
  }

  [[nodiscard]] Accounting accounting() const override { return accounting_; }

 private:
  /// A goroutine with its trace context.
  struct Traced {
    explicit Traced(Tickets& tickets, std::size_t capacity = TraceContext::kRingCapacity)
        : trace(g, tickets, capacity) {}
    Goroutine g;
    TraceContext trace;
  };
  struct Request {
    StopCause cause;
    std::uint32_t procs;
  };
  struct Notice {
    EventKind kind;
    std::uint32_t number;
  };

  static constexpr std::uint32_t kObjectsPerWorker = 4;
  static constexpr std::size_t kCoordinatorRing = 1U << 16U;
  static constexpr auto kPoll = std::chrono::milliseconds(20);
  /// Session time that runs on after a stop-the-world while paused, so that its effect can be seen.
  static constexpr auto kEffect = std::chrono::milliseconds(1200);

  static std::int64_t interval_of(double ops_per_second) {
    return ops_per_second <= 0 ? 0 : static_cast<std::int64_t>(1e9 / ops_per_second);
  }

  std::unique_ptr<Pool[]> make_pools() {
    auto pools = std::make_unique<Pool[]>(options_.config.pools);
    for (std::uint32_t i = 0; i < options_.config.pools; ++i) {
      std::destroy_at(&pools[i]);
      std::construct_at(&pools[i], &new_func_);
    }
    return pools;
  }

  void prepare(Traced& goroutine) {
    goroutine.g.scheduler = &scheduler_;
    goroutine.g.pace = &pace_;
    goroutine.g.world = &world_;
    goroutine.g.trace = &goroutine.trace;
    goroutine.trace.pools = pools_.get();
    goroutine.trace.pool_bytes = sizeof(Pool);
  }

  /// New: called by a Get that found nothing.
  static Value make_object(void* heap) {
    TracedObject* object = static_cast<Heap*>(heap)->make(current_g->id);
    object->in_use = false;
    return value_of(object);
  }

  // --- the coordinator -----------------------------------------------------------------------

  bool request(Request wanted) {
    {
      const std::scoped_lock lock(mutex_);
      if (requested_) return false;
      requested_ = wanted;
    }
    wake_.notify_all();
    return true;
  }

  void notify(Notice notice) {
    {
      const std::scoped_lock lock(mutex_);
      notices_.push_back(notice);
    }
    wake_.notify_all();
  }

  void coordinate(const std::stop_token& stop) {
    current_g = &coordinator_.g;
    TraceContext& trace = coordinator_.trace;
    if (pace_.step_time_ns() != 0) {
      trace.emit_number(EventKind::kPaceChanged,
                        static_cast<std::uint32_t>(pace_.step_time_ns() / 1000));
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

  /// Waits for a request or for the time of the next one; nothing: look again.
  std::optional<Request> next_request(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, next_wait(), [&] {
      return stop.stop_requested() || requested_.has_value() || !notices_.empty();
    });
    for (const Notice& notice : std::exchange(notices_, {})) {
      coordinator_.trace.emit_number(notice.kind, notice.number);
    }
    if (options_.stop_after_events != 0 && tickets_.last() >= options_.stop_after_events) {
      ending_.store(true);
    }
    if (!requested_ && !ending_) requested_ = due_request();
    return stop.stop_requested() ? std::nullopt : requested_;
  }

  [[nodiscard]] std::chrono::nanoseconds next_wait() const {
    std::chrono::nanoseconds wait = std::chrono::seconds(1);
    if (options_.stop_after_events != 0) wait = kPoll;
    const std::int64_t now_ns = clock_.now_ns();
    for (const std::int64_t due_ns : {next_gc_ns_, next_resize_ns_}) {
      if (due_ns == 0) continue;
      wait = std::min(wait, std::chrono::nanoseconds(std::max<std::int64_t>(due_ns - now_ns, 0)));
    }
    return pace_.paused() ? std::max<std::chrono::nanoseconds>(wait, kPoll) : wait;
  }

  std::optional<Request> due_request() {
    const std::int64_t now_ns = clock_.now_ns();
    if (next_gc_ns_ != 0 && now_ns >= next_gc_ns_) {
      next_gc_ns_ = now_ns + options_.gc_every_ns;
      return Request{StopCause::kGc, 0};
    }
    if (next_resize_ns_ != 0 && now_ns >= next_resize_ns_) {
      next_resize_ns_ = now_ns + options_.resize_every_ns;
      const std::uint32_t most = std::min(2 * options_.config.procs, kMostProcs);
      return Request{StopCause::kResize, 1 + coordinator_.g.next_random() % most};
    }
    return std::nullopt;
  }

  void stop_the_world(Request wanted) {
    TraceContext& trace = coordinator_.trace;
    while (!trace.ring.has_room(trace.ring.capacity())) std::this_thread::sleep_for(kShortNap);
    const bool was_paused = pace_.paused();
    if (was_paused) clock_.resume();
    const auto cause = static_cast<std::uint8_t>(wanted.cause);
    trace.emit_number(EventKind::kStopRequested, wanted.procs, {}, 0, cause);
    scheduler_.request_stop();
    pace_.wake();
    scheduler_.wait_stopped();
    trace.emit(EventKind::kWorldStopped);
    emit_checkpoint(trace, shared_.pools, heap_);
    if (wanted.cause == StopCause::kGc) {
      Pool::pool_cleanup(world_);
      trace.emit(EventKind::kAllPoolsCleared);
    } else if (wanted.cause == StopCause::kResize) {
      scheduler_.set_procs(wanted.procs);
      trace.emit_number(EventKind::kProcsChanged, wanted.procs);
    }
    free_unreachable();
    trace.emit(EventKind::kWorldStarted, {}, {}, 0, cause);
    scheduler_.start_world();
    if (was_paused) let_effect_show();
  }

  void free_unreachable() {
    TraceContext& trace = coordinator_.trace;
    for (auto& goroutine : goroutines_) {
      for (const Value x : std::exchange(goroutine->trace.dropped, {})) world_.free_object(x);
    }
    world_.reclaim(goroutine_pointers(),
                   [&trace](ArrayId id) { trace.emit(EventKind::kArrayFreed, {}, id); });
    if (const std::uint64_t freed = world_.take_objects_freed(); freed != 0) {
      trace.emit_number(EventKind::kObjectsFreed, static_cast<std::uint32_t>(freed));
    }
  }

  [[nodiscard]] std::vector<const Goroutine*> goroutine_pointers() const {
    std::vector<const Goroutine*> all;
    for (const auto& goroutine : goroutines_) all.push_back(&goroutine->g);
    return all;
  }

  void let_effect_show() {
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, kEffect,
                   [this] { return coordinating_.get_stop_token().stop_requested(); });
    if (pace_.paused()) clock_.pause();
  }

  // --- the end -------------------------------------------------------------------------------

  void count_what_is_left() {
    accounting_.created = heap_.created();
    accounting_.freed = heap_.freed();
    for (const auto& worker : workers_) accounting_.in_use += worker->hand().size();
    while (TracedObject* object = handoff_.try_take()) {
      ++accounting_.in_use;
      left_.push_back(object);
    }
    for (const Pool& pool : shared_.pools) {
      for_each_local(pool, [this](const auto& l) {
        Pool::for_each_value(l, [this](Value) { ++accounting_.pooled; });
      });
    }
  }

  void free_what_is_left() {
    for (const auto& worker : workers_) {
      for (TracedObject* object : worker->hand()) heap_.free(object);
    }
    for (TracedObject* object : left_) heap_.free(object);
    for (const Pool& pool : shared_.pools) {
      if (pool.locals() != nullptr) world_.free_array(pool.locals());
    }
  }

  static constexpr auto kShortNap = std::chrono::microseconds(100);

  SimulationOptions options_;
  SessionClock clock_;
  Pace pace_;
  TracingObserver observer_;
  Scheduler scheduler_;
  Heap heap_;
  Handoff handoff_;
  Tickets tickets_;
  World<Pool> world_;
  NewFunc new_func_{&make_object, &heap_};
  std::unique_ptr<Pool[]> pools_;
  std::atomic<bool> ending_{false};
  WorkerShared<Pool> shared_;
  Traced coordinator_{tickets_, kCoordinatorRing};
  std::vector<std::unique_ptr<Traced>> goroutines_;
  std::vector<std::unique_ptr<Worker<Pool, Env>>> workers_;
  std::unique_ptr<Collector> collector_;
  std::vector<std::jthread> threads_;

  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::optional<Request> requested_;  // waits or is under way
  std::vector<Notice> notices_;
  std::int64_t next_gc_ns_ = 0;
  std::int64_t next_resize_ns_ = 0;
  std::jthread coordinating_;

  std::vector<TracedObject*> left_;
  Accounting accounting_;
};

}  // namespace poolscope
