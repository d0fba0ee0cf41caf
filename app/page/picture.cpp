#include "app/page/picture.h"

#include <algorithm>
#include <string>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/views/stage/old_arrays.h"
#include "app/views/stage/scene.h"
#include "app/views/stage/seating.h"
#include "app/views/words/activity.h"
#include "app/views/words/lock_words.h"
#include "app/views/words/sentence.h"
#include "app/views/words/words.h"

namespace poolscope::page {
namespace {

using nlohmann::json;

/// The pool whose array the sentences are about, as in the window where nobody has chosen one.
constexpr PoolId kTold{0};

std::array<std::uint64_t, kOutcomes> counts_of(const HitCounts& hits) {
  return {hits.from_private, hits.from_shared, hits.from_steal,
          hits.from_victim,  hits.from_new,    hits.nil};
}

/// The number of `value`: of the one that is known, or of the end of `list`.
template <class T>
std::uint32_t number_in(std::map<T, std::uint32_t>& numbers, std::vector<T>& list, const T& value) {
  const auto [at, added] = numbers.emplace(value, static_cast<std::uint32_t>(list.size() + 1));
  if (added) list.push_back(value);
  return at->second;
}

}  // namespace

void Picture::set(What what, std::uint64_t index, std::uint64_t value) {
  auto& numbers = numbers_[static_cast<std::size_t>(what)];
  const auto known = numbers.find(index);
  // A field has no number before it has a value.
  if (known == numbers.end() && value == 0) return;
  std::uint32_t number = 0;
  if (known == numbers.end()) {
    number = static_cast<std::uint32_t>(fields_.size());
    numbers.emplace(index, number);
    fields_.push_back({what, index, 0, 0});
  } else {
    number = known->second;
  }
  Field& field = fields_[number];
  field.seen = state_;
  if (field.value == value) return;
  field.value = value;
  changes_.emplace_back(number, value);
}

FieldChanges Picture::update(const Model& model, const Told& told) {
  changes_.clear();
  ++state_;
  update_texts(model, told);
  update_gc(model);
  update_totals(model.totals, model);
  update_pools(model);
  update_seats(model);
  update_arrays(model);
  // What is no more: a goroutine, an array.
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    if (fields_[i].seen == state_ || fields_[i].value == 0) continue;
    fields_[i].value = 0;
    changes_.emplace_back(static_cast<std::uint32_t>(i), 0);
  }
  return changes_;
}

void Picture::update_texts(const Model& model, const Told& told) {
  set(What::kSentence, 0,
      say([&] { return views::sentence_of(model, told.spotlight, {}, kTold); }));
  set(What::kStepText, 0, say([&] { return views::sentence_of(model, told.latest, {}, kTold); }));
  set(What::kToldG, 0, told.spotlight.g.valid() ? std::uint64_t{told.spotlight.g.value} + 1 : 0);
  set(What::kStepG, 0, told.latest.g.valid() ? std::uint64_t{told.latest.g.value} + 1 : 0);
  set(What::kBanner, 0, say([&] { return views::banner_of(model, model.time_ns, kTold); }));
}

void Picture::update_gc(const Model& model) {
  const StopState* gc = views::newest_gc(model);
  if (gc == nullptr) return;
  set(What::kGc, 0, 2 * gc->number + (gc->phase == StopState::Phase::kStopped ? 1 : 0));
  set(What::kGcText, 0, say([&] { return views::gc_text(model.config.pool); }));
}

void Picture::update_totals(const Totals& totals, const Model& model) {
  set(What::kProcs, 0, model.procs);
  set(What::kCreated, 0, totals.created);
  set(What::kInUse, 0, totals.in_use);
  set(What::kInFlight, 0, totals.in_flight);
  set(What::kPooled, 0, totals.pooled);
  set(What::kDropped, 0, totals.dropped());
  set(What::kAgain, 0, totals.again);
  set(What::kDivergences, 0, model.divergences);
}

std::uint64_t Picture::shape_of(const Model& model, PoolId pool) {
  layout::StageShape shape = views::stage_shape(model, pool);
  // A stage that is divided anew because a number has a digit more is of no use to a reader.
  constexpr std::size_t kUsualDigits = 4;
  shape.digits = std::max(shape.digits, kUsualDigits);
  const auto known = std::ranges::find(shapes_, shape);
  if (known != shapes_.end()) return static_cast<std::uint64_t>(known - shapes_.begin()) + 1;
  shapes_.push_back(shape);
  return shapes_.size();
}

void Picture::update_pools(const Model& model) {
  for (const PoolState& pool : model.pools) {
    set(What::kShape, pool.id.value, shape_of(model, pool.id));
    set(What::kLocal, pool.id.value, pool.local.valid() ? pool.local.value : 0);
    set(What::kVictim, pool.id.value, pool.victim.valid() ? pool.victim.value : 0);
    const ArrayState* local = model.local_of(pool.id);
    const ArrayState* victim = model.victim_of(pool.id);
    set(What::kSlots, pool.id.value, local == nullptr ? 0 : local->locals.size());
    set(What::kVictimSlots, pool.id.value, victim == nullptr ? 0 : victim->locals.size());
  }
}

std::uint64_t Picture::activity_of(const Model& model, PId p, GId g) {
  auto& [of, number] = seated_[p];
  const GState* state = model.gs.find(g);
  if (number != 0 && of.second == model.procs && of.first.has_value() == (state != nullptr) &&
      (state == nullptr || *of.first == *state)) {
    return number;
  }
  of = {state == nullptr ? std::nullopt : std::optional(*state), model.procs};
  const std::uint32_t text = say([&] { return views::activity_of(model, g).text; });
  const Activity activity{static_cast<int>(views::activity_of(model, g).kind), text,
                          state != nullptr && state->pinned};
  number = number_in(activity_numbers_, activities_, activity);
  return number;
}

void Picture::update_seats(const Model& model) {
  const views::Seating seating = views::seating_of(model);
  for (std::size_t i = 0; i < seating.at.size(); ++i) {
    const views::Seat& seat = seating.at[i];
    const PId p{static_cast<std::uint16_t>(i)};
    set(What::kSeat, i,
        seat.g.valid() ? 2 * (std::uint64_t{seat.g.value} + 1) + (seat.running ? 1 : 0) : 0);
    set(What::kActivity, i, activity_of(model, p, seat.g));
    const auto counts = counts_of(model.ps[i].hits);
    for (std::size_t k = 0; k < kOutcomes; ++k) set(What::kGets, i * kOutcomes + k, counts[k]);
  }
  const auto away = [&](const std::vector<GId>& gs, Away why) {
    for (const GId g : gs) set(What::kAway, g.value, static_cast<std::uint64_t>(why));
  };
  away(seating.locked_out, Away::kLockedOut);
  away(seating.without_p, Away::kWithoutP);
  away(seating.asleep, Away::kAsleep);
  for (const GState& g : model.gs) {
    if (g.status == GState::Status::kAbsent && !g.hand.empty()) away({g.id}, Away::kEnded);
  }
}

std::uint64_t Picture::lock_of(const LockState& lock) {
  if (!views::taken(lock)) return 0;
  const std::uint32_t text = say([&] { return views::lock_texts(lock).front(); });
  return number_in(lock_numbers_, locks_, Lock{!lock.waiters.empty(), text});
}

std::uint64_t Picture::chain_of(std::uint64_t place, const LocalState& local) {
  auto& [of, number] = chains_[place];
  if (of == local.chain) return number;
  of = local.chain;
  std::string text;
  for (const DequeueState& d : local.chain) {
    if (d.unlinked) continue;
    text += (text.empty() ? "" : " ") + fmt::format("{}/{}", d.count, d.length);
  }
  number = say([&] { return text; });
  return number;
}

void Picture::update_arrays(const Model& model) {
  for (const auto& [id, array] : model.arrays) {
    const bool old = array.status == ArrayState::Status::kDropped;
    if (old) set(What::kOldArray, id.value, say([&] { return views::old_array_text({&array}); }));
    for (std::size_t i = 0; i < array.locals.size(); ++i) {
      const std::uint64_t place = place_index(id, i);
      set(What::kLock, place, lock_of(array.locals[i].lock));
      set(What::kChain, place, chain_of(place, array.locals[i]));
    }
  }
}

json Picture::fields() const {
  json list = json::array();
  for (const Field& field : fields_) {
    list.push_back({static_cast<int>(field.what), field.index});
  }
  return list;
}

json Picture::activities() const {
  json list = json::array();
  for (const Activity& a : activities_) list.push_back({a.kind, a.text, a.pinned ? 1 : 0});
  return list;
}

json Picture::locks() const {
  json list = json::array();
  for (const Lock& lock : locks_) list.push_back({lock.contended ? 1 : 0, lock.text});
  return list;
}

}  // namespace poolscope::page
