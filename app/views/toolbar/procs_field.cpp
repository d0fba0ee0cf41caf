#include "app/views/toolbar/procs_field.h"

#include <array>
#include <charconv>
#include <cstdio>
#include <cstring>

#include "app/gui/imgui_versions.h"

namespace poolscope::views {
namespace {

constexpr std::uint32_t kMostProcs = 256;

ImVec4 components(Color color) {
  constexpr float kMost = 255;
  return {static_cast<float>(color.r) / kMost, static_cast<float>(color.g) / kMost,
          static_cast<float>(color.b) / kMost, static_cast<float>(color.a) / kMost};
}

}  // namespace

void draw_procs_field(Painter& painter, const Rect& at, intents::Intents& asked) {
  const ViewInput& input = painter.input();
  const std::string number = std::to_string(input.model.procs);
  if (const std::uint32_t target = input.session.procs_target;
      target != 0 && target != input.model.procs) {
    const std::string to = "\u2192 " + std::to_string(target);
    const std::string whole = number + " " + to;
    const bool fits = painter.width_of(FontRole::kMono, whole) <= at.w;
    painter.text_in(at, FontRole::kMono, painter.theme().text_hi, fits ? whole : to,
                    Align::kCenter);
    return;
  }
  if (!input.interactive || !input.session.can.can_change_pool) {
    painter.text_in(at, FontRole::kMono, painter.theme().text_hi, number, Align::kCenter);
    return;
  }
  std::array<char, 8> typed{};
  std::snprintf(typed.data(), typed.size(), "%s", number.c_str());
  ImFont* font = input.fonts[static_cast<std::size_t>(FontRole::kMono)];
  const float pad_x = (at.w - painter.width_of(FontRole::kMono, number)) / 2;
  const float pad_y = (at.h - painter.size_of(FontRole::kMono)) / 2;
  gui::push_font(*font);
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {std::max(0.0F, pad_x), std::max(0.0F, pad_y)});
  ImGui::PushStyleVar(ImGuiStyleVar_FrameBorderSize, 0.0F);
  ImGui::PushStyleColor(ImGuiCol_FrameBg, components(painter.theme().well.faded(0)));
  ImGui::PushStyleColor(ImGuiCol_Text, components(painter.theme().text_hi));
  ImGui::PushStyleColor(ImGuiCol_TextSelectedBg, components(painter.theme().priv.fill.faded(0.4F)));
  ImGui::SetCursorScreenPos({at.x, at.y});
  ImGui::SetNextItemWidth(at.w);
  const bool entered =
      ImGui::InputText("##procs", typed.data(), typed.size(),
                       ImGuiInputTextFlags_CharsDecimal | ImGuiInputTextFlags_EnterReturnsTrue |
                           ImGuiInputTextFlags_AutoSelectAll);
  ImGui::PopStyleColor(3);
  ImGui::PopStyleVar(2);
  ImGui::PopFont();
  input.labels.record("procs", at, true);
  if (!entered) return;
  std::uint32_t procs = 0;
  const auto parsed =
      std::from_chars(typed.data(), typed.data() + std::strlen(typed.data()), procs);
  if (parsed.ec == std::errc() && procs >= 1 && procs <= kMostProcs) {
    asked.emplace_back(intents::SetProcs{procs});
  }
}

}  // namespace poolscope::views
