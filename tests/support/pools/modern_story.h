#pragma once

// A story of the modern pool, told event by event: each function emits what a goroutine would, and
// the model is reduced on the way. What the story leaves out is a contradiction that a test is
// about.
//
// Thread safety: none.

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "core/model/reduce.h"
#include "core/trace/event.h"

namespace poolscope::testing {

class ModernStory {
 public:
  /// Goroutine i runs on P i, all the time.
  explicit ModernStory(std::uint32_t procs) : model(initial_model(config_of(procs))) {
    for (int i = 0; i < static_cast<int>(procs); ++i) {
      tell(EventKind::kGoStart, i);
      tell(EventKind::kGoRun, i);
    }
  }

  Event& tell(EventKind kind, int g, std::uint32_t object = 0, ArrayId array = {}, int index = 0,
              int detail = 0) {
    Event e;
    e.set_seq(model.seq + 1);
    e.time_ns = model.time_ns + 1000;
    e.kind = kind;
    if (g >= 0) {
      e.g = GId{static_cast<std::uint32_t>(g)};
      e.p = PId{static_cast<std::uint16_t>(g)};
    }
    if (object != 0 || kind == EventKind::kVictimLoaded) e.object = ObjectId{object};
    e.array = array;
    e.index = static_cast<std::uint16_t>(index);
    e.detail = static_cast<std::uint8_t>(detail);
    reduce(model, e);
    events.push_back(e);
    return events.back();
  }

  // --- the array --------------------------------------------------------------------------------

  /// pinSlow of `g` gives pool 0 its next array, of `length`.
  ArrayId make_array(int g, std::uint32_t length) {
    const ArrayId array{++arrays_};
    tell(EventKind::kPinSlow, g);
    tell(EventKind::kAllPoolsLocked, g);
    if (model.all_pools.empty()) tell(EventKind::kAllPoolsAppend, g);
    tell(EventKind::kArrayMade, g, length, array);
    tell(EventKind::kPinned, g, 0, array, g);
    tell(EventKind::kLocalStored, g, 0, array);
    tell(EventKind::kLocalSizeStored, g, length);
    tell(EventKind::kAllPoolsUnlocked, g);
    return array;
  }

  // --- Put --------------------------------------------------------------------------------------

  std::uint32_t begin_put(int g) {
    const std::uint32_t object = ++objects_;
    tell(EventKind::kObjectMade, g, object);
    tell(EventKind::kPutBegin, g, object);
    return object;
  }
  void pin(int g, ArrayId array) { tell(EventKind::kPinned, g, 0, array, g); }
  void end_put(int g) {
    tell(EventKind::kUnpinned, g);
    tell(EventKind::kPutEnd, g);
  }
  /// `made`: the length of a dequeue that the push makes first; 0: none.
  std::uint32_t push(int g, ArrayId array, std::uint32_t made = 0) {
    const std::uint32_t object = begin_put(g);
    pin(g, array);
    if (made != 0) tell(EventKind::kDequeueMade, g, made, array, g);
    tell(EventKind::kSharedPush, g, object, array, g);
    end_put(g);
    return object;
  }

  // --- Get --------------------------------------------------------------------------------------

  void begin_get(int g, ArrayId array) {
    tell(EventKind::kGetBegin, g);
    pin(g, array);
  }
  /// Nothing in its own place: getSlow.
  void miss_at_home(int g, ArrayId array) {
    tell(EventKind::kPrivateEmpty, g, 0, array, g);
    tell(EventKind::kSharedEmpty, g, 0, array, g);
    tell(EventKind::kSlowLoaded, g, static_cast<std::uint32_t>(model.array(array)->locals.size()),
         array, g);
  }
  void begin_steal(int g, ArrayId array) {
    begin_get(g, array);
    miss_at_home(g, array);
  }
  void end_get(int g, std::uint32_t object) {
    tell(EventKind::kUnpinned, g);
    tell(EventKind::kGetEnd, g, object);
  }
  void pop_tail(int g, std::uint32_t object, ArrayId array, int place, int position) {
    tell(EventKind::kTailPop, g, object, array, place, position);
  }
  void find_nothing(int g, ArrayId array, int places) {
    for (int i = 0; i < places; ++i) {
      tell(EventKind::kSharedEmpty, g, 0, array, (g + i + 1) % places);
    }
  }

  // --- a stopped world --------------------------------------------------------------------------

  void stop(StopCause cause, std::uint32_t procs = 0) {
    for (int i = 0; i < static_cast<int>(model.gs.size()); ++i) {
      if (model.gs[static_cast<std::size_t>(i)].status == GState::Status::kRunning) {
        tell(EventKind::kGoPark, i, 0, {}, 0, static_cast<int>(ParkReason::kStop));
      }
    }
    tell(EventKind::kStopRequested, -1, procs, {}, 0, static_cast<int>(cause));
    tell(EventKind::kWorldStopped, -1);
  }
  void start(StopCause cause) {
    tell(EventKind::kWorldStarted, -1, 0, {}, 0, static_cast<int>(cause));
    for (int i = 0; i < static_cast<int>(std::min<std::size_t>(model.gs.size(), model.procs));
         ++i) {
      tell(EventKind::kGoRun, i);
    }
  }
  void gc() {
    stop(StopCause::kGc);
    if (!model.old_pools.empty()) tell(EventKind::kVictimDropped, -1, 0, model.pools[0].victim);
    if (!model.all_pools.empty()) tell(EventKind::kLocalToVictim, -1, 0, model.pools[0].local);
    tell(EventKind::kAllPoolsCleared, -1);
    start(StopCause::kGc);
  }
  void resize(std::uint32_t procs) {
    stop(StopCause::kResize, procs);
    tell(EventKind::kProcsChanged, -1, procs);
    start(StopCause::kResize);
  }

  [[nodiscard]] const LocalState& at(ArrayId array, std::size_t place) const {
    return model.array(array)->locals[place];
  }
  [[nodiscard]] std::string first_divergence() const {
    return model.divergence_list.empty() ? "" : model.divergence_list.front().what;
  }

  Model model;
  std::vector<Event> events;

 private:
  static SessionConfig config_of(std::uint32_t procs) {
    SessionConfig config;
    config.pool = PoolKind::kModern;
    config.procs = procs;
    config.workers = procs;
    config.unpadded_stride = 32;
    return config;
  }

  std::uint32_t arrays_ = 0;
  std::uint32_t objects_ = 0;
};

}  // namespace poolscope::testing
