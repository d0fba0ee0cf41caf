// poolscope_bench: our pools beside Go's sync.Pool and other peers, in one interleaved run.
//
//   poolscope_bench [--go PROGRAM] [--rounds N] [--json FILE] [--only WORKLOAD]
//
// Every contestant measures every workload once a round, in turn, so that what slows the machine
// down slows all of them; ratios are of times of one round. Google Benchmark cannot interleave with
// another process, so the loop is our own.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>
#if defined(__GLIBC__)
#include <malloc.h>
#endif

#include "core/base/error.h"
#include "tests/bench/contestant.h"
#include "tests/bench/contestants.h"
#include "tests/bench/go_peer.h"
#include "tests/bench/results.h"
#include "tests/bench/watched.h"

namespace poolscope::bench {
namespace {

using namespace std::chrono_literals;

std::vector<Case> all_cases() {
  return {{"pair1", Workload::kPair, 1, 1'000'000},
          {"pair2", Workload::kPair, 2, 1'000'000},
          {"overflow1", Workload::kOverflow, 1, 5'000},
          {"overflow2", Workload::kOverflow, 2, 5'000},
          {"starve1", Workload::kStarve, 1, 4'000},
          {"starve2", Workload::kStarve, 2, 5'000},
          {"pc2", Workload::kPc, 2, 200'000}};
}

struct Entry {
  std::string name;
  std::function<Expected<double>(const Case&)> run;  // the wall time in ns
  bool hands_on = true;  // whether another thread can Get what one has Put

  [[nodiscard]] bool takes_part(const Case& c) const {
    return hands_on || c.workload != Workload::kPc;
  }
};

template <class Contestant>
Entry entry(std::string_view name, bool hands_on = true) {
  return {std::string(name),
          [](const Case& c) -> Expected<double> {
            return measure<Contestant>(c.workload, c.threads, c.rounds);
          },
          hands_on};
}

/// Go's heap keeps its memory from round to round. So does ours here: else a slice that grows to
/// megabytes is given back to the system each time and its pages are faulted in anew, which takes
/// ten times as long as the Puts.
void keep_memory() {
#if defined(__GLIBC__)
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
#endif
}

struct Options {
  std::string go;
  int rounds = 21;
  std::string json;
  std::string only;
};

std::vector<Entry> all_entries(GoPeer* go) {
  std::vector<Entry> entries;
  if (go != nullptr) {
    entries.push_back({std::string(kGo), [go](const Case& c) {
                         return go->measure(c.workload, c.threads, c.rounds);
                       }});
  }
  entries.push_back(entry<Classic<128>>(kClassic));
  entries.push_back(entry<Modern<128>>(kModern));
  entries.push_back(entry<Classic<128, true>>(kTuned));
  entries.push_back(entry<Classic<64>>("classic, padding 64"));
  entries.push_back(entry<Classic<0>>(kUnpadded));
  entries.push_back(entry<Modern<64>>("modern, padding 64"));
  entries.push_back(entry<Modern<0>>("modern, unpadded"));
  entries.push_back(entry<TracedClassic>(kTraced));
  entries.push_back(entry<TracedModern>("modern, traced"));
  entries.push_back(entry<ThreadLocalList>("thread-local list", false));
  entries.push_back(entry<Malloc>("malloc and free", false));
#ifdef POOLSCOPE_HAS_CONCURRENTQUEUE
  entries.push_back(entry<OneForAll<MoodycamelQueue>>("moodycamel"));
#endif
#ifdef POOLSCOPE_HAS_TBB
  entries.push_back(entry<OneForAll<TbbQueue>>("oneTBB queue"));
#endif
#ifdef POOLSCOPE_HAS_LOCKFREE
  entries.push_back(entry<OneForAll<LockfreeStack>>("Boost.Lockfree stack"));
#endif
  return entries;
}

std::vector<std::string> names_of(const std::vector<Entry>& entries) {
  std::vector<std::string> names;
  for (const Entry& e : entries) names.push_back(e.name);
  return names;
}

/// The first round warms up and is not counted. Each round begins with another contestant, and each
/// waits until the one before it has come to rest: Go's idle threads look for work for a while.
Expected<Results> measure_all(const std::vector<Entry>& entries, const std::vector<Case>& cases,
                              int rounds) {
  constexpr auto kRest = 3ms;
  Results results(cases, names_of(entries));
  for (int round = -1; round < rounds; ++round) {
    for (const Case& c : cases) {
      for (std::size_t i = 0; i < entries.size(); ++i) {
        const Entry& e = entries[(i + static_cast<std::size_t>(round + 1)) % entries.size()];
        if (!e.takes_part(c)) continue;
        std::this_thread::sleep_for(kRest);
        const auto ns = e.run(c);
        if (!ns) return tl::make_unexpected(ns.error());
        if (round < 0) continue;
        results.add(e.name, c, *ns / static_cast<double>(c.rounds * operations_in(c.workload)));
      }
    }
  }
  return results;
}

Expected<void> run(const Options& options) {
  std::unique_ptr<GoPeer> go;
  if (!options.go.empty()) {
    auto started = GoPeer::start(options.go);
    if (!started) return tl::make_unexpected(started.error());
    go = std::move(*started);
  }
  std::vector<Case> cases = all_cases();
  if (!options.only.empty()) {
    std::erase_if(cases, [&](const Case& c) { return word_of(c.workload) != options.only; });
  }
  const auto results = measure_all(all_entries(go.get()), cases, options.rounds);
  if (!results) return tl::make_unexpected(results.error());
  fmt::print("{} rounds\n", options.rounds);
  results->print(go == nullptr ? "" : go->version());
  if (options.json.empty()) return {};
  std::FILE* out = std::fopen(options.json.c_str(), "w");
  if (out == nullptr) return failed(fmt::format("{}: cannot be written", options.json));
  fmt::print(out, "{}", results->json());
  std::fclose(out);
  return {};
}

}  // namespace
}  // namespace poolscope::bench

int main(int argc, char** argv) {
  poolscope::bench::keep_memory();
  poolscope::bench::Options options;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string flag = argv[i];
    if (flag == "--go")
      options.go = argv[i + 1];
    else if (flag == "--rounds")
      options.rounds = std::max(1, std::atoi(argv[i + 1]));
    else if (flag == "--json")
      options.json = argv[i + 1];
    else if (flag == "--only")
      options.only = argv[i + 1];
    else {
      fmt::print(stderr, "poolscope_bench: what is {}? --go --rounds --json --only\n", flag);
      return 2;
    }
  }
  const auto done = poolscope::bench::run(options);
  if (!done) fmt::print(stderr, "poolscope_bench: {}\n", done.error().message);
  return done ? 0 : done.error().exit_code();
}
