#pragma once

// A session played from its first event to its last, with what is told after each.
//
// Thread safety: none.

#include <algorithm>
#include <cstdint>
#include <random>
#include <span>
#include <vector>

#include "core/model/reduce.h"
#include "core/story/teller.h"
#include "tests/support/pools/virtual_pool.h"

namespace poolscope::testing {

struct LinearPlay {
  explicit LinearPlay(const SessionConfig& config) : model(initial_model(config)), teller(model) {}
  LinearPlay(const SessionConfig& config, std::span<const Event> events) : LinearPlay(config) {
    for (const Event& event : events) add(event);
  }
  void add(const Event& event) {
    reduce(model, event);
    teller.add(event, model);
  }
  [[nodiscard]] Told told() const { return teller.told(model); }

  Model model;
  Teller teller;
};

/// A classic session of four goroutines with GCs, grows and shrinks, in which time passes at
/// changing rates: `choices` random choices.
inline VirtualPool random_session(std::uint64_t seed, int choices) {
  std::mt19937_64 random(seed);
  const auto below = [&random](int n) {
    return static_cast<int>(random() % static_cast<unsigned>(n));
  };
  VirtualPool v(3, 4, 2);
  for (int i = 0; i < choices; ++i) {
    if (below(20) == 0) v.tick_ns = std::int64_t{1} << (10 + below(21));
    const int g = below(4);
    const int p = below(2) == 0 ? -1 : below(5);
    const int pool = below(5) == 0 ? 1 : 0;
    const int what = below(100);
    if (what < 22) {
      if (!v.busy(g)) v.begin_put(g, v.hand(g).empty() ? v.make(g) : v.hand(g).back(), p, pool);
    } else if (what < 42) {
      v.begin_get(g, p, pool);
    } else if (what < 92) {
      v.advance(g, p);
    } else if (what < 94) {
      v.gc();
    } else if (what < 97) {
      v.resize(static_cast<std::uint32_t>(1 + below(6)));
    } else if (what < 99) {
      if (!v.busy(g) && !v.hand(g).empty()) v.drop(g, v.hand(g).back());
    } else {
      v.check();
    }
  }
  return v;
}

}  // namespace poolscope::testing
