// The stage: heading, cards or the compact grid, the row under them, and what moves over them.

#include "app/views/stage/stage.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "app/locale/translate.h"
#include "app/views/stage/by_hand.h"
#include "app/views/stage/stage_parts.h"
#include "app/views/widgets/controls.h"
#include "app/views/widgets/share_bar.h"
#include "app/views/words/call_text.h"
#include "app/views/words/sentence.h"
#include "app/views/words/words.h"

namespace poolscope::views {
namespace {

using layout::CardDetail;
using locale::tr;
using locale::trf;
using locale::trnf;

std::size_t goroutines(const Model& model) {
  std::size_t n = 0;
  for (const GState& g : model.gs) n += g.status != GState::Status::kAbsent ? 1 : 0;
  return n;
}

std::string note_text(const Scene& scene) {
  const Model& model = scene.input.model;
  const std::size_t gs = goroutines(model);
  std::string text = tr("no array");
  if (scene.local != nullptr) {
    text = trnf("local[]: {0} slot", "local[]: {0} slots", scene.local->locals.size());
  }
  if (gs > 0) {
    text += tr(", ");
    text += trnf("{0} goroutine", "{0} goroutines", gs);
  }
  if (scene.victim != nullptr) {
    text += tr(", ");
    text += trnf("victim: {0} slot", "victim: {0} slots", scene.victim->locals.size());
  }
  if (scene.stage.detail == CardDetail::kCompact) {
    text += tr(", ");
    text += tr("click a cell to focus it");
  }
  return text;
}

struct PoolChoice {
  PoolKind kind;
  const char* label;
  std::string name;
  const char* hint;
};

struct Chip {
  const char* label;
  std::string name;
  std::string hint;
  bool chosen;
};

// A small button at the right end of a line; true when it is clicked.
bool draw_chip(Painter& painter, Rect& line, const Chip& chip, bool enabled) {
  const auto& theme = painter.theme();
  const float w =
      painter.width_of(FontRole::kSmall, chip.name) + 2 * painter.px(theme::space::kClose);
  const Rect at = line.cut_right(w);
  const float radius = painter.sizes().radius_object;
  if (chip.chosen) painter.fill(at, theme.priv.text.faded(theme.badge_fill), radius);
  painter.border(at, chip.chosen ? theme.priv.text : theme.stroke_hi,
                 chip.chosen ? painter.sizes().outline : painter.sizes().hairline, radius);
  painter.text_in(at, FontRole::kSmall, chip.chosen ? theme.priv.text : theme.text_mid, chip.name,
                  Align::kCenter);
  const auto touch = painter.touch(chip.label, at, enabled);
  if (touch.hovered) painter.tooltip(chip.hint);
  line.cut_right(painter.px(theme::space::kTight));
  return touch.clicked;
}

// Which pool is shown, where there are several or it has a name; a click opens their list.
void draw_shown_pool(Painter& painter, const Scene& scene, Rect& line, intents::Intents& asked) {
  const std::size_t pools = scene.input.model.pools.size();
  const PoolId shown = shown_pool(scene.input);
  if (pools < 2 && !is_named(shown)) return;
  const auto whole = [&](const std::string& name) {
    if (pools < 2) return name;
    return is_named(shown) ? trf("{0}, one of {1} pools", name, count_text(pools))
                           : trf("pool {0} of {1}", name, count_text(pools));
  };
  // The stage's name keeps its place at the left.
  const float taken = painter.width_of(FontRole::kBodyStrong, tr("Processors")) +
                      painter.width_of(FontRole::kSmall, whole("")) +
                      painter.px(theme::space::kFar) + 2 * painter.px(theme::space::kClose);
  const float room = std::clamp(line.w - taken, painter.px(theme::space::kFar),
                                painter.px(theme::space::kPoolName));
  const std::string name = whole(painter.shortened(FontRole::kSmall, short_name_of(shown), room));
  const Chip chip{"pools", name, hint_of("pools"), scene.input.state.dialog == Dialog::kPools};
  if (draw_chip(painter, line, chip, true)) asked.emplace_back(intents::TogglePools{});
}

// Right end of the heading: which pool runs; a click on the other one starts it;
// and what its goroutines do. Returns what is
// left of the heading.
Rect draw_pool_choice(Painter& painter, const Scene& scene, intents::Intents& asked) {
  const std::array<PoolChoice, 2> choices = {{
      {PoolKind::kClassic, "pool.classic", version_text(PoolKind::kClassic),
       tr("Start again with the pool of Go <= 1.12: a Mutex, no victim")},
      {PoolKind::kModern, "pool.modern", version_text(PoolKind::kModern),
       tr("Start again with the pool of Go >= 1.13: lock-free chains and a victim")},
  }};
  const bool can = scene.input.session.can.can_change_pool;
  const bool own_line = scene.stage.chips != scene.stage.heading;
  Rect line = scene.stage.chips;
  for (std::size_t i = choices.size(); i-- > 0;) {
    const PoolChoice& choice = choices[i];
    const bool runs = scene.input.model.config.pool == choice.kind;
    if (!runs && !can) continue;
    const Chip chip{choice.label, choice.name, choice.hint, runs};
    if (draw_chip(painter, line, chip, can) && !runs) {
      asked.emplace_back(intents::StartAgain{.pool = choice.kind});
    }
  }
  const bool alone = !scene.input.session.comparison;
  if (scene.input.interactive && alone && can) {
    const Chip chip{"compare", tr("Compare"), hint_of("compare"), false};
    if (draw_chip(painter, line, chip, true)) asked.emplace_back(intents::ToggleComparison{});
  }
  if (own_line) line = scene.stage.heading;
  if (scene.input.interactive && alone) {
    const Chip chip{"preset", tr("Workload"), hint_of("preset"),
                    scene.input.state.dialog == Dialog::kWorkload};
    if (draw_chip(painter, line, chip, true)) asked.emplace_back(intents::ToggleWorkload{});
  }
  draw_shown_pool(painter, scene, line, asked);
  line.cut_right(painter.px(theme::space::kApart));
  return line;
}

// What the viewer must know about this picture, behind the note.
void draw_hint(Painter& painter, const Scene& scene, Rect room) {
  const SessionStatus& session = scene.input.session;
  if (!session.summed) return;
  room.cut_left(painter.px(theme::space::kApart));
  const double k = session.ops_per_second / 1000;
  std::vector<std::string> texts;
  if (k >= 1) {
    texts.push_back(trf("Full rate: moves are summed, not drawn one by one ({0} k/s)",
                        count_text(static_cast<std::uint64_t>(std::llround(k)))));
  }
  texts.insert(texts.end(), {tr("Full rate: moves are summed, not drawn one by one"),
                             tr("Full rate: moves are summed"), tr("summed")});
  for (const std::string& text : texts) {
    if (painter.width_of(FontRole::kSmall, text) > room.w) continue;
    painter.text_in(room, FontRole::kSmall, painter.theme().steal.text, text, Align::kRight);
    return;
  }
}

// What the bar of each card is made of, where there is room for all of it.
void draw_legend(Painter& painter, const Scene& scene, Rect room) {
  if (scene.input.session.summed || scene.stage.detail == CardDetail::kCompact) return;
  room.cut_left(painter.px(theme::space::kApart));
  std::vector<GetSource> sources = {GetSource::kPrivate, GetSource::kShared, GetSource::kSteal,
                                    GetSource::kNew};
  if (scene.input.model.config.pool == PoolKind::kModern) {
    sources.insert(sources.begin() + 3, GetSource::kVictim);
  }
  const float gap = painter.px(theme::space::kNear);
  const float sign_w = painter.px(theme::space::kApart);
  const std::string title = tr("Gets from:");
  float w = painter.width_of(FontRole::kMicro, title);
  for (const GetSource source : sources) {
    w += sign_w + 3 * gap + painter.width_of(FontRole::kMicro, name_of(source));
  }
  if (w > room.w) return;
  Rect at = room.cut_right(w);
  const Color ink = painter.theme().text_mid;
  at.cut_left(painter.text_in(at, FontRole::kMicro, ink, title));
  const float h = painter.sizes().bar_h * 1.5F;
  for (const GetSource source : sources) {
    at.cut_left(2 * gap);
    const Rect sign = at.cut_left(sign_w);
    draw_share(painter, {sign.x, sign.center().y - h / 2, sign.w, h}, source);
    at.cut_left(gap);
    at.cut_left(painter.text_in(at, FontRole::kMicro, ink, name_of(source)));
  }
}

// The stage's name and what it shows, what moves the followed goroutine, which pool runs.
void draw_heading(Painter& painter, const Scene& scene, intents::Intents& asked) {
  Rect line = draw_pool_choice(painter, scene, asked);
  const std::string name = tr("Processors");
  const float name_w = painter.width_of(FontRole::kBodyStrong, name);
  const float gap = painter.px(theme::space::kWide);
  Rect by_hand = line;
  by_hand.cut_left(name_w + gap);
  draw_by_hand(painter, by_hand, asked);
  line.w = by_hand.right() - line.x;
  // Half a note would say nothing.
  std::string note = note_text(scene);
  if (painter.width_of(FontRole::kSmall, note) + name_w + gap > line.w) note.clear();
  const float end = painter.heading(line, name, note);
  const Rect room{end, line.y, line.right() - end, line.h};
  draw_hint(painter, scene, room);
  draw_legend(painter, scene, room);
}

std::size_t stranded_of(const Scene& scene) {
  if (scene.local == nullptr) return 0;
  std::size_t n = 0;
  for (std::size_t i = scene.input.model.procs; i < scene.local->locals.size(); ++i) {
    n += scene.local->locals[i].private_object.valid() ? 1 : 0;
  }
  return n;
}

// Of the compact grid, where the cells have no room for their numbers.
void draw_row_names(Painter& painter, const Scene& scene) {
  for (const layout::RowName& row : scene.stage.row_names) {
    painter.text_in(row.at, FontRole::kMicro, painter.theme().text_mid,
                    name_of(PId{static_cast<std::uint16_t>(row.first)}), Align::kRight);
  }
}

void draw_divider(Painter& painter, const Scene& scene) {
  const Rect& divider = scene.stage.divider;
  if (divider.empty()) return;
  const auto& theme = painter.theme();
  std::string text = tr("no P runs below here");
  const std::size_t stranded = stranded_of(scene);
  if (stranded != 0) {
    const std::string more =
        text + tr(", ") + trf("{0} stranded in private until the next GC", count_text(stranded));
    const float room = divider.w - painter.px(theme::space::kLeastRule);
    if (painter.width_of(FontRole::kMicro, more) < room) text = more;
  }
  const float w = painter.width_of(FontRole::kMicro, text);
  const float gap = painter.px(theme::space::kLoose);
  const float y = divider.center().y;
  const float left = divider.center().x - w / 2 - gap;
  const float right = divider.center().x + w / 2 + gap;
  painter.line({divider.x, y}, {left, y}, theme.stroke_hi, painter.sizes().hairline);
  painter.line({right, y}, {divider.right(), y}, theme.stroke_hi, painter.sizes().hairline);
  painter.text_in(divider, FontRole::kMicro, theme.text_mid, text, Align::kCenter);
}

}  // namespace

std::vector<ObjectId> draw_stage(const ViewInput& input, const Rect& area,
                                 intents::Intents& asked) {
  Painter painter(input);
  painter.panel(area);
  const Scene scene = make_scene(painter, area);
  draw_heading(painter, scene, asked);
  for (const layout::CardLayout& card : scene.stage.cards) {
    if (scene.stage.detail == CardDetail::kCompact) {
      draw_cell(painter, scene, card, asked);
    } else {
      draw_card(painter, scene, card, asked);
    }
  }
  draw_row_names(painter, scene);
  draw_divider(painter, scene);
  draw_foot(painter, scene, asked);
  painter.enter_effects(area);
  draw_flights(painter, scene);
  draw_effects(painter, scene);
  painter.leave();
  return flying(scene);
}

}  // namespace poolscope::views
