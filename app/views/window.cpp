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
#include "app/views/toolbar/by_hand.h"
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
void draw_tabs(const ViewInput& input, const Rect& area, bool with_choices,
               intents::Intents& asked) {
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
  if (with_choices) draw_tab_choices(painter, in, asked);
}

float scroll_bar(const ViewInput& input) {
  return std::round(theme::space::kApart * input.sizes.scale);
}

void draw_panels(const ViewInput& input, const layout::WindowLayout& at, intents::Intents& asked) {
  draw_toolbar(input, at.toolbar, at.toolbar_rows, !at.choices_in_tabs() || at.tabs.empty(), asked);
  draw_stage(input, at.stage, asked);
  draw_caption(input, at.caption, at.sentence_lines, asked);
  Rect by_hand = at.caption.inset(input.sizes.panel_inset, input.sizes.gap * 0.5F);
  draw_by_hand(input, by_hand.cut_bottom(input.sizes.button_h * 0.8F), asked);
  draw_conservation(input, at.conservation, asked);
  if (at.one_lower && at.timeline.empty()) return;
  if (at.one_lower) {
    // A picture that nobody can click in has no tabs: the panel takes their place too.
    Rect lower = at.timeline;
    if (!input.interactive) lower = {at.tabs.x, lower.y, lower.right() - at.tabs.x, lower.h};
    draw_tabs(input, at.tabs, at.choices_in_tabs(), asked);
    if (input.state.tab == Tab::kMemory) {
      draw_memory(input, lower, asked);
    } else {
      draw_timeline(input, lower, asked);
    }
  } else {
    if (!at.memory.empty()) draw_memory(input, at.memory, asked);
    if (!at.timeline.empty()) draw_timeline(input, at.timeline, asked);
    draw_inspector(input, at.inspector, asked);
  }
}

// A window without anything of its own, as large as the display, with scroll bars where `canvas` is
// larger than that. The background is cleared by the caller: filling it again would cost as much as
// all the rest.
bool begin_bare(const char* name, const ViewInput& input, const Rect& canvas,
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
  ImGui::PushStyleVar(ImGuiStyleVar_ScrollbarSize, scroll_bar(input));
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

// What scroll bars leave of the window for `least`.
Rect room_for(const ViewInput& input, const Rect& least) {
  Rect room = input.window;
  if (!input.interactive) return room;
  const float bar = scroll_bar(input);
  if (least.h > room.h) room.w -= bar;
  if (least.w > room.w) room.h -= bar;
  if (least.h > room.h && room.w == input.window.w) room.w -= bar;
  return room;
}

layout::WindowLayout layout_in(const ViewInput& input, const Rect& room) {
  return layout::window_layout(input.state.layout, room, input.sizes, font_specs_of(input));
}

// The panels, at the places to which the viewer has scrolled.
void draw_main(const ViewInput& input, intents::Intents& asked) {
  layout::WindowLayout at = layout_in(input, input.window);
  Rect room = input.window;
  if (at.scrolls(input.window)) {
    room = room_for(input, at.canvas);
    at = layout_in(input, room);
  }
  if (begin_bare("poolscope", input, at.canvas, ImGuiWindowFlags_NoBringToFrontOnFocus)) {
    room.x -= ImGui::GetScrollX();
    room.y -= ImGui::GetScrollY();
    draw_panels(input, layout_in(input, room), asked);
  }
  end_bare();
}

// A window over the first one: what lies under it is looked at, not touched.
void draw_help_window(const ViewInput& input, intents::Intents& asked) {
  const Rect least = least_help(input);
  Rect area = room_for(input, least);
  area.w = std::max(area.w, least.w);
  area.h = std::max(area.h, least.h);
  ImGui::SetNextWindowFocus();
  if (begin_bare("help", input, area, ImGuiWindowFlags_None)) {
    area.x -= ImGui::GetScrollX();
    area.y -= ImGui::GetScrollY();
    draw_help(input, area, asked);
  }
  end_bare();
}

}  // namespace

intents::Intents draw_window(const ViewInput& input) {
  intents::Intents asked;
  draw_main(input, asked);
  if (input.state.help_open && input.interactive) draw_help_window(input, asked);
  const bool nothing_under_the_mouse = !ImGui::IsAnyItemHovered() && !ImGui::IsAnyItemActive();
  if (input.interactive && nothing_under_the_mouse && ImGui::IsMouseClicked(0)) {
    asked.emplace_back(intents::LetGo{});
  }
  return asked;
}

}  // namespace poolscope::views
