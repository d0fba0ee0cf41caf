// What is looked for in the session beside the window, because of what the window shows: a life,
// the pools' figures, single spans.

#include <algorithm>
#include <optional>

#include "app/main/session_window.h"

namespace poolscope::app {

void SessionWindow::take_life(std::int64_t now_ns) {
  const views::ViewState& state = viewer_.state;
  const bool shown = state.tab == intents::Tab::kObject && !session_->busy();
  const bool changed =
      life_.update(shown ? state.followed_object : ObjectId::none(), source().status().last.seq,
                   now_ns, [this] { return source().past(); });
  if (changed) frames_due_ = std::max(frames_due_, 1);
}

void SessionWindow::take_pools() {
  const bool shown = viewer_.state.dialog == views::Dialog::kPools;
  if (pools_.update(shown, source().status().live(), source().statistics(),
                    source().model().pools.size())) {
    frames_due_ = std::max(frames_due_, 1);
  }
}

ShownTimes SessionWindow::shown_times() const {
  const layout::TimeRange shown =
      layout::shown_range(timeline_choice(viewer_.state), session_times());
  return {shown.begin_ns, shown.end_ns};
}

void SessionWindow::take_lane_details() {
  // A timeline that follows a session as it goes on shows its newest part, which is exact.
  const bool runs_on = source().status().live() && viewer_.state.timeline_follows;
  std::optional<ShownTimes> shown;
  if (!runs_on && !session_->busy()) shown = shown_times();
  if (lane_details_.update(shown, *source().lanes(), [this] { return source().past(); })) {
    frames_due_ = std::max(frames_due_, 1);
  }
}

}  // namespace poolscope::app
