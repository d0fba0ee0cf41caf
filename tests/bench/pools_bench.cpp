// poolscope_bench: our pools beside Go's sync.Pool and other peers, in one interleaved run.
//
//   poolscope_bench [--go PROGRAM] [--rounds N] [--json FILE] [--only WORD]
//
// Every contestant measures every workload once a round, in turn, so that what slows the machine
// down slows all of them; medians over the rounds are told. Go's side is a program that is asked by
// lines (go/main.go). Google Benchmark cannot interleave with another process, so the loop is our
// own.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>
#if defined(__GLIBC__)
#include <malloc.h>
#endif
#include <sys/wait.h>
#include <unistd.h>

#include "tests/bench/contestant.h"
#include "tests/bench/contestants.h"
#include "tests/bench/watched.h"

namespace poolscope::bench {
namespace {

using namespace std::chrono_literals;

struct Case {
  std::string key;  // "pair1"
  Workload workload;
  std::size_t threads;
  std::int64_t rounds;
};

std::vector<Case> all_cases() {
  return {{"pair1", Workload::kPair, 1, 1'000'000},
          {"pair2", Workload::kPair, 2, 1'000'000},
          {"overflow1", Workload::kOverflow, 1, 5'000},
          {"overflow2", Workload::kOverflow, 2, 5'000},
          {"starve1", Workload::kStarve, 1, 4'000},
          {"starve2", Workload::kStarve, 2, 5'000},
          {"pc2", Workload::kPc, 2, 200'000}};
}

/// Go's side: a process that answers lines.
class GoPeer {
 public:
  explicit GoPeer(const std::string& program) {
    int to[2];
    int from[2];
    if (pipe(to) != 0 || pipe(from) != 0) return;
    pid_ = fork();
    if (pid_ == 0) {
      dup2(to[0], STDIN_FILENO);
      dup2(from[1], STDOUT_FILENO);
      for (const int end : {to[0], to[1], from[0], from[1]}) close(end);
      execl(program.c_str(), program.c_str(), nullptr);
      std::perror(program.c_str());
      _exit(127);
    }
    close(to[0]);
    close(from[1]);
    ask_ = fdopen(to[1], "w");
    answer_ = fdopen(from[0], "r");
    char version[64];
    if (std::fscanf(answer_, "%63s", version) == 1) version_ = version;
  }
  ~GoPeer() {
    if (ask_ != nullptr) std::fclose(ask_);
    if (answer_ != nullptr) std::fclose(answer_);
    if (pid_ > 0) waitpid(pid_, nullptr, 0);
  }
  GoPeer(const GoPeer&) = delete;
  GoPeer& operator=(const GoPeer&) = delete;

  /// As "go1.19.8".
  [[nodiscard]] const std::string& version() const { return version_; }

  std::optional<double> measure(Workload workload, std::size_t threads, std::int64_t rounds) {
    fmt::print(ask_, "{} {} {}\n", word_of(workload), threads, rounds);
    std::fflush(ask_);
    double ns = 0;
    if (std::fscanf(answer_, "%lf", &ns) != 1) return std::nullopt;
    return ns;
  }

 private:
  pid_t pid_ = -1;
  std::FILE* ask_ = nullptr;
  std::FILE* answer_ = nullptr;
  std::string version_;
};

struct Entry {
  std::string name;
  std::function<std::optional<double>(const Case&)> run;
  std::map<std::string, std::vector<double>> ns;  // by key, one a round

  [[nodiscard]] double median(const std::string& key) const {
    const auto it = ns.find(key);
    if (it == ns.end() || it->second.empty()) return 0;
    std::vector<double> sorted = it->second;
    std::ranges::sort(sorted);
    return sorted[sorted.size() / 2];
  }
};

template <class Contestant>
Entry entry(std::string name) {
  return {std::move(name),
          [](const Case& c) -> std::optional<double> {
            return measure<Contestant>(c.workload, c.threads, c.rounds);
          },
          {}};
}

/// One that cannot give an object from one thread to another does not take part there.
template <class Contestant>
Entry own_thread_entry(std::string name) {
  return {std::move(name),
          [](const Case& c) -> std::optional<double> {
            if (c.workload == Workload::kPc) return std::nullopt;
            return measure<Contestant>(c.workload, c.threads, c.rounds);
          },
          {}};
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
    entries.push_back({"Go sync.Pool",
                       [go](const Case& c) { return go->measure(c.workload, c.threads, c.rounds); },
                       {}});
  }
  entries.push_back(entry<Classic<128>>("classic"));
  entries.push_back(entry<Modern<128>>("modern"));
  entries.push_back(entry<Classic<128, true>>("classic, tuned"));
  entries.push_back(entry<Classic<64>>("classic, padding 64"));
  entries.push_back(entry<Classic<0>>("classic, unpadded"));
  entries.push_back(entry<TracedClassic>("classic, traced"));
  entries.push_back(entry<TracedModern>("modern, traced"));
  entries.push_back(own_thread_entry<ThreadLocalList>("thread-local list"));
  entries.push_back(own_thread_entry<Malloc>("malloc and free"));
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

const Entry* find(const std::vector<Entry>& entries, std::string_view name) {
  const auto it = std::ranges::find(entries, name, &Entry::name);
  return it == entries.end() ? nullptr : &*it;
}

void print_table(const std::vector<Entry>& entries, const std::vector<Case>& cases, int rounds,
                 const std::string& go_version) {
  const Entry* go = find(entries, "Go sync.Pool");
  fmt::print(
      "ns an operation (a pair; of the batches a Get with its share of Puts), median of {} "
      "rounds\n{:22}",
      rounds, "");
  for (const Case& c : cases) fmt::print("{:>17}", c.key);
  fmt::print("\n");
  for (const Entry& e : entries) {
    fmt::print("{:22}", e.name);
    for (const Case& c : cases) {
      const double ns = e.median(c.key);
      const std::string text = ns == 0 ? "-"
                               : go == nullptr || &e == go
                                   ? fmt::format("{:.2f}", ns)
                                   : fmt::format("{:.2f} ({:.2f}x)", ns, go->median(c.key) / ns);
      fmt::print("{:>17}", text);
    }
    fmt::print("\n");
  }
  if (go != nullptr) fmt::print("Go: {}\n", go_version);
  fmt::print(
      "No GC runs while a contestant is timed, on either side.\n"
      "(Nx): how many times faster than Go's, in the same run. What ours does not have to do: be\n"
      "preempted at any instruction (safepoints are cooperative, one between two operations), tell "
      "a\n"
      "concurrent collector of every pointer it writes (no write barrier), grow its stack.\n"
      "traced: each event is stamped and given to the collector, a thread that drops it here; with "
      "2\n"
      "threads on 2 cores it is the third.\n"
      "poolLocal: classic {} bytes apart, unpadded {}, modern {}\n",
      sizeof(Classic<128>::Shared::pool.locals()[0]), sizeof(ClassicPoolLocal<0>),
      sizeof(ModernPoolLocal<NullEnv, 128>));
}

void write_json(const std::string& file, const std::vector<Entry>& entries,
                const std::vector<Case>& cases) {
  const Entry* go = find(entries, "Go sync.Pool");
  std::string text;
  const auto add = [&](const std::string& key, double ours, double other) {
    const double ratio = ours == 0 ? 0 : other / ours;
    text += fmt::format("{}  \"{}\": {{\"ours_ns\": {:.3f}, \"go_ns\": {:.3f}, \"ratio\": {:.3f}}}",
                        text.empty() ? "" : ",\n", key, ours, other, ratio);
  };
  for (const auto& [prefix, name] : {std::pair{"", "classic"}, std::pair{"modern_", "modern"},
                                     std::pair{"tuned_", "classic, tuned"}}) {
    for (const Case& c : cases) {
      if (go != nullptr) add(prefix + c.key, find(entries, name)->median(c.key), go->median(c.key));
    }
  }
  // Here the other one is the unpadded pool.
  for (const Case& c : cases) {
    add("pad_" + c.key, find(entries, "classic")->median(c.key),
        find(entries, "classic, unpadded")->median(c.key));
  }
  std::FILE* out = std::fopen(file.c_str(), "w");
  if (out == nullptr) {
    fmt::print(stderr, "{}: cannot be written\n", file);
    std::exit(1);
  }
  fmt::print(out, "{{\n{}\n}}\n", text);
  std::fclose(out);
}

int run(const Options& options) {
  std::optional<GoPeer> go;
  if (!options.go.empty()) go.emplace(options.go);
  std::vector<Entry> entries = all_entries(go ? &*go : nullptr);
  std::vector<Case> cases = all_cases();
  if (!options.only.empty()) {
    std::erase_if(cases, [&](const Case& c) { return !c.key.starts_with(options.only); });
  }
  // The first round warms up and is not counted. Each round begins with another contestant, and
  // each waits until the one before it has come to rest: Go's idle threads look for work for a
  // while.
  constexpr auto kRest = 3ms;
  for (int round = -1; round < options.rounds; ++round) {
    for (const Case& c : cases) {
      for (std::size_t i = 0; i < entries.size(); ++i) {
        Entry& e = entries[(i + static_cast<std::size_t>(round + 1)) % entries.size()];
        std::this_thread::sleep_for(kRest);
        const auto ns = e.run(c);
        if (!ns || round < 0) continue;
        e.ns[c.key].push_back(*ns / static_cast<double>(c.rounds * operations_in(c.workload)));
      }
    }
  }
  print_table(entries, cases, options.rounds, go ? go->version() : "");
  if (!options.json.empty()) write_json(options.json, entries, cases);
  return 0;
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
  return poolscope::bench::run(options);
}
