#include "app/page/places.h"

#include <algorithm>
#include <set>
#include <utility>

#include <nlohmann/json.hpp>

namespace poolscope::page {
namespace {

using nlohmann::json;
using Objects = std::vector<ObjectId>;

/// A place whose list has changed.
struct Changed {
  std::uint32_t place = 0;
  Objects before;
  Objects after;
};

/// Those of `from` that are not in `others`, in the order of `from`; what stands twice counts
/// twice.
Objects without(const Objects& from, Objects others) {
  Objects rest;
  for (const ObjectId object : from) {
    const auto same = std::ranges::find(others, object);
    if (same == others.end()) {
      rest.push_back(object);
    } else {
      others.erase(same);
    }
  }
  return rest;
}

/// What takes one object after the other out of the lists and puts it to the end of others.
std::vector<Step> steps_of(const std::vector<Changed>& changed) {
  std::vector<Step> steps;
  std::multimap<ObjectId, std::uint32_t> left;
  for (const Changed& place : changed) {
    for (const ObjectId object : without(place.before, place.after)) {
      left.emplace(object, place.place);
    }
  }
  for (const Changed& place : changed) {
    for (const ObjectId object : without(place.after, place.before)) {
      const auto from = left.find(object);
      steps.push_back({object, from == left.end() ? 0 : from->second, place.place});
      if (from != left.end()) left.erase(from);
    }
  }
  for (const auto& [object, place] : left) steps.push_back({object, place, 0});
  return steps;
}

/// Where the steps lead.
Objects after_steps(const Changed& place, const std::vector<Step>& steps) {
  Objects list = place.before;
  for (const Step& step : steps) {
    if (step.from == place.place) {
      const auto at = std::ranges::find(list, step.object);
      if (at != list.end()) list.erase(at);
    }
    if (step.to == place.place) list.push_back(step.object);
  }
  return list;
}

json fields_of(const Spot& spot) {
  const auto kind = static_cast<int>(spot.kind);
  switch (spot.kind) {
    case Spot::Kind::kPrivate:
    case Spot::Kind::kShared: return {kind, spot.pool.value, spot.array.value, spot.index};
    case Spot::Kind::kOrphans: return {kind, spot.pool.value, spot.array.value};
    case Spot::Kind::kHand:
    case Spot::Kind::kFlight: return {kind, spot.g.value};
    case Spot::Kind::kOutside: break;
  }
  return json::array({kind});
}

}  // namespace

std::uint32_t Places::number_of(const Spot& spot) {
  const auto [at, added] = numbers_.emplace(spot, static_cast<std::uint32_t>(spots_.size() + 1));
  if (added) {
    spots_.push_back(spot);
    lists_.emplace_back();
  }
  return at->second;
}

PlaceChanges Places::update(const Model& model) {
  std::vector<Changed> changed;
  std::vector<bool> there(lists_.size(), false);
  const auto take = [&](std::uint32_t place, std::span<const ObjectId> objects) {
    Objects& list = lists_[place - 1];
    if (std::ranges::equal(list, objects)) return;
    Changed change{place, list, Objects(objects.begin(), objects.end())};
    list = change.after;
    changed.push_back(std::move(change));
  };
  each_place(model, [&](const Spot& spot, std::span<const ObjectId> objects) {
    // A place has no number before something lies in it.
    const auto known = numbers_.find(spot);
    if (known == numbers_.end() && objects.empty()) return;
    const std::uint32_t place = known == numbers_.end() ? number_of(spot) : known->second;
    if (place <= there.size()) there[place - 1] = true;
    take(place, objects);
  });
  // An array that nobody reaches any more is gone, with what lay in it.
  for (std::size_t i = 0; i < there.size(); ++i) {
    if (!there[i]) take(static_cast<std::uint32_t>(i + 1), {});
  }
  PlaceChanges changes{steps_of(changed), {}};
  for (const Changed& place : changed) {
    if (after_steps(place, changes.steps) != place.after) {
      changes.anew.push_back({place.place, place.after});
    }
  }
  return changes;
}

json Places::spots() const {
  json list = json::array();
  for (const Spot& spot : spots_) list.push_back(fields_of(spot));
  return list;
}

}  // namespace poolscope::page
