#pragma once

// The simulation over one kind of pool: goroutines, coordinator, collector and what they share.
//
// Thread safety: see Simulation.
// Invariants: the coordinator thread alone stops the world; it is goroutine-like to the probe (it
// has a trace context) but holds no P.

#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include "core/pool/thread_env.h"
#include "core/sim/checkpoint.h"
#include "core/sim/coordinator.h"
#include "core/sim/simulation.h"
#include "core/sim/story_opening.h"
#include "core/sim/worker.h"
#include "core/trace/array_ledger.h"
#include "core/trace/event_probe.h"
#include "core/trace/sequencer.h"

namespace poolscope {

/// Changes of hands of a P become events of the goroutine concerned, and its turn passes with them.
class TracingObserver final : public SchedulerObserver {
 public:
  void go_run(Goroutine& g) override { context(g).emit(EventKind::kGoRun); }
  void go_park(Goroutine& g, ParkReason reason) override {
    context(g).emit(EventKind::kGoPark, {}, {}, 0, static_cast<std::uint8_t>(reason));
  }
  void go_wait_p(Goroutine& g) override { context(g).emit(EventKind::kGoWaitP); }
  void parked(Goroutine& g, ParkReason reason) override {
    // At a pace point it keeps its turn until it stands.
    if (reason == ParkReason::kStep) return;
    g.pace->give_up_turn(g, reason == ParkReason::kLock ? Shown::kFact : Shown::kNothing);
  }
  bool take_turn(Goroutine& g) override { return g.pace->take_turn(g); }

 private:
  static TraceContext& context(Goroutine& g) { return *g.trace; }
};

template <class Pool, class Env>
class LiveSimulation final : public Simulation, private StoppedWorld {
 public:
  LiveSimulation(const SimulationOptions& options, Workload workload)
      : options_(options),
        pace_(clock_, {options.config.pacing, options.config.step_time_ns}, options.config.seed),
        scheduler_(options.config.procs, observer_, options.config.seed),
        world_([this](Value x) { heap_.free(object_of(x)); }),
        pools_(make_pools()),
        shared_{.pools = std::span(pools_.get(), options.config.pools),
                .heap = heap_,
                .handoff = handoff_,
                .clock = clock_,
                .workload = workload,
                .workers = options.config.workers,
                .held = options.config.workload->held,
                .interval_ns = interval_of(options.ops_per_second),
                .most_alive = kObjectsPerWorker * options.config.workers,
                .ending = ending_} {
    world_.race = options.config.race;
    if (options.config.pacing == Pacing::kOneAtATime) {
      pace_.begin_with(story_opening(workload, options.config.workers, options.config.seed));
    }
    coordinating_.g.random = options.config.seed * 2 + 1;
    prepare(coordinating_);
    for (std::uint32_t i = 0; i < options.config.workers; ++i) {
      auto& goroutine = *goroutines_.emplace_back(std::make_unique<Traced>(tickets_));
      goroutine.g.id = GId{static_cast<std::uint32_t>(i)};
      goroutine.g.home =
          home_in(workload, goroutine.g.id, options.config.workers, options.config.procs);
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
    // The sink may have a file that took a while to make.
    clock_.start();
    std::vector<EventRing*> rings{&coordinating_.trace.ring};
    for (auto& goroutine : goroutines_) rings.push_back(&goroutine->trace.ring);
    collector_ = std::make_unique<Collector>(std::move(rings), clock_, sink);
    if (options_.starts_paused) pause();
    for (auto& goroutine : goroutines_) {
      workers_.push_back(
          std::make_unique<Worker<Pool, Env>>(shared_, goroutine->g, goroutine->trace));
      threads_.emplace_back([worker = workers_.back().get()] { worker->run(); });
    }
    coordinator_.start();
  }

  bool request_gc() override { return coordinator_.request_gc(); }
  void request_procs(std::uint32_t procs) override { coordinator_.request_procs(procs); }
  [[nodiscard]] std::uint32_t procs() const override { return scheduler_.procs(); }
  [[nodiscard]] std::optional<std::uint32_t> procs_wanted() const override {
    return coordinator_.procs_wanted();
  }

  void set_speed(Speed speed) override {
    pace_.set_speed(speed);
    coordinator_.notify({EventKind::kSpeedChanged,
                         static_cast<std::uint32_t>(speed.step_time_ns / 1000),
                         static_cast<std::uint8_t>(speed.pacing)});
  }
  void set_rate(double ops_per_second) override {
    shared_.interval_ns.store(interval_of(ops_per_second), std::memory_order_relaxed);
  }
  void set_held(std::uint32_t held) override {
    shared_.held.store(held, std::memory_order_relaxed);
  }
  void pause() override {
    coordinator_.notify({EventKind::kPaused, 0});
    pace_.pause();
  }
  void resume() override {
    pace_.resume();
    coordinator_.notify({EventKind::kResumed, 0});
  }
  void step() override { pace_.step(); }
  void hold(GId g) override { pace_.hold(g); }
  void let_go(GId g) override { pace_.let_go(g); }
  void send(GId g, Way way) override { pace_.send(g, way); }
  [[nodiscard]] std::vector<GId> held() const override { return pace_.held(); }

  [[nodiscard]] bool paused() const override { return pace_.paused(); }
  [[nodiscard]] std::int64_t now_ns() const override { return clock_.now_ns(); }
  [[nodiscard]] std::shared_ptr<const ArrayAddresses> array_addresses() const override {
    return arrays_.newest();
  }
  [[nodiscard]] bool stop_under_way() const override { return coordinator_.under_way(); }

  void stop() override {
    if (collector_ == nullptr) return;
    ending_.store(true);
    handoff_.close();
    pace_.end();
    for (std::jthread& thread : threads_) thread.join();
    threads_.clear();
    coordinator_.finish();
    collector_->finish();
    accounting_.stamped = tickets_.last();
    accounting_.delivered = collector_->delivered();
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
  static constexpr std::uint32_t kObjectsPerWorker = 4;
  static constexpr std::size_t kCoordinatorRing = 1U << 16U;

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
    goroutine.trace.arrays = &arrays_;
  }

  /// New: called by a Get that found nothing.
  static Value make_object(void* heap) {
    TracedObject* object = static_cast<Heap*>(heap)->make(current_g->id);
    object->in_use = false;
    return value_of(object);
  }

  // --- in a stopped world --------------------------------------------------------------------

  void emit_contents(TraceContext& trace) override { emit_checkpoint(trace, shared_.pools, heap_); }

  void clean_pools() override { Pool::pool_cleanup(world_); }

  void free_unreachable(TraceContext& trace) override {
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
    all.reserve(goroutines_.size());
    for (const auto& goroutine : goroutines_) all.push_back(&goroutine->g);
    return all;
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
      if constexpr (HasVictim<Pool>) {
        if (pool.victim() != nullptr) world_.free_array(pool.victim());
      }
    }
  }

  SimulationOptions options_;
  SessionClock clock_;
  Pace pace_;
  TracingObserver observer_;
  Scheduler scheduler_;
  Heap heap_;
  Handoff handoff_;
  Tickets tickets_;
  ArrayLedger arrays_;
  World<Pool> world_;
  NewFunc new_func_{&make_object, &heap_};
  std::unique_ptr<Pool[]> pools_;
  std::atomic<bool> ending_{false};
  WorkerShared<Pool> shared_;
  Traced coordinating_{tickets_, kCoordinatorRing};
  std::vector<std::unique_ptr<Traced>> goroutines_;
  std::vector<std::unique_ptr<Worker<Pool, Env>>> workers_;
  std::unique_ptr<Collector> collector_;
  std::vector<std::jthread> threads_;
  Coordinator coordinator_{
      options_, {clock_, pace_, scheduler_, *this, ending_}, coordinating_.trace};

  std::vector<TracedObject*> left_;
  Accounting accounting_;
};

}  // namespace poolscope
