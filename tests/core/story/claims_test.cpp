// Each claim of each sentence and banner is true at its event: over random sessions of the classic
// and of the modern pool, with GCs, grows, shrinks and Ps that go away while somebody is on them.

#include <map>

#include <gtest/gtest.h>

#include "core/story/narration.h"
#include "tests/core/story/linear_play.h"
#include "tests/core/story/witness.h"
#include "tests/support/sessions.h"

namespace poolscope::testing {
namespace {

/// Random sessions whose sentences are held against the witness. A sanitizer takes ten times as
/// long, and looks for other faults than false sentences.
#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
constexpr std::uint64_t kRandomSessions = 20;
#else
constexpr std::uint64_t kRandomSessions = 150;
#endif

/// Goes through a session, holds every claim against the witness, and counts the kinds of claims.
class Hearing {
 public:
  explicit Hearing(std::map<Claim::Kind, int>& heard) : heard_(heard) {}

  void hear(const SessionConfig& config, const std::vector<Event>& events, std::size_t every) {
    LinearPlay play(config);
    Witness witness(config);
    Model before = play.model;
    for (const Event& event : events) {
      if (event.kind == EventKind::kLocalStored || event.kind == EventKind::kSharedPop) {
        before = play.model;
      }
      play.add(event);
      witness.see(event, before, play.model);
      if (event.seq % every != 0 && event.kind != EventKind::kWorldStarted) continue;
      hear_all(play, witness);
      if (::testing::Test::HasFailure()) return;
    }
  }

 private:
  void hear_all(const LinearPlay& play, const Witness& witness) {
    const Model& model = play.model;
    const Told told = play.told();
    const Spotlight& spot = told.spotlight;
    const bool turns = model.pacing == Pacing::kOneAtATime;
    check(sentence_claims(model, spot, {}, PoolId{0}), about_of(spot, turns, model, witness),
          witness, model);
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

  /// What a sentence about `spot` is about: of a step, what its goroutine does now.
  static Witness::About about_of(const Spotlight& spot, bool now, const Model& model,
                                 const Witness& witness) {
    if (!spot.g.valid() && spot.stop.phase == StopState::Phase::kRequested) {
      return witness.now_of(sentence_claims(model, spot, {}, PoolId{0}).front().g);
    }
    if (spot.seq == 0) return witness.ended_at(spot.g, spot.op.end_ns);
    const GState* g = model.gs.find(spot.g);
    const bool as_now = g != nullptr && (spot.op == g->op || spot.op == g->last_op);
    return now && as_now ? witness.now_of(spot.g) : Witness::About{spot.g, spot.seq};
  }

  void check(const Claims& claims, Witness::About about, const Witness& witness,
             const Model& model) {
    for (const Claim& claim : claims) {
      ++heard_[claim.kind];
      const std::string objection = witness.objection(claim, about, model);
      EXPECT_EQ(objection, "") << "about G" << about.g.value << " until " << about.until_seq;
    }
  }

  std::map<Claim::Kind, int>& heard_;
};

TEST(EveryClaim, IsTrueInRandomClassicSessions) {
  std::map<Claim::Kind, int> heard;
  for (std::uint64_t seed = 1; seed <= kRandomSessions && !HasFailure(); ++seed) {
    SCOPED_TRACE(seed);
    const VirtualPool v = random_session(seed, 800);
    SessionConfig config = v.config();
    // Half of them as if the goroutines had taken turns.
    if (seed % 2 == 0) config.pacing = Pacing::kOneAtATime;
    Hearing(heard).hear(config, v.events(), 1);
  }
  using enum Claim::Kind;
  for (const Claim::Kind kind : {kOn,
                                 kBeganOn,
                                 kPuts,
                                 kGets,
                                 kMadeArray,
                                 kDroppedWithOld,
                                 kPrivateFull,
                                 kPrivateEmpty,
                                 kOwnSharedEmpty,
                                 kNothingToSteal,
                                 kStoredPrivate,
                                 kPushed,
                                 kPushedAt,
                                 kOrphaned,
                                 kDiceDropped,
                                 kTookPrivate,
                                 kTookShared,
                                 kStole,
                                 kRescued,
                                 kNewMade,
                                 kWaitsForLock,
                                 kStands,
                                 kGcCleared,
                                 kNextCallNew,
                                 kPutSince,
                                 kNextPinMakes,
                                 kPinBeyondMakes,
                                 kBeyondLastP,
                                 kEachPHasASlot,
                                 kNobodyPinned,
                                 kWorldStopped,
                                 kLiesInPrivate,
                                 kLiesInShared,
                                 kLiesInOld,
                                 kIsInUse,
                                 kIsGone,
                                 kStaysInOld,
                                 kResized,
                                 kNoArray,
                                 kArrayTooShort,
                                 kArrayTooLong,
                                 kArrayFits,
                                 kStealable,
                                 kStranded,
                                 kRanPinSlow,
                                 kLost}) {
    EXPECT_GT(heard[kind], 0) << "claim " << static_cast<int>(kind) << " was never heard";
  }
}

/// Real goroutines on real Ps: their interleaving is chance, so nothing is asked of what is heard.
TEST(EveryClaim, IsTrueInSessionsOfRealGoroutines) {
  for (const PoolKind pool : {PoolKind::kClassic, PoolKind::kModern}) {
    for (std::uint64_t seed = 1; seed <= 3 && !HasFailure(); ++seed) {
      SCOPED_TRACE(::testing::Message()
                   << (pool == PoolKind::kModern ? "modern" : "classic") << " seed " << seed);
      std::map<Claim::Kind, int> heard;
      const RecordedEvents session = run_session(busy_session(pool, seed), 30'000, 120'000'000'000);
      Hearing(heard).hear(session.config, session.events, 5);
    }
  }
}

}  // namespace
}  // namespace poolscope::testing
