#include "app/views/window.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include <imgui.h>

#include "app/layout/window_layout.h"
#include "app/locale/translate.h"
#include "app/views/bare_window.h"
#include "app/views/dialogs/first_start.h"
#include "app/views/dialogs/help.h"
#include "app/views/dialogs/markers_panel.h"
#include "app/views/dialogs/open_panel.h"
#include "app/views/dialogs/pools_panel.h"
#include "app/views/dialogs/workload_panel.h"
#include "app/views/inspector/inspector.h"
#include "app/views/lesson/lesson.h"
#include "app/views/lesson/lesson_list.h"
#include "app/views/memory/memory.h"
#include "app/views/object/object.h"
#include "app/views/paint/paint.h"
#include "app/views/source/source.h"
#include "app/views/stage/caption.h"
#include "app/views/stage/conservation.h"
#include "app/views/stage/stage.h"
#include "app/views/statistics/statistics.h"
#include "app/views/timeline/timeline.h"
#include "app/views/toolbar/toolbar.h"
#include "app/views/widgets/controls.h"
#include "app/views/widgets/script_names.h"

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

struct TabChoice {
  Tab tab;
  const char* label;
  const char* text;
};

// The tabs of the lecture layout's lower panel.
std::vector<TabChoice> lower_tabs(const ViewInput& input) {
  std::vector<TabChoice> tabs;
  if (input.session.lesson != nullptr) tabs.push_back({Tab::kLesson, "tab.lesson", tr("Lesson")});
  tabs.push_back({Tab::kSource, "tab.source", tr("Source")});
  tabs.push_back({Tab::kMemory, "tab.memory", tr("Memory")});
  tabs.push_back({Tab::kTimeline, "tab.timeline", tr("Timeline")});
  tabs.push_back({Tab::kStats, "tab.stats", tr("Statistics")});
  tabs.push_back({Tab::kObject, "tab.object", tr("Object")});
  return tabs;
}

// The tabs of the workbench's inspector.
std::vector<TabChoice> inspector_tabs(const ViewInput& input) {
  std::vector<TabChoice> tabs = {{Tab::kOverview, "tab.overview", tr("Overview")},
                                 {Tab::kStats, "tab.stats", tr("Statistics")},
                                 {Tab::kObject, "tab.object", tr("Object")}};
  if (input.session.lesson != nullptr) tabs.push_back({Tab::kLesson, "tab.lesson", tr("Lesson")});
  tabs.push_back({Tab::kSource, "tab.source", tr("Source")});
  return tabs;
}

// The chosen one of them, `otherwise` where another is chosen.
Tab chosen_of(const std::vector<TabChoice>& tabs, Tab chosen, Tab otherwise) {
  const bool there = std::ranges::find(tabs, chosen, &TabChoice::tab) != tabs.end();
  return there ? chosen : otherwise;
}

// Of the lecture layout.
Tab lower_shown(const ViewInput& input) {
  return chosen_of(lower_tabs(input), input.state.tab, Tab::kTimeline);
}

void draw_tab(Painter& painter, const Rect& at, const TabChoice& choice, bool chosen,
              intents::Intents& asked) {
  const auto& theme = painter.theme();
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

// Chooses the lower panel of the lecture layout.
void draw_tabs(const ViewInput& input, const Rect& area, const std::vector<TabChoice>& tabs,
               Tab shown, bool with_choices, intents::Intents& asked) {
  if (!input.interactive) return;
  Painter painter(input);
  const auto& theme = painter.theme();
  painter.fill(area, theme.panel, painter.sizes().radius_panel);
  painter.border(area, theme.stroke, painter.sizes().hairline, painter.sizes().radius_panel);
  Rect in = area.inset(painter.px(theme::space::kSnug));
  // The choices under them keep their place.
  const auto n = static_cast<float>(tabs.size());
  const float gap = painter.px(theme::space::kTight);
  const float choices_h = with_choices ? 2 * painter.sizes().button_h + gap : 0;
  const float tab_h = std::min(painter.sizes().button_h * 0.88F,
                               std::floor((in.h - choices_h - (n - 1) * gap) / n));
  for (const TabChoice& choice : tabs) {
    draw_tab(painter, in.cut_top(tab_h), choice, shown == choice.tab, asked);
    in.cut_top(gap);
  }
  if (with_choices) draw_tab_choices(painter, in, asked);
}

// The workbench's right side: the inspector's tabs, and under them the chosen one.
void draw_side(const ViewInput& input, Rect area, intents::Intents& asked) {
  if (area.empty()) return;
  const std::vector<TabChoice> tabs = inspector_tabs(input);
  const Tab shown = chosen_of(tabs, input.state.tab, Tab::kOverview);
  if (input.interactive) {
    Painter painter(input);
    Rect row = area.cut_top(painter.sizes().button_h);
    area.cut_top(painter.px(theme::space::kNear));
    const float w = std::floor(row.w / static_cast<float>(tabs.size()));
    for (const TabChoice& choice : tabs) {
      draw_tab(painter, row.cut_left(w), choice, shown == choice.tab, asked);
    }
  }
  if (shown == Tab::kLesson) return draw_lesson(input, area, asked);
  if (shown == Tab::kSource) return draw_source(input, area, asked);
  if (shown == Tab::kStats) return draw_statistics(input, area, asked);
  if (shown == Tab::kObject) return draw_object(input, area, asked);
  draw_inspector(input, area, asked);
}

void draw_panels(const ViewInput& input, const layout::WindowLayout& at, intents::Intents& asked) {
  const Rect unhidden = layout::toolbar_with_heading(at, input.sizes, font_specs_of(input));
  draw_toolbar(input, at.toolbar, unhidden, at.toolbar_rows,
               !at.choices_in_tabs() || at.tabs.empty(), asked);
  const std::vector<ObjectId> flying = draw_stage(input, at.stage, asked);
  draw_caption(input, at.caption, at.sentence_lines, asked);
  draw_conservation(input, at.conservation, flying, asked);
  if (at.one_lower && at.timeline.empty()) return;
  if (at.one_lower) {
    // A picture that nobody can click in has no tabs: the panel takes their place too.
    Rect lower = at.timeline;
    if (!input.interactive) lower = {at.tabs.x, lower.y, lower.right() - at.tabs.x, lower.h};
    const std::vector<TabChoice> tabs = lower_tabs(input);
    const Tab shown = lower_shown(input);
    draw_tabs(input, at.tabs, tabs, shown, at.choices_in_tabs(), asked);
    if (shows_first_start(input)) return draw_first_start(input, lower, asked);
    switch (shown) {
      case Tab::kMemory: draw_memory(input, lower, asked); break;
      case Tab::kLesson: draw_lesson(input, lower, asked); break;
      case Tab::kSource: draw_source(input, lower, asked); break;
      case Tab::kStats: draw_statistics(input, lower, asked); break;
      case Tab::kObject: draw_object(input, lower, asked); break;
      case Tab::kTimeline:
      case Tab::kOverview: draw_timeline(input, lower, asked); break;
    }
  } else {
    if (!at.memory.empty()) draw_memory(input, at.memory, asked);
    if (!at.timeline.empty()) {
      shows_first_start(input) ? draw_first_start(input, at.timeline, asked)
                               : draw_timeline(input, at.timeline, asked);
    }
    draw_side(input, at.inspector, asked);
  }
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
  return layout::window_layout(
      input.state.layout, room, input.sizes, font_specs_of(input),
      {.lesson = input.session.lesson != nullptr,
       .timeline = lower_shown(input) == Tab::kTimeline,
       .tables = lower_shown(input) == Tab::kStats || lower_shown(input) == Tab::kObject,
       .stage = shape_of(input)});
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

// The list of lessons, over the first window.
void draw_lessons_window(const ViewInput& input, intents::Intents& asked) {
  ImGui::SetNextWindowFocus();
  if (begin_bare("lessons", input, input.window, ImGuiWindowFlags_None)) {
    draw_lesson_list(input, input.window, asked);
  }
  end_bare();
}

using DrawDialog = void (*)(const ViewInput& input, const Rect& area, intents::Intents& asked);

// A window over the first one: what lies under it is looked at, not touched. `least`: what `draw`
// needs; it scrolls in a smaller window.
void draw_dialog(const ViewInput& input, const char* name, const Rect& least, DrawDialog draw,
                 intents::Intents& asked) {
  Rect area = room_for(input, least);
  area.w = std::max(area.w, least.w);
  area.h = std::max(area.h, least.h);
  ImGui::SetNextWindowFocus();
  if (begin_bare(name, input, area, ImGuiWindowFlags_None)) {
    area.x -= ImGui::GetScrollX();
    area.y -= ImGui::GetScrollY();
    draw(input, area, asked);
  }
  end_bare();
}

void draw_dialogs(const ViewInput& input, intents::Intents& asked) {
  const ViewState& state = input.state;
  if (state.lessons != nullptr) draw_lessons_window(input, asked);
  if (state.workload_open) {
    draw_dialog(input, "workload", least_workload(input), draw_workload, asked);
  }
  if (state.markers_open) draw_dialog(input, "markers", least_markers(input), draw_markers, asked);
  if (state.pools_open) draw_dialog(input, "pools", least_pools(input), draw_pools, asked);
  if (state.open_open) draw_dialog(input, "open", least_open(input), draw_open, asked);
  if (state.help_open) draw_dialog(input, "help", least_help(input), draw_help, asked);
}

// The lecturer's spot, in place of the pointer.
void draw_laser(const ViewInput& input) {
  if (!ImGui::IsMousePosValid()) return;
  const ImVec2 at = ImGui::GetMousePos();
  const auto px = [&](float at_one) { return at_one * input.sizes.scale; };
  constexpr float kGlow = 0.28F;
  ImDrawList* front = ImGui::GetForegroundDrawList();
  front->AddCircleFilled(at, px(theme::space::kLaserGlow), packed(input.theme.laser.faded(kGlow)));
  front->AddCircleFilled(at, px(theme::space::kLaserSpot), packed(input.theme.laser));
  front->AddCircleFilled(at, px(theme::space::kLaserCore), packed(input.theme.laser_core));
  ImGui::SetMouseCursor(ImGuiMouseCursor_None);
  const float r = px(theme::space::kLaserSpot);
  input.labels.record("laser", {at.x - r, at.y - r, 2 * r, 2 * r}, true);
}

// Nothing is drawn; the caller has cleared it black.
intents::Intents draw_black() {
  ImGui::SetMouseCursor(ImGuiMouseCursor_None);
  intents::Intents asked;
  for (ImGuiMouseButton button = 0; button < 3; ++button) {
    if (ImGui::IsMouseClicked(button)) asked = {intents::ToggleBlack{}};
  }
  return asked;
}

}  // namespace

intents::Intents draw_window(const ViewInput& input) {
  if (input.state.black && input.interactive) return draw_black();
  const NamesOfScript names = names_of(input);
  intents::Intents asked;
  draw_main(input, asked);
  if (input.interactive) draw_dialogs(input, asked);
  const bool nothing_under_the_mouse = !ImGui::IsAnyItemHovered() && !ImGui::IsAnyItemActive();
  if (input.interactive && nothing_under_the_mouse && ImGui::IsMouseClicked(0)) {
    asked.emplace_back(intents::LetGo{});
  }
  if (input.state.laser && input.interactive) draw_laser(input);
  return asked;
}

}  // namespace poolscope::views
