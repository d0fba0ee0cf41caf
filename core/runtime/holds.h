#pragma once

// Goroutines that a viewer holds: each stands at its next pace point, with what it holds, until it
// is sent on or let go. All others go on as they would.
//
// Thread safety: none of its own; Pace guards it.
// Invariants: one that is sent on is held again where its way ends.

#include <cstdint>
#include <map>
#include <optional>
#include <set>

#include "core/base/ids.h"

namespace poolscope {

/// How far a goroutine is sent.
struct Way {
  enum class To : std::uint8_t { kNextPoint, kPoint, kEndOfOperation };
  To to = To::kNextPoint;
  std::uint8_t point = 0;  // kPoint: the number of the pace point
  bool operator==(const Way&) const = default;
};

class Holds {
 public:
  void hold(GId g) { held_.insert(g); }
  void let_go(GId g) {
    held_.erase(g);
    ways_.erase(g);
  }
  /// Holds `g` too. It has only just begun where it stands at such a place already.
  void send(GId g, Way way) {
    hold(g);
    ways_[g] = way;
  }

  /// `g` has come to the pace point `point`: whether its way ends here.
  bool arrive(GId g, std::uint8_t point, bool in_operation) {
    const auto way = ways_.find(g);
    if (way == ways_.end()) return false;
    const bool there = way->second.to == Way::To::kNextPoint ||
                       (way->second.to == Way::To::kPoint && way->second.point == point) ||
                       (way->second.to == Way::To::kEndOfOperation && !in_operation);
    if (there) ways_.erase(way);
    return there;
  }

  [[nodiscard]] bool any() const { return !held_.empty(); }
  [[nodiscard]] const std::set<GId>& held() const { return held_; }
  /// Sent on, and not there yet.
  [[nodiscard]] bool is_sent(GId g) const { return ways_.contains(g); }
  [[nodiscard]] bool any_sent() const { return !ways_.empty(); }
  /// Whether it is to stay where it stands.
  [[nodiscard]] bool stays(GId g) const { return held_.contains(g) && !is_sent(g); }

 private:
  std::set<GId> held_;
  std::map<GId, Way> ways_;  // of those that are sent
};

}  // namespace poolscope
