// A cell of the compact grid: number, running or not, private, shared, and what is special.

#include "app/locale/translate.h"
#include "app/views/stage/stage_parts.h"
#include "app/views/words/activity.h"
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
    painter.fill({room.x + static_cast<float>(i % columns) * step,
                  room.y + static_cast<float>(i / columns) * step, dot, dot},
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

void draw_inside(Painter& painter, const Rect& cell, const CellState& state, std::size_t index) {
  const auto& theme = painter.theme();
  Rect in = cell.inset(painter.px(theme::space::kThin), painter.px(theme::space::kThin));
  const float text_h = painter.size_of(FontRole::kMicro);
  Rect head = in.cut_top(std::min(in.h, text_h * 0.95F));
  const Color number = state.running ? theme.text_hi : theme.text_low;
  const std::string text = std::to_string(index);
  head.cut_left(painter.text(FontRole::kMicro, {head.x, head.center().y}, number, text));
  const float sign = text_h * 0.6F;
  // Right of the number, or where that is too long in the lower corner.
  const bool beside = head.w > sign + painter.px(theme::space::kThin);
  Point at{head.right() - sign / 2, head.center().y};
  if (!beside) at.y = in.bottom() - sign * 0.6F;
  draw_cell_sign(painter, at, sign, state);
  if (state.victim > 0) {
    // A line along the bottom: the cell has no room for more.
    painter.fill(in.cut_bottom(std::max(1.0F, painter.px(theme::space::kThin))), theme.victim.fill);
    in.cut_bottom(std::max(1.0F, painter.px(theme::space::kHair)));
  }
  if (!state.has_local) return;
  in.cut_top(std::max(1.0F, std::min(painter.px(theme::space::kFine), in.h * 0.12F)));
  const Rect bar =
      in.cut_top(std::max(2.0F, std::min(painter.px(theme::space::kSnug), in.h * 0.4F)));
  painter.fill(bar, state.has_private ? theme.priv.fill : theme.stroke);
  in.cut_top(std::max(1.0F, painter.px(theme::space::kThin)));
  const bool special = state.waiters > 0 || state.steals || state.running;
  if (!beside && special) in.cut_right(sign + painter.px(theme::space::kThin));
  draw_shared_dots(painter, in, state.shared);
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
    painter.dashed(card.frame, theme.stroke_hi, radius);
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
  draw_inside(painter, card.frame, state, card.index);
  painter.set_opacity(1);
  const auto touch = painter.touch("p." + std::to_string(card.index), card.frame);
  if (touch.clicked) {
    asked.emplace_back(intents::FocusP{scene.input.state.focus == p ? PId::none() : p});
  }
  if (touch.hovered) {
    std::string text =
        trf("{0}: {1}; private: {2}, shared: {3}", name_of(p),
            activity_of(scene.input.model, state.g).text, state.has_private ? 1 : 0, state.shared);
    if (state.victim > 0) text += trf(", victim x{0}", state.victim);
    painter.tooltip(text);
  }
}

}  // namespace poolscope::views
