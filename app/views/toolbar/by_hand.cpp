#include "app/views/toolbar/by_hand.h"

#include <algorithm>
#include <string>

#include <imgui.h>

#include "app/gui/imgui_versions.h"
#include "app/locale/translate.h"
#include "app/views/paint/paint.h"
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

// A button as wide as its text, cut off the right end of `row`; empty where it has no room.
bool text_button(Painter& painter, Rect& row, const char* label, const std::string& text,
                 ButtonLook look) {
  const float w = painter.width_of(FontRole::kSmall, text) + 2 * painter.px(theme::space::kLoose);
  if (w > row.w) return false;
  const Rect at = row.cut_right(w);
  row.cut_right(painter.px(theme::space::kTight));
  const bool clicked = draw_button(painter, label, at, look, true);
  const Color color =
      look == ButtonLook::kPrimary ? painter.theme().on_fill : painter.theme().text_hi;
  painter.text_in(at, FontRole::kSmall, color, text, Align::kCenter);
  return clicked;
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

void draw_by_hand(const ViewInput& input, const layout::Rect& line, intents::Intents& asked) {
  const GId g = input.state.followed;
  if (!input.interactive || !input.session.can.can_hold || !g.valid()) return;
  Painter painter(input);
  const bool held = is_held(input, g);
  Rect row = line;
  using To = intents::SendGoroutine::To;
  if (text_button(painter, row, "step.end", tr("to its end"), ButtonLook::kPlain)) {
    asked.emplace_back(intents::SendGoroutine{g, To::kEndOfOperation, Step::kNone});
  }
  if (text_button(painter, row, "step.to", tr("to a step ..."), ButtonLook::kPlain)) {
    ImGui::OpenPopup(kPopup);
  }
  if (held && text_button(painter, row, "step.one", tr("one step"), ButtonLook::kPlain)) {
    asked.emplace_back(intents::SendGoroutine{g, To::kNextStep, Step::kNone});
  }
  const std::string text = held ? trf("let {0} go", name_of(g)) : trf("hold {0}", name_of(g));
  if (text_button(painter, row, "hold", text, held ? ButtonLook::kPrimary : ButtonLook::kPlain)) {
    asked.emplace_back(intents::HoldGoroutine{g, !held});
  }
  draw_steps(painter, g, asked);
  if (!held) return;
  const std::string why = why_it_stays(input.model, g);
  painter.text_in(row, FontRole::kSmall, painter.theme().contended.text, why, Align::kRight);
}

}  // namespace poolscope::views
