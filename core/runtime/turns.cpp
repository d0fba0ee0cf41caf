#include "core/runtime/turns.h"

#include <algorithm>
#include <utility>

#include "core/runtime/scheduler.h"

namespace poolscope {
namespace {

/// Of so many moves within an operation one is the last for a while.
constexpr std::uint32_t kLeftHalfWayOneIn = 9;

}  // namespace

void Turns::seed(std::uint64_t seed) { dice_.random = seed * 0x9E3779B97F4A7C15ULL | 1U; }

bool Turns::can_go_on(const Standing& standing) const {
  if (standing.let_go || (standing.at_point && holds_.stays(standing.g->id))) return false;
  const Scheduler& scheduler = *standing.g->scheduler;
  return standing.pinned || (!scheduler.stop_wanted() && scheduler.has_idle_p());
}

void Turns::leave(const Standing& standing) {
  standing_.remove_if([&](const Standing& other) { return &other == &standing; });
}

void Turns::let_oldest_go() {
  const auto next = std::ranges::find_if(
      standing_, [this](const Standing& s) { return !s.let_go && !holds_.stays(s.g->id); });
  if (next != standing_.end()) next->let_go = true;
}

void Turns::end_move(const Standing& holder, std::int64_t rest_until_ns) {
  end_move(rest_until_ns);
  const bool opening = !opening_.empty();
  if (opening && !holder.in_operation && opening_.back() == holder.g->id) opening_.pop_back();
  goes_on_ = holder.in_operation && (opening || dice_.next_random() % kLeftHalfWayOneIn != 0);
}

void Turns::end_move(std::int64_t rest_until_ns) {
  last_ = std::exchange(holder_, nullptr);
  goes_on_ = false;
  rest_until_ns_ = rest_until_ns;
}

bool Turns::grant(bool only_sent) {
  Standing* next = next_sent();
  if (next == nullptr && !only_sent) next = choose();
  if (next == nullptr) return false;
  next->let_go = true;
  holder_ = next->g;
  return true;
}

Standing* Turns::choose() {
  if (!opening_can_begin()) return nullptr;
  if (Standing* next = next_for_new_p()) return next;
  if (goes_on_) {
    if (Standing* same = find(last_)) return same;
  }
  if (Standing* next = next_of_opening()) return next;
  std::vector<Standing*> able;
  for (Standing& standing : standing_) {
    if (can_go_on(standing) && standing.g != last_) able.push_back(&standing);
  }
  if (able.empty()) return find(last_);
  return able[dice_.next_random() % able.size()];
}

Standing* Turns::next_sent() {
  const auto next = std::ranges::find_if(
      standing_, [this](const Standing& s) { return holds_.is_sent(s.g->id) && can_go_on(s); });
  return next != standing_.end() ? &*next : nullptr;
}

/// After a grow: one that starts an operation, which then starts on the new P.
Standing* Turns::next_for_new_p() {
  const auto next = std::ranges::find_if(standing_, [this](const Standing& s) {
    return !s.in_operation && s.g->scheduler->has_new_p() && can_go_on(s);
  });
  return next != standing_.end() ? &*next : nullptr;
}

Standing* Turns::find(const Goroutine* g) {
  const auto found = std::ranges::find(standing_, g, &Standing::g);
  return found != standing_.end() && can_go_on(*found) ? &*found : nullptr;
}

Standing* Turns::next_of_opening() {
  while (!opening_.empty()) {
    const auto next = std::ranges::find_if(
        standing_, [this](const Standing& s) { return s.g->id == opening_.back(); });
    // One that is kept from its turn loses it: the others need not wait.
    if (next != standing_.end()) return can_go_on(*next) ? &*next : nullptr;
    opening_.pop_back();
  }
  return nullptr;
}

bool Turns::opening_can_begin() {
  // Threads start in any order: the first turn is given when all are there.
  opening_begun_ =
      opening_begun_ || std::ranges::all_of(opening_, [this](GId id) {
        return std::ranges::any_of(standing_, [id](const Standing& s) { return s.g->id == id; });
      });
  return opening_begun_;
}

void Turns::begin_with(std::vector<GId> order) {
  opening_ = std::move(order);
  std::ranges::reverse(opening_);
  opening_begun_ = false;
}

void Turns::forget() {
  holder_ = nullptr;
  last_ = nullptr;
  goes_on_ = false;
  rest_until_ns_ = 0;
  all_rest_until_ns_ = 0;
  opening_.clear();
}

}  // namespace poolscope
