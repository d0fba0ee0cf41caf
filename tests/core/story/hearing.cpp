#include "tests/core/story/hearing.h"

#include <algorithm>
#include <string>

#include <gtest/gtest.h>

#include "core/story/narration.h"

namespace poolscope::testing {

void Hearing::hear(const SessionConfig& config, std::span<const Event> events, std::size_t every) {
  LinearPlay play(config);
  Witness witness(config);
  Model before = play.model;
  const bool had_failed = ::testing::Test::HasFailure();
  for (const Event& event : events) {
    if (event.kind == EventKind::kLocalStored || event.kind == EventKind::kSharedPop) {
      before = play.model;
    }
    play.add(event);
    witness.see(event, before, play.model);
    if (event.seq % every != 0 && event.kind != EventKind::kWorldStarted) continue;
    hear_all(play, witness);
    if (!had_failed && ::testing::Test::HasFailure()) return;
  }
}

void Hearing::hear_all(const LinearPlay& play, const Witness& witness) {
  const Model& model = play.model;
  const Told told = play.told();
  const Spotlight& spot = told.spotlight;
  const bool turns = model.pacing == Pacing::kOneAtATime;
  check(sentence_claims(model, spot, {}, PoolId{0}), about_of(spot, turns, model, witness), witness,
        model);
  check(sentence_claims(model, told.latest, {}, PoolId{0}),
        about_of(told.latest, true, model, witness), witness, model);
  const Claims banner = banner_claims(model, PoolId{0});
  check(banner, {}, witness, model);
  // Of a GC and of a resize the two never say the same.
  if (spot.rarity >= Spotlight::Rarity::kResize) {
    for (const Claim& claim : sentence_claims(model, spot, {}, PoolId{0})) {
      EXPECT_EQ(std::ranges::count(banner, claim.kind, &Claim::kind), 0)
          << "claim " << static_cast<int>(claim.kind) << " after event " << model.seq;
    }
  }
  for (const GState& state : model.gs) {
    const GId g = state.id;
    check(sentence_claims(model, {}, {.g = g}, PoolId{0}), witness.now_of(g), witness, model);
  }
  for (std::uint32_t i = 1; i <= model.totals.created; i += 1 + i / 8) {
    const Claims claims = object_claims(model, ObjectId{i});
    check(claims, witness.now_of(claims.front().g), witness, model);
  }
}

Witness::About Hearing::about_of(const Spotlight& spot, bool now, const Model& model,
                                 const Witness& witness) {
  if (!spot.g.valid() && spot.stop.phase == StopState::Phase::kRequested) {
    return witness.now_of(sentence_claims(model, spot, {}, PoolId{0}).front().g);
  }
  if (spot.seq == 0) return witness.ended_at(spot.g, spot.op.end_ns);
  const GState* g = model.gs.find(spot.g);
  const bool as_now = g != nullptr && (spot.op == g->op || spot.op == g->last_op);
  return now && as_now ? witness.now_of(spot.g) : Witness::About{spot.g, spot.seq};
}

void Hearing::check(const Claims& claims, Witness::About about, const Witness& witness,
                    const Model& model) {
  for (const Claim& claim : claims) {
    ++heard_[claim.kind];
    const std::string objection = witness.objection(claim, about, model);
    EXPECT_EQ(objection, "") << "about G" << about.g.value << " until " << about.until_seq;
  }
}

}  // namespace poolscope::testing
