#pragma once

// What was measured, round by round, and how it is told: two tables and a JSON file.
//
// Thread safety: one thread.
// Invariants: a contestant that takes part in a case has one time for each round, and all of them
// have them in the order of the rounds: what stands at the same place was measured within seconds,
// on the same machine in the same mood. Ratios are of such pairs only.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tests/bench/contestant.h"
#include "tests/bench/quartiles.h"

namespace poolscope::bench {

struct Case {
  std::string key;  // "pair1"
  Workload workload;
  std::size_t threads;
  std::int64_t rounds;
};

inline constexpr std::string_view kGo = "Go sync.Pool";
inline constexpr std::string_view kClassic = "classic";
inline constexpr std::string_view kModern = "modern";
inline constexpr std::string_view kTuned = "classic, tuned";
inline constexpr std::string_view kUnpadded = "classic, unpadded";
inline constexpr std::string_view kTraced = "classic, traced";

/// ns an operation by case, one a round.
using Times = std::map<std::string, std::vector<double>>;

class Results {
 public:
  /// The contestants are told in the order of their names here.
  Results(std::vector<Case> cases, const std::vector<std::string>& names);

  /// One more round of `contestant`, one of the names.
  void add(std::string_view contestant, const Case& c, double ns);

  /// ns an operation, then how many times faster than Go's. `go_version` empty: no Go.
  void print(const std::string& go_version) const;

  /// The keys of README.md, an object.
  [[nodiscard]] std::string json() const;

 private:
  struct Contestant {
    std::string name;
    Times ns;
  };

  [[nodiscard]] const Times* find(std::string_view contestant) const;
  void print_times() const;
  void print_ratios() const;
  void print_ratio_row(std::string_view name, const Times& other, const Times& ours) const;

  std::vector<Case> cases_;
  std::vector<Contestant> contestants_;
};

}  // namespace poolscope::bench
