#include "core/story/object_life.h"

#include "core/trace/event_table.h"

namespace poolscope {
namespace {

using LifeKind = LifeEntry::Kind;

const Operation& operation_of(const Event& event, const Model& model) {
  static const Operation kUnknown;
  const GState* g = model.gs.find(event.g);
  return g != nullptr ? g->op : kUnknown;
}

LifeKind kind_of_take(Where where) {
  switch (where) {
    case Where::kSteal: return LifeKind::kStole;
    case Where::kOrphanSteal: return LifeKind::kRescued;
    case Where::kVictimSteal: return LifeKind::kStoleVictim;
    case Where::kVictimPrivate: return LifeKind::kGotVictim;
    case Where::kPrivate: return LifeKind::kGotPrivate;
    default: return LifeKind::kGotShared;
  }
}

}  // namespace

bool is_drop(LifeEntry::Kind kind) {
  return kind == LifeKind::kDroppedByGc || kind == LifeKind::kDroppedByGrow ||
         kind == LifeKind::kPushedTooLate || kind == LifeKind::kDiceDropped;
}

void ObjectLife::add(const Event& event, const Model& model) {
  if (array_.valid()) see_array(event, model);
  if (event.object == object_ && info_of(event.kind).object == ObjectMeans::kObject) {
    see_own(event, model);
  }
}

void ObjectLife::begin_part(const Model& /*first*/) { *this = ObjectLife(object_); }

void ObjectLife::see_own(const Event& event, const Model& model) {
  const Operation& op = operation_of(event, model);
  switch (event.kind) {
    case EventKind::kObjectMade: enter(LifeKind::kMadeByUser, event, model); return;
    case EventKind::kNewMade: enter(LifeKind::kMadeByNew, event, model); return;
    case EventKind::kObjectHanded:
      enter(LifeKind::kHanded, event, model).other = event.giver();
      return;
    case EventKind::kRaceDrop: enter(LifeKind::kDiceDropped, event, model); return;
    case EventKind::kPrivateStore:
    case EventKind::kSharedPush: {
      const bool late = op.where == Where::kOrphan;
      array_ = event.array;
      dropped_ = late;
      enter(event.kind == EventKind::kPrivateStore ? LifeKind::kPutPrivate
            : late                                 ? LifeKind::kPushedTooLate
                                                   : LifeKind::kPushed,
            event, model);
      return;
    }
    case EventKind::kPrivateTake:
    case EventKind::kVictimPrivateTake:
    case EventKind::kSharedPop:
    case EventKind::kTailPop:
      array_ = ArrayId::none();
      enter(kind_of_take(op.where), event, model);
      return;
    case EventKind::kGetEnd: ++gets_; return;
    default: return;
  }
}

/// Whether what happened to the array that it lies in happened to it.
void ObjectLife::see_array(const Event& event, const Model& model) {
  switch (event.kind) {
    case EventKind::kLocalToVictim:
      if (event.array == array_) {
        enter(LifeKind::kBecameVictim, event, model).number = model.stop.number;
      }
      return;
    case EventKind::kPoolCleaned:
    case EventKind::kVictimDropped:
      if (event.array == array_ && !dropped_) {
        enter(LifeKind::kDroppedByGc, event, model).number = model.stop.number;
      }
      if (event.array == array_) dropped_ = true;
      return;
    case EventKind::kLocalStored: {
      const ArrayState* array = model.array(array_);
      const bool replaced = array == nullptr || array->status == ArrayState::Status::kDropped;
      if (replaced && !dropped_) {
        enter(LifeKind::kDroppedByGrow, event, model).number = model.procs;
      }
      dropped_ = dropped_ || replaced;
      return;
    }
    default: return;
  }
}

LifeEntry& ObjectLife::enter(LifeKind kind, const Event& event, const Model& model) {
  const bool at_place = info_of(event.kind).index == IndexMeans::kPlace;
  const LifeEntry entry{.kind = kind,
                        .seq = event.seq,
                        .time_ns = event.time_ns,
                        .g = event.g,
                        .p = event.p,
                        .pool = operation_of(event, model).pool,
                        .place = at_place ? event.index : std::uint16_t{0},
                        .owner = at_place && event.index < model.procs ? PId{event.index} : PId{}};
  if (first_.size() < kFirstKept) return first_.emplace_back(entry);
  if (last_.size() == kLastKept) {
    last_.pop_front();
    ++left_out_;
  }
  return last_.emplace_back(entry);
}

std::vector<LifeEntry> ObjectLife::entries() const {
  std::vector<LifeEntry> all = first_;
  all.insert(all.end(), last_.begin(), last_.end());
  return all;
}

}  // namespace poolscope
