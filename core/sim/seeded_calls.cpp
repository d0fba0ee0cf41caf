#include "core/sim/seeded_calls.h"

#include <algorithm>
#include <deque>
#include <string>
#include <vector>

namespace poolscope {
namespace {

// One call in so many finds its goroutine on another P than the last one did.
constexpr std::uint32_t kMigrates = 8;
// What goroutines that only Get leave to those that only Put.
constexpr std::size_t kMostHandedOn = 256;

/// splitmix64: the same numbers everywhere.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  /// 0 .. sides - 1.
  std::uint32_t roll(std::uint32_t sides) {
    state_ += 0x9e3779b97f4a7c15U;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
    return static_cast<std::uint32_t>((z ^ (z >> 31U)) % sides);
  }

 private:
  std::uint64_t state_;
};

/// The name of a pool as it is shown: A, B, ..., then by its number.
std::string pool_name(std::uint32_t number) {
  constexpr std::uint32_t kLetters = 26;
  if (number < kLetters) return {static_cast<char>('A' + number)};
  return "P" + std::to_string(number);
}

class Generator {
 public:
  explicit Generator(const SeededCalls& options)
      : options_(options), dice_(options.seed), procs_(options.procs) {
    for (std::uint32_t i = 0; i < options.workers; ++i) {
      const GId id{i};
      gs_.push_back({.role = role_in(options.workload, id, options.workers),
                     .p = home_in(options.workload, id, options.workers, options.procs)});
    }
    list_.procs = options.procs;
    for (std::uint32_t i = 0; i < options.pools; ++i) list_.pools.push_back({pool_name(i)});
  }

  CallList make() {
    if (options_.workload == Workload::kIdle || gs_.empty()) return std::move(list_);
    for (std::uint32_t made = 0; made < options_.calls;) {
      if (!act(gs_[dice_.roll(static_cast<std::uint32_t>(gs_.size()))])) continue;
      ++made;
      stop_the_world_after(made);
    }
    return std::move(list_);
  }

 private:
  struct Worker {
    Role role = Role::kBoth;
    PId p;
    std::size_t pool = 0;
    std::deque<std::size_t> hand;  // in use: the calls that got them, the oldest first
    std::uint32_t puts = 0;        // of its round that are still to come
    std::uint32_t gets = 0;
  };

  /// Its next call; false: it has none to make now.
  bool act(Worker& g) {
    switch (g.role) {
      case Role::kGetOnly: return get_and_hand_on(g);
      case Role::kPutOnly: return put_what_others_used(g);
      case Role::kBoth: break;
    }
    if (g.puts == 0 && g.gets == 0) begin_round(g);
    const bool puts_first = options_.workload == Workload::kLecture;
    const bool puts = puts_first ? g.puts > 0 : g.gets == 0;
    if (!puts) {
      --g.gets;
      get(g);
      return true;
    }
    --g.puts;
    if (!g.hand.empty()) {
      put(g, puts_first ? 0 : g.hand.size() - 1);
    } else {
      put_fresh(g);
    }
    return true;
  }

  void begin_round(Worker& g) {
    std::uint32_t burst = 1;
    if (options_.workload == Workload::kLecture) burst = 2 + dice_.roll(2);
    if (options_.workload == Workload::kBursts) burst = 1 + dice_.roll(options_.held);
    g.puts = g.gets = burst;
  }

  bool get_and_hand_on(Worker& g) {
    if (handed_on_.size() >= kMostHandedOn) return false;
    get(g);
    if (g.hand.size() <= options_.held) return true;
    handed_on_.push_back(g.hand.front());
    g.hand.pop_front();
    return true;
  }

  bool put_what_others_used(Worker& g) {
    if (!handed_on_.empty()) {
      g.hand.push_back(handed_on_.front());
      handed_on_.pop_front();
      put(g, 0);
      return true;
    }
    // Where others Get for it, it waits for what they hand on.
    const bool makes =
        options_.workload == Workload::kLecture || options_.workload == Workload::kPutsOnly;
    if (makes) put_fresh(g);
    return makes;
  }

  void get(Worker& g) {
    g.hand.push_back(list_.calls.size());
    add(g, Call::Kind::kGet, std::nullopt);
  }
  void put(Worker& g, std::size_t place) {
    const std::size_t of = g.hand[place];
    g.hand.erase(g.hand.begin() + static_cast<std::ptrdiff_t>(place));
    add(g, Call::Kind::kPut, of);
  }
  void put_fresh(Worker& g) { add(g, Call::Kind::kPut, std::nullopt); }

  void add(Worker& g, Call::Kind kind, std::optional<std::size_t> of) {
    if (g.p.value >= procs_ || dice_.roll(kMigrates) == 0) {
      g.p = PId{static_cast<PId::rep>(dice_.roll(procs_))};
    }
    // An object goes back to the pool that it came from.
    if (!of) g.pool = (g.pool + 1) % list_.pools.size();
    const PoolId pool = of ? list_.calls[*of].pool : PoolId{static_cast<PoolId::rep>(g.pool)};
    list_.calls.push_back({.kind = kind, .p = g.p, .pool = pool, .of = of});
  }

  void stop_the_world_after(std::uint32_t made) {
    const auto due = [&](std::uint32_t every) { return every != 0 && made % every == 0; };
    if (due(options_.gc_every)) list_.calls.push_back({.kind = Call::Kind::kGc});
    if (!due(options_.resize_every)) return;
    procs_ = 1 + dice_.roll(2 * options_.procs);
    list_.calls.push_back({.kind = Call::Kind::kResize, .procs = procs_});
  }

  const SeededCalls options_;
  Dice dice_;
  std::uint32_t procs_;  // GOMAXPROCS at the call that comes next
  std::vector<Worker> gs_;
  std::deque<std::size_t> handed_on_;
  CallList list_;
};

}  // namespace

CallList seeded_calls(const SeededCalls& options) { return Generator(options).make(); }

}  // namespace poolscope
