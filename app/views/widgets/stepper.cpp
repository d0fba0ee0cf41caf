#include "app/views/widgets/stepper.h"

#include "app/views/widgets/controls.h"

namespace poolscope::views {
namespace {

float button_width(const Painter& painter) { return painter.sizes().button_h * 0.82F; }

}  // namespace

float stepper_width(const Painter& painter, const Stepper& stepper) {
  return 2 * button_width(painter) + stepper.value_w;
}

Rect draw_stepper(Painter& painter, Rect at, const Stepper& stepper, bool enabled, int& clicked) {
  const auto& theme = painter.theme();
  const float radius = painter.sizes().radius_button;
  painter.fill(at, theme.well, radius);
  painter.border(at, theme.edge, painter.sizes().hairline, radius);
  const Rect minus = at.cut_left(button_width(painter));
  const Rect plus = at.cut_right(button_width(painter));
  if (draw_button(painter, stepper.minus, minus, ButtonLook::kPlain, enabled)) clicked = -1;
  if (draw_button(painter, stepper.plus, plus, ButtonLook::kPlain, enabled)) clicked = 1;
  const float half = painter.px(theme::space::kSnug);
  const float thick = painter.px(theme::space::kThin);
  const Color color = enabled ? theme.text_hi : theme.text_low;
  for (const Rect& sign : {minus, plus}) {
    const Point c = sign.center();
    painter.fill({c.x - half, c.y - thick / 2, 2 * half, thick}, color);
  }
  painter.fill({plus.center().x - thick / 2, plus.center().y - half, thick, 2 * half}, color);
  return at;
}

}  // namespace poolscope::views
