#include "app/views/words/life_text.h"

#include <cstddef>
#include <utility>

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

namespace {

std::string drop_text(const LifeEntry& drop, const std::string& when) {
  using enum LifeEntry::Kind;
  const std::string g = name_of(drop.g);
  switch (drop.kind) {
    case kDroppedByGc:
      return trf("GC {0} dropped it at {1}, with all that lay in its array.", drop.number, when);
    case kDroppedByGrow:
      return trf(
          "{0} in pinSlow made another array at {1}, because GOMAXPROCS was {2}: the old one "
          "was dropped, with all that lay in it.",
          g, when, drop.number);
    case kPushedTooLate:
      return trf(
          "{0} had pinned an array that the pool then dropped, and put it there at {1}: no "
          "Get looks into that array any more.",
          g, when);
    case kDiceDropped:
      return trf("{0} put it at {1}, and race mode drops one Put in four at random.", g, when);
    default: return "";
  }
}

/// Where it lay since its last Put; "" where that is not known.
std::string lay_text(const LifeEntry& put, const LifeEntry& drop) {
  const std::string place = place_text(put.place, put.owner);
  const std::string before = duration_text(drop.time_ns - put.time_ns);
  if (put.kind == LifeEntry::Kind::kPutPrivate) {
    return trf("It lay in private of {0}: {1} had put it there {2} before, and no Get took it.",
               place, name_of(put.g), before);
  }
  if (put.kind == LifeEntry::Kind::kPushed) {
    return trf("It lay in shared of {0}: {1} had put it there {2} before, and no Get took it.",
               place, name_of(put.g), before);
  }
  return "";
}

}  // namespace

std::vector<std::string> drop_texts(const std::vector<LifeEntry>& life, const Position& origin) {
  std::vector<std::string> texts;
  if (life.empty() || !is_drop(life.back().kind)) return texts;
  const LifeEntry& drop = life.back();
  texts.push_back(drop_text(drop, clock_text(drop.time_ns - origin.time_ns)));
  const bool lay =
      drop.kind == LifeEntry::Kind::kDroppedByGc || drop.kind == LifeEntry::Kind::kDroppedByGrow;
  if (!lay || life.size() < 2) return texts;
  std::size_t put = life.size() - 2;
  if (life[put].kind == LifeEntry::Kind::kBecameVictim) {
    texts.push_back(trf("GC {0} had made its array the victim at {1}.", life[put].number,
                        clock_text(life[put].time_ns - origin.time_ns)));
    if (put == 0) return texts;
    --put;
  }
  if (std::string where = lay_text(life[put], drop); !where.empty()) {
    texts.push_back(std::move(where));
  }
  return texts;
}

std::string reason_text(const Reason& reason) {
  using enum Reason::Kind;
  const std::string count = count_text(reason.count);
  const std::string place = place_text(reason.place, reason.owner);
  switch (reason.kind) {
    case kFoundInPrivate: return tr("It lay in private.");
    case kFoundInOwnShared: return tr("It lay in its own shared.");
    case kFoundInShared:
      return reason.rescued
                 ? trf("It lay in shared of {0}, in an array that the pool had dropped.", place)
                 : trf("getSlow found it in shared of {0}.", place);
    case kFoundInVictimPrivate: return tr("It lay in private of the victim.");
    case kFoundInVictim: return trf("It lay in shared of the victim, of {0}.", place);
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
