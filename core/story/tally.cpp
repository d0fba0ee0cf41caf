#include "core/story/tally.h"

#include <algorithm>
#include <functional>
#include <numeric>

namespace poolscope {

std::optional<GetFrom> get_from(Where where) {
  switch (where) {
    case Where::kPrivate: return GetFrom::kPrivate;
    case Where::kShared: return GetFrom::kOwnShared;
    case Where::kSteal:
    case Where::kOrphanSteal: return GetFrom::kSteal;
    case Where::kVictimPrivate: return GetFrom::kVictimPrivate;
    case Where::kVictimSteal: return GetFrom::kVictimShared;
    case Where::kNew: return GetFrom::kNew;
    case Where::kNil: return GetFrom::kNil;
    case Where::kNone:
    case Where::kOrphan:
    case Where::kDropped: break;
  }
  return std::nullopt;
}

std::optional<PutTo> put_to(Where where) {
  switch (where) {
    case Where::kPrivate: return PutTo::kPrivate;
    case Where::kShared: return PutTo::kShared;
    case Where::kOrphan: return PutTo::kDroppedArray;
    case Where::kDropped: return PutTo::kDice;
    default: return std::nullopt;
  }
}

std::string_view word_of(GetFrom from) {
  static constexpr std::array<std::string_view, kGetSources> kWords = {
      "private", "own_shared", "steal", "victim_private", "victim_shared", "new", "nil"};
  return kWords[static_cast<std::size_t>(from)];
}

std::string_view word_of(PutTo to) {
  static constexpr std::array<std::string_view, kPutPlaces> kWords = {"private", "shared", "orphan",
                                                                      "race_drop"};
  return kWords[static_cast<std::size_t>(to)];
}

std::uint64_t Counts::gets() const {
  return std::accumulate(from.begin(), from.end(), std::uint64_t{0});
}
std::uint64_t Counts::puts() const {
  return std::accumulate(to.begin(), to.end(), std::uint64_t{0});
}

Counts& Counts::operator+=(const Counts& other) {
  for (std::size_t i = 0; i < from.size(); ++i) from[i] += other.from[i];
  for (std::size_t i = 0; i < to.size(); ++i) to[i] += other.to[i];
  new_soon_after_gc += other.new_soon_after_gc;
  dropped_by_gc += other.dropped_by_gc;
  dropped_by_grow += other.dropped_by_grow;
  lock_waits += other.lock_waits;
  lock_wait_ns += other.lock_wait_ns;
  longest_lock_wait_ns = std::max(longest_lock_wait_ns, other.longest_lock_wait_ns);
  stolen += other.stolen;
  getters += other.getters;
  putters += other.putters;
  out += other.out;
  held_up_stops += other.held_up_stops;
  return *this;
}

Counts& CountsByNumber::operator[](std::uint16_t number) {
  const auto it = std::ranges::lower_bound(rows_, number, {}, &Row::number);
  if (it != rows_.end() && it->number == number) return it->counts;
  return rows_.insert(it, Row{number, {}})->counts;
}

const Counts* CountsByNumber::find(std::uint16_t number) const {
  const auto it = std::ranges::lower_bound(rows_, number, {}, &Row::number);
  return it != rows_.end() && it->number == number ? &it->counts : nullptr;
}

std::vector<const CountsByNumber::Row*> CountsByNumber::by_gets() const {
  std::vector<const Row*> sorted;
  sorted.reserve(rows_.size());
  for (const Row& row : rows_) sorted.push_back(&row);
  std::ranges::stable_sort(sorted, std::greater(),
                           [](const Row* row) { return row->counts.gets(); });
  return sorted;
}

CountsByNumber& CountsByNumber::operator+=(const CountsByNumber& other) {
  for (const Row& row : other.rows_) (*this)[row.number] += row.counts;
  return *this;
}

void StopSums::add(const StopRecord& stop) {
  ++count;
  if (!stop.waited_for.empty()) ++waited;
  wait_ns += stop.wait_ns;
  stopped_ns += stop.stopped_ns;
  longest_stopped_ns = std::max(longest_stopped_ns, stop.stopped_ns);
  if (!longest_wait || stop.wait_ns > longest_wait->wait_ns) longest_wait = stop;
}

StopSums& StopSums::operator+=(const StopSums& other) {
  count += other.count;
  waited += other.waited;
  wait_ns += other.wait_ns;
  stopped_ns += other.stopped_ns;
  longest_stopped_ns = std::max(longest_stopped_ns, other.longest_stopped_ns);
  if (other.longest_wait &&
      (!longest_wait || other.longest_wait->wait_ns > longest_wait->wait_ns)) {
    longest_wait = other.longest_wait;
  }
  return *this;
}

Tally& Tally::operator+=(const Tally& later) {
  all += later.all;
  by_p += later.by_p;
  by_pool += later.by_pool;
  made_by_new += later.made_by_new;
  made_by_user += later.made_by_user;
  all_pools_mu += later.all_pools_mu;
  gc += later.gc;
  resize += later.resize;
  pooled = later.pooled;
  most_pooled = std::max(most_pooled, later.most_pooled);
  in_use = later.in_use;
  return *this;
}

}  // namespace poolscope
