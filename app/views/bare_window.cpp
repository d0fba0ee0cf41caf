#include "app/views/bare_window.h"

#include "app/views/paint/paint.h"

namespace poolscope::views {

bool begin_bare(const char* name, const ViewInput& input, const layout::Rect& canvas,
                ImGuiWindowFlags more) {
  const bool scrolls = canvas.w > input.window.w || canvas.h > input.window.h;
  ImGui::SetNextWindowPos({input.window.x, input.window.y});
  ImGui::SetNextWindowSize({input.window.w, input.window.h});
  if (scrolls) {
    ImGui::SetNextWindowContentSize({canvas.w, canvas.h});
    more |= ImGuiWindowFlags_HorizontalScrollbar;
  } else {
    more |= ImGuiWindowFlags_NoScrollbar;
  }
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0.0F);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 0.0F);
  ImGui::PushStyleVar(ImGuiStyleVar_ScrollbarSize, input.sizes.scroll_bar);
  ImGui::PushStyleColor(ImGuiCol_ScrollbarBg, packed(input.theme.panel));
  ImGui::PushStyleColor(ImGuiCol_ScrollbarGrab, packed(input.theme.stroke_hi));
  ImGui::PushStyleColor(ImGuiCol_ScrollbarGrabHovered, packed(input.theme.text_low));
  ImGui::PushStyleColor(ImGuiCol_ScrollbarGrabActive, packed(input.theme.text_mid));
  return ImGui::Begin(name, nullptr,
                      ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoResize |
                          ImGuiWindowFlags_NoCollapse | ImGuiWindowFlags_NoMove |
                          ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBackground |
                          ImGuiWindowFlags_NoNav | more);
}

void end_bare() {
  ImGui::End();
  ImGui::PopStyleColor(4);
  ImGui::PopStyleVar(4);
}

}  // namespace poolscope::views
