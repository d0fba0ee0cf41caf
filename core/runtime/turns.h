#pragma once

// Who moves next where goroutines take turns.
//
// A turn is a move from one pace point to the next. After it comes a rest, by what the move has
// shown; then mostly the same goroutine moves again, until its operation ends. By the seed it is
// left standing half-way now and then, with what it holds: so others wait for its lock, a GC waits
// for its pin, and what it wants to put can be lost.
//
// After a GC, a resize and a loss all rest, while its sentence stands (told_rest.h).
//
// Thread safety: none of its own; Pace guards it.
// Invariants:
//  1. At most one goroutine has the turn.
//  2. A goroutine is given a turn only if it can go on at once: it is pinned, or a P is idle and no
//     stop-the-world is wanted. So none waits with the turn for what another would need it for.

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <list>
#include <vector>

#include "core/runtime/goroutine.h"
#include "core/runtime/holds.h"

namespace poolscope {

/// What can be seen of a move from one pace point to the next.
enum class Shown : std::uint8_t {
  kNothing,  // the user's own code: no rest
  kLittle,   // passed over quickly
  kFact,     // an object has moved, or something has been found out: it is told
  kRare,     // an array was dropped, or an object came to a dropped one or left it: all rest
};

/// A goroutine that stands.
struct Standing {
  Goroutine* g = nullptr;
  std::int64_t since_ns = 0;                    // session time
  std::chrono::steady_clock::time_point since;  // the host's
  bool pinned = false;
  bool in_operation = false;
  bool at_point = true;  // false: it wants to run, and is held where it comes next
  bool let_go = false;
};

class Turns {
 public:
  /// `holds` outlives the turns.
  explicit Turns(const Holds& holds) : holds_(holds) {}
  void seed(std::uint64_t seed);

  // Those that stand, in the order of arrival.
  Standing& arrive(const Standing& standing) { return standing_.emplace_back(standing); }
  void leave(const Standing& standing);
  [[nodiscard]] std::size_t standing() const { return standing_.size(); }

  /// Lets the one go that has stood longest.
  void let_oldest_go();

  [[nodiscard]] bool has_turn(const Goroutine& g) const { return holder_ == &g; }
  [[nodiscard]] bool taken() const { return holder_ != nullptr; }
  /// The holder's move has ended: it stands, at the end of its operation or half-way, or waits for
  /// something else. Whoever moves next, it is not before `rest_until_ns`.
  void end_move(const Standing& holder, std::int64_t rest_until_ns);
  void end_move(std::int64_t rest_until_ns);
  [[nodiscard]] std::int64_t rest_until_ns() const { return rest_until_ns_; }
  /// The rest of the last move ends at `until_ns` at the latest.
  void shorten_rest(std::int64_t until_ns) { rest_until_ns_ = std::min(rest_until_ns_, until_ns); }

  /// Before `until_ns` none moves but those that a viewer has sent; 0: the rest of all is over.
  void let_all_rest(std::int64_t until_ns) { all_rest_until_ns_ = until_ns; }
  [[nodiscard]] std::int64_t all_rest_until_ns() const { return all_rest_until_ns_; }

  /// Gives the turn, which is free, to the next that stands and can go on: whether there is one.
  /// Those that a viewer has sent come first; `only_sent`: nobody else.
  bool grant(bool only_sent);

  void begin_with(std::vector<GId> order);
  /// No turns any more: nothing of them is left.
  void forget();

 private:
  [[nodiscard]] Standing* choose();
  [[nodiscard]] Standing* find(const Goroutine* g);
  [[nodiscard]] Standing* next_of_opening();
  [[nodiscard]] bool opening_can_begin();

  [[nodiscard]] bool can_go_on(const Standing& standing) const;
  [[nodiscard]] Standing* next_for_new_p();
  [[nodiscard]] Standing* next_sent();

  const Holds& holds_;
  std::list<Standing> standing_;
  const Goroutine* holder_ = nullptr;
  const Goroutine* last_ = nullptr;  // that had the turn
  bool goes_on_ = false;             // last_ is to have it again
  std::int64_t rest_until_ns_ = 0;
  std::int64_t all_rest_until_ns_ = 0;
  std::vector<GId> opening_;  // what is left of it, the next one last
  bool opening_begun_ = false;
  Goroutine dice_;  // only its random numbers are used
};

}  // namespace poolscope
