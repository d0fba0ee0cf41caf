#include "app/views/words/life_text.h"

#include "app/locale/translate.h"
#include "app/views/words/words.h"

namespace poolscope::views {

using locale::tr;
using locale::trf;
using locale::trnf;

std::string life_text(const LifeEntry& entry) {
  using enum LifeEntry::Kind;
  const std::string g = name_of(entry.g);
  const std::string place = place_text(entry.place, entry.owner);
  switch (entry.kind) {
    case kMadeByNew: return trf("New makes it for {0} on {1}", g, name_of(entry.p));
    case kMadeByUser: return trf("{0} makes it, past the pool", g);
    case kHanded: return trf("{0} takes it over from {1}", g, name_of(entry.other));
    case kPutPrivate: return trf("{0} puts it into private of {1}", g, place);
    case kPushed: return trf("{0} puts it into shared of {1}", g, place);
    case kPushedTooLate: return trf("{0} puts it into an array that the pool had dropped", g);
    case kDiceDropped: return trf("{0} puts it, and the dice of race mode drop it", g);
    case kGotPrivate: return trf("{0} gets it from private of {1}", g, place);
    case kGotShared: return trf("{0} gets it from its own shared, of {1}", g, place);
    case kStole: return trf("{0} gets it from shared of {1}, in getSlow", g, place);
    case kRescued: return trf("{0} still gets it, from an array that the pool had dropped", g);
    case kGotVictim: return trf("{0} gets it from private of the victim, of {1}", g, place);
    case kStoleVictim: return trf("{0} gets it from shared of the victim, of {1}", g, place);
    case kBecameVictim: return tr("a GC makes its array the victim");
    case kDroppedByGc: return tr("a GC drops it, with all that lies in its array");
    case kDroppedByGrow: return trf("{0} in pinSlow replaces its array, and so drops it", g);
  }
  return "";
}

std::string reason_text(const Reason& reason) {
  using enum Reason::Kind;
  const std::string count = count_text(reason.count);
  switch (reason.kind) {
    case kPrivateEmpty: return tr("private was empty.");
    case kOwnSharedEmpty: return tr("Its own shared was empty.");
    case kOthersEmpty:
      return trnf("getSlow looked at {1} shared: it was empty.",
                  "getSlow looked at {1} shared, one after the other: all were empty.",
                  reason.count, count);
    case kNoLocal: return tr("getSlow found no array to look through.");
    case kVictimEmpty:
      return trnf("The victim's shared was empty too: {1}.",
                  "The victim's shared were empty too: all {1}.", reason.count, count);
    case kArrayWasNew:
      return trf("The array was new: its own pinSlow had just made it, of {0} slots.", count);
    case kGcBefore:
      return trnf("GC {2} had dropped {1} object {3} before.",
                  "GC {2} had dropped {1} objects {3} before.", reason.count, count, reason.number,
                  duration_text(reason.ns));
    case kWaitedForPinned:
      return reason.gc
                 ? trf("GC {0} waited {1} for the world to stop: {2} was pinned, and who is pinned "
                       "goes on until it unpins.",
                       reason.number, duration_text(reason.ns), list_text(reason.ps))
                 : trf("Change {0} of GOMAXPROCS waited {1} for the world to stop: {2} was pinned, "
                       "and who is pinned goes on until it unpins.",
                       reason.number, duration_text(reason.ns), list_text(reason.ps));
    case kWaitedForNobody:
      return reason.gc
                 ? trf("GC {0} waited {1} for the world to stop: nobody was pinned.", reason.number,
                       duration_text(reason.ns))
                 : trf("Change {0} of GOMAXPROCS waited {1} for the world to stop: nobody was "
                       "pinned.",
                       reason.number, duration_text(reason.ns));
  }
  return "";
}

}  // namespace poolscope::views
