// A field, and a row for each file or each way to go on with the path.

#include "app/views/dialogs/open_panel.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

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
// The files stand in columns where there is room for them, the newest at the top of the first.
constexpr std::size_t kColumns = 2;
// The box is at least that high: it does not grow with each of a few files.
constexpr std::size_t kLeastRows = 4;
constexpr float kFileLines = 4;

float file_height(const Painter& painter) {
  return painter.px(theme::space::kFilePictureHeight) + 2 * painter.px(theme::space::kNear);
}

/// Of a file: its name, the folder, when it was recorded and how large it is, how long it is and
/// how many markers it has.
std::vector<std::string> lines_about(const SessionFile& file) {
  std::vector<std::string> lines = {file.path.filename().string(),
                                    file.path.parent_path().string()};
  if (file.script) {
    lines.emplace_back(tr("script"));
    return lines;
  }
  lines.push_back(trf("{0}, {1}", local_time_text(file.started), size_text(file.bytes)));
  std::string length = trf("{0} min", minutes_text(file.duration_ns));
  if (file.markers > 0) {
    length = trf("{0}, {1}", length, locale::trnf("{0} marker", "{0} markers", file.markers));
  }
  lines.push_back(std::move(length));
  return lines;
}

/// What it is to open a row.
intents::Intent opening(const SessionFile& file) { return intents::OpenFile{file.path.string()}; }
intents::Intent opening(const std::string& path) {
  if (path.ends_with('/')) return intents::TypePath{path};
  return intents::OpenFile{path};
}

bool draw_choice_row(Painter& painter, const Rect& row, const std::string& label, bool marked) {
  const auto touch = painter.touch(label, row);
  const float radius = painter.sizes().radius_button;
  if (touch.hovered || marked) painter.fill(row, painter.theme().raised, radius);
  if (marked) painter.border(row, painter.theme().stroke_hi, painter.sizes().hairline, radius);
  if (touch.hovered) Painter::point_with_hand();
  return touch.clicked;
}

/// Of a file that cannot be drawn, or has not been read yet, the frame is empty.
void draw_picture_of(Painter& painter, const SessionFile& file, const Rect& at,
                     DrawPicture draw_picture) {
  const auto& theme = painter.theme();
  painter.fill(at, theme.bg, painter.sizes().radius_object);
  if (file.pictured != nullptr) draw_picture(painter.input(), *file.pictured, at);
  painter.border(at, theme.stroke_hi, painter.sizes().hairline, painter.sizes().radius_object);
}

void draw_file(Painter& painter, Rect in, const SessionFile& file, DrawPicture draw_picture) {
  const auto& theme = painter.theme();
  draw_picture_of(painter, file, in.cut_left(painter.px(theme::space::kFilePicture)), draw_picture);
  in.cut_left(painter.px(theme::space::kWide));
  const float line_h = std::floor(in.h / kFileLines);
  const std::vector<std::string> lines = lines_about(file);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const Rect line = in.cut_top(line_h);
    if (i == 0) {
      painter.text_in(line, FontRole::kBody, theme.text_hi, lines[i]);
    } else {
      painter.text_in(line, FontRole::kSmall, i == 1 ? theme.text_low : theme.text_mid, lines[i]);
    }
  }
}

/// The width of a box with so many columns. At each side of them there is as much as over and under
/// them.
float box_width(const Painter& painter, std::size_t columns) {
  return static_cast<float>(columns) * painter.px(theme::space::kFileWidth) +
         dialog_margins(painter).h;
}

/// As many as the window has room for, beside a scroll bar.
std::size_t columns_of(const Painter& painter) {
  const float room = painter.input().window.w - painter.sizes().scroll_bar;
  return room >= box_width(painter, kColumns) ? kColumns : 1;
}

std::size_t rows_of(const Painter& painter, std::size_t files) {
  const std::size_t columns = columns_of(painter);
  return (files + columns - 1) / columns;
}

void draw_files(Painter& painter, const Rect& in, const FoundFiles& found,
                std::optional<std::size_t> marked, DrawPicture draw_picture,
                intents::Intents& asked) {
  const std::size_t count = found.files.size();
  const std::size_t columns = columns_of(painter);
  const std::size_t rows = rows_of(painter, count);
  const float gap = painter.px(theme::space::kWide);
  const float w =
      std::floor((in.w - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns));
  const float h = file_height(painter);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t column = i / rows;
    const std::size_t row = i % rows;
    const Rect at{in.x + static_cast<float>(column) * (w + gap), in.y + static_cast<float>(row) * h,
                  w, h};
    const SessionFile& file = found.files[i];
    if (draw_choice_row(painter, at, "open.file." + std::to_string(i + 1), marked == i)) {
      asked.push_back(opening(file));
    }
    draw_file(painter, at.inset(painter.px(theme::space::kNear)), file, draw_picture);
  }
}

void draw_paths(Painter& painter, Rect in, const FoundFiles& found,
                std::optional<std::size_t> marked, intents::Intents& asked) {
  for (std::size_t i = 0; i < found.paths.size(); ++i) {
    const std::string& path = found.paths[i];
    const Rect row = in.cut_top(painter.sizes().button_h);
    if (draw_choice_row(painter, row, "open.path." + std::to_string(i + 1), marked == i)) {
      asked.push_back(opening(path));
    }
    painter.text_in(row.inset(painter.px(theme::space::kClose), 0), FontRole::kBody,
                    painter.theme().text_hi, path);
  }
}

/// What stands under the field: files to choose from while nothing is typed, else ways to go on.
struct Choices {
  const FoundFiles* found = nullptr;  // nullptr: nothing has been found for this text yet
  std::size_t rows = 0;
  bool are_paths = false;
  std::optional<std::size_t> marked{};

  [[nodiscard]] intents::Intent opened(std::size_t row) const {
    return are_paths ? opening(found->paths[row]) : opening(found->files[row]);
  }
};

Choices choices_of(const ViewState& state) {
  Choices choices{.are_paths = !state.open_path.empty()};
  if (state.files == nullptr || state.files->typed != state.open_path) return choices;
  choices.found = state.files.get();
  choices.rows = choices.are_paths ? choices.found->paths.size() : choices.found->files.size();
  choices.marked = marked_row(state, choices.rows);
  return choices;
}

/// Of the choices that stand in `in`, with the field over them.
void show_choice(const Painter& painter, const Rect& in, const Choices& choices, std::size_t number,
                 const Rect& field) {
  const float h = choices.are_paths ? painter.sizes().button_h : file_height(painter);
  const std::size_t row = choices.are_paths ? number : number % rows_of(painter, choices.rows);
  const float top = in.y + static_cast<float>(row) * h;
  scroll_dialog_to(painter, row == 0 ? field.y : top, top + h);
}

/// The choices stand in `in`.
void draw_path(Painter& painter, Rect row, const Rect& in, const Choices& choices,
               intents::Intents& asked) {
  const ViewInput& input = painter.input();
  row.h = painter.sizes().button_h;
  const std::string word = tr("Open");
  const Rect ok =
      row.cut_right(painter.width_of(FontRole::kSmall, word) + painter.px(theme::space::kButton));
  row.cut_right(painter.px(theme::space::kClose));
  const Typed typed =
      draw_text_field(painter, row,
                      {.label = "open.path",
                       .id = "path",
                       .hint = tr("Path of a recording or a script; Tab completes"),
                       .most_bytes = kMostPath,
                       .focused = true,
                       .completed = choices.found == nullptr ? "" : choices.found->completed,
                       .moves = true},
                      input.state.open_path);
  if (typed.text) asked.emplace_back(intents::TypePath{*typed.text});
  const std::string path = typed.text.value_or(input.state.open_path);
  // What is marked was found for the text of before.
  const std::optional<std::size_t> marked = typed.text ? std::nullopt : choices.marked;
  if (typed.moved != 0 && !typed.text) {
    const auto now = moved_row(marked, typed.moved, choices.rows, !input.state.open_path.empty());
    asked.emplace_back(intents::MarkFile{now});
    show_choice(painter, in, choices, now.value_or(0), row);
  }
  const bool can = marked || !path.empty();
  const bool clicked = draw_button(painter, "open.ok", ok, ButtonLook::kPrimary, can);
  painter.set_opacity(can ? 1 : painter.theme().unlit);
  painter.text_in(ok, FontRole::kSmall, painter.theme().on_fill, word, Align::kCenter);
  painter.set_opacity(1);
  if (!can || !(clicked || typed.entered)) return;
  asked.push_back(marked ? choices.opened(*marked) : intents::Intent(intents::OpenFile{path}));
}

}  // namespace

std::optional<std::size_t> marked_row(const ViewState& state, std::size_t rows) {
  if (rows == 0) return std::nullopt;
  if (state.open_marked) return std::min(*state.open_marked, rows - 1);
  return state.open_path.empty() ? std::optional<std::size_t>(0) : std::nullopt;
}

std::optional<std::size_t> moved_row(std::optional<std::size_t> now, int by, std::size_t rows,
                                     bool is_typed) {
  if (rows == 0) return std::nullopt;
  if (by > 0) return now ? std::min(*now + 1, rows - 1) : 0;
  if (now.value_or(0) > 0) return *now - 1;
  return is_typed ? std::nullopt : std::optional<std::size_t>(0);
}

layout::Rect least_open(const ViewInput& input) {
  const Painter painter = Painter::to_measure(input);
  const std::size_t files = input.state.files == nullptr ? 0 : input.state.files->files.size();
  const std::size_t rows = std::max(kLeastRows, rows_of(painter, files));
  return {0, 0, box_width(painter, columns_of(painter)),
          static_cast<float>(rows) * file_height(painter) + 2.3F * dialog_row_height(painter) +
              dialog_margins(painter).h};
}

void draw_open(const ViewInput& input, const layout::Rect& area, DrawPicture draw_picture,
               intents::Intents& asked) {
  Painter painter(input);
  const auto& theme = painter.theme();
  Rect size = least_open(input);
  size.w = std::clamp(painter.px(theme::space::kWorkloadWidth), size.w, std::max(size.w, area.w));
  const auto [box, inside] = draw_dialog_box(painter, area, size);
  Rect in = inside;
  painter.text_in(in.cut_top(dialog_row_height(painter)), FontRole::kTitle, theme.text_hi,
                  tr("Open"));
  const Rect row = in.cut_top(dialog_row_height(painter) * 1.3F);
  const Choices choices = choices_of(input.state);
  draw_path(painter, row, in, choices, asked);
  if (choices.found != nullptr && choices.are_paths) {
    draw_paths(painter, in, *choices.found, choices.marked, asked);
  } else if (choices.rows > 0) {
    draw_files(painter, in, *choices.found, choices.marked, draw_picture, asked);
  } else if (choices.found != nullptr) {
    painter.paragraph_in(in, FontRole::kBody, theme.text_mid,
                         tr("Nothing was recorded yet: R records. A file can also be dropped on "
                            "the window."),
                         std::ceil(painter.size_of(FontRole::kBody) * 1.4F));
  }
  if (closes_dialog(painter, "open", area, box)) asked.emplace_back(intents::ToggleOpen{});
}

}  // namespace poolscope::views
