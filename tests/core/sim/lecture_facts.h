#pragma once

// What a lecture must show: how long the things that it waits for last, and each way of a Put or
// Get.
//
// Thread safety: one thread at a time.

#include <algorithm>
#include <cstdint>
#include <map>

#include "core/model/model.h"
#include "core/model/reduce.h"

namespace poolscope::testing {

/// The longest of each of the things that a lecture waits for, in ns; and how often each way of a
/// Put or Get was seen.
struct Seen {
  std::int64_t lock_wait_ns = 0;
  std::int64_t steal_ns = 0;    // from getSlow's begin to the Get's end
  std::int64_t new_ns = 0;      // from New's place in the text to what it made
  std::int64_t held_up_ns = 0;  // from the request to the stop, with a P pinned at the request
  int private_hits = 0;
  int shared_pushes = 0;
  int own_shared_hits = 0;
  int steals = 0;
  int news = 0;

  [[nodiscard]] bool every_way() const {
    return private_hits > 0 && shared_pushes > 0 && own_shared_hits > 0 && steals > 0 && news > 0;
  }
  /// Whether each thing that is waited for has lasted so long.
  [[nodiscard]] bool every_wait(std::int64_t ns) const {
    return lock_wait_ns >= ns && steal_ns >= ns && new_ns >= ns && held_up_ns >= ns;
  }
};

/// Reduces a lecture's events and notes what is seen.
class Watcher {
 public:
  explicit Watcher(const Model& base) : model_(base) {}

  void take(const Event& event) {
    const Operation before = operation_of(event);
    const bool waited = model_.gs.contains(event.g) && model_.gs[event.g.value].waits_for_lock;
    const std::int64_t wait_since_ns = waited ? model_.gs[event.g.value].wait_since_ns : 0;
    reduce(model_, event);
    switch (event.kind) {
      case EventKind::kLocked:
      case EventKind::kAllPoolsLocked:
        if (waited) longest(seen_.lock_wait_ns, event.time_ns - wait_since_ns);
        break;
      case EventKind::kSlowLoaded: slow_since_ns_[event.g] = event.time_ns; break;
      case EventKind::kStand:
        if (event.step() == Step::kGetNew) new_since_ns_[event.g] = event.time_ns;
        break;
      case EventKind::kNewMade:
        longest(seen_.new_ns, event.time_ns - new_since_ns_[event.g]);
        break;
      case EventKind::kWorldStopped:
        if (!model_.stop.waited_for.empty()) {
          longest(seen_.held_up_ns, event.time_ns - model_.stop.requested_ns);
        }
        break;
      case EventKind::kPutEnd:
      case EventKind::kGetEnd: count(before, event); break;
      default: break;
    }
  }

  [[nodiscard]] const Seen& seen() const { return seen_; }
  [[nodiscard]] const Model& model() const { return model_; }

 private:
  static void longest(std::int64_t& most_ns, std::int64_t ns) { most_ns = std::max(most_ns, ns); }

  [[nodiscard]] Operation operation_of(const Event& event) const {
    return model_.gs.contains(event.g) ? model_.gs[event.g.value].op : Operation{};
  }

  void count(const Operation& done, const Event& event) {
    const bool get = event.kind == EventKind::kGetEnd;
    if (get && done.where == Where::kPrivate) ++seen_.private_hits;
    if (get && done.where == Where::kShared) ++seen_.own_shared_hits;
    if (!get && done.where == Where::kShared) ++seen_.shared_pushes;
    if (get && done.where == Where::kNew) ++seen_.news;
    if (get && done.where == Where::kSteal) {
      ++seen_.steals;
      longest(seen_.steal_ns, event.time_ns - slow_since_ns_[event.g]);
    }
  }

  Model model_;
  Seen seen_;
  std::map<GId, std::int64_t> slow_since_ns_;
  std::map<GId, std::int64_t> new_since_ns_;
};

}  // namespace poolscope::testing
