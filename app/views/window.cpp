#include "app/views/window.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include <imgui.h>

#include "app/layout/window_layout.h"
#include "app/locale/translate.h"
#include "app/views/dialogs/help.h"
#include "app/views/inspector/inspector.h"
#include "app/views/memory/memory.h"
#include "app/views/paint/paint.h"
#include "app/views/stage/caption.h"
#include "app/views/stage/conservation.h"
#include "app/views/stage/stage.h"
#include "app/views/timeline/timeline.h"
#include "app/views/toolbar/toolbar.h"
#include "app/views/widgets/controls.h"

namespace poolscope::views {
namespace {

using intents::Tab;
using locale::tr;

// Under the tabs, two by two.
void draw_tab_choices(Painter& painter, Rect in, intents::Intents& asked) {
  const float gap = painter.px(theme::space::kTight);
  const float h = std::min(painter.sizes().button_h, std::floor((in.h - gap) / 2));
  const float w = std::floor((in.w - gap) / 2);
  Rect rows = in.cut_bottom(2 * h + gap);
  for (const auto& [left, right] : {std::pair{Choice::kLanguage, Choice::kTheme},
                                    std::pair{Choice::kLayout, Choice::kMotion}}) {
    Rect row = rows.cut_top(h);
    rows.cut_top(gap);
    draw_choice(painter, row.cut_left(w), left, asked);
    row.cut_left(gap);
    draw_choice(painter, row.cut_left(w), right, asked);
  }
}

// Chooses the lower panel of the lecture layout.
void draw_tabs(const ViewInput& input, const Rect& area, intents::Intents& asked) {
  if (!input.interactive) return;
  Painter painter(input);
  const auto& theme = painter.theme();
  painter.fill(area, theme.panel, painter.sizes().radius_panel);
  painter.border(area, theme.stroke, painter.sizes().hairline, painter.sizes().radius_panel);
  Rect in = area.inset(painter.px(theme::space::kSnug));
  struct Choice {
    Tab tab;
    const char* label;
    const char* text;
  };
  const std::array<Choice, 2> choices = {{{Tab::kMemory, "tab.memory", tr("Memory")},
                                          {Tab::kTimeline, "tab.timeline", tr("Timeline")}}};
  for (const Choice& choice : choices) {
    const Rect at = in.cut_top(painter.sizes().button_h * 0.88F);
    in.cut_top(painter.px(theme::space::kTight));
    const bool chosen = input.state.tab == choice.tab;
    const auto touch = painter.touch(choice.label, at);
    if (chosen || touch.hovered) painter.fill(at, theme.raised, painter.sizes().radius_button);
    if (chosen) {
      painter.fill({at.x, at.y + at.h * 0.2F, painter.px(theme::space::kFine), at.h * 0.6F},
                   theme.priv.text, 1);
    }
    painter.text_in(at.inset(painter.px(theme::space::kLoose), 0), FontRole::kSmall,
                    chosen ? theme.text_hi : theme.text_mid, choice.text);
    if (touch.clicked) asked.emplace_back(intents::SelectTab{choice.tab});
  }
  draw_tab_choices(painter, in, asked);
}

void draw_panels(const ViewInput& input, intents::Intents& asked) {
  const layout::WindowLayout at =
      layout::window_layout(input.state.layout, input.window, input.sizes, font_specs_of(input));
  draw_toolbar(input, at.toolbar, asked);
  draw_stage(input, at.stage, asked);
  draw_caption(input, at.caption);
  draw_conservation(input, at.conservation, asked);
  if (at.one_lower) {
    // A picture that nobody can click in has no tabs: the panel takes their place too.
    Rect lower = at.timeline;
    if (!input.interactive) lower = {at.tabs.x, lower.y, lower.right() - at.tabs.x, lower.h};
    draw_tabs(input, at.tabs, asked);
    if (input.state.tab == Tab::kMemory) {
      draw_memory(input, lower, asked);
    } else {
      draw_timeline(input, lower, asked);
    }
  } else {
    draw_memory(input, at.memory, asked);
    draw_timeline(input, at.timeline, asked);
    draw_inspector(input, at.inspector, asked);
  }
}

// A window without anything of its own, as large as the display. The background is cleared by the
// caller: filling it again would cost as much as all the rest.
bool begin_bare(const char* name, const ViewInput& input, ImGuiWindowFlags more) {
  ImGui::SetNextWindowPos({input.window.x, input.window.y});
  ImGui::SetNextWindowSize({input.window.w, input.window.h});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0.0F);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 0.0F);
  return ImGui::Begin(name, nullptr,
                      ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                          ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBackground |
                          ImGuiWindowFlags_NoNav | more);
}

void end_bare() {
  ImGui::End();
  ImGui::PopStyleVar(3);
}

}  // namespace

intents::Intents draw_window(const ViewInput& input) {
  intents::Intents asked;
  if (begin_bare("poolscope", input, ImGuiWindowFlags_NoBringToFrontOnFocus)) {
    draw_panels(input, asked);
  }
  end_bare();
  if (input.state.help_open && input.interactive) {
    // A window over the first one: what lies under it is looked at, not touched.
    ImGui::SetNextWindowFocus();
    if (begin_bare("help", input, ImGuiWindowFlags_None)) draw_help(input, input.window, asked);
    end_bare();
  }
  return asked;
}

}  // namespace poolscope::views
