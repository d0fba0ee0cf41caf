#include "app/views/stage/by_hand.h"

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <imgui.h>

#include "app/gui/imgui_versions.h"
#include "app/locale/translate.h"
#include "app/views/widgets/controls.h"
#include "app/views/words/by_hand.h"
#include "app/views/words/words.h"

namespace poolscope::views {
namespace {

using locale::tr;
using locale::trf;

constexpr const char* kPopup = "steps to run to";

bool is_held(const ViewInput& input, GId g) {
  return std::ranges::find(input.session.held, g) != input.session.held.end();
}

struct HandButton {
  const char* label;
  std::string text;
  ButtonLook look = ButtonLook::kPlain;
  bool clicked = false;
};

float width_of(const Painter& painter, const HandButton& button) {
  return painter.width_of(FontRole::kSmall, button.text) + 2 * painter.px(theme::space::kClose);
}

// Those for which there is room, the first of them at the left, cut off the right end of `line`.
void draw_buttons(Painter& painter, Rect& line, std::span<HandButton> buttons) {
  const float gap = painter.px(theme::space::kTight);
  std::size_t fit = 0;
  float w = 0;
  for (; fit < buttons.size(); ++fit) {
    const float more = width_of(painter, buttons[fit]) + (fit == 0 ? 0 : gap);
    if (w + more > line.w) break;
    w += more;
  }
  Rect row = line.cut_right(w);
  for (HandButton& button : buttons.first(fit)) {
    const Rect at = row.cut_left(width_of(painter, button));
    row.cut_left(gap);
    button.clicked = draw_button(painter, button.label, at, button.look, true);
    const Color color =
        button.look == ButtonLook::kPrimary ? painter.theme().on_fill : painter.theme().text_hi;
    painter.text_in(at, FontRole::kSmall, color, button.text, Align::kCenter);
  }
}

// The steps of the pool's text, as a list to choose from.
void draw_steps(Painter& painter, GId g, intents::Intents& asked) {
  const ViewInput& input = painter.input();
  const auto& theme = painter.theme();
  ImGui::PushStyleColor(ImGuiCol_PopupBg, packed(theme.raised));
  ImGui::PushStyleColor(ImGuiCol_Border, packed(theme.stroke_hi));
  ImGui::PushStyleColor(ImGuiCol_Text, packed(theme.text_hi));
  ImGui::PushStyleColor(ImGuiCol_HeaderHovered, packed(theme.priv.fill.faded(0.35F)));
  ImGui::PushStyleColor(ImGuiCol_HeaderActive, packed(theme.priv.fill.faded(0.5F)));
  gui::push_font(*input.fonts[static_cast<std::size_t>(FontRole::kMono)]);
  if (ImGui::BeginPopup(kPopup)) {
    for (const Step step : steps_of(input.model.config.pool)) {
      const std::string name(step_info(step).name);
      if (ImGui::Selectable(name.c_str())) {
        asked.emplace_back(intents::SendGoroutine{g, intents::SendGoroutine::To::kStep, step});
      }
      const ImVec2 from = ImGui::GetItemRectMin();
      const ImVec2 to = ImGui::GetItemRectMax();
      input.labels.record("step.to." + name, {from.x, from.y, to.x - from.x, to.y - from.y}, true);
    }
    ImGui::EndPopup();
  }
  ImGui::PopFont();
  ImGui::PopStyleColor(5);
}

}  // namespace

void draw_by_hand(Painter& painter, layout::Rect& line, intents::Intents& asked) {
  const ViewInput& input = painter.input();
  const GId g = input.state.followed;
  if (!input.interactive || !input.session.can.can_hold || !g.valid()) return;
  using To = intents::SendGoroutine::To;
  const bool held = is_held(input, g);
  std::vector<HandButton> buttons;
  buttons.push_back({"hold", held ? trf("let {0} go", name_of(g)) : trf("hold {0}", name_of(g)),
                     held ? ButtonLook::kPrimary : ButtonLook::kPlain});
  if (held) buttons.push_back({"step.one", tr("one step")});
  buttons.push_back({"step.to", tr("to a step ...")});
  buttons.push_back({"step.end", tr("to its end")});
  draw_buttons(painter, line, buttons);
  for (const HandButton& button : buttons) {
    if (!button.clicked) continue;
    const std::string_view label = button.label;
    if (label == "hold") asked.emplace_back(intents::HoldGoroutine{g, !held});
    if (label == "step.one") asked.emplace_back(intents::SendGoroutine{g, To::kNextStep});
    if (label == "step.to") ImGui::OpenPopup(kPopup);
    if (label == "step.end") asked.emplace_back(intents::SendGoroutine{g, To::kEndOfOperation});
  }
  draw_steps(painter, g, asked);
  if (!held) return;
  line.cut_right(painter.px(theme::space::kWide));
  const std::string why = why_it_stays(input.model, g);
  const float w = painter.width_of(FontRole::kSmall, why);
  if (w > line.w) return;
  const Rect at = line.cut_right(w);
  painter.text_in(at, FontRole::kSmall, painter.theme().contended.text, why, Align::kRight);
}

}  // namespace poolscope::views
