// The list of all lessons.

#include "app/views/lesson/lesson_list.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <imgui.h>

#include "app/locale/translate.h"
#include "app/views/lesson/found_places.h"
#include "app/views/paint/paint.h"
#include "app/views/widgets/controls.h"
#include "app/views/widgets/text_field.h"
#include "app/views/words/search_words.h"

namespace poolscope::views {
namespace {

using locale::tr;

constexpr std::size_t kMostSearched = 64;  // bytes of what is searched

/// One row: the name of a topic, or a lesson.
struct ListRow {
  std::string topic;
  const script::Lesson* lesson = nullptr;
};

std::string topic_text(const std::string& topic) {
  if (topic == "structure") return tr("Structure");
  if (topic == "pinslow") return "pinSlow";
  if (topic == "put") return "Put";
  if (topic == "get") return "Get";
  if (topic == "gc") return "GC";
  if (topic == "steal") return tr("Steal");
  if (topic == "resize") return tr("Resize");
  if (topic == "race") return tr("Race mode");
  if (topic == "misuse") return tr("Misuse");
  if (topic == "modern") return tr("Go >= 1.13");
  return topic;
}

/// Whether each word that is searched stands in the lesson's name, title, question or topic, in
/// either language.
bool found_in(const script::Lesson& lesson, const std::string& searched) {
  const std::string text =
      folded(lesson.name + " " + lesson.topic + " " + lesson.title.en + " " + lesson.title.zh +
             " " + lesson.question.en + " " + lesson.question.zh);
  return has_words(text, searched);
}

std::vector<ListRow> list_rows_of(const ViewState& state) {
  std::vector<ListRow> rows;
  const std::string searched = folded(state.lessons_search);
  std::string topic;
  for (const script::Lesson& lesson : *state.lessons) {
    if (!found_in(lesson, searched)) continue;
    if (lesson.topic != topic) rows.push_back({lesson.topic, nullptr});
    topic = lesson.topic;
    rows.push_back({topic, &lesson});
  }
  return rows;
}

/// What stands before a lesson's title: its name, and a margin.
float name_width(const Painter& painter) {
  return painter.px(theme::space::kClose) + painter.width_of(FontRole::kMono, "S888");
}

/// The width that the longest title takes.
float widest_row(const Painter& painter, const std::vector<ListRow>& rows) {
  float widest = 0;
  for (const ListRow& row : rows) {
    if (row.lesson == nullptr) continue;
    const std::string& title = row.lesson->title.in(painter.input().state.language);
    widest = std::max(widest, painter.width_of(FontRole::kBody, title));
  }
  return name_width(painter) + widest;
}

/// The lines that a row takes: a long title has several.
float lines_of(const Painter& painter, const ListRow& row, float row_w) {
  if (row.lesson == nullptr) return 1;
  const std::string& title = row.lesson->title.in(painter.input().state.language);
  return static_cast<float>(
      std::max(1, painter.lines_of(FontRole::kBody, title, row_w - name_width(painter))));
}

void draw_list_row(Painter& painter, Rect at, const ListRow& row, float line_h,
                   intents::Intents& asked) {
  const auto& theme = painter.theme();
  if (row.lesson == nullptr) {
    painter.text_in(at, FontRole::kSmallStrong, theme.priv.text, topic_text(row.topic));
    return;
  }
  const std::string_view language = painter.input().state.language;
  const auto touch = painter.touch("lesson." + row.lesson->name, at);
  if (touch.hovered) {
    painter.fill(at, theme.raised, painter.sizes().radius_object);
    painter.tooltip(row.lesson->question.in(language));
  }
  if (touch.clicked) asked.emplace_back(intents::OpenLesson{row.lesson->name});
  Rect name = at.cut_left(name_width(painter));
  name.h = line_h;
  name.cut_left(painter.px(theme::space::kClose));
  painter.text_in(name, FontRole::kMono, theme.text_low, row.lesson->name);
  painter.paragraph_in(at, FontRole::kBody, theme.text_hi, row.lesson->title.in(language), line_h);
}

// From a lesson or a replay to a live session: at the right end of `head`, behind its title of that
// width, or on a line of its own at the top of `in`.
void draw_way_back(Painter& painter, Rect& head, float title_w, Rect& in, intents::Intents& asked) {
  const std::string word = tr("Back to a live session");
  const float w = painter.width_of(FontRole::kSmall, word) + painter.px(theme::space::kButton);
  const float gap = painter.sizes().gap;
  Rect at;
  if (title_w + w + 2 * gap <= head.w) {
    head.cut_right(gap);
    at = head.cut_right(w);
  } else {
    at = in.cut_top(painter.sizes().button_h);
    in.cut_top(gap);
  }
  const std::string hint = tr("It starts anew, with what was chosen for it");
  if (at.w < w || !draw_text_button(painter, "live", at, word, hint)) return;
  asked.emplace_back(intents::ToggleLessons{});
  asked.emplace_back(intents::StartAgain{});
}

}  // namespace

void draw_lesson_list(const ViewInput& input, const layout::Rect& area, intents::Intents& asked) {
  Painter painter(input);
  const auto& theme = painter.theme();
  constexpr float kVeil = 0.72F;
  painter.fill(area, theme.bg.faded(kVeil));
  const float w = std::min(area.w - 2 * painter.sizes().gap, painter.px(theme::space::kHelpWidth));
  const Rect box{std::round(area.center().x - w / 2), area.y + painter.sizes().gap, w,
                 area.h - 2 * painter.sizes().gap};
  painter.fill(box, theme.panel, painter.sizes().radius_panel);
  painter.border(box, theme.stroke_hi, painter.sizes().hairline, painter.sizes().radius_panel);
  Rect in = box.inset(painter.sizes().panel_inset);
  Rect head = in.cut_top(painter.sizes().button_h);
  in.cut_top(painter.sizes().gap);
  const Rect field = head.cut_right(std::round(head.w * 0.4F));
  const std::string title = tr("Lessons");
  if (!input.session.live()) {
    draw_way_back(painter, head, painter.width_of(FontRole::kTitle, title), in, asked);
  }
  painter.text_in(head, FontRole::kTitle, theme.text_hi, title);
  const auto searched = draw_text_field(painter, field,
                                        {.label = "search",
                                         .id = "searched",
                                         .hint = tr("Search: lessons, #12, G4, 3.2 s"),
                                         .most_bytes = kMostSearched,
                                         .focused = true},
                                        input.state.lessons_search);
  if (searched.text) asked.emplace_back(intents::SearchLessons{*searched.text});
  const bool found = draw_found_places(painter, in, searched.entered, asked);

  const std::vector<ListRow> rows = list_rows_of(input.state);
  const auto first = std::ranges::find_if(rows, [](const ListRow& row) { return row.lesson; });
  const bool typed = !input.state.lessons_search.empty() && !searched.text;
  if (searched.entered && typed && !found && first != rows.end()) {
    asked.emplace_back(intents::OpenLesson{first->lesson->name});
  }
  const float line = std::ceil(painter.size_of(FontRole::kBody) * 1.55F);
  const auto lines = static_cast<float>(rows.size());
  // Two columns where they are wide enough for all titles, and one is not high enough for all rows.
  const float half_w = std::floor(in.w / 2) - painter.sizes().gap;
  const bool two = line * lines > in.h && half_w >= widest_row(painter, rows);
  const std::size_t columns = two ? 2 : 1;
  const std::size_t in_column = (rows.size() + columns - 1) / columns;
  ImGui::SetCursorScreenPos({in.x, in.y});
  ImGui::PushStyleColor(ImGuiCol_ChildBg, packed(theme.panel));
  ImGui::BeginChild("lessons", {in.w, in.h});
  Painter scrolled(input);
  scrolled.enter_list(in);
  const float y = in.y - ImGui::GetScrollY();
  const float column_w = std::floor(in.w / static_cast<float>(columns)) - painter.sizes().gap;
  float below = 0;  // what the rows of this column take so far
  float highest = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i % in_column == 0) below = 0;
    const auto column = static_cast<float>(i / in_column);
    const Rect at{in.x + column * (column_w + painter.sizes().gap), y + below, column_w,
                  line * lines_of(painter, rows[i], column_w)};
    below += at.h;
    highest = std::max(highest, below);
    if (at.bottom() < in.y || at.y > in.bottom()) continue;
    draw_list_row(scrolled, at, rows[i], line, asked);
  }
  if (rows.empty() && !found) {
    scrolled.text_in({in.x, in.y, in.w, line}, FontRole::kBody, theme.text_mid,
                     tr("No lesson has these words, and the session has nothing of that name."));
  }
  ImGui::SetCursorScreenPos({in.x, y});
  ImGui::Dummy({1, highest});
  scrolled.leave();
  ImGui::EndChild();
  ImGui::PopStyleColor();
  // A click beside it closes it.
  const bool beside = ImGui::IsMouseClicked(0) &&
                      !box.contains(Point{ImGui::GetIO().MousePos.x, ImGui::GetIO().MousePos.y});
  if (beside) asked.emplace_back(intents::ToggleLessons{});
}

}  // namespace poolscope::views
