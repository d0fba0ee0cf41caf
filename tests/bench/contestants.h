#pragma once

// The contestants: our pools, and what others would use in their place.
//
// Thread safety: see contestant.h.

#include <cstdlib>
#include <memory>
#include <vector>

#include "core/pool/classic_pool.h"
#include "core/pool/modern_pool.h"
#include "core/pool/null_probe.h"
#include "core/pool/thread_env.h"
#include "core/sim/bare_pool.h"
#include "tests/bench/tuned_pool.h"

#ifdef POOLSCOPE_HAS_TBB
#include <tbb/concurrent_queue.h>
#endif
#ifdef POOLSCOPE_HAS_LOCKFREE
#include <boost/lockfree/stack.hpp>
#endif
#ifdef POOLSCOPE_HAS_CONCURRENTQUEUE
#include <concurrentqueue.h>
#endif

namespace poolscope::bench {

/// One of our pools. InWorld: what its World knows it as.
template <class Pool, class InWorld = Pool>
using Ours = BarePool<Pool, InWorld>;

using NullEnv = ThreadEnv<NullProbe>;
template <std::size_t kPadding>
using Classic = Ours<ClassicPool<NullEnv, kPadding>>;
using Tuned = Ours<TunedPool<128>, TunedPool<128>::Classic>;
template <std::size_t kPadding>
using Modern = Ours<ModernPool<NullEnv, kPadding>>;

/// The bound: a list of the thread's own, which no other thread can take from.
struct ThreadLocalList {
  struct Shared {
    explicit Shared(std::size_t /*threads*/) {}
  };
  class Worker {
   public:
    Worker(Shared& /*shared*/, std::size_t /*thread*/) { list_.reserve(128); }
    void put(void* object) { list_.push_back(object); }
    void* get() {
      if (list_.empty()) return nullptr;
      void* object = list_.back();
      list_.pop_back();
      return object;
    }

   private:
    std::vector<void*> list_;
  };
};

/// No pool at all: memory is asked for and given back.
struct Malloc {
  struct Shared {
    explicit Shared(std::size_t /*threads*/) {}
  };
  class Worker {
   public:
    Worker(Shared& /*shared*/, std::size_t /*thread*/) {}
    ~Worker() {
      for (void* object : held_) std::free(object);
    }
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;
    // A Put gives back what a Get has got.
    void put(void* /*object*/) {
      if (held_.empty()) return;
      std::free(held_.back());
      held_.pop_back();
    }
    void* get() {
      held_.push_back(std::malloc(48));
      return held_.back();
    }
    /// Else a starved batch would keep 33 more each time, and what is timed is a heap that grows.
    void end_iteration(int puts) {
      for (; held_.size() > static_cast<std::size_t>(puts); held_.pop_back()) {
        std::free(held_.back());
      }
    }

   private:
    std::vector<void*> held_;
  };
};

/// A queue or stack that all threads share.
template <class Container>
struct OneForAll {
  struct Shared {
    explicit Shared(std::size_t /*threads*/) {}
    Container container;
  };
  class Worker {
   public:
    Worker(Shared& shared, std::size_t /*thread*/) : container_(shared.container) {}
    void put(void* object) { container_.push(object); }
    void* get() { return container_.pop(); }

   private:
    Container& container_;
  };
};

#ifdef POOLSCOPE_HAS_TBB
struct TbbQueue {
  void push(void* object) { queue.push(object); }
  void* pop() {
    void* object = nullptr;
    return queue.try_pop(object) ? object : nullptr;
  }
  tbb::concurrent_queue<void*> queue;
};
#endif
#ifdef POOLSCOPE_HAS_LOCKFREE
struct LockfreeStack {
  void push(void* object) { stack.push(object); }
  void* pop() {
    void* object = nullptr;
    return stack.pop(object) ? object : nullptr;
  }
  boost::lockfree::stack<void*> stack{1024};
};
#endif
#ifdef POOLSCOPE_HAS_CONCURRENTQUEUE
/// With a producer's and a consumer's token for each thread: that is how it is fastest.
struct MoodycamelQueue {
  struct Shared {
    explicit Shared(std::size_t /*threads*/) {}
    moodycamel::ConcurrentQueue<void*> queue;
  };
  class Worker {
   public:
    Worker(Shared& shared, std::size_t /*thread*/)
        : queue_(shared.queue), producer_(queue_), consumer_(queue_) {}
    void put(void* object) { queue_.enqueue(producer_, object); }
    void* get() {
      void* object = nullptr;
      return queue_.try_dequeue(consumer_, object) ? object : nullptr;
    }

   private:
    moodycamel::ConcurrentQueue<void*>& queue_;
    moodycamel::ProducerToken producer_;
    moodycamel::ConsumerToken consumer_;
  };
};
#endif

}  // namespace poolscope::bench
