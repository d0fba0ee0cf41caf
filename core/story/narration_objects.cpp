// What is said of an object that is followed.

#include <algorithm>

#include "core/story/narration.h"

namespace poolscope {
namespace {

using Kind = Claim::Kind;

Claim about(ObjectId object, Kind kind) {
  Claim made;
  made.kind = kind;
  made.object = object;
  return made;
}

Claim at_place(const Model& model, const ArrayState& array, std::size_t place, ObjectId object,
               Kind kind) {
  Claim made = about(object, kind);
  made.place = static_cast<std::uint16_t>(place);
  made.owner = place < model.procs ? PId{made.place} : PId::none();
  made.victim = array.status == ArrayState::Status::kVictim;
  return made;
}

/// Nothing where the array does not hold it.
Claims in_array(const Model& model, const ArrayState& array, ObjectId object) {
  for (std::size_t i = 0; i < array.locals.size(); ++i) {
    const LocalState& local = array.locals[i];
    const auto cells = local.shared.cells();
    const auto cell = std::ranges::find(cells, object);
    const bool is_private = local.private_object == object;
    if (!is_private && cell == cells.end()) continue;
    if (array.status == ArrayState::Status::kDropped) return {about(object, Kind::kLiesInOld)};
    if (is_private) return {at_place(model, array, i, object, Kind::kLiesInPrivate)};
    Claim lies = at_place(model, array, i, object, Kind::kLiesInShared);
    lies.number = static_cast<std::uint64_t>(cell - cells.begin()) + 1;
    lies.count = cells.size();
    return {lies};
  }
  return {};
}

}  // namespace

Claims object_claims(const Model& model, ObjectId object) {
  for (const GState& g : model.gs) {
    if (g.in_flight == object) return operation_claims(model, g.id, g.op);
    if (std::ranges::find(g.hand, object) == g.hand.end()) continue;
    Claim held = about(object, Kind::kIsInUse);
    held.g = g.id;
    return {held};
  }
  for (const auto& [id, array] : model.arrays) {
    if (Claims lies = in_array(model, array, object); !lies.empty()) return lies;
  }
  const auto lost = std::ranges::find(model.lost, object, &LostObject::object);
  if (lost == model.lost.end()) return {about(object, Kind::kIsNowhere)};
  Claim gone = about(object, Kind::kIsGone);
  gone.cause = lost->cause;
  return {gone};
}

}  // namespace poolscope
