#pragma once

// Once more: which part of a past shows the last thing that is worth it, and at which speed.
//
// Thread safety: the window's thread.

#include <cstdint>
#include <optional>

#include "app/control/event_store.h"
#include "core/base/error.h"
#include "core/model/model.h"
#include "core/story/told.h"

namespace poolscope {

/// What is shown from before to after the event, by step.
inline constexpr std::int64_t kAgainAround_ns = 2'000'000'000;
/// Where steps follow each other fast, no more of them on each side.
inline constexpr int kAgainSteps = 40;
/// Where they are slow, as at Story, so many all the same: what led to the event and what came of
/// it.
inline constexpr int kAgainFewestSteps = 2;

struct Again {
  std::uint64_t begin_seq = 0;
  std::uint64_t end_seq = 0;
  int speed = 0;  // into replay_speeds(); by step
};

/// The newest GC, grow, shrink, loss or steal that `model` and `told` know of, which are a moment
/// of the store's session; nothing where there was none.
Expected<std::optional<Again>> last_worth_seeing(EventStore& store, const Model& model,
                                                 const Told& told);

}  // namespace poolscope
