#pragma once

// What lies behind what a Get found, or that it found nothing, and behind a world that had to wait:
// one reason each, with its figures.
//
// Thread safety: pure functions.
// Invariants: each reason is true of the operation and of the model that it was made from.

#include <cstdint>
#include <vector>

#include "core/model/model.h"

namespace poolscope {

struct Reason {
  enum class Kind : std::uint8_t {
    // Where a Get looked in vain, in the order in which it looked.
    kPrivateEmpty,
    kOwnSharedEmpty,
    kOthersEmpty,  // count: shards that getSlow looked at
    kNoLocal,      // getSlow loaded a localSize of 0: there was no shard to look at
    kVictimEmpty,  // count: shards of the victim that it looked at
    kArrayWasNew,  // count: the slots of the array that its own pinSlow made
    kGcBefore,     // number: the last GC before it; ns: since then; count: what that dropped
    // Where it found its object in the end.
    kFoundInPrivate,
    kFoundInOwnShared,
    kFoundInShared,  // place, of another P's; rescued: of an array that the pool had dropped
    kFoundInVictimPrivate,
    kFoundInVictim,  // place
    // A stop-the-world.
    kWaitedForPinned,  // ps, ns; gc or not; number
    kWaitedForNobody,  // the same without ps
  };
  Kind kind = Kind::kPrivateEmpty;
  std::uint64_t count = 0;
  std::uint64_t number = 0;
  std::int64_t ns = 0;
  bool gc = false;
  bool rescued = false;
  std::uint16_t place = 0;
  PId owner;  // of `place`; none: no P runs there
  std::vector<PId> ps;
  bool operator==(const Reason&) const = default;
};

/// Whether `op` is a Get that has found nothing in the pool.
bool missed(const Operation& op);

/// Why `op`, a Get that `model` still knows, found what it has found: where it looked in vain, and
/// then where it found its object or, of one that has missed, what had emptied the pool. Of one
/// that is under way: what it has looked at so far.
std::vector<Reason> reasons_of_get(const Model& model, const Operation& op);

/// Why the last stop-the-world of a GC or a change of GOMAXPROCS waited; none before the first.
std::vector<Reason> reasons_of_stop(const Model& model);

}  // namespace poolscope
