// Each claim of each sentence and banner is true at its event: over random sessions of the classic
// and of the modern pool, with GCs, grows, shrinks and Ps that go away while somebody is on them.

#include <map>

#include <gtest/gtest.h>

#include "tests/core/story/hearing.h"
#include "tests/core/story/linear_play.h"
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
