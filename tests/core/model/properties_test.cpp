// Properties of every interleaving: programs and schedules are chosen at random, shrunk when they
// fail, and printed with their seed.

#include <gtest/gtest.h>

#ifdef POOLSCOPE_HAS_RAPIDCHECK

#include <algorithm>
#include <set>

#include <rapidcheck.h>

#include "core/model/reduce.h"
#include "core/model/timeline.h"
#include "core/model/words.h"
#include "tests/support/pools/virtual_pool.h"

namespace poolscope::testing {
namespace {

constexpr int kGoroutines = 4;

/// One choice of a schedule: what to try, by which goroutine, on which P.
struct Choice {
  int what;
  int g;
  int p;
};

rc::Gen<std::vector<Choice>> schedules() {
  return rc::gen::container<std::vector<Choice>>(rc::gen::apply(
      [](int what, int g, int p) {
        return Choice{what, g, p};
      },
      rc::gen::inRange(0, 24), rc::gen::inRange(0, kGoroutines), rc::gen::inRange(-1, 5)));
}

std::ostream& operator<<(std::ostream& out, const Choice& choice) {
  return out << "{" << choice.what << " g" << choice.g << " p" << choice.p << "}";
}

void follow(VirtualPool& v, const Choice& choice) {
  const int g = choice.g;
  if (choice.what < 4) {
    if (!v.busy(g)) v.begin_put(g, v.hand(g).empty() ? v.make(g) : v.hand(g).back(), choice.p, 0);
  } else if (choice.what < 5) {
    if (!v.busy(g)) v.begin_put(g, v.hand(g).empty() ? v.make(g) : v.hand(g).back(), choice.p, 1);
  } else if (choice.what < 8) {
    v.begin_get(g, choice.p, 0);
  } else if (choice.what < 9) {
    v.begin_get(g, choice.p, 1);
  } else if (choice.what < 21) {
    v.advance(g, choice.p);
  } else if (choice.what < 22) {
    v.gc();
  } else if (choice.what < 23) {
    v.resize(static_cast<std::uint32_t>(1 + (choice.p + 1) % 6));
  } else {
    v.check();
  }
}

VirtualPool run(const std::vector<Choice>& schedule) {
  VirtualPool v(3, kGoroutines, 2);
  for (const Choice& choice : schedule) follow(v, choice);
  return v;
}

/// Every place of the model where an object is, with repetitions.
std::vector<ObjectId> objects_in(const Model& m) {
  std::vector<ObjectId> all;
  for (const GState& g : m.gs) {
    all.insert(all.end(), g.hand.begin(), g.hand.end());
    if (g.in_flight.valid()) all.push_back(g.in_flight);
  }
  for (const auto& [id, array] : m.arrays) {
    for (const LocalState& local : array.locals) {
      if (local.private_object.valid()) all.push_back(local.private_object);
      all.insert(all.end(), local.shared.cells().begin(), local.shared.cells().end());
    }
  }
  return all;
}

TEST(EverySchedule, LeavesTheModelWithoutDivergence) {
  EXPECT_TRUE(rc::check("no divergence", [] {
    const VirtualPool v = run(*schedules());
    for (const Divergence& d : v.model().divergence_list) RC_LOG() << d.what << "\n";
    RC_ASSERT(v.model().divergences == 0U);
  }));
}

TEST(EverySchedule, KeepsEachObjectInOnePlaceAndTheTotalsExact) {
  EXPECT_TRUE(rc::check("totals", [] {
    const VirtualPool v = run(*schedules());
    Model m = initial_model(v.config());
    for (const Event& event : v.events()) {
      reduce(m, event);
      const Totals& t = m.totals;
      RC_ASSERT(t.created == t.in_use + t.in_flight + t.pooled + t.stale + t.lost_sum());
      const std::vector<ObjectId> all = objects_in(m);
      RC_ASSERT(all.size() == t.in_use + t.in_flight + t.pooled + t.stale);
      RC_ASSERT(std::set<ObjectId>(all.begin(), all.end()).size() == all.size());
      RC_ASSERT(stale_names(m).size() == t.stale);
      RC_ASSERT(t.freed <= t.lost_sum());
    }
  }));
}

TEST(EverySchedule, KeepsWhoHoldsAnArrayTheSameOnBothSides) {
  EXPECT_TRUE(rc::check("holders", [] {
    const VirtualPool v = run(*schedules());
    Model m = initial_model(v.config());
    for (const Event& event : v.events()) {
      reduce(m, event);
      for (const auto& [id, array] : m.arrays) {
        RC_ASSERT(array.status != ArrayState::Status::kDropped || !array.held_by.empty());
        for (const GId g : array.held_by) {
          RC_ASSERT(std::ranges::count(m.gs[g.value].holds, id) == 1);
        }
      }
      for (const GState& g : m.gs) {
        RC_ASSERT(g.holds.empty() || g.op.kind != Operation::Kind::kNone);
        for (const ArrayId id : g.holds) {
          RC_ASSERT(m.arrays.contains(id));
          RC_ASSERT(std::ranges::count(m.arrays.at(id).held_by, g.id) == 1);
        }
      }
    }
  }));
}

TEST(EverySchedule, AnswersEveryGetOnce) {
  EXPECT_TRUE(rc::check("hits", [] {
    VirtualPool v = run(*schedules());
    for (int round = 0; round < 50; ++round) {
      for (int g = 0; g < kGoroutines; ++g) v.finish(g);
    }
    std::uint64_t by_p = 0;
    std::uint64_t by_pool = 0;
    std::uint64_t begun = 0;
    for (const PState& p : v.model().ps) by_p += p.hits.gets();
    for (const PoolState& pool : v.model().pools) {
      by_pool += pool.hits.gets();
      begun += pool.gets;
      RC_ASSERT(pool.misses == pool.news);
      RC_ASSERT(pool.news == pool.hits.from_new);
    }
    RC_ASSERT(by_pool == begun);
    RC_ASSERT(by_p == begun);
  }));
}

TEST(EverySchedule, SeeksToTheSameAsReducingAllBefore) {
  EXPECT_TRUE(rc::check("seek", [] {
    const VirtualPool v = run(*schedules());
    TimelineLimits limits;
    limits.chunk_events = *rc::gen::inRange<std::size_t>(1, 50);
    limits.keyframe_spacing = *rc::gen::inRange<std::uint64_t>(1, 40);
    Timeline timeline(initial_model(v.config()), limits);
    timeline.append(v.events());
    Model linear = initial_model(v.config());
    for (const Event& event : v.events()) {
      reduce(linear, event);
      RC_ASSERT(timeline.model_at(event.seq) == linear);
    }
  }));
}

}  // namespace
}  // namespace poolscope::testing

#endif
