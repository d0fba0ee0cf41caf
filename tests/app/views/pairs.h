#pragma once

// Few cases in which any two values of any two factors occur together.
//
// Thread safety: pure functions of values.

#include <cstddef>
#include <cstdint>
#include <random>
#include <set>
#include <span>
#include <tuple>
#include <vector>

namespace poolscope::views::testing {

/// `counts`: the number of values of each factor. Each case has one value, from 0, for each.
inline std::vector<std::vector<std::size_t>> pairwise(std::span<const std::size_t> counts,
                                                      std::uint64_t seed) {
  using Pair = std::tuple<std::size_t, std::size_t, std::size_t, std::size_t>;
  std::set<Pair> open;
  for (std::size_t a = 0; a < counts.size(); ++a) {
    for (std::size_t b = a + 1; b < counts.size(); ++b) {
      for (std::size_t x = 0; x < counts[a]; ++x) {
        for (std::size_t y = 0; y < counts[b]; ++y) open.insert({a, x, b, y});
      }
    }
  }
  std::mt19937_64 chance(seed);
  std::vector<std::vector<std::size_t>> cases;
  const auto pair_of = [](const std::vector<std::size_t>& row, std::size_t a, std::size_t b) {
    return a < b ? Pair{a, row[a], b, row[b]} : Pair{b, row[b], a, row[a]};
  };
  while (!open.empty()) {
    // A pair that is still open, and for each other factor the value that closes most.
    constexpr std::size_t kUnset = static_cast<std::size_t>(-1);
    std::vector<std::size_t> row(counts.size(), kUnset);
    const auto [a, x, b, y] =
        *std::next(open.begin(),
                   static_cast<std::ptrdiff_t>(chance() % std::min<std::size_t>(open.size(), 97)));
    row[a] = x;
    row[b] = y;
    for (std::size_t f = 0; f < counts.size(); ++f) {
      if (row[f] != kUnset) continue;
      std::size_t best = 0;
      std::size_t most = 0;
      const std::size_t first = chance() % counts[f];
      for (std::size_t i = 0; i < counts[f]; ++i) {
        row[f] = (first + i) % counts[f];
        std::size_t closes = 0;
        for (std::size_t other = 0; other < counts.size(); ++other) {
          if (other == f || row[other] == kUnset) continue;
          closes += open.count(pair_of(row, f, other));
        }
        if (i == 0 || closes > most) {
          best = row[f];
          most = closes;
        }
      }
      row[f] = best;
    }
    for (std::size_t i = 0; i < counts.size(); ++i) {
      for (std::size_t j = i + 1; j < counts.size(); ++j) open.erase(pair_of(row, i, j));
    }
    cases.push_back(std::move(row));
  }
  return cases;
}

}  // namespace poolscope::views::testing
