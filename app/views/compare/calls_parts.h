#pragma once

// What the parts of the panel of calls share in a frame.
//
// Thread safety: a value; refers to the input that it was made from.
// Invariants: every side has as many columns as the other; a column stands at the same place on
// both.

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "app/layout/comparison.h"
#include "app/views/paint/paint.h"
#include "core/story/tally.h"

namespace poolscope::views {

/// Neighbouring calls of a side that are drawn as one.
struct CallColumn {
  std::array<std::uint64_t, kGetSources> from{};
  std::uint64_t gets = 0;
  std::uint64_t puts = 0;
  std::uint64_t gcs = 0;
  std::uint64_t dropped = 0;  // by those GCs
  std::uint64_t resizes = 0;
  // After the last of them.
  std::uint64_t news = 0;
  std::uint64_t pooled = 0;
};

struct CallsView {
  Painter& painter;
  const ViewInput& input;
  const ComparisonStatus& status;
  const Comparison& of;
  layout::CallsLayout at;
  layout::CallsAxis axis;
  std::array<std::vector<CallColumn>, kSides> columns{};
  std::uint64_t most_news = 1;
  std::uint64_t most_pooled = 1;
  double head = 0;  // the playhead's value on the axis

  [[nodiscard]] Rect column_rect(const Rect& row, std::size_t column) const;
  /// The model of a side.
  [[nodiscard]] const Model& model_of(std::size_t side) const {
    return side == 0 ? input.model : *input.other->model;
  }
  /// What a side's call has to say for itself at the axis' value; nullptr: there is none.
  [[nodiscard]] const SeenCall* call_at(std::size_t side, double value) const;
  /// The last call that is done or under way at the playhead; nullptr: none.
  [[nodiscard]] const SeenCall* shown_call(std::size_t side) const;
};

CallsView calls_view(Painter& painter, const ViewInput& input, const layout::Rect& area);

/// Strip and chart of both sides, what differs, the playhead.
void draw_calls_plot(const CallsView& view);

}  // namespace poolscope::views
