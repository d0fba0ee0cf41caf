#include "core/story/teller.h"

#include <algorithm>

#include "core/trace/event_table.h"

namespace poolscope {
namespace {

using Rarity = Spotlight::Rarity;

Place hand_of(GId g) { return {Place::Kind::kHand, {}, 0, 0, g}; }
Place flight_of(GId g) { return {Place::Kind::kFlight, {}, 0, 0, g}; }
Place private_of(const Event& e) { return {Place::Kind::kPrivate, e.array, e.index, 0, {}}; }
Place shared_of(const Event& e, std::size_t cell) {
  return {Place::Kind::kShared, e.array, e.index, static_cast<std::uint32_t>(cell), {}};
}
Place elsewhere(Place::Kind kind) { return {kind, {}, 0, 0, {}}; }

bool modern(const Model& model) { return model.config.pool == PoolKind::kModern; }

/// Objects in the shared that the event names; 0 where there is no such place any more.
std::size_t cells_in(const Model& model, const Event& e) {
  const ArrayState* array = model.array(e.array);
  return array != nullptr && e.index < array->locals.size() ? array->locals[e.index].shared.size()
                                                            : 0;
}

Spotlight about_stop(const StopState& stop, Rarity rarity) {
  Spotlight spot;
  if (stop.phase != StopState::Phase::kStarted) return spot;
  spot.rarity = rarity;
  spot.stop = stop;
  spot.time_ns = stop.started_ns;
  spot.seq = stop.seq;
  return spot;
}

Spotlight about_loss(const LossState& loss) {
  Spotlight spot;
  if (loss.count == 0) return spot;
  spot.rarity = Rarity::kLost;
  spot.g = loss.g;
  spot.loss = loss;
  spot.time_ns = loss.time_ns;
  spot.seq = loss.seq;
  return spot;
}

const Spotlight& later(const Spotlight& a, const Spotlight& b) {
  if (b.rarity == Rarity::kNothing) return a;
  if (a.rarity == Rarity::kNothing) return b;
  if (a.time_ns != b.time_ns) return a.time_ns > b.time_ns ? a : b;
  return a.seq > b.seq ? a : b;
}

/// The newest GC, change of GOMAXPROCS or loss.
Spotlight newest_rare(const Model& model) {
  return later(
      later(about_stop(model.last_gc, Rarity::kGc), about_stop(model.last_resize, Rarity::kResize)),
      about_loss(model.last_loss));
}

Rarity rarity_of(const Operation& op) {
  switch (op.where) {
    case Where::kPrivate: return Rarity::kPrivate;
    case Where::kNew:
    case Where::kNil: return Rarity::kNew;
    case Where::kSteal:
    case Where::kOrphanSteal:
    case Where::kVictimPrivate:
    case Where::kVictimSteal: return Rarity::kSteal;
    default: return Rarity::kShared;
  }
}

/// Whether an event of the last moments, which a seek reads too.
bool is_known(const Model& model, std::int64_t time_ns, std::uint64_t seq) {
  return seq != 0 && seq + kToldEvents > model.seq && time_ns >= first_time_told_ns(model.time_ns);
}

/// The operation that has ended last, for a time in which nothing happens.
Spotlight newest_ended(const Model& model) {
  Spotlight spot;
  for (const GState& g : model.gs) {
    const Operation& op = g.last_op;
    if (op.kind == Operation::Kind::kNone || op.where == Where::kNone) continue;
    if (spot.rarity != Rarity::kNothing && op.end_ns <= spot.time_ns) continue;
    spot.rarity = rarity_of(op);
    spot.g = g.id;
    spot.op = op;
    spot.time_ns = op.end_ns;
  }
  return spot;
}

}  // namespace

const Robbery* Told::robbery_from(PId p) const {
  const auto found = std::ranges::find(robberies, p, &Robbery::from);
  return found == robberies.end() ? nullptr : &*found;
}

void Teller::start(const Model& model) {
  *this = Teller();
  since_ = model.seq;
  lost_ = model.totals.lost_sum();
}

void Teller::add(const Event& event, const Model& model) {
  note_beat(event);
  if (model.totals.lost_sum() != lost_) note_losses(event, model);
  if (event.kind < EventKind::kStopRequested && event.g.valid()) add_of_goroutine(event, model);
  note_step(event, model);
}

void Teller::note_step(const Event& event, const Model& model) {
  const EventInfo& info = info_of(event.kind);
  const bool stop = info.family == EventFamily::kStop;
  if (!stop && event.kind > EventKind::kStopRequested) return;
  if (stop && model.stop.cause == StopCause::kCheck) return;
  // Coming to a P and leaving it is no step of an operation.
  if (!stop && (!event.g.valid() || event.kind < EventKind::kStand)) return;
  // That a Put takes its object up is no more than its start.
  const bool moves =
      event.kind != EventKind::kPutBegin &&
      (info.moves == Moves::kAlways || (info.moves == Moves::kIfAny && event.object.valid()));
  latest_ = {stop ? GId::none() : event.g, moves, event.time_ns, event.seq};
  if (stop) return;
  const GState* g = model.gs.find(event.g);
  const bool stands = event.kind == EventKind::kStand || event.kind == EventKind::kLockWait ||
                      event.kind == EventKind::kAllPoolsWait;
  const bool under_way = g != nullptr && g->op.kind != Operation::Kind::kNone;
  const bool starts = event.kind == EventKind::kPutBegin;
  // A goroutine that stands still after its move has done nothing else: the move is still told.
  if (event.kind == EventKind::kStand && step_.moves && step_.g == event.g && stood_.seq == 0) {
    stood_ = latest_;
    return;
  }
  if (under_way ? moves || stands || starts : event.kind == EventKind::kGetEnd) {
    step_ = latest_;
    stood_ = {};
  }
}

void Teller::add_of_goroutine(const Event& event, const Model& model) {
  // A goroutine that ended with this event may be forgotten already.
  static const GState kForgotten;
  const GState* known = model.gs.find(event.g);
  const GState& g = known != nullptr ? *known : kForgotten;
  switch (event.kind) {
    case EventKind::kObjectMade:
      return note_move(event, elsewhere(Place::Kind::kUser), hand_of(event.g));
    case EventKind::kObjectHanded:
      return note_move(event, hand_of(event.giver()), hand_of(event.g));
    case EventKind::kPutBegin: return note_move(event, hand_of(event.g), flight_of(event.g));
    case EventKind::kGetEnd:
      if (event.object.valid()) return note_move(event, flight_of(event.g), hand_of(event.g));
      return note_fact(event, model, Rarity::kNew, g.last_op);
    case EventKind::kNewMade:
      note_move(event, elsewhere(Place::Kind::kNew), flight_of(event.g));
      return note_fact(event, model, Rarity::kNew, g.op);
    case EventKind::kRaceDrop: return note_fact(event, model, Rarity::kShared, g.op);
    case EventKind::kPrivateStore:
    case EventKind::kPrivateTake:
    case EventKind::kPrivateEmpty:
    case EventKind::kVictimPrivateTake:
    case EventKind::kVictimPrivateEmpty: return add_of_private(event, model, g);
    case EventKind::kSharedPush:
    case EventKind::kSharedPop:
    case EventKind::kTailPop: return add_of_shared(event, model, g);
    case EventKind::kDequeueMade:
    case EventKind::kDequeueUnlinked: return note_write(event, Field::kShared);
    case EventKind::kLocked:
    case EventKind::kUnlocked: return note_write(event, Field::kLock);
    default: return;
  }
}

void Teller::add_of_private(const Event& event, const Model& model, const GState& g) {
  note_write(event, Field::kPrivate);  // a miss writes nil all the same
  if (event.kind == EventKind::kPrivateStore) {
    note_move(event, flight_of(event.g), private_of(event));
    note_fact(event, model, Rarity::kPrivate, g.op);
  } else if (event.object.valid()) {
    note_move(event, private_of(event), flight_of(event.g));
    note_fact(event, model, rarity_of(g.op), g.op);
  }
}

void Teller::add_of_shared(const Event& event, const Model& model, const GState& g) {
  // The modern pool's objects lie in dequeues, not in the poolLocal.
  if (!modern(model)) note_write(event, Field::kShared);
  const std::size_t cells = cells_in(model, event);
  if (event.kind == EventKind::kSharedPush) {
    note_move(event, flight_of(event.g), shared_of(event, cells == 0 ? 0 : cells - 1));
  } else {
    const std::size_t cell = event.kind == EventKind::kTailPop ? 0 : cells;
    note_move(event, shared_of(event, cell), flight_of(event.g));
    if (g.op.where == Where::kSteal || g.op.where == Where::kOrphanSteal) note_robbery(event, g);
  }
  note_fact(event, model, rarity_of(g.op), g.op);
}

void Teller::note_beat(const Event& event) {
  const std::int64_t beat = event.time_ns / kBeat_ns;
  if (beats_.back().number == beat) return;
  std::ranges::rotate(beats_, beats_.begin() + 1);
  beats_.back() = {beat, event.seq};
}

void Teller::note_losses(const Event& event, const Model& model) {
  const std::uint64_t lost = model.totals.lost_sum();
  const std::size_t more =
      lost < lost_ ? 0 : std::min<std::size_t>(lost - lost_, model.lost.size());
  lost_ = lost;
  for (std::size_t i = model.lost.size() - more; i < model.lost.size(); ++i) {
    const LostObject& gone = model.lost[i];
    moves_.add({gone.object, gone.from, elsewhere(Place::Kind::kLost), gone.cause, event.g, event.p,
                event.time_ns, event.seq});
  }
}

void Teller::note_move(const Event& event, Place from, Place to) {
  moves_.add({event.object, from, to, {}, event.g, event.p, event.time_ns, event.seq});
}

void Teller::note_robbery(const Event& event, const GState& g) {
  if (!g.p.valid() || g.p.value == event.index) return;
  if (event.index >= robberies_.size()) robberies_.resize(event.index + std::size_t{1});
  robberies_[event.index] = {PId{event.index}, event.g, g.p, event.time_ns, event.seq};
}

void Teller::note_write(const Event& event, Field field) {
  writes_.add({event.array, event.index, field, event.p, event.time_ns, event.seq});
}

void Teller::note_fact(const Event& event, const Model& model, Rarity rarity, const Operation& op) {
  // Not when the event contradicts the model, which has left it out.
  if (op.kind == Operation::Kind::kNone || op.where == Where::kNone) return;
  newest_.rarity = rarity;
  newest_.g = event.g;
  newest_.op = op;
  newest_.time_ns = event.time_ns;
  newest_.seq = event.seq;
  if (op.where == Where::kOrphanSteal) rescue_ = newest_;
  if (takes_the_sentence(event.time_ns, rarity, held_until_ns(model))) chosen_ = newest_;
}

std::int64_t Teller::held_until_ns(const Model& model) const {
  std::int64_t rare_ns = kNever_ns;
  for (const StopState* stop : {&model.last_gc, &model.last_resize}) {
    if (stop->phase == StopState::Phase::kStarted) rare_ns = std::max(rare_ns, stop->started_ns);
  }
  if (model.last_loss.count != 0) rare_ns = std::max(rare_ns, model.last_loss.time_ns);
  if (is_known(model, rescue_.time_ns, rescue_.seq)) rare_ns = std::max(rare_ns, rescue_.time_ns);
  return rare_ns + kRareHold_ns;
}

bool Teller::takes_the_sentence(std::int64_t time_ns, Rarity rarity, std::int64_t free_ns) {
  constexpr std::int64_t kForRarer_ns = kSentenceHold_ns / 8;
  const bool alone = time_ns - fact_ns_ >= kSentenceHold_ns;
  fact_ns_ = time_ns;
  if (time_ns < free_ns) return false;
  if (!alone) {
    const std::int64_t period_ns = time_ns - time_ns % kPeriod_ns;
    // What an earlier period has given the sentence to has stood, but for one that was alone.
    const std::int64_t taken_ns = taken_ns_ >= period_ns ? taken_ns_ : alone_ns_;
    const std::int64_t from_ns = std::max({period_ns, taken_ns + kSentenceHold_ns, free_ns});
    if (time_ns < from_ns + (rarity == Rarity::kPrivate ? kForRarer_ns : 0)) return false;
    if (time_ns > period_ns + kPeriod_ns - kSentenceHold_ns) return false;
  } else {
    alone_ns_ = time_ns;
  }
  taken_ns_ = time_ns;
  return true;
}

bool Teller::beats_are_known(const Model& model) const {
  const std::int64_t oldest = first_time_told_ns(model.time_ns) / kBeat_ns;
  for (const Beat& beat : beats_) {
    if (beat.number >= 0 && beat.number >= oldest)
      return model.seq - beat.first_seq + 1 < kToldEvents;
  }
  return true;
}

Spotlight Teller::about(const Noted& noted, const Model& model) const {
  if (!is_known(model, noted.time_ns, noted.seq)) return {};
  Spotlight spot;
  spot.g = noted.g;
  spot.time_ns = noted.time_ns;
  spot.seq = noted.seq;
  if (!noted.g.valid()) {
    spot.rarity = model.stop.cause == StopCause::kGc ? Rarity::kGc : Rarity::kResize;
    spot.stop = model.stop;
    return spot;
  }
  const GState* g = model.gs.find(noted.g);
  if (g == nullptr) return {};
  spot.op = g->op.kind != Operation::Kind::kNone ? g->op : g->last_op;
  if (spot.op.kind == Operation::Kind::kNone) return {};
  spot.rarity = noted.moves ? rarity_of(spot.op) : Rarity::kStep;
  return spot;
}

Spotlight Teller::step(const Model& model, const Spotlight& rare) const {
  // Where a seek has not read the move it has read where it came to stand.
  const Spotlight move = about(step_, model);
  Spotlight now = move.rarity == Rarity::kNothing ? about(stood_, model) : move;
  const bool held = rare.rarity != Rarity::kNothing && model.time_ns - rare.time_ns < kRareHold_ns;
  if (now.rarity == Rarity::kNothing) return later(newest_ended(model), rare);
  // What moves an object is said at once, whatever was rare.
  if (held && (now.rarity == Rarity::kStep || rare.time_ns >= now.time_ns)) return rare;
  return now;
}

Spotlight Teller::spotlight(const Model& model) const {
  Spotlight rare = newest_rare(model);
  if (is_known(model, rescue_.time_ns, rescue_.seq)) rare = later(rare, rescue_);
  if (model.pacing == Pacing::kOneAtATime) return step(model, rare);
  if (rare.rarity != Rarity::kNothing && model.time_ns - rare.time_ns < kRareHold_ns) return rare;
  return fact(model, rare);
}

Spotlight Teller::fact(const Model& model, const Spotlight& rare) const {
  if (!beats_are_known(model)) {
    if (newest_.rarity != Rarity::kNothing && newest_.seq + kToldEvents > model.seq) return newest_;
  } else if (chosen_.rarity != Rarity::kNothing &&
             chosen_.time_ns / kPeriod_ns + 1 >= model.time_ns / kPeriod_ns) {
    return later(chosen_, rare);
  }
  return later(newest_ended(model), rare);
}

Told Teller::told(const Model& model) const {
  const auto now_or_lately = [&](const auto& value) {
    return value.seq != 0 && value.seq + kToldEvents > model.seq &&
           model.time_ns - value.time_ns < kToldFor_ns;
  };
  Told told;
  told.spotlight = spotlight(model);
  told.latest = about(latest_, model);
  if (told.latest.rarity == Rarity::kNothing) told.latest = told.spotlight;
  told.moves = moves_.those(now_or_lately);
  std::ranges::copy_if(robberies_, std::back_inserter(told.robberies), now_or_lately);
  told.writes = writes_.those(now_or_lately);
  return told;
}

}  // namespace poolscope
