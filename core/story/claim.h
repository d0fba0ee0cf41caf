#pragma once

// What a sentence says, before it is put into words: one claim a clause. The texts of every
// language are made from claims, and a test holds each claim against the model and the events.
//
// Thread safety: values.
// Invariants: a claim is true of the model that it was made from; nothing that is zero is claimed.

#include <cstdint>
#include <vector>

#include "core/base/ids.h"
#include "core/model/model.h"
#include "core/pool/step.h"

namespace poolscope {

struct Claim {
  enum class Kind : std::uint8_t {
    // --- what the sentence is about
    // ------------------------------------------------------------------
    kNothingYet,  // no operation has ended, and nobody is followed
    kEnded,       // g
    kWaitsForP,   // g
    kUnused,      // g has not used a pool yet
    kOn,          // g, p: where its operation pinned; and it is there still
    kBeganOn,     // g, p: where its operation pinned first; it is elsewhere now, or p is gone
    kIs,          // g, which has not pinned yet
    kPuts,        // object
    kGets,

    // --- what its operation has done
    // ------------------------------------------------------------------
    kMadeArray,       // count: its slots
    kDroppedWithOld,  // count: objects
    kPrivateFull,
    kPrivateEmpty,
    kOwnSharedEmpty,
    kNothingToSteal,
    kNothingInVictim,
    kStoredPrivate,  // object
    kPushed,         // object: to shared of the P that it is on
    kPushedAt,       // object, place: to the shared that it had pinned
    kPushedTooLate,  // object: into an array that had been dropped
    kOrphaned,       // the same, and the object is lost
    kDiceDropped,    // object
    kTookPrivate,    // object
    kTookShared,     // object: from its own
    kTookSharedAt,   // object, place: from the one that it had pinned
    kStole,          // object, place
    kFoundInOwn,     // object: getSlow's last look, at its own shared
    kRescued,        // object: from a dropped array
    kNewMade,        // object
    kReturnsNil,
    kTookVictimPrivate,  // object
    kTookVictim,         // object, place

    // --- where an object is
    // ---------------------------------------------------------------------------
    kLiesInPrivate,  // object, place, victim
    kLiesInShared,   // object, place, victim; number: its position from the oldest, count: of all
    kLiesInOld,      // object: in a dropped array
    kIsInUse,        // object, g
    kIsGone,         // object, cause
    kIsNowhere,      // object: there is none of that number, or it was lost long ago

    // --- what it does now
    // -----------------------------------------------------------------------------
    kWaitsForLock,      // place, other: the holder
    kWaitsForAllPools,  // other: the holder
    kStands,            // step; place: that getSlow looks at; count: localSize that it saw

    // --- stop-the-world
    // -------------------------------------------------------------------------------
    kAboutToStop,     // gc or not; number, or count: the wanted GOMAXPROCS
    kWaitsForPinned,  // the same, g, p, put: the goroutine pinned there
    kGcCleared,       // number; count: objects dropped; more: outside the pools
    kGcMadeVictim,    // number; count: of the old victim dropped; more: outside the pools
    kNobodyPinned,    // the stop that is requested waits for nobody
    kWorldStopped,    // gc or not; count: the wanted GOMAXPROCS
    kWaited,          // ns, ps: those that were pinned
    kStoppedFor,      // ns
    kNextCallNew,     // for the next Gets there is nothing to find
    kNextReturnNil,
    kNextLookIntoVictim,  // count: objects in it
    kPutSince,            // count: objects that are in the pool again
    kResized,             // more to count
    kNoArray,             // the pool has none
    kArrayTooShort,       // count: its slots, fewer than there are Ps
    kArrayTooLong,        // count: its slots, more than there are Ps
    kArrayFits,           // count
    kStealable,           // count: objects in shared of slots without a P
    kStranded,            // count: objects in private of slots without a P
    kRanPinSlow,          // p; count: the slots of its new array
    kRanPinSlowDropping,  // the same; more: objects dropped with the old one
    kNextPinMakes,        // count: the slots of the array that the next pin makes
    kPinBeyondMakes,      // count: the slots; a pin on P count or above makes a new array
    kBeyondLastP,         // count: the first slot that no P owns; more: the last one
    kEachPHasASlot,

    // --- losses
    // ---------------------------------------------------------------------------------------
    kLost,        // object, cause
    kLostMany,    // count, cause
    kStaysInOld,  // count: objects dropped with the old array, which an operation may still hold
  };
  Kind kind = Kind::kNothingYet;
  GId g;
  PId p;
  GId other;
  ObjectId object;
  std::uint16_t place = 0;
  PId owner;  // of `place`; none: no P owns it
  Step step = Step::kNone;
  LostCause cause = LostCause::kGc;
  bool gc = false;
  bool put = false;
  bool victim = false;  // `place` is the victim's
  std::uint64_t number = 0;
  std::uint64_t count = 0;
  std::uint64_t more = 0;
  std::int64_t ns = 0;
  std::vector<PId> ps;
  bool operator==(const Claim&) const = default;
};

/// The clauses of one sentence, in their order.
using Claims = std::vector<Claim>;

}  // namespace poolscope
