#pragma once

// Which objects lie where, as lists by the number of the place, and what has changed in them from
// one state to the next. The page applies the changes and knows nothing of pools: whatever happens,
// it takes an object out of one list and puts it at the end of another.
//
// Thread safety: none of its own.
// Invariants: a place keeps its number; 0 is no place. The changes of all states so far, applied in
// their order, give the lists of the last one.

#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/base/ids.h"
#include "core/model/model.h"

namespace poolscope::page {

/// A place that holds objects.
struct Spot {
  enum class Kind : std::uint8_t {
    kPrivate,
    kShared,   // the oldest first
    kOrphans,  // put into the array after it was dropped
    kHand,     // the oldest first
    kFlight,   // what the operation under way holds
    kOutside,  // in use by somebody, where hands are not known
  };
  Kind kind = Kind::kPrivate;
  PoolId pool;              // kPrivate, kShared, kOrphans
  ArrayId array;            // the same
  std::uint32_t index = 0;  // kPrivate, kShared: the place in the array
  GId g;                    // kHand, kFlight
  auto operator<=>(const Spot&) const = default;
};

/// Hands each place of the model that may hold objects, and those that it holds, to
/// take(spot, objects). What is said of an object's place is said here and nowhere else.
template <class Take>
void each_place(const Model& model, Take take) {
  for (const auto& [id, array] : model.arrays) {
    for (std::size_t i = 0; i < array.locals.size(); ++i) {
      const LocalState& local = array.locals[i];
      const auto index = static_cast<std::uint32_t>(i);
      const std::span<const ObjectId> one(&local.private_object,
                                          local.private_object.valid() ? 1U : 0U);
      take(Spot{Spot::Kind::kPrivate, array.pool, id, index, GId::none()}, one);
      take(Spot{Spot::Kind::kShared, array.pool, id, index, GId::none()},
           std::span<const ObjectId>(local.shared.cells()));
    }
    take(Spot{Spot::Kind::kOrphans, array.pool, id, 0, GId::none()},
         std::span<const ObjectId>(array.orphans));
  }
  for (const GState& g : model.gs) {
    const std::span<const ObjectId> one(&g.in_flight, g.in_flight.valid() ? 1U : 0U);
    take(Spot{Spot::Kind::kFlight, PoolId::none(), ArrayId::none(), 0, g.id}, one);
    take(Spot{Spot::Kind::kHand, PoolId::none(), ArrayId::none(), 0, g.id},
         std::span<const ObjectId>(g.hand));
  }
  take(Spot{Spot::Kind::kOutside, PoolId::none(), ArrayId::none(), 0, GId::none()},
       std::span<const ObjectId>(model.outside));
}

/// An object leaves the list of `from` and comes to the end of that of `to`; 0: it was or will be
/// in none.
struct Step {
  ObjectId object;
  std::uint32_t from = 0;
  std::uint32_t to = 0;
};

/// The list of a place anew, where steps do not lead to it.
struct Anew {
  std::uint32_t place = 0;
  std::vector<ObjectId> objects;
};

struct PlaceChanges {
  std::vector<Step> steps;
  std::vector<Anew> anew;  // after the steps
};

class Places {
 public:
  /// Takes in the next state.
  PlaceChanges update(const Model& model);

  /// From number 1 on, each as [kind, ...]: see assets/page/state.js.
  [[nodiscard]] nlohmann::json spots() const;

 private:
  using Objects = std::vector<ObjectId>;

  std::uint32_t number_of(const Spot& spot);

  std::map<Spot, std::uint32_t> numbers_;
  std::vector<Spot> spots_;     // by number - 1
  std::vector<Objects> lists_;  // the same
};

}  // namespace poolscope::page
