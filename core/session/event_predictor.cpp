#include "core/session/event_predictor.h"

#include <algorithm>

namespace poolscope {

EventPredictor::EventPredictor(std::uint32_t format)
    : format_(format), shapes_(packing_shapes(format)) {
  reset();
}

void EventPredictor::reset() {
  g_ = other_g_ = GId::none();
  newest_object_ = newest_array_ = 0;
  gs_.assign(kGoroutines, {});
  places_.assign(kPlaces, {});
  below_.assign(kObjects, {});
  above_.assign(kObjects, {});
  kind_after_.assign(kKinds * kKinds, EventKind::kNone);
  detail_after_.assign(kKinds * kKinds, 0);
  number_of_.fill({});
  array_of_pool_.fill({});
  victim_of_pool_.fill({});
  modern_ = false;
}

EventKind EventPredictor::kind(GId g) const {
  const Goroutine& state = goroutine(g);
  return kind_after_[pair(state.before_last, state.last)];
}

EventPredictor::Fields EventPredictor::fields(GId g, PId p, EventKind kind) const {
  const Goroutine& state = goroutine(g);
  Fields result;
  switch (shape(kind).array) {
    case ArrayFrom::kNone: break;
    case ArrayFrom::kOwn: result.array = state.array; break;
    case ArrayFrom::kPool: result.array = array_of_pool_[state.pool % kPools]; break;
    case ArrayFrom::kNew: result.array = ArrayId{newest_array_ + 1}; break;
    case ArrayFrom::kVictim: result.array = victim_of_pool_[state.pool % kPools]; break;
  }
  switch (shape(kind).index) {
    case IndexFrom::kZero: break;
    case IndexFrom::kPlace: result.index = state.place; break;
    case IndexFrom::kPool: result.index = state.pool; break;
    case IndexFrom::kP: result.index = p.value; break;
  }
  result.detail = detail_after_[pair(state.last, kind)];
  return result;
}

ObjectId EventPredictor::object(GId g, EventKind kind, ArrayId array, std::uint16_t index) const {
  switch (shape(kind).object) {
    case ObjectFrom::kNone: break;
    case ObjectFrom::kFlight: return goroutine(g).flight;
    case ObjectFrom::kPrivate: return places_[place_of(array, index)].private_object;
    case ObjectFrom::kTop: return places_[place_of(array, index)].top;
    case ObjectFrom::kOldest: return places_[place_of(array, index)].oldest;
    case ObjectFrom::kNew: return ObjectId{newest_object_ + 1};
    case ObjectFrom::kNumber: return number_of_[static_cast<std::size_t>(kind)];
  }
  return ObjectId::none();
}

void EventPredictor::observe(const Event& event) {
  if (event.g != g_) {
    other_g_ = g_;
    g_ = event.g;
  }
  Goroutine& state = gs_[event.g.value % kGoroutines];
  kind_after_[pair(state.before_last, state.last)] = event.kind;
  detail_after_[pair(state.last, event.kind)] = event.detail;
  state.before_last = state.last;
  state.last = event.kind;
  state.p = event.p;
  observe_place(state, event);
  observe_object(state, event);
}

void EventPredictor::observe_place(Goroutine& state, const Event& event) {
  const Shape& fields = shape(event.kind);
  if (fields.index == IndexFrom::kPool) state.pool = event.index;
  if (fields.array != ArrayFrom::kNone) {
    state.array = event.array;
    newest_array_ = std::max(newest_array_, event.array.value);
  }
  if (fields.index == IndexFrom::kPlace || fields.index == IndexFrom::kP) state.place = event.index;
  switch (event.kind) {
    case EventKind::kPutBegin:
    case EventKind::kGetBegin: state.slow = false; break;
    case EventKind::kPinned:
    case EventKind::kLocalStored: array_of_pool_[state.pool % kPools] = event.array; break;
    case EventKind::kSlowLoaded:
      state.slow = true;
      ++state.place;
      break;
    case EventKind::kUnlocked:
      if (state.slow) ++state.place;
      break;
    // The modern getSlow has no locks: what tells of the next place is that this one is empty. The
    // classic one never told of these kinds, so its files are read as they were written.
    case EventKind::kDequeueMade:
    case EventKind::kTailPop: modern_ = true; break;
    case EventKind::kSharedEmpty:
      if (modern_ && state.slow) ++state.place;
      break;
    case EventKind::kLocalToVictim:
    case EventKind::kVictimLoaded:
      modern_ = true;
      victim_of_pool_[state.pool % kPools] = event.array;
      break;
    case EventKind::kCheckpointVictim:
      modern_ = true;
      victim_of_pool_[state.pool % kPools] = event.array;
      state.place = 0;
      break;
    case EventKind::kCheckpointPool: state.place = 0; break;
    case EventKind::kCheckpointShard:
      if (event.detail == 0) ++state.place;
      break;
    case EventKind::kCheckpointCells: ++state.place; break;
    default: break;
  }
}

void EventPredictor::observe_object(Goroutine& state, const Event& event) {
  const ObjectFrom from = shape(event.kind).object;
  if (from == ObjectFrom::kNone) return;
  if (from == ObjectFrom::kNumber) {
    number_of_[static_cast<std::size_t>(event.kind)] = event.object;
    return;
  }
  newest_object_ = std::max(newest_object_, event.object.value);
  Place& place = places_[place_of(event.array, event.index)];
  switch (event.kind) {
    case EventKind::kPrivateStore:
    case EventKind::kCheckpointShard: place.private_object = event.object; break;
    case EventKind::kSharedPush:
      below_[event.object.value % kObjects] = place.top;
      above_[place.top.value % kObjects] = event.object;
      if (!place.top.valid() || !place.oldest.valid()) place.oldest = event.object;
      place.top = event.object;
      break;
    case EventKind::kSharedPop: place.top = below_[event.object.value % kObjects]; break;
    case EventKind::kTailPop:
      place.oldest =
          event.object == place.top ? ObjectId::none() : above_[event.object.value % kObjects];
      if (event.object == place.top) place.top = ObjectId::none();
      below_[place.oldest.value % kObjects] = ObjectId::none();
      break;
    default: break;
  }
  state.flight = event.object;
}

}  // namespace poolscope
