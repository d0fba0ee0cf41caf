#include "app/views/widgets/dialog_box.h"

#include <algorithm>
#include <cmath>
#include <string>

#include <imgui.h>

namespace poolscope::views {

layout::Rect dialog_margins(const Painter& painter) {
  const float gap = 2 * painter.sizes().gap;
  const float inset = 2 * (painter.sizes().panel_inset + painter.px(theme::space::kNear));
  return {0, 0, gap, gap + inset};
}

float dialog_row_height(const Painter& painter) {
  return std::ceil(painter.sizes().button_h * 1.25F);
}

DialogBox draw_dialog_box(Painter& painter, const Rect& area, const Rect& least) {
  const auto& theme = painter.theme();
  constexpr float kVeil = 0.5F;
  painter.fill(area, theme.bg.faded(kVeil));
  const float w = least.w - 2 * painter.sizes().gap;
  const float h = least.h - 2 * painter.sizes().gap;
  const Rect box{std::round(area.center().x - w / 2), std::round(area.center().y - h / 2), w, h};
  painter.fill(box, theme.panel, painter.sizes().radius_panel);
  painter.border(box, theme.stroke_hi, painter.sizes().hairline, painter.sizes().radius_panel);
  return {box, box.inset(painter.sizes().panel_inset + painter.px(theme::space::kNear))};
}

void scroll_dialog_to(const Painter& painter, float top, float bottom) {
  const float h = painter.input().window.h;
  const float down = bottom > h ? bottom - h : std::min(top, 0.0F);
  if (down != 0) ImGui::SetScrollY(ImGui::GetScrollY() + down);
}

bool closes_dialog(Painter& painter, std::string_view name, const Rect& area, const Rect& box) {
  static_cast<void>(painter.touch_unnamed(std::string(name) + " box", box));
  return painter.touch_unnamed(std::string(name) + " veil", area).clicked;
}

}  // namespace poolscope::views
