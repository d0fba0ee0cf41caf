#include "app/control/again.h"

#include <algorithm>

#include "app/control/speeds.h"
#include "app/control/steps.h"

namespace poolscope {
namespace {

/// What is shown once more takes no longer than about that; few steps go as slowly as there is.
constexpr double kWanted_s = 15;

Position newest_event(const Model& model, const Told& told) {
  Position newest;
  const auto take = [&newest](std::uint64_t seq, std::int64_t time_ns) {
    if (seq != 0 && time_ns >= newest.time_ns) newest = {seq, time_ns};
  };
  for (const StopState* stop : {&model.last_gc, &model.last_resize}) {
    if (stop->phase == StopState::Phase::kStarted) take(stop->seq, stop->stopped_ns);
  }
  if (model.last_loss.count != 0) take(model.last_loss.seq, model.last_loss.time_ns);
  for (const Robbery& robbery : told.robberies) take(robbery.seq, robbery.time_ns);
  return newest;
}

int speed_for(int steps) {
  const auto speeds = replay_speeds();
  int chosen = 0;
  for (int i = 0; i < static_cast<int>(speeds.size()); ++i) {
    const double rate = speeds[static_cast<std::size_t>(i)].steps_per_second;
    if (rate <= 0) continue;
    chosen = std::max(chosen, i);
    if (steps / rate <= kWanted_s) break;
  }
  return chosen;
}

}  // namespace

Expected<std::optional<Again>> last_worth_seeing(EventStore& store, const Model& model,
                                                 const Told& told) {
  const Position event = newest_event(model, told);
  if (event.seq == 0 || event.seq <= store.first_seq()) return std::optional<Again>{};
  const bool paced = model.step_time_ns != 0;
  Again again{event.seq, event.seq, 0};
  int steps = 0;
  for (int i = 0; i < kAgainSteps && again.begin_seq > store.first_seq(); ++i, ++steps) {
    const auto step = previous_step(store, again.begin_seq, paced);
    if (!step) return tl::make_unexpected(step.error());
    const auto time_ns = store.time_of(*step);
    if (!time_ns) return tl::make_unexpected(time_ns.error());
    if (i >= kAgainFewestSteps && *time_ns < event.time_ns - kAgainAround_ns) break;
    again.begin_seq = *step;
  }
  for (int i = 0; i < kAgainSteps && again.end_seq < store.last_seq(); ++i, ++steps) {
    const auto step = next_step(store, again.end_seq, paced);
    if (!step) return tl::make_unexpected(step.error());
    const auto time_ns = store.time_of(*step);
    if (!time_ns) return tl::make_unexpected(time_ns.error());
    if (i >= kAgainFewestSteps && *time_ns > event.time_ns + kAgainAround_ns) break;
    again.end_seq = *step;
  }
  again.speed = speed_for(steps);
  return again;
}

}  // namespace poolscope
