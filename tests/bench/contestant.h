#pragma once

// What is timed: pools and what stands in for one, under the workloads of Go's own benchmarks.
//
// A contestant is a type with Shared (made fresh for each measurement) and Worker (one for each
// thread, made on it): put(void*) and get(), which returns nullptr where there is nothing; perhaps
// end_iteration(int puts), after each iteration of a batch workload, which Puts `puts` times.
//
// Thread safety: measure starts and joins its threads.

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace poolscope::bench {

enum class Workload {
  kPair,      // a Put and a Get, the same object
  kOverflow,  // 100 Puts, then 100 Gets
  kStarve,    // 67 Puts, then 100 Gets
  kPc,        // one thread Puts, the other Gets until it has as many
};
inline constexpr std::string_view kWorkloadWords[] = {"pair", "overflow", "starve", "pc"};
inline std::string_view word_of(Workload workload) {
  return kWorkloadWords[static_cast<std::size_t>(workload)];
}

/// Operations in a round, by which the time is divided: pairs, or Gets.
inline std::int64_t operations_in(Workload workload) {
  return workload == Workload::kOverflow || workload == Workload::kStarve ? 100 : 1;
}

inline constexpr int kBatch = 100;
inline constexpr int kStarvedBatch = 67;
/// After so many Gets in vain, with nobody who Puts any more, there is nothing left: a pool that
/// backs off has come back by then.
inline constexpr std::int64_t kMissesAtTheEnd = 5000;

/// What is got is looked at, as far as the compiler knows: else it could leave out the work of
/// those contestants that it sees through. Costs no instruction but what brings the pointer into a
/// register.
inline void look_at(void* object) { asm volatile("" : : "r"(object) : "memory"); }

/// The end of an iteration: who holds more than the next Puts give back may free it.
template <class Worker>
void end_iteration(Worker& worker, int puts) {
  if constexpr (requires { worker.end_iteration(puts); }) worker.end_iteration(puts);
}

template <class Worker>
void work(Worker& worker, Workload workload, std::size_t thread, std::int64_t rounds, void* object,
          std::atomic<bool>& produced) {
  switch (workload) {
    case Workload::kPair:
      for (std::int64_t i = 0; i < rounds; ++i) {
        worker.put(object);
        look_at(worker.get());
      }
      return;
    case Workload::kOverflow:
    case Workload::kStarve: {
      const int puts = workload == Workload::kStarve ? kStarvedBatch : kBatch;
      for (std::int64_t i = 0; i < rounds; ++i) {
        for (int k = 0; k < puts; ++k) worker.put(object);
        for (int k = 0; k < kBatch; ++k) look_at(worker.get());
        end_iteration(worker, puts);
      }
      return;
    }
    case Workload::kPc:
      if (thread == 0) {
        for (std::int64_t i = 0; i < rounds; ++i) worker.put(object);
        produced.store(true);
        return;
      }
      // The last one may lie where only the producer reaches.
      for (std::int64_t got = 0, misses = 0; got < rounds && misses < kMissesAtTheEnd;) {
        const bool last = produced.load(std::memory_order_relaxed);
        void* got_now = worker.get();
        look_at(got_now);
        if (got_now != nullptr) {
          ++got;
          misses = 0;
        } else if (last) {
          ++misses;
        }
      }
      return;
  }
}

/// The wall time in ns from the start of all threads to the end of the last. `shared` was made for
/// as many threads.
template <class Contestant>
double measure_in(typename Contestant::Shared& shared, Workload workload, std::size_t threads,
                  std::int64_t rounds) {
  std::atomic<std::size_t> ready{0};
  std::atomic<bool> start{false};
  std::atomic<bool> produced{false};
  std::vector<std::jthread> running;
  for (std::size_t t = 0; t < threads; ++t) {
    running.emplace_back([&, t] {
      typename Contestant::Worker worker(shared, t);
      std::uint64_t object[6] = {};
      // What a pool makes for its first Put is there, as it is on Go's side.
      work(worker, Workload::kPair, t, 1, object, produced);
      ready.fetch_add(1);
      start.wait(false);
      work(worker, workload, t, rounds, object, produced);
    });
  }
  while (ready.load() != threads) std::this_thread::yield();
  const auto begin = std::chrono::steady_clock::now();
  start.store(true);
  start.notify_all();
  running.clear();
  return std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - begin).count();
}

/// The same, in a Shared of its own.
template <class Contestant>
double measure(Workload workload, std::size_t threads, std::int64_t rounds) {
  typename Contestant::Shared shared(threads);
  return measure_in<Contestant>(shared, workload, threads, rounds);
}

}  // namespace poolscope::bench
