// A cell of the compact grid: number, running or not, private, shared, and what is special.

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

#include "app/locale/translate.h"
#include "app/views/stage/stage_parts.h"
#include "app/views/words/activity.h"
#include "app/views/words/lock_words.h"
#include "app/views/words/words.h"

namespace poolscope::views {
namespace {

using layout::CardLayout;
using locale::trf;

struct CellState {
  GId g;
  bool running = false;
  bool has_local = false;
  bool has_private = false;
  std::size_t shared = 0;
  std::size_t victim = 0;  // objects in its place of the victim
  bool held = false;
  std::size_t waiters = 0;
  bool steals = false;
};

CellState state_of(const Scene& scene, std::size_t index) {
  CellState state;
  if (index < scene.seating.at.size()) {
    state.g = scene.seating.at[index].g;
    state.running = scene.seating.at[index].running;
    state.steals = activity_of(scene.input.model, state.g).kind == Activity::Kind::kSteal;
  }
  if (scene.local != nullptr && index < scene.local->locals.size()) {
    const LocalState& local = scene.local->locals[index];
    state.has_local = true;
    state.has_private = local.private_object.valid();
    state.shared = local.shared.size();
    state.held = local.lock.holder.valid();
    state.waiters = local.lock.waiters.size();
  }
  if (scene.victim != nullptr && index < scene.victim->locals.size()) {
    const LocalState& victim = scene.victim->locals[index];
    state.victim = victim.shared.size() + (victim.private_object.valid() ? 1 : 0);
  }
  return state;
}

// Rows of dots, as many as there are objects; a bar where they do not fit.
void draw_shared_dots(Painter& painter, const Rect& room, std::size_t objects) {
  if (objects == 0 || room.h < 2) return;
  const auto& color = painter.theme().shared.fill;
  const float dot = std::max(2.0F, std::min(room.h, painter.px(theme::space::kSnug)));
  const float step = dot + std::max(1.0F, painter.px(theme::space::kThin));
  const auto columns = static_cast<std::size_t>(std::max(1.0F, (room.w + step - dot) / step));
  const auto rows = static_cast<std::size_t>(std::max(1.0F, (room.h + step - dot) / step));
  if (objects > columns * rows) {
    painter.fill({room.x, room.y, room.w, std::min(room.h, dot * 1.6F)}, color, 1);
    return;
  }
  for (std::size_t i = 0; i < objects; ++i) {
    const std::size_t row = i / columns;
    painter.fill({room.x + static_cast<float>(i % columns) * step,
                  room.y + static_cast<float>(row) * step, dot, dot},
                 color);
  }
}

void draw_cell_sign(Painter& painter, Point at, float size, const CellState& state) {
  const auto& theme = painter.theme();
  if (state.waiters > 0) {
    painter.lock_sign(at, size * 1.2F, theme.contended.text, true);
  } else if (state.steals) {
    painter.triangle_sign(at, size, theme.steal.text);
  } else if (state.running) {
    painter.dot(at, size * 0.4F, theme.hit.text);
  }
}

// What is special, where the number leaves no room for a sign: running like a badge, a steal in the
// corner, a wanted lock hatched.
void draw_marks(Painter& painter, const Rect& cell, const CellState& state) {
  const auto& theme = painter.theme();
  if (state.waiters > 0) {
    painter.hatch(cell.inset(1), theme.contended.text.faded(theme.badge_border));
  } else if (state.running) {
    painter.fill(cell, theme.hit.text.faded(theme.badge_fill));
    painter.border(cell, theme.hit.text.faded(theme.badge_border), painter.sizes().hairline);
  }
  if (!state.steals) return;
  const float corner = std::min(cell.w, cell.h) * 0.4F;
  painter.triangle({cell.right() - corner, cell.y}, {cell.right(), cell.y},
                   {cell.right(), cell.y + corner}, theme.steal.text);
}

// Private and shared on one line: a part that is filled or not, and one as long as shared is full.
void draw_low_bar(Painter& painter, Rect bar, const CellState& state) {
  constexpr std::size_t kFull = 8;
  const auto& theme = painter.theme();
  painter.fill(bar.cut_left(std::floor(bar.w * 0.4F)),
               state.has_private ? theme.priv.fill : theme.stroke);
  bar.cut_left(painter.px(theme::space::kThin));
  const auto objects = static_cast<float>(std::min(state.shared, kFull));
  if (objects > 0) bar.w = std::max(2.0F, bar.w * objects / static_cast<float>(kFull));
  painter.fill(bar, objects > 0 ? theme.shared.fill : theme.stroke);
}

// The room at a cell's sides, of its width.
constexpr float kSide = 0.06F;

// `numbered`: else the rows are named, and no cell, so that numbers do not come and go with the
// width of their digits.
void draw_inside(Painter& painter, const Rect& cell, const CellState& state, std::size_t index,
                 bool numbered) {
  const auto& theme = painter.theme();
  // The number stands off the border where the cell is wide enough for that.
  const float side =
      std::clamp(cell.w * kSide, painter.px(theme::space::kThin), painter.px(theme::space::kTight));
  Rect in = cell.inset(side, painter.px(theme::space::kThin));
  const float text_h = painter.size_of(FontRole::kMicro);
  const std::string text = std::to_string(index);
  const float sign = text_h * 0.6F;
  const float text_w = painter.width_of(FontRole::kMicro, text);
  const bool beside = numbered && text_w + sign + painter.px(theme::space::kFine) <= in.w;
  if (!beside) draw_marks(painter, cell, state);
  const Color number = state.running ? theme.text_hi : theme.text_low;
  Rect head;
  if (numbered && text_w <= in.w) {
    head = in.cut_top(std::min(in.h, text_h * 0.95F));
    painter.text(FontRole::kMicro, {head.x, head.center().y}, number, text);
  }
  if (beside) draw_cell_sign(painter, {head.right() - sign / 2, head.center().y}, sign, state);
  if (state.victim > 0) {
    // A line along the bottom: the cell has no room for more.
    painter.fill(in.cut_bottom(std::max(1.0F, painter.px(theme::space::kThin))), theme.victim.fill);
    in.cut_bottom(std::max(1.0F, painter.px(theme::space::kHair)));
  }
  if (!state.has_local) return;
  const float least_dots = 2 * painter.px(theme::space::kSnug) + painter.px(theme::space::kTight);
  if (in.h < least_dots) {
    draw_low_bar(painter, in.cut_bottom(std::max(2.0F, std::min(in.h, text_h * 0.2F))), state);
    return;
  }
  in.cut_top(std::max(1.0F, std::min(painter.px(theme::space::kFine), in.h * 0.12F)));
  const Rect bar =
      in.cut_top(std::max(2.0F, std::min(painter.px(theme::space::kSnug), in.h * 0.4F)));
  painter.fill(bar, state.has_private ? theme.priv.fill : theme.stroke);
  in.cut_top(std::max(1.0F, painter.px(theme::space::kThin)));
  draw_shared_dots(painter, in, state.shared);
}

// A cell with words and tiles: its name, private, shared and the victim, one below the other.
struct RoomyRows {
  float gap;
  float head_h;
  float tile_h;
};

// Nothing where a number would be higher than its tile. A low cell has its rows closer together.
std::optional<RoomyRows> roomy_rows(const Painter& painter, const Rect& cell) {
  if (cell.w < painter.width_of(FontRole::kMicro, "P88") + painter.badge_width("G888")) return {};
  const float text_h = painter.size_of(FontRole::kMicro);
  const float head_h = std::max(text_h, painter.sizes().badge_h);
  for (const float gap : {painter.px(theme::space::kTight), painter.px(theme::space::kThin)}) {
    const float room = std::floor((cell.h - head_h - 4 * gap) / 2);
    if (room < std::ceil(text_h * 1.1F)) continue;
    return RoomyRows{gap, head_h, std::min(room, std::ceil(text_h * 1.3F))};
  }
  return {};
}

// A tile with an object's number, or with how many there are; or an open place.
void draw_small_tile(Painter& painter, const Rect& at, const theme::RoleColor& color,
                     const std::string& text) {
  if (text.empty()) return painter.dashed(at, color.text.faded(painter.theme().open_slot));
  painter.fill(at, color.fill, painter.sizes().radius_object);
  // A long number is left out rather than cut.
  if (painter.width_of(FontRole::kMicroStrong, text) > at.w) return;
  painter.text_in(at, FontRole::kMicroStrong, painter.theme().on_fill, text, Align::kCenter);
}

// The P and its goroutine; private; shared and the victim.
void draw_roomy(Painter& painter, const Scene& scene, const Rect& cell, const RoomyRows& rows,
                const CellState& state, std::size_t index, intents::Intents& asked) {
  const auto& theme = painter.theme();
  const auto [gap, head_h, tile_h] = rows;
  Rect in = cell.inset(painter.px(theme::space::kNear), gap);
  Rect head = in.cut_top(head_h);
  const Color number = state.running ? theme.text_hi : theme.text_mid;
  const std::string name = name_of(PId{static_cast<std::uint16_t>(index)});
  head.cut_left(painter.text_in(head, FontRole::kMicroStrong, number, name) + gap);
  const bool badge = state.g.valid() && painter.badge_width(name_of(state.g)) <= head.w;
  if (badge) {
    const float w = painter.badge_width(name_of(state.g));
    draw_goroutine(painter, {head.right() - w, head.center().y}, state.g, state.running, asked, w);
  }
  if (!state.has_local) return;
  in.cut_top(gap);
  const float sign = painter.size_of(FontRole::kMicro) * 0.6F;
  const LocalState& local = scene.local->locals[index];
  Rect first = in.cut_top(tile_h);
  const float tile_w = std::min(first.w * 0.6F, std::max(painter.sizes().object * 1.3F, tile_h));
  draw_small_tile(painter, first.cut_left(tile_w), theme.priv,
                  local.private_object.valid() ? name_of(local.private_object) : "");
  CellState special = state;
  special.running = state.running && !badge;  // a badge says so
  draw_cell_sign(painter, {first.right() - sign, first.center().y}, sign, special);
  in.cut_top(gap);
  Rect second = in.cut_top(tile_h);
  draw_small_tile(painter, second.cut_left(tile_w), theme.shared,
                  state.shared == 0 ? "" : "x" + count_text(state.shared));
  if (state.victim == 0) return;
  second.cut_left(gap);
  draw_small_tile(painter, second.cut_left(std::min(second.w, tile_w)), theme.victim,
                  "x" + count_text(state.victim));
}

}  // namespace

void draw_cell(Painter& painter, const Scene& scene, const CardLayout& card,
               intents::Intents& asked) {
  const auto& theme = painter.theme();
  const CellState state = state_of(scene, card.index);
  const float radius = std::min(painter.sizes().radius_object, card.frame.w / 6);
  const PId p{static_cast<std::uint16_t>(card.index)};
  painter.set_opacity(opacity_of_g(scene.input, state.g));
  if (card.live) {
    painter.fill(card.frame, theme.card, radius);
  } else {
    painter.dashed(card.frame, theme.text_low.faded(theme.open_slot));
  }
  Color border = theme.stroke;
  float width = painter.sizes().hairline;
  if (scene.input.state.focus == p) {
    border = theme.priv.text;
    width = painter.sizes().outline;
  } else if (is_told(scene.input, state.g)) {
    border = theme.steal.text;
    width = painter.sizes().outline;
  } else if (state.waiters > 0) {
    border = theme.contended.text;
    width = painter.sizes().hairline * 1.5F;
  } else if (state.steals) {
    border = theme.steal.text;
    width = painter.sizes().hairline * 1.5F;
  }
  if (card.live) painter.border(card.frame, border, width, radius);
  const std::optional<RoomyRows> roomy = roomy_rows(painter, card.frame);
  if (!roomy) {
    draw_inside(painter, card.frame, state, card.index, scene.stage.row_names.empty());
  }
  painter.set_opacity(1);
  // A goroutine's badge in it is clicked for itself.
  Rect grip = card.frame;
  if (roomy) {
    draw_roomy(painter, scene, card.frame, *roomy, state, card.index, asked);
    grip.cut_top(painter.sizes().badge_h + 2 * painter.px(theme::space::kTight));
  }
  const auto touch = painter.touch("p." + std::to_string(card.index), grip);
  if (touch.clicked) {
    asked.emplace_back(intents::FocusP{scene.input.state.focus == p ? PId::none() : p});
  }
  if (touch.hovered) {
    std::string text = trf("{0}: {1}; private: {2}, shared: {3}", name_of(p),
                           activity_of(scene.input.model, state.g).text, state.has_private ? 1 : 0,
                           count_text(state.shared));
    if (state.victim > 0) text += trf(", victim x{0}", count_text(state.victim));
    if (state.waiters > 0) {
      text += "\n" + lock_tooltip(scene.local->locals[card.index].lock, card.index);
    }
    painter.tooltip(text);
  }
}

}  // namespace poolscope::views
