#include "core/model/reduction.h"

namespace poolscope::reduction {
namespace {

/// The newest `kept` of a list, oldest first; no allocation once it is full.
template <class T>
void push_newest(std::vector<T>& list, std::size_t kept, const T& value) {
  if (list.capacity() < kept) list.reserve(kept);
  if (list.size() == kept) {
    std::move(list.begin() + 1, list.end(), list.begin());
    list.back() = value;
  } else {
    list.push_back(value);
  }
}

bool is_orphan(const ArrayState& array, ObjectId object) {
  return std::ranges::find(array.orphans, object) != array.orphans.end();
}

}  // namespace

PoolState* pool_of(Model& m, const Event& e) {
  if (e.index < m.pools.size()) return &m.pools[e.index];
  diverge(m, e, "there is no pool {}", e.index);
  return nullptr;
}

Slot slot_of(Model& m, const Event& e) {
  ArrayState* array = array_of(m, e.array);
  if (array == nullptr) {
    diverge(m, e, "{} is not there any more, or never was", name_of(e.array));
    return {};
  }
  if (e.index >= array->locals.size()) {
    diverge(m, e, "{} has {} slots, none is {}", name_of(e.array), array->locals.size(), e.index);
    return {};
  }
  return {array, &array->locals[e.index]};
}

void put_in_flight(Model& m, const Event& e, GState& g) {
  if (g.in_flight.valid()) {
    diverge(m, e, "{} comes into flight at G{}, where {} is already", name_of(e.object), e.g.value,
            name_of(g.in_flight));
    take_from(m.totals.in_flight);
  }
  g.in_flight = e.object;
  ++m.totals.in_flight;
}

void take_from_flight(Model& m, const Event& e, GState& g) {
  if (g.in_flight != e.object) {
    diverge(m, e, "{} leaves the flight at G{}, where the model has {}", name_of(e.object),
            e.g.value, name_of(g.in_flight));
  }
  if (g.in_flight.valid()) take_from(m.totals.in_flight);
  g.in_flight = ObjectId::none();
}

void come_into_use(Model& m, const Event& e, GState& g) {
  if (m.config.details.hands) {
    g.hand.push_back(e.object);
    return;
  }
  // A quarter at once: each is then moved a few times at most.
  constexpr std::ptrdiff_t kForgotten = kOutsideKept / 4;
  if (m.outside.size() == kOutsideKept) {
    m.outside.erase(m.outside.begin(), m.outside.begin() + kForgotten);
  }
  m.outside.push_back(e.object);
}

bool go_out_of_use(Model& m, const Event& e, GState& g) {
  std::vector<ObjectId>& objects = m.config.details.hands ? g.hand : m.outside;
  // Those that are put are mostly those that were got last.
  const auto newest = std::find(objects.rbegin(), objects.rend(), e.object);
  if (newest != objects.rend()) {
    objects.erase(std::next(newest).base());
    return true;
  }
  return !m.config.details.hands && m.totals.in_use > m.outside.size();
}

void note_loss(Model& m, const Event& e, const ArrayState& array, LostCause cause, ObjectId object,
               std::uint64_t count) {
  m.last_loss = {object, array.pool, cause, array.id, e.g, e.p, count, e.time_ns, e.seq};
}

std::size_t places_of(const Model& m, ObjectId object) {
  std::size_t count = 0;
  for (const GState& g : m.gs) {
    count += static_cast<std::size_t>(std::ranges::count(g.hand, object));
    if (g.in_flight == object) ++count;
  }
  count += static_cast<std::size_t>(std::ranges::count(m.outside, object));
  for (const auto& [id, array] : m.arrays) {
    for (const LocalState& local : array.locals) {
      count += static_cast<std::size_t>(std::ranges::count(local.shared.cells(), object));
      if (local.private_object == object) ++count;
    }
  }
  return count;
}

void put_again(Model& m, ObjectId object) {
  ++m.totals.again;
  std::erase_if(m.lost, [object](const LostObject& lost) { return lost.object == object; });
}

void lose(Model& m, const Event& e, ObjectId object, PoolId pool, LostCause cause, Place from) {
  if (m.totals.again != 0 && places_of(m, object) != 0) return take_from(m.totals.again);
  ++m.totals.lost[static_cast<std::size_t>(cause)];
  push_newest(m.lost, kLostKept, LostObject{object, pool, cause, e.time_ns, from});
}

std::uint64_t objects_in(const ArrayState& array) {
  std::uint64_t count = 0;
  for (const LocalState& local : array.locals) {
    count += (local.private_object.valid() ? 1U : 0U) + local.shared.size();
  }
  return count;
}

std::uint64_t lose_contents(Model& m, const Event& e, ArrayState& array) {
  const std::uint64_t count = objects_in(array);
  take_from(total_in(m, array), count);
  for (std::size_t i = 0; i < array.locals.size(); ++i) {
    LocalState& local = array.locals[i];
    const auto lose_one = [&](ObjectId object, Place from) {
      lose(m, e, object, array.pool,
           is_orphan(array, object) ? LostCause::kOrphan : array.dropped_by, from);
    };
    if (local.private_object.valid()) {
      lose_one(std::exchange(local.private_object, {}), private_of(array.id, i));
    }
    // One that is in two cells is lost with the second.
    for (std::size_t c = 0; !local.shared.empty(); ++c) {
      const ObjectId object = local.shared.oldest();
      local.shared.pop_oldest();
      lose_one(object, shared_of(array.id, i, c));
    }
    local.chain.clear();
  }
  array.orphans.clear();
  return count;
}

}  // namespace poolscope::reduction
