// Sentences and banners about a stop-the-world, a loss, and the place of an object.

#include <algorithm>

#include "app/locale/translate.h"
#include "app/views/words/sentence_parts.h"
#include "app/views/words/words.h"

namespace poolscope::views {
namespace {

using locale::tr;
using locale::trf;
using locale::trnf;
using Kind = Claim::Kind;

std::string request_text(const Claim& claim, std::int64_t so_far_ns) {
  if (claim.kind == Kind::kAboutToStop) {
    return claim.gc ? trf("GC {0} is about to stop the world.", claim.number)
                    : trf("GOMAXPROCS({0}) is about to stop the world.", claim.count);
  }
  const std::string so_far = duration_text(std::max<std::int64_t>(0, so_far_ns));
  return claim.gc
             ? trf("GC {0} waits for {1}: {2} so far.", claim.number, pinned_text(claim), so_far)
             : trf("GOMAXPROCS({0}) waits for {1}: {2} so far.", claim.count, pinned_text(claim),
                   so_far);
}

std::string gc_head(const Claim& claim) {
  const std::string dropped = count_text(claim.count);
  const std::string outside = count_text(claim.more);
  if (claim.kind == Kind::kGcMadeVictim) {
    return trnf(
        "GC {1}: local is the victim now, {2} object of the old one dropped, {3} outside "
        "the pools untouched",
        "GC {1}: local is the victim now, {2} objects of the old one dropped, {3} outside "
        "the pools untouched",
        claim.count, claim.number, dropped, outside);
  }
  return trnf("GC {1}: {2} pooled object dropped, {3} outside the pools untouched",
              "GC {1}: {2} pooled objects dropped, {3} outside the pools untouched", claim.count,
              claim.number, dropped, outside);
}

std::string gc_clause(const Claim& claim) {
  switch (claim.kind) {
    case Kind::kGcCleared:
    case Kind::kGcMadeVictim: return gc_head(claim);
    case Kind::kWaited: {
      // Where calls are made one by one, nobody waits.
      if (claim.ns == 0 && claim.ps.empty()) return "";
      const std::string waited = duration_text(claim.ns);
      return tr("; ") + (claim.ps.empty() ? trf("waited {0}", waited)
                                          : trf("waited {0} for {1}", waited, list_text(claim.ps)));
    }
    case Kind::kStoppedFor:
      return claim.ns == 0 ? "" : tr(", ") + trf("world stopped {0}", duration_text(claim.ns));
    default: return "";
  }
}

std::string gc_text(const Claims& claims) {
  std::string text;
  for (const Claim& claim : claims) text += gc_clause(claim);
  return text + tr(".");
}

std::string resize_clause(const Claim& claim) {
  switch (claim.kind) {
    case Kind::kNoArray: return tr("the pool has no array: the next pin makes one");
    case Kind::kArrayTooShort:
    case Kind::kArrayTooLong: return trf("the pool doesn't notice: still {0} slots", claim.count);
    case Kind::kArrayFits: return trf("local[] has {0} slots", claim.count);
    case Kind::kStealable:
      return trnf("{1} object beyond the last P can still be stolen",
                  "{1} objects beyond the last P can still be stolen", claim.count,
                  count_text(claim.count));
    case Kind::kStranded:
      return trf("{0} stranded in private until the next GC", count_text(claim.count));
    case Kind::kRanPinSlow:
      return trf("{0} ran pinSlow: new array of {1}", name_of(claim.p), claim.count);
    case Kind::kRanPinSlowDropping:
      return trnf("{1} ran pinSlow: new array of {2}, {0} object dropped with the old one",
                  "{1} ran pinSlow: new array of {2}, {0} objects dropped with the old one",
                  claim.more, name_of(claim.p), claim.count);
    default: return "";
  }
}

std::string resize_text(const Claims& claims) {
  std::string text;
  for (const Claim& claim : claims) {
    const std::string clause = resize_clause(claim);
    if (clause.empty()) continue;
    if (!text.empty()) text += tr(", ");
    text += clause;
  }
  const Claim& change = claims.front();
  // The viewer has taken the wish back while the stop was waited for.
  if (change.more == change.count) return trf("GOMAXPROCS stays {0}: {1}.", change.count, text);
  return trf("GOMAXPROCS {0} to {1}: {2}.", change.more, change.count, text);
}

std::string loss_text(const Claim& claim) {
  switch (claim.kind) {
    case Kind::kLost:
      return trf("{0} is lost: {1}.", name_of(claim.object), cause_text(claim.cause));
    case Kind::kLostMany:
      return trnf("{0} object is lost: {1}.", "{0} objects are lost: {1}.", claim.count,
                  cause_text(claim.cause));
    case Kind::kStaysInOld:
      return trnf(
          "{0} object lies in the old array: only an operation that still holds that array can "
          "rescue it.",
          "{0} objects lie in the old array: only an operation that still holds that array can "
          "rescue them.",
          claim.count);
    default: return "";
  }
}

// What a GC or a change of GOMAXPROCS leads to.
std::string consequence_text(const Claim& claim) {
  switch (claim.kind) {
    case Kind::kNobodyPinned: return tr("Nobody is pinned, so the world stops at once.");
    case Kind::kWorldStopped:
      return claim.gc
                 ? std::string(tr("The world is stopped: poolCleanup runs, no goroutine does."))
                 : trf("The world is stopped: GOMAXPROCS becomes {0}.", claim.count);
    case Kind::kNextCallNew: return tr("The pool is empty: the next Gets call New.");
    case Kind::kNextReturnNil: return tr("The pool is empty: the next Gets return nil.");
    case Kind::kNextLookIntoVictim:
      return trnf("{0} object waits in the victim: Gets still find it, the next GC drops it.",
                  "{0} objects wait in the victim: Gets still find them, the next GC drops them.",
                  claim.count);
    case Kind::kPutSince:
      return trnf("{0} object has been put back since, the pool fills again.",
                  "{0} objects have been put back since, the pool fills again.", claim.count);
    case Kind::kNextPinMakes: return trf("The next pin makes an array of {0}.", claim.count);
    case Kind::kPinBeyondMakes:
      return trf("The array is the old one: the first pin on P{0} or above runs pinSlow.",
                 claim.count);
    case Kind::kBeyondLastP:
      return claim.count == claim.more
                 ? trf("No P runs local[{0}]: thieves still look into its shared, nobody into its "
                       "private.",
                       claim.count)
                 : trf("No P runs local[{0}] to local[{1}]: thieves still look into their shared, "
                       "nobody into private.",
                       claim.count, claim.more);
    case Kind::kEachPHasASlot: return tr("Each P has its own slot in the array.");
    default: return "";
  }
}

}  // namespace

std::string pinned_text(const Claim& claim) {
  return trf("{0} (pinned in {1})", name_of(claim.p), claim.put ? "Put" : "Get");
}

std::string stop_text(const Claims& claims, std::int64_t so_far_ns) {
  const Claim& first = claims.front();
  switch (first.kind) {
    case Kind::kAboutToStop:
    case Kind::kWaitsForPinned: return request_text(first, so_far_ns);
    case Kind::kGcCleared:
    case Kind::kGcMadeVictim: return gc_text(claims);
    case Kind::kResized: return resize_text(claims);
    default: break;
  }
  if (std::string said = loss_text(first); !said.empty()) return said;
  return consequence_text(first);
}

std::string object_text(const Claim& claim) {
  const std::string object = name_of(claim.object);
  const std::string place = place_text(claim.place, claim.owner);
  switch (claim.kind) {
    case Kind::kLiesInPrivate:
      return claim.victim ? trf("{0} lies in the victim of {1}, in private.", object, place)
                          : trf("{0} lies in private of {1}.", object, place);
    case Kind::kLiesInShared:
      return claim.victim ? trf("{0} lies in the victim of {1}, in shared.", object, place)
                          : trf("{0} lies in shared of {1}: number {2} of {3} from the oldest.",
                                object, place, claim.number, claim.count);
    case Kind::kLiesInOld: return trf("{0} lies in an old array that no Get looks into.", object);
    case Kind::kIsInUse: return trf("{0} is in use by {1}.", object, name_of(claim.g));
    case Kind::kIsGone: return trf("{0} is gone: {1}.", object, cause_text(claim.cause));
    case Kind::kIsNowhere: return trf("{0} is no longer there.", object);
    default: return "";
  }
}

}  // namespace poolscope::views
