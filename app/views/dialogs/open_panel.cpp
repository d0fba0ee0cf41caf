// A field, and a row for each file or each way to go on with the path.

#include "app/views/dialogs/open_panel.h"

#include <cmath>
#include <cstddef>
#include <string>

#include "app/locale/translate.h"
#include "app/views/paint/paint.h"
#include "app/views/widgets/controls.h"
#include "app/views/widgets/dialog_box.h"
#include "app/views/widgets/text_field.h"
#include "app/views/words/file_words.h"

namespace poolscope::views {
namespace {

using locale::tr;
using locale::trf;

constexpr std::size_t kMostPath = 1024;  // bytes
constexpr float kRows = 8;

float choice_height(const Painter& painter) { return painter.sizes().button_h; }

std::string about(const SessionFile& file) {
  if (file.script) return tr("script");
  std::string text = trf("{0}, {1} min, {2}", local_time_text(file.started),
                         minutes_text(file.duration_ns), size_text(file.bytes));
  if (file.markers > 0) {
    text += ", " + locale::trnf("{0} marker", "{0} markers", file.markers);
  }
  return text;
}

bool draw_choice_row(Painter& painter, const Rect& row, const std::string& label) {
  const auto touch = painter.touch(label, row);
  if (touch.hovered) {
    painter.fill(row, painter.theme().raised, painter.sizes().radius_button);
    Painter::point_with_hand();
  }
  return touch.clicked;
}

void draw_files(Painter& painter, Rect in, const FoundFiles& found, intents::Intents& asked) {
  const auto& theme = painter.theme();
  for (std::size_t i = 0; i < found.files.size(); ++i) {
    const SessionFile& file = found.files[i];
    Rect row = in.cut_top(choice_height(painter));
    if (draw_choice_row(painter, row, "open.file." + std::to_string(i + 1))) {
      asked.emplace_back(intents::OpenFile{file.path.string()});
    }
    row = row.inset(painter.px(theme::space::kClose), 0);
    const std::string text = about(file);
    const Rect right = row.cut_right(painter.width_of(FontRole::kSmall, text));
    painter.text_in(right, FontRole::kSmall, theme.text_mid, text);
    row.cut_right(painter.px(theme::space::kWide));
    const float w =
        painter.text_in(row, FontRole::kBody, theme.text_hi, file.path.filename().string());
    row.cut_left(w + painter.px(theme::space::kWide));
    painter.text_in(row, FontRole::kSmall, theme.text_low, file.path.parent_path().string());
  }
}

void draw_paths(Painter& painter, Rect in, const FoundFiles& found, intents::Intents& asked) {
  for (std::size_t i = 0; i < found.paths.size(); ++i) {
    const std::string& path = found.paths[i];
    const Rect row = in.cut_top(choice_height(painter));
    if (draw_choice_row(painter, row, "open.path." + std::to_string(i + 1))) {
      const bool folder = path.ends_with('/');
      folder ? asked.emplace_back(intents::TypePath{path})
             : asked.emplace_back(intents::OpenFile{path});
    }
    painter.text_in(row.inset(painter.px(theme::space::kClose), 0), FontRole::kBody,
                    painter.theme().text_hi, path);
  }
}

void draw_path(Painter& painter, Rect row, intents::Intents& asked) {
  const ViewInput& input = painter.input();
  row.h = painter.sizes().button_h;
  const std::string word = tr("Open");
  const Rect ok =
      row.cut_right(painter.width_of(FontRole::kSmall, word) + painter.px(theme::space::kButton));
  row.cut_right(painter.px(theme::space::kClose));
  // What was found may be about an older text.
  const auto& found = input.state.files;
  const bool newest = found != nullptr && found->typed == input.state.open_path;
  const Typed typed = draw_text_field(painter, row,
                                      {.label = "open.path",
                                       .id = "path",
                                       .hint = tr("Path of a recording or a script; Tab completes"),
                                       .most_bytes = kMostPath,
                                       .focused = true,
                                       .completed = newest ? found->completed : ""},
                                      input.state.open_path);
  if (typed.text) asked.emplace_back(intents::TypePath{*typed.text});
  const std::string path = typed.text.value_or(input.state.open_path);
  const bool can = !path.empty();
  const bool clicked = draw_button(painter, "open.ok", ok, ButtonLook::kPrimary, can);
  painter.set_opacity(can ? 1 : painter.theme().unlit);
  painter.text_in(ok, FontRole::kSmall, painter.theme().on_fill, word, Align::kCenter);
  painter.set_opacity(1);
  if (can && (clicked || typed.entered)) {
    asked.emplace_back(intents::OpenFile{path});
  }
}

}  // namespace

layout::Rect least_open(const ViewInput& input) {
  const Painter painter = Painter::to_measure(input);
  const layout::Rect margins = dialog_margins(painter);
  return {0, 0, painter.px(theme::space::kWorkloadWidth) + margins.w,
          kRows * choice_height(painter) + 2.3F * dialog_row_height(painter) + margins.h};
}

void draw_open(const ViewInput& input, const layout::Rect& area, intents::Intents& asked) {
  Painter painter(input);
  const auto& theme = painter.theme();
  const auto [box, inside] = draw_dialog_box(painter, area, least_open(input));
  Rect in = inside;
  painter.text_in(in.cut_top(dialog_row_height(painter)), FontRole::kTitle, theme.text_hi,
                  tr("Open"));
  draw_path(painter, in.cut_top(dialog_row_height(painter) * 1.3F), asked);
  const auto& found = input.state.files;
  if (found != nullptr && !input.state.open_path.empty()) {
    draw_paths(painter, in, *found, asked);
  } else if (found != nullptr && !found->files.empty()) {
    draw_files(painter, in, *found, asked);
  } else if (found != nullptr) {
    painter.paragraph_in(in, FontRole::kBody, theme.text_mid,
                         tr("Nothing was recorded yet: R records. A file can also be dropped on "
                            "the window."),
                         std::ceil(painter.size_of(FontRole::kBody) * 1.4F));
  }
  if (closes_dialog(painter, "open", area, box)) asked.emplace_back(intents::ToggleOpen{});
}

}  // namespace poolscope::views
