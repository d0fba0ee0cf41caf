#include "core/sim/measure_padding.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <ctime>
#include <thread>
#include <vector>

#include "core/pool/classic_pool.h"
#include "core/pool/null_probe.h"
#include "core/pool/thread_env.h"
#include "core/sim/bare_pool.h"

namespace poolscope {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr std::uint32_t kMostThreads = 8;
constexpr int kBatch = 100;
constexpr std::chrono::milliseconds kRound = 70ms;
constexpr int kRounds = 11;
constexpr std::size_t kPadding = 128;
// Threads that get less of their time than this run in turn rather than at once.
constexpr double kLeastShare = 0.75;

/// How long an operation took in a round of all threads, ns.
template <std::size_t kPaddedTo>
double round_ns(std::uint32_t threads) {
  using Bare = BarePool<ClassicPool<ThreadEnv<NullProbe>, kPaddedTo>>;
  typename Bare::Shared shared(threads);
  std::atomic<std::uint32_t> ready{0};
  std::atomic<bool> start{false};
  std::atomic<bool> stop{false};
  std::vector<double> took_ns(threads);
  std::vector<std::jthread> running;
  for (std::uint32_t t = 0; t < threads; ++t) {
    running.emplace_back([&, t] {
      typename Bare::Worker worker(shared, t);
      std::uint64_t object = 0;
      // The array is there before the time runs.
      worker.put(&object);
      static_cast<void>(worker.get());
      ready.fetch_add(1);
      start.wait(false);
      const auto begin = Clock::now();
      std::int64_t operations = 0;
      while (!stop.load(std::memory_order_relaxed)) {
        for (int i = 0; i < kBatch; ++i) worker.put(&object);
        for (int i = 0; i < kBatch; ++i) static_cast<void>(worker.get());
        operations += std::int64_t{2} * kBatch;
      }
      const std::chrono::duration<double, std::nano> took = Clock::now() - begin;
      took_ns[t] = took.count() / static_cast<double>(std::max<std::int64_t>(operations, 1));
    });
  }
  while (ready.load() != threads) std::this_thread::yield();
  start.store(true);
  start.notify_all();
  std::this_thread::sleep_for(kRound);
  stop.store(true);
  running.clear();
  double sum_ns = 0;
  for (const double took : took_ns) sum_ns += took;
  return sum_ns / threads;
}

double median(std::array<double, kRounds> values) {
  std::ranges::nth_element(values, values.begin() + kRounds / 2);
  return values[kRounds / 2];
}

}  // namespace

Expected<PaddingCost> measure_padding(const std::function<bool()>& goes_on) {
  const std::uint32_t threads = std::min(std::thread::hardware_concurrency(), kMostThreads);
  if (threads < 2) {
    return failed(
        "Padding cannot be measured here: this machine gives the program one core, and no cache "
        "line goes to and fro on one");
  }
  std::array<double, kRounds> unpadded_ns{};
  std::array<double, kRounds> padded_ns{};
  const auto begin = Clock::now();
  const std::clock_t begin_cpu = std::clock();
  for (int round = 0; round < kRounds; ++round) {
    if (!goes_on()) return failed("The measurement was given up");
    const auto at = static_cast<std::size_t>(round);
    unpadded_ns[at] = round_ns<0>(threads);
    padded_ns[at] = round_ns<kPadding>(threads);
  }
  const std::chrono::duration<double> took = Clock::now() - begin;
  const double worked_s = static_cast<double>(std::clock() - begin_cpu) / CLOCKS_PER_SEC;
  if (worked_s < kLeastShare * threads * took.count()) {
    return failed("Other programs take this machine's cores: measure again when they have ended");
  }
  return PaddingCost{threads, median(unpadded_ns), median(padded_ns)};
}

}  // namespace poolscope
