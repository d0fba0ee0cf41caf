// Which of the toolbar's controls stand in which row: what moves time, what changes the pool, the
// recording, and at the right the place that says which time one sees.

#include "app/views/toolbar/toolbar.h"

#include <array>
#include <cmath>
#include <functional>
#include <optional>

#include "app/views/paint/paint.h"
#include "app/views/toolbar/toolbar_controls.h"
#include "app/views/widgets/controls.h"

namespace poolscope::views {
namespace {

// With more of them its controls are not tied to rows.
constexpr int kMostFixedRows = 2;

// What stands right of the GC button in the same row, and the gaps between.
float width_after_gc(const Painter& painter) {
  return procs_width(painter) + 3 * painter.sizes().gap + keeping_width(painter);
}

// What the controls need that change the pool and the recording.
float change_width(const Painter& painter) {
  return gc_width(painter, gc_text(painter)) + width_after_gc(painter);
}

float time_width(const Painter& painter) {
  return transport_width(painter) + speed_width(painter) + 2 * painter.sizes().gap +
         painter.px(theme::space::kClose);
}

float choices_width(const Painter& painter, bool all) {
  return (all ? 6.0F : 2.0F) *
         (painter.sizes().button_h * 0.92F + painter.px(theme::space::kTight));
}

// The second of two rows: what changes the pool, then the recording, the choices at the right.
void draw_second_row(Painter& painter, Rect rest, bool all_choices, intents::Intents& asked) {
  rest.cut_top(std::round(painter.sizes().gap * 0.7F));
  Bar second(painter, rest.cut_top(painter.sizes().button_h), asked);
  float named_w = change_width(painter) + painter.sizes().gap;
  for (const Choice choice : kChoices) {
    named_w += choice_width(painter, choice) + painter.sizes().button_h / 4;
  }
  draw_choices(second, all_choices, named_w <= second.rest().w);
  if (painter.input().session.comparison) return;
  draw_gc(second, width_after_gc(painter));
  draw_procs(second);
  draw_record(second);
}

// Where two rows are too narrow: the groups of controls one after the other, each of them whole
// in the first row that has room for it. The first row has what the mode leaves of it.
void draw_in_order(Bar& first, Rect below, int rows, intents::Intents& asked) {
  Painter& painter = first.painter();
  struct Group {
    float w;
    std::function<void(Bar& bar)> draw;
  };
  const float transport_w = transport_width(painter) + painter.px(theme::space::kTight);
  const std::array<Group, 7> groups = {
      {{sources_width(painter), draw_sources},
       {transport_w, draw_transport},
       {speed_width(painter), draw_speed},
       {gc_width(painter, "GC"), [](Bar& bar) { draw_gc(bar, 0); }},
       {procs_width(painter), draw_procs},
       {keeping_width(painter), draw_record},
       {choices_width(painter, true), [](Bar& bar) { draw_choices(bar, true); }}}};
  std::optional<Bar> next;
  for (const Group& group : groups) {
    if (group.w > (next ? *next : first).rest().w && --rows > 0) {
      below.cut_top(std::round(painter.sizes().gap * 0.7F));
      next.emplace(painter, below.cut_top(painter.sizes().button_h), asked);
    }
    group.draw(next ? *next : first);
  }
}

}  // namespace

void draw_toolbar(const ViewInput& input, const layout::Rect& area, const layout::Rect& unhidden,
                  int rows, bool all_choices, intents::Intents& asked) {
  Painter painter(input);
  painter.keep_tooltips_off(unhidden);
  const auto& theme = painter.theme();
  painter.fill(area, theme.panel);
  painter.fill({area.x, area.bottom() - painter.sizes().hairline, area.w, painter.sizes().hairline},
               theme.stroke);
  Rect rest = area.inset(painter.sizes().gap + painter.px(theme::space::kThin), 0);
  const float margin = std::round((painter.sizes().toolbar_h - painter.sizes().button_h) / 2);
  rest.cut_top(margin);
  Bar first(painter, rest.cut_top(painter.sizes().button_h), asked);
  draw_logo(first);
  Rect mode = first.right(mode_width(painter), painter.sizes().gap);
  // The two lines may use the bar's whole height.
  mode = {mode.x, mode.y - margin * 0.6F, mode.w, mode.h + margin * 1.2F};
  if (!input.interactive) {
    draw_title(first, 0);
    draw_mode(painter, mode, asked);
    return;
  }
  if (rows > kMostFixedRows) {
    draw_in_order(first, rest, rows, asked);
    return draw_mode(painter, mode, asked);
  }
  // What is compared has happened: nothing changes it.
  const bool changes = !input.session.comparison;
  const float change_w = changes ? change_width(painter) : 0;
  const float more_w = rows > 1 ? 0 : change_w + choices_width(painter, all_choices);
  draw_title(first, time_width(painter) + sources_width(painter) + painter.sizes().gap + more_w);
  draw_sources(first);
  if (rows == 1) draw_choices(first, all_choices);
  draw_transport(first);
  draw_speed(first);
  if (rows == 1 && changes) {
    draw_gc(first, width_after_gc(painter));
    draw_procs(first);
    draw_record(first);
  } else if (rows > 1) {
    draw_second_row(painter, rest, all_choices, asked);
  }
  draw_mode(painter, mode, asked);
}

}  // namespace poolscope::views
