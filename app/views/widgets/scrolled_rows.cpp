#include "app/views/widgets/scrolled_rows.h"

#include <algorithm>
#include <cmath>

#include <imgui.h>

namespace poolscope::views {
namespace {

/// The scroll that brings `row` whole into sight, as little moved as can be.
float scroll_to(float scroll, float row_y, float row_h, float h) {
  return std::clamp(scroll, row_y + row_h - h, row_y);
}

}  // namespace

void draw_scrolled_rows(Painter& painter, const Rect& in, const ScrolledRows& rows,
                        const std::function<void(Painter&, const Rect&, std::size_t)>& draw) {
  if (in.empty() || rows.row_h <= 0) return;
  ImGui::SetCursorScreenPos({in.x, in.y});
  ImGui::PushStyleColor(ImGuiCol_ChildBg, packed(painter.theme().panel));
  ImGui::BeginChild(rows.id, {in.w, in.h});
  Painter scrolled(painter.input());
  if (rows.reach) {
    const float row_y = static_cast<float>(*rows.reach) * rows.row_h;
    ImGui::SetScrollY(scroll_to(ImGui::GetScrollY(), row_y, rows.row_h, in.h));
  }
  const float all_h = rows.row_h * static_cast<float>(rows.count);
  const float bar_w = all_h > in.h ? ImGui::GetStyle().ScrollbarSize : 0;
  const float scroll = ImGui::GetScrollY();
  const auto first = static_cast<std::size_t>(std::max(0.0F, std::floor(scroll / rows.row_h)));
  for (std::size_t i = first; i < rows.count; ++i) {
    const float y = in.y + static_cast<float>(i) * rows.row_h - scroll;
    if (y >= in.bottom()) break;
    draw(scrolled, {in.x, y, in.w - bar_w, rows.row_h}, i);
  }
  ImGui::SetCursorScreenPos({in.x, in.y - scroll});
  ImGui::Dummy({1, all_h});
  ImGui::EndChild();
  ImGui::PopStyleColor();
}

}  // namespace poolscope::views
