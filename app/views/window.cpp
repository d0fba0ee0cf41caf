#include "app/views/window.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include <imgui.h>

#include "app/intents/tabs.h"
#include "app/layout/comparison.h"
#include "app/layout/window_layout.h"
#include "app/locale/translate.h"
#include "app/views/bare_window.h"
#include "app/views/comparison_panels.h"
#include "app/views/control_outline.h"
#include "app/views/dialogs/explained.h"
#include "app/views/dialogs/first_start.h"
#include "app/views/dialogs/help.h"
#include "app/views/dialogs/markers_panel.h"
#include "app/views/dialogs/open_panel.h"
#include "app/views/dialogs/pools_panel.h"
#include "app/views/dialogs/save_panel.h"
#include "app/views/dialogs/workload_panel.h"
#include "app/views/inspector/inspector.h"
#include "app/views/lesson/lesson.h"
#include "app/views/lesson/lesson_list.h"
#include "app/views/memory/memory.h"
#include "app/views/object/object.h"
#include "app/views/paint/paint.h"
#include "app/views/session_picture.h"
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

using Layer = DrawLog::Layer;

// What is drawn from here on belongs there.
void enter(const ViewInput& input, std::string_view name, const Rect& at,
           Layer layer = Layer::kPanels) {
  if (input.drawn != nullptr) input.drawn->enter(name, at, layer);
}

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
               Tab shown, std::size_t columns, bool with_choices, intents::Intents& asked) {
  if (!input.interactive) return;
  Painter painter(input);
  const auto& theme = painter.theme();
  painter.fill(area, theme.panel, painter.sizes().radius_panel);
  painter.border(area, theme.stroke, painter.sizes().hairline, painter.sizes().radius_panel);
  Rect in = area.inset(painter.px(theme::space::kSnug));
  // The choices under them keep their place.
  const std::size_t rows = (tabs.size() + columns - 1) / columns;
  const auto n = static_cast<float>(rows);
  const float choices_h =
      with_choices ? 2 * painter.sizes().button_h + painter.px(theme::space::kTight) : 0;
  // The gaps are what the words leave.
  const float room_h = std::floor((in.h - choices_h) / n);
  const float gap = std::clamp(room_h - std::ceil(painter.size_of(FontRole::kSmall) * 1.2F), 0.0F,
                               painter.px(theme::space::kTight));
  const float tab_h = std::min(painter.sizes().button_h * 0.88F, room_h - gap);
  const float tab_w = std::floor(in.w / static_cast<float>(columns));
  for (std::size_t row = 0; row < rows; ++row) {
    Rect line = in.cut_top(tab_h);
    for (std::size_t i = row * columns; i < std::min(tabs.size(), (row + 1) * columns); ++i) {
      draw_tab(painter, line.cut_left(tab_w), tabs[i], shown == tabs[i].tab, asked);
    }
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

void draw_tab_panel(const ViewInput& input, Tab shown, const Rect& area, intents::Intents& asked) {
  switch (shown) {
    case Tab::kMemory: return draw_memory(input, area, asked);
    case Tab::kLesson: return draw_lesson(input, area, asked);
    case Tab::kSource: return draw_source(input, area, asked);
    case Tab::kStats: return draw_statistics(input, area, asked);
    case Tab::kObject: return draw_object(input, area, asked);
    case Tab::kTimeline: return draw_timeline(input, area, asked);
    case Tab::kOverview: return draw_inspector(input, area, asked);
  }
}

// The panel that has the stage's place. The workbench shows all the time what its tabs do not name.
Tab enlarged_shown(const ViewInput& input, bool one_lower) {
  if (one_lower) return lower_shown(input);
  return input.state.tab == Tab::kOverview ? Tab::kMemory : input.state.tab;
}

void draw_panels(const ViewInput& input, const layout::WindowLayout& at, intents::Intents& asked) {
  const Rect unhidden = layout::toolbar_with_heading(at, input.sizes, font_specs_of(input));
  enter(input, "toolbar", at.toolbar);
  draw_toolbar(input, at.toolbar, unhidden, at.toolbar_rows,
               !at.choices_in_tabs() || at.tabs.empty(), asked);
  std::vector<ObjectId> flying;
  if (!at.enlarged.empty()) {
    const Tab shown = enlarged_shown(input, at.one_lower);
    enter(input, intents::name_of(shown), at.enlarged);
    draw_tab_panel(input, shown, at.enlarged, asked);
  } else {
    enter(input, "stage", at.stage);
    flying = draw_stage(input, at.stage, asked);
  }
  enter(input, "caption", at.caption);
  draw_caption(input, at.caption, at.sentence_lines, asked);
  enter(input, "conservation", at.conservation);
  draw_conservation(input, at.conservation, flying, asked);
  if (at.one_lower && !at.enlarged.empty()) {
    enter(input, "tabs", at.tabs);
    return draw_tabs(input, at.tabs, lower_tabs(input), lower_shown(input),
                     static_cast<std::size_t>(at.tab_columns), at.choices_in_tabs(), asked);
  }
  if (at.one_lower && at.timeline.empty()) return;
  if (at.one_lower) {
    // A picture that nobody can click in has no tabs: the panel takes their place too.
    Rect lower = at.timeline;
    if (!input.interactive) lower = {at.tabs.x, lower.y, lower.right() - at.tabs.x, lower.h};
    const std::vector<TabChoice> tabs = lower_tabs(input);
    const Tab shown = lower_shown(input);
    enter(input, "tabs", at.tabs);
    draw_tabs(input, at.tabs, tabs, shown, static_cast<std::size_t>(at.tab_columns),
              at.choices_in_tabs(), asked);
    enter(input, intents::name_of(shown), lower);
    if (shows_first_start(input)) return draw_first_start(input, lower, asked);
    draw_tab_panel(input, shown, lower, asked);
  } else {
    if (!at.memory.empty()) {
      enter(input, "memory", at.memory);
      draw_memory(input, at.memory, asked);
    }
    if (!at.timeline.empty()) {
      enter(input, "timeline", at.timeline);
      shows_first_start(input) ? draw_first_start(input, at.timeline, asked)
                               : draw_timeline(input, at.timeline, asked);
    }
    enter(input, "inspector", at.inspector);
    draw_side(input, at.inspector, asked);
  }
}

// What scroll bars leave of the window for `least`.
Rect room_for(const ViewInput& input, const Rect& least) {
  Rect room = input.window;
  if (!input.interactive) return room;
  const float bar = input.sizes.scroll_bar;
  if (least.h > room.h) room.w -= bar;
  if (least.w > room.w) room.h -= bar;
  if (least.h > room.h && room.w == input.window.w) room.w -= bar;
  return room;
}

layout::WindowLayout layout_in(const ViewInput& input, const Rect& room) {
  return layout::window_layout(
      input.state.layout, room, input.sizes, font_specs_of(input),
      {.controls = input.interactive,
       .lesson = input.session.lesson != nullptr,
       .timeline = lower_shown(input) == Tab::kTimeline,
       .tables = lower_shown(input) == Tab::kStats || lower_shown(input) == Tab::kObject,
       .memory = lower_shown(input) == Tab::kMemory,
       .enlarged = input.state.enlarged,
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

// The same of a comparison.
void draw_main_comparison(const ViewInput& input, intents::Intents& asked) {
  const auto in = [&](const Rect& room) {
    return layout::comparison_layout(room, input.sizes, font_specs_of(input));
  };
  const layout::ComparisonLayout whole = in(input.window);
  Rect room = room_for(input, whole.canvas);
  if (begin_bare("poolscope", input, in(room).canvas, ImGuiWindowFlags_NoBringToFrontOnFocus)) {
    room.x -= ImGui::GetScrollX();
    room.y -= ImGui::GetScrollY();
    draw_comparison(input, in(room), asked);
  }
  end_bare();
}

// The list of lessons, over the first window.
void draw_lessons_window(const ViewInput& input, intents::Intents& asked) {
  ImGui::SetNextWindowFocus();
  if (begin_bare("lessons", input, input.window, ImGuiWindowFlags_None)) {
    enter(input, "lessons", input.window, Layer::kDialogs);
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
    enter(input, name, area, Layer::kDialogs);
    draw(input, area, asked);
  }
  end_bare();
}

void draw_open_with_pictures(const ViewInput& input, const Rect& area, intents::Intents& asked) {
  draw_open(input, area, &draw_session_picture, asked);
}

void draw_dialogs(const ViewInput& input, intents::Intents& asked) {
  switch (input.state.dialog) {
    case Dialog::kNone: return;
    case Dialog::kHelp: return draw_dialog(input, "help", least_help(input), draw_help, asked);
    case Dialog::kWorkload:
      return draw_dialog(input, "workload", least_workload(input), draw_workload, asked);
    case Dialog::kMarkers:
      return draw_dialog(input, "markers", least_markers(input), draw_markers, asked);
    case Dialog::kPools: return draw_dialog(input, "pools", least_pools(input), draw_pools, asked);
    case Dialog::kOpen:
      return draw_dialog(input, "open", least_open(input), draw_open_with_pictures, asked);
    case Dialog::kSaveAs: return draw_dialog(input, "save", least_save(input), draw_save, asked);
    case Dialog::kLessons: return draw_lessons_window(input, asked);
    case Dialog::kExplained:
      return draw_dialog(input, "explained", least_explained(input), draw_explained, asked);
  }
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
  input.other ? draw_main_comparison(input, asked) : draw_main(input, asked);
  const std::size_t under_dialogs = input.labels.items().size();
  if (input.interactive) {
    draw_dialogs(input, asked);
    draw_control(input, input.state.dialog == Dialog::kNone ? 0 : under_dialogs, asked);
  }
  const bool nothing_under_the_mouse = !ImGui::IsAnyItemHovered() && !ImGui::IsAnyItemActive();
  if (input.interactive && nothing_under_the_mouse && ImGui::IsMouseClicked(0)) {
    asked.emplace_back(intents::LetGo{});
  }
  if (input.state.laser && input.interactive) draw_laser(input);
  return asked;
}

}  // namespace poolscope::views
