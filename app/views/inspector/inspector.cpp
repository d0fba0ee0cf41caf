// The workbench's right side: how Gets were answered, what each goroutine does, and what the pool
// has lately forgotten.

#include "app/views/inspector/inspector.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include <fmt/format.h>

#include "app/locale/translate.h"
#include "app/views/paint/paint.h"
#include "app/views/widgets/lost_list.h"
#include "app/views/widgets/share_bar.h"
#include "app/views/words/activity.h"
#include "app/views/words/words.h"

namespace poolscope::views {
namespace {

using locale::tr;
using locale::trf;
using locale::trnf;

void draw_shares(Painter& painter, Rect& in, const HitCounts& hits) {
  const auto& theme = painter.theme();
  const std::uint64_t gets = hits.gets();
  const float line = std::ceil(painter.size_of(FontRole::kSmall) * 1.6F);
  painter.heading(in.cut_top(line), tr("Where Gets got their object"),
                  gets == 0 ? "" : trnf("{1} Get", "{1} Gets", gets, count_text(gets)));
  in.cut_top(painter.px(theme::space::kTight));
  draw_share_bar(painter, in.cut_top(painter.sizes().bar_h * 2.5F), hits);
  in.cut_top(painter.px(theme::space::kNear));
  for (const Share& share : shares_of(hits)) {
    const bool rare = share.source == GetSource::kVictim || share.source == GetSource::kNil;
    if (rare && share.count == 0) continue;
    Rect row = in.cut_top(line);
    const float dot = painter.sizes().dot;
    draw_share(painter, {row.x, row.center().y - dot / 2, 2 * dot, dot}, share.source);
    row.cut_left(2 * dot + painter.px(theme::space::kClose));
    painter.text_in(row, FontRole::kSmall, theme.text_mid, name_of(share.source));
    const double percent =
        gets == 0 ? 0 : 100.0 * static_cast<double>(share.count) / static_cast<double>(gets);
    const Rect part = row.cut_right(painter.width_of(FontRole::kMono, "100 %"));
    painter.text_in(part, FontRole::kMono, theme.text_mid, fmt::format("{:.0f} %", percent),
                    Align::kRight);
    row.cut_right(painter.px(theme::space::kApart));
    painter.text_in(row, FontRole::kMono, theme.text_hi, count_text(share.count), Align::kRight);
  }
}

std::size_t present_goroutines(const Model& model) {
  return static_cast<std::size_t>(std::ranges::count_if(
      model.gs, [](const GState& g) { return g.status != GState::Status::kAbsent; }));
}

float goroutine_row(const Painter& painter) {
  return std::round(painter.sizes().badge_h + painter.px(theme::space::kNear));
}

/// How much of the height `h` the goroutines get, the rest is for what was dropped: as much as
/// their rows need, but at most two thirds, and in steps of a sixth. Without the steps the lower
/// half would jump with each goroutine that comes or goes.
float goroutines_height(const Painter& painter, float h) {
  constexpr float kSteps = 6;
  constexpr float kMost = 4;
  const auto rows =
      static_cast<float>(1 + std::max<std::size_t>(1, present_goroutines(painter.input().model)));
  const float steps = std::ceil(rows * goroutine_row(painter) * kSteps / std::max(h, 1.0F));
  return std::ceil(h * std::min(steps, kMost) / kSteps);
}

void draw_goroutines(Painter& painter, Rect& in, intents::Intents& asked) {
  const Model& model = painter.input().model;
  const auto& theme = painter.theme();
  const float line = goroutine_row(painter);
  painter.heading(in.cut_top(line), tr("Goroutines"), "");
  std::size_t left = present_goroutines(model);
  if (left == 0) {
    painter.text_in(in.cut_top(line), FontRole::kSmall, theme.text_low, tr("no goroutine"));
    return;
  }
  for (const GState& state : model.gs) {
    if (state.status == GState::Status::kAbsent) continue;
    if (in.h < (left > 1 ? 2 : 1) * line) {
      painter.text_in(in.cut_top(line), FontRole::kSmall, theme.text_low,
                      trf("and {0} more", count_text(left)));
      return;
    }
    --left;
    Rect row = in.cut_top(line);
    painter.fill({row.x, row.bottom() - 1, row.w, 1}, theme.stroke);
    const GId g = state.id;
    const bool running = state.status == GState::Status::kRunning;
    // The stage has recorded g.N already; the badge here stands for the same goroutine.
    const float badge_w = painter.badge_width("G888");
    painter.badge({row.x, row.center().y}, running ? theme.hit : theme.user, name_of(g), running,
                  badge_w);
    if (painter.touch_unnamed("goroutine" + std::to_string(g.value), row).clicked) {
      asked.emplace_back(
          intents::FollowGoroutine{painter.input().state.followed == g ? GId::none() : g});
    }
    row.cut_left(badge_w + painter.px(theme::space::kClose));
    const std::string hand = state.hand.empty() ? "" : "x" + count_text(state.hand.size());
    const Rect held = row.cut_right(painter.width_of(FontRole::kMono, "x888"));
    painter.text_in(held, FontRole::kMono, theme.text_mid, hand, Align::kRight);
    row.cut_right(painter.px(theme::space::kClose));
    const Activity activity = activity_of(model, g);
    painter.text_in(row, FontRole::kSmall, theme.text_mid, activity.text);
  }
}

}  // namespace

void draw_inspector(const ViewInput& input, const layout::Rect& area, intents::Intents& asked) {
  if (area.empty()) return;
  Painter painter(input);
  Rect in = painter.panel(area);
  HitCounts hits;
  if (!input.model.pools.empty()) hits = input.model.pools[shown_pool(input).value].hits;
  draw_shares(painter, in, hits);
  in.cut_top(painter.sizes().gap);
  Rect upper = in.cut_top(goroutines_height(painter, in.h));
  draw_goroutines(painter, upper, asked);
  draw_lost(painter, in, asked);
}

}  // namespace poolscope::views
