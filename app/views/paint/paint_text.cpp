// Text: one line, or a paragraph in a rectangle.

#include <algorithm>
#include <cmath>

#include "app/gui/imgui_versions.h"
#include "app/views/paint/paint.h"

namespace poolscope::views {
namespace {

constexpr std::string_view kEllipsis = "…";

// Bytes of the UTF-8 character at the beginning of `text`.
std::size_t character_length(std::string_view text) {
  const auto first = static_cast<unsigned char>(text.front());
  const std::size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  return std::min(length, text.size());
}

// Characters from U+2E80 on are ideographs and their punctuation: a line may break before them.
bool breaks_before(std::string_view character) {
  if (character.size() < 3) return false;
  constexpr std::string_view kNotAtBegin = "，。；：、）？！";
  return static_cast<unsigned char>(character[0]) >= 0xE3 &&
         kNotAtBegin.find(character) == std::string_view::npos;
}

}  // namespace

float Painter::size_of(FontRole role) const {
  return gui::size_of(*input_.fonts[static_cast<std::size_t>(role)]) * input_.text_scale;
}

float Painter::width_of(FontRole role, std::string_view text) const {
  ImFont* font = input_.fonts[static_cast<std::size_t>(role)];
  return font
      ->CalcTextSizeA(size_of(role), 1e9F, 0, text.data(), text.data() + text.size(), nullptr)
      .x;
}

float Painter::text(FontRole role, Point left_middle, Color color, std::string_view text) {
  return line_of_text(role, left_middle, color, text, text);
}

float Painter::line_of_text(FontRole role, Point left_middle, Color color, std::string_view text,
                            std::string_view whole) {
  if (input_.text_scale < 1) return width_of(role, text);
  ImFont* font = input_.fonts[static_cast<std::size_t>(role)];
  const float size = size_of(role);
  // The box of a line is one em high, with the capitals in its middle (see gui/imgui_versions.h).
  const ImVec2 at{std::round(left_middle.x), std::round(left_middle.y - size / 2)};
  const int first_vertex = list_->VtxBuffer.Size;
  if (input_.drawn != nullptr) {
    // The log wants the glyphs that are scrolled out of sight too.
    constexpr float kFar = 1e6F;
    list_->PushClipRect({-kFar, -kFar}, {kFar, kFar});
  }
  list_->AddText(font, size, at, ink(color), text.data(), text.data() + text.size());
  if (input_.drawn != nullptr) list_->PopClipRect();
  tell_text(role, left_middle, color, text, whole, first_vertex);
  return width_of(role, text);
}

std::string Painter::shortened(FontRole role, std::string_view text, float width) const {
  if (width_of(role, text) <= width) return std::string(text);
  const float room = width - width_of(role, kEllipsis);
  if (room < 0) return "";
  std::size_t end = 0;
  float used = 0;
  while (end < text.size()) {
    const std::size_t length = character_length(text.substr(end));
    const float w = width_of(role, text.substr(end, length));
    if (used + w > room) break;
    used += w;
    end += length;
  }
  std::string result(text.substr(0, end));
  while (!result.empty() && result.back() == ' ') result.pop_back();
  return result.empty() ? result : result + std::string(kEllipsis);
}

float Painter::text_in(const Rect& rect, FontRole role, Color color, std::string_view text,
                       Align align) {
  if (rect.empty() || text.empty()) return 0;
  const std::string_view whole = text;
  float width = width_of(role, text);
  std::string cut;
  if (width > rect.w) {
    cut = shortened(role, text, rect.w);
    text = cut;
    width = width_of(role, text);
  }
  float x = rect.x;
  if (align == Align::kCenter) x += (rect.w - width) / 2;
  if (align == Align::kRight) x += rect.w - width;
  return line_of_text(role, {x, rect.center().y}, color, text, whole);
}

std::size_t Painter::first_line(FontRole role, std::string_view text, float width) const {
  std::size_t end = 0;
  std::size_t last_break = 0;
  float used = 0;
  while (end < text.size()) {
    const std::string_view character = text.substr(end, character_length(text.substr(end)));
    if (end > 0 && breaks_before(character)) last_break = end;
    used += width_of(role, character);
    // A space at the end of a line takes no room.
    if (used > width && character != " ") break;
    end += character.size();
    if (character == " ") last_break = end;
  }
  if (end < text.size() && last_break > 0) end = last_break;
  return std::max<std::size_t>(end, 1);
}

int Painter::lines_of(FontRole role, std::string_view text, float width) const {
  int lines = 0;
  for (; !text.empty(); ++lines) text.remove_prefix(first_line(role, text, width));
  return lines;
}

int Painter::paragraph_in(const Rect& rect, FontRole role, Color color, std::string_view text,
                          float line_height) {
  const int most = std::max(1, static_cast<int>((rect.h + 0.5F) / line_height));
  Rect line{rect.x, rect.y, rect.w, line_height};
  const std::string_view whole = text;
  int lines = 0;
  while (!text.empty()) {
    ++lines;
    if (lines == most) {
      if (width_of(role, text) <= line.w) {
        text_in(line, role, color, text);
      } else {
        line_of_text(role, {line.x, line.center().y}, color, shortened(role, text, line.w), whole);
      }
      break;
    }
    const std::size_t end = first_line(role, text, rect.w);
    std::string_view piece = text.substr(0, end);
    while (piece.size() > 1 && piece.back() == ' ') piece.remove_suffix(1);
    text_in(line, role, color, piece);
    text.remove_prefix(end);
    line.y += line_height;
  }
  return lines;
}

}  // namespace poolscope::views
