#include "app/views/stage/seating.h"

#include <algorithm>
#include <map>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/model_samples.h"

namespace poolscope::views {
namespace {

using namespace poolscope::testing;

TEST(Seating, PutsEveryGoroutineInExactlyOnePlace) {
  for (const Model& model : {calm_model(4), calm_model(16, 40), contended_model(),
                             model_with_steal(), model_after_shrink(), model_waiting_for_gc()}) {
    const Seating seating = seating_of(model);
    std::map<GId, int> seen;
    for (const Seat& seat : seating.at) {
      if (seat.g.valid()) ++seen[seat.g];
    }
    for (const auto* row : {&seating.locked_out, &seating.without_p, &seating.asleep}) {
      for (const GId g : *row) ++seen[g];
    }
    for (const GState& g : model.gs) {
      const bool exists = g.status != GState::Status::kAbsent;
      EXPECT_EQ(seen[g.id], exists ? 1 : 0) << "G" << g.id.value;
    }
  }
}

TEST(Seating, LeavesAGoroutineThatStandsUnpinnedOnTheCardOfItsP) {
  const Seating seating = seating_of(contended_model());
  EXPECT_EQ(seating.at[3].g, GId{3});
  EXPECT_FALSE(seating.at[3].running);
  EXPECT_EQ(seating.locked_out, std::vector<GId>{GId{5}});
}

TEST(Seating, HasOneRowForAllThatHaveNoPWhateverTheRuntimeCallsIt) {
  Model model = contended_model();
  GState& waits = model.gs[2];
  waits.status = GState::Status::kWaitingP;
  GState& stands = model.gs[0];
  stands.status = GState::Status::kParked;
  stands.park_reason = ParkReason::kStep;
  for (PState& p : model.ps) {
    if (p.g == GId{0} || p.g == GId{2}) p.g = GId::none();
    p.remembered_by = GId::none();
  }
  const Seating seating = seating_of(model);
  EXPECT_NE(std::ranges::find(seating.without_p, GId{0}), seating.without_p.end());
  EXPECT_NE(std::ranges::find(seating.without_p, GId{2}), seating.without_p.end());
}

}  // namespace
}  // namespace poolscope::views
