#include "core/session/place_counts.h"

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "core/trace/event_table.h"

namespace poolscope {

void PlaceCounts::start(const Model& first, std::int64_t now_ns) { count_all(first, now_ns); }

void PlaceCounts::add(const Event& event, const Model& model, std::int64_t now_ns) {
  const EventInfo& info = info_of(event.kind);
  if (info.index == IndexMeans::kPlace && info.moves != Moves::kNever) {
    count_place(event.index, model, now_ns);
  } else if (info.family == EventFamily::kArray || info.family == EventFamily::kCleanup) {
    count_all(model, now_ns);
  }
}

void PlaceCounts::count_in(Lying& lying, const ArrayState* array, std::size_t place, bool victim) {
  if (array == nullptr || place >= array->locals.size()) return;
  const LocalState& local = array->locals[place];
  const std::uint64_t in_private = local.private_object.valid() ? 1 : 0;
  if (victim) {
    lying.in_victim += in_private + local.shared.size();
  } else {
    lying.in_private += in_private;
    lying.in_shared += local.shared.size();
  }
}

PlaceCounts::Lying PlaceCounts::lying_at(const Model& model, std::size_t place) {
  Lying lying;
  for (const PoolState& pool : model.pools) {
    count_in(lying, model.array(pool.local), place, false);
    count_in(lying, model.array(pool.victim), place, true);
  }
  return lying;
}

void PlaceCounts::count_all(const Model& model, std::int64_t now_ns) {
  std::size_t places = counted_.size();
  for (const auto& [id, array] : model.arrays) places = std::max(places, array.locals.size());
  for (std::size_t place = 0; place < places; ++place) count_place(place, model, now_ns);
}

void PlaceCounts::count_place(std::size_t place, const Model& model, std::int64_t now_ns) {
  if (place >= counted_.size()) counted_.resize(place + 1);
  const Lying lying = lying_at(model, place);
  if (lying == counted_[place]) return;
  counted_[place] = lying;
  std::string args =
      fmt::format(R"({{"private":{},"shared":{})", lying.in_private, lying.in_shared);
  if (model.config.pool == PoolKind::kModern) {
    args += fmt::format(R"(,"victim":{})", lying.in_victim);
  }
  trace_.counter(process_, fmt::format("P{}", place), now_ns, args + "}");
}

}  // namespace poolscope
