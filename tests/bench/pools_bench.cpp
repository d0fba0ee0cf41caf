// poolscope_bench: our pools beside Go's sync.Pool and other peers, in one interleaved run.
//
//   poolscope_bench [--go PROGRAM] [--rounds N] [--json FILE] [--only WORKLOAD]
//
// Every contestant measures every workload once a round, in turn, so that what slows the machine
// down slows all of them; ratios are of times of one round. Google Benchmark cannot interleave with
// another process, so the loop is our own.

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <functional>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <unistd.h>
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

constexpr int kMostRounds = 10'000;

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
  entries.push_back(entry<Tuned>(kTuned));
  entries.push_back(entry<Classic<64>>("classic, padding 64"));
  entries.push_back(entry<Classic<0>>(kUnpadded));
  entries.push_back(entry<Modern<64>>("modern, padding 64"));
  entries.push_back(entry<Modern<0>>("modern, unpadded"));
  entries.push_back(entry<TracedClassic>(kTraced));
  entries.push_back(entry<TracedModern>("modern, traced"));
  entries.push_back(entry<ThreadLocalList>("thread-local list", false));
  entries.push_back(entry<Malloc>("malloc and free", false));
#ifdef POOLSCOPE_HAS_CONCURRENTQUEUE
  entries.push_back(entry<MoodycamelQueue>("moodycamel"));
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

/// Whether `file` can be written, found out before minutes are spent on what is to stand in it.
/// What it holds stays until then.
Expected<void> check_writable(const std::string& file) {
  const bool was_there = access(file.c_str(), F_OK) == 0;
  std::FILE* out = std::fopen(file.c_str(), "a");
  if (out == nullptr) {
    return bad_input(
        fmt::format("--json {}: {}; name a file that can be written", file, std::strerror(errno)));
  }
  std::fclose(out);
  if (!was_there) std::remove(file.c_str());
  return {};
}

Expected<void> write_file(const std::string& file, const std::string& text) {
  std::FILE* out = std::fopen(file.c_str(), "w");
  const bool written =
      out != nullptr && std::fwrite(text.data(), 1, text.size(), out) == text.size();
  const bool closed = out != nullptr && std::fclose(out) == 0;
  if (!written || !closed) {
    return failed(fmt::format("--json {}: {}; name another file", file, std::strerror(errno)));
  }
  return {};
}

Expected<void> run(const Options& options) {
  if (!options.json.empty()) {
    if (auto writable = check_writable(options.json); !writable) return writable;
  }
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
  return options.json.empty() ? Expected<void>{} : write_file(options.json, results->json());
}

/// Fills `options`. Returns the exit code where the program is to end here.
std::optional<int> parse(int argc, char** argv, Options& options) {
  CLI::App app{"Times our pools beside Go's sync.Pool and other peers.", "poolscope_bench"};
  app.add_option("--go", options.go, "The program of tests/bench/go, built")->type_name("PROGRAM");
  app.add_option("--rounds", options.rounds, "How often each contestant does each workload")
      ->check(CLI::Range(1, kMostRounds))
      ->type_name("N")
      ->capture_default_str();
  app.add_option("--json", options.json, "A file for the ratios")->type_name("FILE");
  app.add_option("--only", options.only, "One workload: pair, overflow, starve or pc")
      ->check(CLI::IsMember(std::vector<std::string>(begin(kWorkloadWords), end(kWorkloadWords))))
      ->type_name("WORKLOAD");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);
    std::string what = error.what();
    std::ranges::replace(what, '\n', ' ');
    fmt::print(stderr, "poolscope_bench: {}; see poolscope_bench --help\n", what);
    return 2;
  }
  return std::nullopt;
}

}  // namespace
}  // namespace poolscope::bench

int main(int argc, char** argv) {
  poolscope::bench::keep_memory();
  poolscope::bench::Options options;
  if (const auto code = poolscope::bench::parse(argc, argv, options)) return *code;
  const auto done = poolscope::bench::run(options);
  if (!done) fmt::print(stderr, "poolscope_bench: {}\n", done.error().message);
  return done ? 0 : done.error().exit_code();
}
