// What is told depends on the model and on the last events alone: who seeks is told the same as who
// has seen everything.

#include <gtest/gtest.h>

#include "tests/core/story/linear_play.h"

namespace poolscope::testing {
namespace {

/// What is told after `seq` when only the events are seen that a seek reads.
Told told_after_seek(const VirtualPool& v, std::uint64_t seq) {
  const std::vector<Event>& events = v.events();
  const std::int64_t from_ns = first_time_told_ns(seq == 0 ? 0 : events[seq - 1].time_ns);
  std::uint64_t from = seq > kToldEvents ? seq - kToldEvents : 0;
  while (from < seq && events[from].time_ns < from_ns) ++from;
  LinearPlay play(v.config());
  for (std::uint64_t i = 0; i < from; ++i) reduce(play.model, events[i]);
  play.teller.start(play.model);
  for (std::uint64_t i = from; i < seq; ++i) play.add(events[i]);
  return play.told();
}

TEST(WhatIsTold, IsTheSameAfterASeekAsAfterLinearPlay) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const VirtualPool v = random_session(seed, 1500);
    ASSERT_GT(v.model().time_ns, 12 * kBeat_ns) << "long enough that a seek leaves events out";
    std::mt19937_64 random(seed);
    std::vector<std::uint64_t> sought(50);
    for (std::uint64_t& seq : sought) seq = random() % (v.events().size() + 1);
    std::ranges::sort(sought);
    LinearPlay linear(v.config());
    for (const std::uint64_t seq : sought) {
      while (linear.model.seq < seq) linear.add(v.events()[linear.model.seq]);
      ASSERT_EQ(told_after_seek(v, seq), linear.told()) << "seed " << seed << ", event " << seq;
    }
  }
}

TEST(WhatIsTold, IsTheSameWhereTheBeatsHaveMoreEventsThanAreRead) {
  VirtualPool v(2, 2);
  v.tick_ns = 100;
  v.put(0, v.make(0), 0);
  while (v.events().size() < 3 * kToldEvents) {
    v.get(0, 0);
    v.put(0, v.hand(0).back(), 0);
    if (v.events().size() % 1000 < 10) v.get(1, 1);
  }
  LinearPlay linear(v.config());
  std::mt19937_64 random(1);
  for (std::uint64_t seq = 1; seq <= v.events().size(); seq += 1 + random() % 1500) {
    while (linear.model.seq < seq) linear.add(v.events()[linear.model.seq]);
    ASSERT_EQ(told_after_seek(v, seq), linear.told()) << "event " << seq;
  }
}

}  // namespace
}  // namespace poolscope::testing
