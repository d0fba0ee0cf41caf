#include "core/sim/measure_padding.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
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

/// The time that the calling thread has had on a core, ns.
double worked_ns() {
  std::timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e9 + static_cast<double>(time.tv_nsec);
}

/// How long an operation took in a round of all threads, ns; 0 where they had less of their time
/// than kLeastShare.
template <std::size_t kPaddedTo>
double round_ns(std::uint32_t threads) {
  using Bare = BarePool<ClassicPool<ThreadEnv<NullProbe>, kPaddedTo>>;
  typename Bare::Shared shared(threads);
  std::atomic<std::uint32_t> ready{0};
  std::atomic<bool> start{false};
  std::atomic<bool> stop{false};
  std::vector<double> took_ns(threads);
  std::vector<double> shares(threads);
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
      const double worked_before_ns = worked_ns();
      std::int64_t operations = 0;
      while (!stop.load(std::memory_order_relaxed)) {
        for (int i = 0; i < kBatch; ++i) worker.put(&object);
        for (int i = 0; i < kBatch; ++i) static_cast<void>(worker.get());
        operations += std::int64_t{2} * kBatch;
      }
      const std::chrono::duration<double, std::nano> took = Clock::now() - begin;
      shares[t] = (worked_ns() - worked_before_ns) / took.count();
      took_ns[t] = took.count() / static_cast<double>(std::max<std::int64_t>(operations, 1));
    });
  }
  while (ready.load() != threads) std::this_thread::yield();
  start.store(true);
  start.notify_all();
  std::this_thread::sleep_for(kRound);
  stop.store(true);
  running.clear();
  if (std::ranges::min(shares) < kLeastShare) return 0;
  double sum_ns = 0;
  for (const double took : took_ns) sum_ns += took;
  return sum_ns / threads;
}

/// Of the rounds that had the cores; 0 where most had not.
double median(std::vector<double> rounds) {
  std::erase(rounds, 0);
  if (rounds.size() <= kRounds / 2) return 0;
  const auto middle = rounds.begin() + static_cast<std::ptrdiff_t>(rounds.size() / 2);
  std::ranges::nth_element(rounds, middle);
  return *middle;
}

}  // namespace

Expected<PaddingCost> measure_padding(const std::function<bool()>& goes_on) {
  const std::uint32_t threads = std::min(std::thread::hardware_concurrency(), kMostThreads);
  if (threads < 2) {
    return failed(
        "Padding cannot be measured here: this machine gives the program one core, and no cache "
        "line goes to and fro on one");
  }
  std::vector<double> unpadded_ns;
  std::vector<double> padded_ns;
  for (int round = 0; round < kRounds; ++round) {
    if (!goes_on()) return failed("The measurement was given up");
    unpadded_ns.push_back(round_ns<0>(threads));
    padded_ns.push_back(round_ns<kPadding>(threads));
  }
  const PaddingCost cost{threads, median(unpadded_ns), median(padded_ns)};
  if (cost.unpadded_ns == 0 || cost.padded_ns == 0) {
    return failed("Other programs take this machine's cores: measure again when they have ended");
  }
  return cost;
}

}  // namespace poolscope
