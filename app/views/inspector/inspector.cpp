// The workbench's right side: how Gets were answered, what each goroutine does, and what the pool
// has lately forgotten.

#include "app/views/inspector/inspector.h"

#include <array>
#include <cmath>

#include <fmt/format.h>

#include "app/locale/translate.h"
#include "app/views/paint/paint.h"
#include "app/views/words/activity.h"
#include "app/views/words/words.h"

namespace poolscope::views {
namespace {

using locale::tr;
using locale::trf;
using locale::trnf;

struct Share {
  std::string name;
  std::uint64_t count;
  Color color;
  bool open = false;  // an outline: New has no hue
};

void draw_share(Painter& painter, const Rect& at, const Share& share, float radius) {
  if (share.open) {
    painter.border(at, share.color, painter.sizes().hairline * 1.5F, radius);
  } else {
    painter.fill(at, share.color, radius);
  }
}

void draw_shares(Painter& painter, Rect& in, const HitCounts& hits) {
  const auto& theme = painter.theme();
  const std::uint64_t gets = hits.gets();
  const float line = std::ceil(painter.size_of(FontRole::kSmall) * 1.6F);
  painter.heading(in.cut_top(line), tr("Where Gets got their object"),
                  gets == 0 ? "" : trnf("{1} Get", "{1} Gets", gets, count_text(gets)));
  std::vector<Share> shares = {
      {"private", hits.from_private, theme.priv.fill},
      {"shared", hits.from_shared, theme.shared.fill},
      {tr("steal"), hits.from_steal, theme.steal.fill},
      {"New", hits.from_new, theme.fresh.text, true},
  };
  if (hits.from_victim > 0) shares.push_back({"victim", hits.from_victim, theme.victim.fill});
  if (hits.nil > 0) shares.push_back({"nil", hits.nil, theme.user.fill});
  const float bar_h = painter.sizes().bar_h * 2.5F;
  in.cut_top(painter.px(theme::space::kTight));
  const Rect bar = in.cut_top(bar_h);
  painter.fill(bar, theme.stroke, 2);
  float x = bar.x;
  for (const Share& share : shares) {
    if (gets == 0) break;
    const float w = bar.w * static_cast<float>(share.count) / static_cast<float>(gets);
    draw_share(painter, {x, bar.y, w, bar.h}, share, 0);
    x += w;
  }
  in.cut_top(painter.px(theme::space::kNear));
  for (const Share& share : shares) {
    Rect row = in.cut_top(line);
    const float dot = painter.sizes().dot;
    draw_share(painter, {row.x, row.center().y - dot / 2, dot, dot}, share, 2);
    row.cut_left(dot + painter.px(theme::space::kClose));
    painter.text_in(row, FontRole::kSmall, theme.text_mid, share.name);
    const double percent =
        gets == 0 ? 0 : 100.0 * static_cast<double>(share.count) / static_cast<double>(gets);
    const Rect part = row.cut_right(painter.width_of(FontRole::kMono, "100 %"));
    painter.text_in(part, FontRole::kMono, theme.text_mid, fmt::format("{:.0f} %", percent),
                    Align::kRight);
    row.cut_right(painter.px(theme::space::kApart));
    painter.text_in(row, FontRole::kMono, theme.text_hi, count_text(share.count), Align::kRight);
  }
}

void draw_goroutines(Painter& painter, Rect& in, intents::Intents& asked) {
  const Model& model = painter.input().model;
  const auto& theme = painter.theme();
  const float line = std::round(painter.sizes().badge_h + painter.px(theme::space::kNear));
  painter.heading(in.cut_top(line), tr("Goroutines"), "");
  std::size_t shown = 0;
  for (const GState& state : model.gs) {
    ++shown;
    if (state.status == GState::Status::kAbsent) continue;
    if (in.h < 2 * line) {
      painter.text_in(in.cut_top(line), FontRole::kSmall, theme.text_low,
                      trf("and {0} more", count_text(model.gs.size() - shown + 1)));
      return;
    }
    Rect row = in.cut_top(line);
    painter.fill({row.x, row.bottom() - 1, row.w, 1}, theme.stroke);
    const GId g = state.id;
    const bool running = state.status == GState::Status::kRunning;
    // The stage has recorded g.N already; the badge here stands for the same goroutine.
    painter.badge({row.x, row.center().y}, running ? theme.hit : theme.user, name_of(g), running);
    if (painter.touch_unnamed("goroutine" + std::to_string(g.value), row).clicked) {
      asked.emplace_back(
          intents::FollowGoroutine{painter.input().state.followed == g ? GId::none() : g});
    }
    row.cut_left(painter.badge_width("G888") + painter.px(theme::space::kClose));
    const std::string hand = "x" + count_text(state.hand.size());
    const Rect held = row.cut_right(painter.width_of(FontRole::kMono, "x888"));
    painter.text_in(held, FontRole::kMono, theme.text_mid, hand, Align::kRight);
    row.cut_right(painter.px(theme::space::kClose));
    const Activity activity = activity_of(model, g);
    painter.text_in(row, FontRole::kSmall, theme.text_mid, activity.text);
  }
}

void draw_lost(Painter& painter, Rect& in) {
  const Model& model = painter.input().model;
  const auto& theme = painter.theme();
  const float line = std::ceil(painter.size_of(FontRole::kSmall) * 1.6F);
  painter.heading(in.cut_top(line), tr("Recently dropped"), "");
  if (model.lost.empty()) {
    painter.text_in(in.cut_top(line), FontRole::kSmall, theme.text_low, tr("nothing yet"));
    return;
  }
  for (auto lost = model.lost.rbegin(); lost != model.lost.rend() && in.h >= line; ++lost) {
    Rect row = in.cut_top(line);
    const Rect name = row.cut_left(painter.width_of(FontRole::kMono, "#88888"));
    painter.text_in(name, FontRole::kMono, theme.text_hi, name_of(lost->object));
    painter.text_in(row, FontRole::kSmall, theme.text_mid, cause_text(lost->cause));
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
  Rect lower = in.cut_bottom(std::round(in.h * 0.32F));
  draw_goroutines(painter, in, asked);
  draw_lost(painter, lower);
}

}  // namespace poolscope::views
