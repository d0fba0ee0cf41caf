// The panel of calls: its heading, what each side has come to, and what the mouse does.

#include "app/views/compare/calls.h"

#include <algorithm>
#include <array>
#include <string>

#include <imgui.h>

#include "app/locale/translate.h"
#include "app/views/compare/calls_parts.h"
#include "app/views/widgets/controls.h"
#include "app/views/widgets/share_bar.h"
#include "app/views/words/call_text.h"
#include "app/views/words/finding_text.h"
#include "app/views/words/words.h"

namespace poolscope::views {
namespace {

using locale::tr;
using locale::trf;

/// The call that is shown, or why there is none.
std::string note_of(const CallsView& view) {
  if (!view.of.by_operation) {
    const bool more = view.of.sides[0].more || view.of.sides[1].more;
    return more ? trf("by time: a side has more than {0} calls, only those are drawn",
                      count_text(
                          std::max(view.of.sides[0].calls.size(), view.of.sides[1].calls.size())))
                : tr("by time: these two have not made the same calls");
  }
  const std::size_t calls = view.of.stretches.size();
  const SeenCall* call = view.status.call();
  if (call == nullptr) return trf("none of {0} has been made", count_text(calls));
  return trf("{0} of {1}: {2}", count_text(view.status.shown), count_text(calls),
             call_text(call->call, view.input.model.pools.size()));
}

/// The sources that gave anything on a side, each with its look. Cut off the right of `line`.
void draw_sources(const CallsView& view, Rect& line) {
  Painter& painter = view.painter;
  const float gap = painter.px(theme::space::kClose);
  const float dot = painter.sizes().dot;
  for (auto from = kGetSourcesInOrder.rbegin(); from != kGetSourcesInOrder.rend(); ++from) {
    const auto gave = [&](const std::vector<CallColumn>& columns) {
      return std::ranges::any_of(columns, [&](const CallColumn& column) {
        return column.from[static_cast<std::size_t>(*from)] > 0;
      });
    };
    if (!gave(view.columns[0]) && !gave(view.columns[1])) continue;
    const std::string name = source_text(*from);
    const float w = dot + gap / 2 + painter.width_of(FontRole::kMicro, name);
    if (w + gap > line.w) return;
    Rect at = line.cut_right(w);
    line.cut_right(gap);
    const Rect sign = at.cut_left(dot);
    draw_get_part(painter, {sign.x, sign.center().y - dot / 2, dot, dot}, *from);
    at.cut_left(gap / 2);
    painter.text_in(at, FontRole::kMicro, painter.theme().text_mid, name);
  }
}

void draw_heading(const CallsView& view, intents::Intents& asked) {
  Painter& painter = view.painter;
  Rect line = view.at.heading;
  if (view.input.interactive) {
    const std::string live = tr("Live session");
    Rect button = line.cut_right(painter.width_of(FontRole::kSmall, live) +
                                 painter.px(theme::space::kButton));
    line.cut_right(painter.px(theme::space::kApart));
    if (draw_text_button(painter, "compare", button, live, hint_of("compare"))) {
      asked.emplace_back(intents::ToggleComparison{});
    }
  }
  const std::string title = tr("Calls");
  const std::string note = note_of(view);
  const float end = line.x + painter.width_of(FontRole::kBodyStrong, title) +
                    painter.width_of(FontRole::kSmall, note) + painter.px(theme::space::kFar);
  painter.heading(line, title, note);
  line.cut_left(end - line.x);
  draw_sources(view, line);
}

/// The name of a side: the pool's, and the file where it is one.
std::string name_of_side(const CallsView& view, std::size_t side) {
  const PoolKind pool = view.model_of(side).config.pool;
  const std::string& name = view.of.sides[side].name;
  const std::string version = version_text(pool);
  return name == word_of(pool) ? version : version + "  " + name;
}

void draw_name(const CallsView& view, std::size_t side) {
  Painter& painter = view.painter;
  const theme::Theme& theme = painter.theme();
  const Rect& area = view.at.rows[side].name;
  Rect in{area.x, area.y, area.w - painter.px(theme::space::kWide), area.h};
  const float line_h = std::min(std::ceil(painter.size_of(FontRole::kSmall) * 1.35F), in.h / 2);
  Rect first = in.cut_top(line_h);
  const SeenCall* call = view.shown_call(side);
  const std::uint64_t news = call == nullptr ? 0 : call->news;
  const std::uint64_t dropped = call == nullptr ? 0 : call->dropped_so_far;
  painter.text_in(in.cut_top(line_h), FontRole::kSmall, theme.text_mid,
                  trf("New: {0}, dropped: {1}", count_text(news), count_text(dropped)));
  if (call != nullptr && view.of.by_operation) {
    // What the call came to is whole; of a long name the end is left out.
    const std::string outcome = outcome_text(*call);
    const float outcome_w = std::ceil(painter.width_of(FontRole::kSmall, outcome));
    painter.text_in(first.cut_right(outcome_w), FontRole::kSmall, theme.steal.text, outcome,
                    Align::kRight);
    first.cut_right(painter.px(theme::space::kClose));
  }
  painter.text_in(first, FontRole::kSmallStrong, theme.text_hi, name_of_side(view, side));
}

std::string tooltip_of(const CallsView& view, double value) {
  std::string text;
  for (std::size_t side = 0; side < kSides; ++side) {
    const SeenCall* call = view.call_at(side, value);
    if (call == nullptr) continue;
    const std::string what = call_text(call->call, view.input.model.pools.size());
    if (text.empty() && view.of.by_operation) {
      text = count_text(static_cast<std::uint64_t>(value) + 1) + ": " + what;
    }
    text += (text.empty() ? "" : "\n") + name_of_side(view, side) + ": " +
            (view.of.by_operation ? "" : what + ", ") + whole_outcome_text(*call) + "\n   " +
            trf("New: {0}, in the pools: {1}, dropped: {2}", count_text(call->news),
                count_text(call->pooled), count_text(call->dropped_so_far));
  }
  return text;
}

/// The playhead goes to the rest after the call under the pointer, or to that time.
void seek(const CallsView& view, double value, intents::Intents& asked) {
  const Comparison& of = view.of;
  std::int64_t to_ns = static_cast<std::int64_t>(std::clamp(value, 0.0, view.axis.end));
  if (of.by_operation) {
    const auto calls = static_cast<std::size_t>(std::clamp(value + 0.5, 0.0, view.axis.end));
    to_ns = of.rest_ns(calls);
  }
  if (to_ns != view.status.time_ns) asked.emplace_back(intents::SeekTime{to_ns});
}

void take_mouse(const CallsView& view, intents::Intents& asked) {
  const Painter::Touch touch = view.painter.touch("timeline", view.at.plot);
  if (!touch.held && !touch.hovered) return;
  const double value = view.axis.value_at(ImGui::GetIO().MousePos.x);
  if (touch.held) return seek(view, value, asked);
  const std::string text = tooltip_of(view, value);
  if (!text.empty()) view.painter.tooltip(text);
}

}  // namespace

void draw_calls(const ViewInput& input, const layout::Rect& area, intents::Intents& asked) {
  Painter painter(input);
  painter.panel(area);
  painter.keep_tooltips_off(area);
  const CallsView view = calls_view(painter, input, area);
  take_mouse(view, asked);
  draw_heading(view, asked);
  for (std::size_t side = 0; side < kSides; ++side) draw_name(view, side);
  draw_calls_plot(view);
}

}  // namespace poolscope::views
