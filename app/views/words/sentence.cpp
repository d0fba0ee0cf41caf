#include "app/views/words/sentence.h"

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

std::string place_of(const Claim& claim) { return place_text(claim.place, claim.owner); }

// --- the goroutine
// -----------------------------------------------------------------------------------------------

// "" for a claim that does not name the goroutine that acts.
std::string who_text(const Claim& claim) {
  switch (claim.kind) {
    case Kind::kOn: return trf("{0} on {1}", name_of(claim.g), name_of(claim.p));
    case Kind::kBeganOn: return trf("{0}, which began on {1}", name_of(claim.g), name_of(claim.p));
    case Kind::kIs: return name_of(claim.g);
    default: return "";
  }
}

// --- an operation's clauses
// ----------------------------------------------------------------------------

std::string put_text(const Claim& claim) {
  switch (claim.kind) {
    case Kind::kPrivateFull: return tr("private full");
    case Kind::kStoredPrivate: return tr("it goes into private");
    case Kind::kPushed: return tr("it goes to shared");
    case Kind::kPushedAt:
      return trf("it goes to shared of {0}, which it had pinned", place_of(claim));
    case Kind::kPushedTooLate: return tr("it goes into an array that was dropped meanwhile");
    case Kind::kOrphaned: return tr("it goes into an array that was dropped meanwhile: lost");
    case Kind::kDiceDropped: return tr("dropped at random before pin (race mode)");
    default: return "";
  }
}

std::string get_text(const Claim& claim) {
  const std::string object = claim.object.valid() ? name_of(claim.object) : "";
  switch (claim.kind) {
    case Kind::kPrivateEmpty: return tr("private empty");
    case Kind::kOwnSharedEmpty: return tr("own shared empty");
    case Kind::kNothingToSteal: return tr("nothing to steal");
    case Kind::kNothingInVictim: return tr("nothing in the victim");
    case Kind::kTookPrivate: return trf("takes {0} from private", object);
    case Kind::kTookShared: return trf("takes {0} from its shared", object);
    case Kind::kTookSharedAt:
      return trf("takes {0} from shared of {1}, which it had pinned", object, place_of(claim));
    case Kind::kStole: return trf("steals {0} from {1}", object, place_of(claim));
    case Kind::kFoundInOwn: return trf("finds {0} in its own shared after all", object);
    case Kind::kRescued: return trf("rescues {0} from a dropped array", object);
    case Kind::kNewMade: return trf("New makes {0}", object);
    case Kind::kReturnsNil: return tr("there is no New, Get returns nil");
    case Kind::kTookVictimPrivate: return trf("takes {0} from private of its victim", object);
    case Kind::kTookVictim: return trf("takes {0} from the victim of {1}", object, place_of(claim));
    default: return "";
  }
}

std::string tail_text(const Claim& claim) {
  if (claim.victim) {
    return trf("is about to take the oldest of the victim of {0}", place_of(claim));
  }
  return trf("is about to take the oldest of {0}, if nobody else is faster", place_of(claim));
}

std::string step_text(const Claim& claim) {
  switch (claim.step) {
    case Step::kPutPinned:
    case Step::kGetPinned: return tr("is pinned and looks at private");
    case Step::kPutDecided:
      return claim.more != 0 ? tr("stored it; still pinned") : tr("still pinned");
    case Step::kGetDecided: return tr("still pinned");
    case Step::kPutUnpinned:
    case Step::kGetUnpinned: return tr("unpinned, about to lock: a GC may come in between");
    case Step::kPutLocked: return tr("has the lock and appends to shared");
    case Step::kGetLocked: return tr("has the lock and looks into shared");
    case Step::kGetPopped:
    case Step::kSlowPopped: return tr("has unlocked and is about to return it");
    case Step::kGetSlow: return tr("goes on to getSlow");
    case Step::kSlowLoaded:
      return trf("getSlow sees {0} locals; from here they may be stale", claim.count);
    case Step::kSlowLocked: return trf("getSlow has the lock of local[{0}]", claim.place);
    case Step::kSlowBegin: return tr("goes on to getSlow, still pinned");
    case Step::kPopHeadLoaded: return tr("is about to take its newest, if no thief is faster");
    case Step::kPopTailLoaded: return tail_text(claim);
    case Step::kGetNew: return tr("nothing found, calls New");
    case Step::kPinSlowUnpinned: return tr("pinSlow has unpinned and goes for allPoolsMu");
    case Step::kPinSlowLocked: return tr("pinSlow has allPoolsMu and pins again");
    case Step::kPinSlowPublished: return tr("pinSlow has stored the new array, its size not yet");
    default: return "";
  }
}

std::string now_text(const Claim& claim) {
  const std::string holder = claim.other.valid() ? name_of(claim.other) : "";
  switch (claim.kind) {
    case Kind::kWaitsForLock:
      return holder.empty() ? trf("waits for local[{0}]'s lock", claim.place)
                            : trf("waits for local[{0}]'s lock, held by {1}", claim.place, holder);
    case Kind::kWaitsForAllPools:
      return holder.empty() ? tr("waits for allPoolsMu")
                            : trf("waits for allPoolsMu, held by {0}", holder);
    case Kind::kStands: return step_text(claim);
    default: return "";
  }
}

std::string array_text(const Claim& claim) {
  switch (claim.kind) {
    case Kind::kMadeArray: return trf("pinSlow makes a new array of {0}", claim.count);
    case Kind::kDroppedWithOld:
      return trnf("{0} object dropped with the old one", "{0} objects dropped with the old one",
                  claim.count);
    default: return "";
  }
}

std::string clause_text(const Claim& claim) {
  for (const auto text : {put_text, get_text, now_text, array_text}) {
    if (std::string said = text(claim); !said.empty()) return said;
  }
  return "";
}

// "private empty; still pinned", else with commas.
std::string joined(const Claims& clauses) {
  std::string text;
  for (const Claim& claim : clauses) {
    const std::string clause = clause_text(claim);
    if (clause.empty()) continue;
    const bool pinned = claim.kind == Kind::kStands &&
                        (claim.step == Step::kPutDecided || claim.step == Step::kGetDecided);
    if (!text.empty()) text += pinned ? tr("; ") : tr(", ");
    text += clause;
  }
  return text;
}

std::string operation_sentence(const Claims& claims) {
  const std::string who = who_text(claims.front());
  const std::string what = joined(claims);
  const auto put = std::ranges::find(claims, Kind::kPuts, &Claim::kind);
  if (put != claims.end() && put->object.valid()) {
    if (what.empty()) return trf("{0} begins to put {1}.", who, name_of(put->object));
    return trf("{0} puts {1}: {2}.", who, name_of(put->object), what);
  }
  if (what.empty()) return trf("{0} begins a Get.", who);
  return trf("{0}: {1}.", who, what);
}

}  // namespace

std::string text_of(const Claims& claims, std::int64_t so_far_ns) {
  if (claims.empty()) return "";
  const Claim& first = claims.front();
  switch (first.kind) {
    case Kind::kNothingYet: return tr("No Put or Get has finished yet.");
    case Kind::kEnded: return trf("{0} has ended.", name_of(first.g));
    case Kind::kWaitsForP: return trf("{0} has no P right now.", name_of(first.g));
    case Kind::kUnused: return trf("{0} has not used the pool yet.", name_of(first.g));
    default: break;
  }
  if (std::string said = stop_text(claims, so_far_ns); !said.empty()) return said;
  if (std::string said = object_text(first); !said.empty()) return said;
  return operation_sentence(claims);
}

std::string waited_for_text(const Model& model) {
  const Claims claims = request_claims(model);
  const bool waits = !claims.empty() && claims.front().kind == Kind::kWaitsForPinned;
  return waits ? pinned_text(claims.front()) : "";
}

std::string operation_text(const Model& model, GId g, const Operation& op) {
  return text_of(operation_claims(model, g, op));
}

std::string sentence_of(const Model& model, const Spotlight& spot, const Followed& followed,
                        PoolId shown) {
  return text_of(sentence_claims(model, spot, followed, shown));
}

bool banner_is_of_resize(const Model& model, PoolId shown) {
  const Claims claims = banner_claims(model, shown);
  if (claims.empty()) return false;
  const Claim& first = claims.front();
  const bool waits =
      first.kind == Claim::Kind::kAboutToStop || first.kind == Claim::Kind::kWaitsForPinned;
  return first.kind == Claim::Kind::kResized || (waits && !first.gc);
}

std::string banner_of(const Model& model, std::int64_t playhead_time_ns, PoolId shown) {
  return text_of(banner_claims(model, shown), playhead_time_ns - model.stop.requested_ns);
}

}  // namespace poolscope::views
