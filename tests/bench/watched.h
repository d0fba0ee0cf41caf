#pragma once

// Our pools as a session watches them: a probe stamps every event, and a collector thread takes the
// events from the rings, puts them in order and drops them.
//
// Thread safety: see contestant.h.
// Invariants: the collector lives as long as its Shared does, while this contestant is timed and no
// longer. Every stamped event has come to it (checked).

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/base/check.h"
#include "core/pool/thread_env.h"
#include "core/runtime/pace.h"
#include "core/runtime/scheduler.h"
#include "core/runtime/silent_observer.h"
#include "core/trace/event_probe.h"
#include "core/trace/sequencer.h"
#include "tests/bench/contestants.h"

namespace poolscope::bench {

/// Counts the events and drops them.
class CountingSink final : public EventSink {
 public:
  void on_events(std::span<const Event> events) override { count += events.size(); }
  std::uint64_t count = 0;
};

/// One of our pools with a probe that makes events: TracingProbe, or PacingProbe at full rate (its
/// pace points ask whether they are to wait, and go on).
template <class Pool>
struct Watched {
  class Worker;

  class Shared {
   public:
    explicit Shared(std::size_t threads)
        : scheduler_(static_cast<std::uint32_t>(threads), observer_, 1), world_([](Value) {}) {
      std::vector<EventRing*> rings;
      for (std::size_t t = 0; t < threads; ++t) {
        auto& made = *goroutines_.emplace_back(std::make_unique<Traced>(tickets_));
        made.g.id = GId{static_cast<std::uint32_t>(t)};
        made.g.home = made.g.p = PId{static_cast<std::uint16_t>(t)};
        made.g.scheduler = &scheduler_;
        made.g.pace = &pace_;
        made.g.world = &world_;
        made.g.trace = &made.trace;
        made.trace.pools = &pool_;
        made.trace.pool_bytes = sizeof(Pool);
        made.object.id = ObjectId{static_cast<std::uint32_t>(t + 1)};
        rings.push_back(&made.trace.ring);
      }
      collector_.emplace(std::move(rings), clock_, sink_);
    }
    ~Shared() {
      finish();
      if (pool_.locals() != nullptr) world_.free_array(pool_.locals());
    }
    Shared(const Shared&) = delete;
    Shared& operator=(const Shared&) = delete;

    /// Ends the collector, once all workers have ended. Returns how many events there were.
    std::uint64_t finish() {
      collector_->finish();
      check(sink_.count == tickets_.last(), "every stamped event comes to the collector");
      return sink_.count;
    }

   private:
    friend class Worker;
    struct alignas(kCacheLinePair) Traced {
      explicit Traced(Tickets& tickets) : trace(g, tickets) {}
      Goroutine g;
      TraceContext trace;
      TracedObject object;  // here: another thread may name it after its own has ended
    };

    SilentObserver observer_;
    Scheduler scheduler_;
    World<Pool> world_;
    Tickets tickets_;
    SessionClock clock_;
    Pace pace_{clock_, {Pacing::kEachWaits, 0}, 0};  // at full rate
    Pool pool_;
    CountingSink sink_;
    std::vector<std::unique_ptr<Traced>> goroutines_;
    std::optional<Collector> collector_;
  };

  class Worker {
   public:
    Worker(Shared& shared, std::size_t thread)
        : pool_(shared.pool_),
          g_(shared.goroutines_[thread]->g),
          trace_(shared.goroutines_[thread]->trace),
          object_(value_of(&shared.goroutines_[thread]->object)) {
      current_g = &g_;
      g_.scheduler->unpark(g_);
    }
    ~Worker() {
      trace_.stamp();  // what its last operation noted
      g_.scheduler->park(g_, ParkReason::kSleep);
      current_g = nullptr;
    }
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    // As a goroutine does: a safepoint between two operations.
    void put(void* /*object*/) {
      g_.scheduler->safepoint(g_);
      pool_.put(object_);  // a traced object: the events name it
    }
    void* get() {
      g_.scheduler->safepoint(g_);
      return pool_.get().data;
    }

   private:
    Pool& pool_;
    Goroutine& g_;
    TraceContext& trace_;
    const Value object_;
  };
};

using TracedClassic = Watched<ClassicPool<ThreadEnv<TracingProbe>, kCacheLinePair>>;
using PacedClassic = Watched<ClassicPool<ThreadEnv<PacingProbe>, kCacheLinePair>>;
using TracedModern = Watched<ModernPool<ThreadEnv<TracingProbe>, kCacheLinePair>>;

}  // namespace poolscope::bench
