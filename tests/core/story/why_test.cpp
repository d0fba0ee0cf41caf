// Each reason is held against the events alone: what the Get that it is about looked at, and what
// happened before it.

#include "core/story/why.h"

#include <map>
#include <set>

#include <gtest/gtest.h>

#include "core/model/reduce.h"
#include "tests/core/story/linear_play.h"
#include "tests/support/sessions.h"

namespace poolscope::testing {
namespace {

using ReasonKind = Reason::Kind;

/// What a goroutine's operation has looked at, by its events.
struct Looked {
  bool get = false;
  bool slow = false;
  bool victim = false;
  bool private_empty = false;
  bool own_empty = false;
  bool no_local = false;
  std::uint64_t others = 0;
  std::uint64_t victims = 0;
  std::uint64_t made = 0;
  std::int64_t begin_ns = 0;
  EventKind taken = EventKind::kGetBegin;  // how it took its object
  bool popped = false;                     // from a shared
  std::uint16_t place = 0;                 // of which
};

class Onlooker {
 public:
  void see(const Event& e) {
    if (e.kind == EventKind::kStopRequested) {
      asked_ns = e.time_ns;
      pinned_then = pinned;
    }
    if (e.kind == EventKind::kWorldStopped) stood_ns = e.time_ns;
    if (e.kind == EventKind::kWorldStarted && e.stop_cause() == StopCause::kGc) {
      ++gcs;
      gc_ended_ns = e.time_ns;
    }
    Looked& l = of[e.g];
    switch (e.kind) {
      case EventKind::kGetBegin: l = {.get = true, .begin_ns = e.time_ns}; return;
      case EventKind::kPutBegin: l = {}; return;
      case EventKind::kPinned: pinned.insert(PId{e.index}); return;
      case EventKind::kUnpinned: pinned.erase(e.p); return;
      case EventKind::kPrivateEmpty: l.private_empty = true; return;
      case EventKind::kSlowLoaded:
        l.slow = true;
        l.no_local = e.number() == 0;
        return;
      case EventKind::kVictimLoaded: l.victim = true; return;
      case EventKind::kSharedEmpty:
        if (l.victim) {
          ++l.victims;
        } else if (l.slow) {
          ++l.others;
        } else {
          l.own_empty = true;
        }
        return;
      case EventKind::kPrivateTake:
      case EventKind::kVictimPrivateTake: l.taken = e.kind; return;
      case EventKind::kSharedPop:
      case EventKind::kTailPop:
        l.popped = true;
        l.place = e.index;
        return;
      case EventKind::kArrayMade: l.made = e.number(); return;
      default: return;
    }
  }

  std::map<GId, Looked> of;
  std::set<PId> pinned;
  std::set<PId> pinned_then;
  std::uint64_t gcs = 0;
  std::int64_t gc_ended_ns = 0;
  std::int64_t asked_ns = 0;
  std::int64_t stood_ns = 0;
};

bool is_find(ReasonKind kind) {
  using enum Reason::Kind;
  return kind == kFoundInPrivate || kind == kFoundInOwnShared || kind == kFoundInShared ||
         kind == kFoundInVictimPrivate || kind == kFoundInVictim;
}

bool is_true(const Reason& reason, const Looked& looked, const Onlooker& by) {
  switch (reason.kind) {
    case ReasonKind::kPrivateEmpty: return looked.private_empty;
    case ReasonKind::kOwnSharedEmpty: return looked.own_empty;
    case ReasonKind::kOthersEmpty: return looked.others == reason.count;
    case ReasonKind::kNoLocal: return looked.no_local;
    case ReasonKind::kVictimEmpty: return looked.victims == reason.count;
    case ReasonKind::kArrayWasNew: return looked.made == reason.count;
    case ReasonKind::kFoundInPrivate: return looked.taken == EventKind::kPrivateTake;
    case ReasonKind::kFoundInVictimPrivate: return looked.taken == EventKind::kVictimPrivateTake;
    case ReasonKind::kFoundInOwnShared: return looked.popped && !looked.slow;
    case ReasonKind::kFoundInShared:
      return looked.popped && looked.slow && looked.place == reason.place;
    case ReasonKind::kFoundInVictim:
      return looked.popped && looked.victim && looked.place == reason.place;
    case ReasonKind::kGcBefore:
      return by.gcs == reason.number && looked.begin_ns - by.gc_ended_ns == reason.ns;
    default: return false;
  }
}

struct Heard {
  std::map<ReasonKind, int> kinds;
  int misses = 0;
};

void hear_session(const SessionConfig& config, std::span<const Event> events, Heard& heard) {
  Model model = initial_model(config);
  Onlooker by;
  for (const Event& event : events) {
    reduce(model, event);
    by.see(event);
    if (event.kind == EventKind::kGetEnd) {
      const Operation& op = model.gs.find(event.g)->last_op;
      heard.misses += missed(op) ? 1 : 0;
      const std::vector<Reason> reasons = reasons_of_get(model, op);
      // Of each Get there is an answer, and of one that has found its object, where.
      EXPECT_FALSE(reasons.empty() && event.seq > 100) << event.seq;
      if (!missed(op)) {
        EXPECT_TRUE(is_find(reasons.back().kind)) << event.seq;
      }
      for (const Reason& reason : reasons) {
        ++heard.kinds[reason.kind];
        EXPECT_TRUE(is_true(reason, by.of[event.g], by))
            << "reason " << static_cast<int>(reason.kind) << " at event " << event.seq;
      }
    }
    if (event.kind == EventKind::kWorldStarted && event.stop_cause() != StopCause::kCheck) {
      const std::vector<Reason> reasons = reasons_of_stop(model);
      ASSERT_EQ(reasons.size(), 1U);
      ++heard.kinds[reasons[0].kind];
      EXPECT_EQ(reasons[0].ns, by.stood_ns - by.asked_ns);
      EXPECT_EQ(reasons[0].gc, event.stop_cause() == StopCause::kGc);
      EXPECT_EQ(std::set(reasons[0].ps.begin(), reasons[0].ps.end()), by.pinned_then);
    }
  }
}

TEST(EveryReason, IsTrueInRandomSessions) {
  Heard heard;
  for (std::uint64_t seed = 1; seed <= 200 && !HasFailure(); ++seed) {
    SCOPED_TRACE(seed);
    const VirtualPool v = random_session(seed, 400);
    hear_session(v.config(), v.events(), heard);
  }
  EXPECT_GT(heard.misses, 200);
  using enum Reason::Kind;
  for (const ReasonKind kind :
       {kPrivateEmpty, kOwnSharedEmpty, kOthersEmpty, kNoLocal, kArrayWasNew, kGcBefore,
        kFoundInPrivate, kFoundInOwnShared, kFoundInShared, kWaitedForNobody}) {
    EXPECT_GT(heard.kinds[kind], 0) << static_cast<int>(kind);
  }
}

TEST(EveryReason, IsTrueInSessionsOfModernPools) {
  Heard heard;
  for (std::uint64_t seed = 1; seed <= 3 && !HasFailure(); ++seed) {
    const RecordedEvents session = run_session(busy_session(PoolKind::kModern, seed), 30'000);
    hear_session(session.config, session.events, heard);
  }
  EXPECT_GT(heard.misses, 0);
  EXPECT_GT(heard.kinds[ReasonKind::kOthersEmpty], 0);
}

}  // namespace
}  // namespace poolscope::testing
