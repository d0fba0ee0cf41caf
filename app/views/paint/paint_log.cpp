// What the log is told of each piece.

#include <algorithm>

#include <imgui.h>

#include "app/views/paint/paint.h"

namespace poolscope::views {

void Painter::tell(DrawLog::Piece::Kind kind, const Rect& at, Color color, float width) {
  if (input_.drawn == nullptr) return;
  input_.drawn->add({.kind = kind, .at = at, .color = color, .opacity = opacity_, .width = width});
}

void Painter::tell_path(std::span<const Point> points, Color color, float width) {
  if (input_.drawn == nullptr || points.empty()) return;
  Point low = points.front();
  Point high = low;
  for (const Point& p : points) {
    low = {std::min(low.x, p.x), std::min(low.y, p.y)};
    high = {std::max(high.x, p.x), std::max(high.y, p.y)};
  }
  input_.drawn->add({.kind = DrawLog::Piece::Kind::kPath,
                     .at = {low.x, low.y, high.x - low.x, high.y - low.y},
                     .color = color,
                     .opacity = opacity_,
                     .width = width,
                     .path = {points.begin(), points.end()}});
}

void Painter::tell_text(FontRole role, Point left_middle, Color color, std::string_view text,
                        std::string_view whole, int first_vertex) {
  if (input_.drawn == nullptr || text.empty()) return;
  const float size = size_of(role);
  Rect at{left_middle.x, left_middle.y - size / 2, width_of(role, text), size};
  // Its height by its glyphs.
  if (list_->VtxBuffer.Size > first_vertex) {
    float top = list_->VtxBuffer[first_vertex].pos.y;
    float bottom = top;
    for (int i = first_vertex; i < list_->VtxBuffer.Size; ++i) {
      top = std::min(top, list_->VtxBuffer[i].pos.y);
      bottom = std::max(bottom, list_->VtxBuffer[i].pos.y);
    }
    at.y = top;
    at.h = bottom - top;
  }
  input_.drawn->add({.kind = DrawLog::Piece::Kind::kText,
                     .at = at,
                     .color = color,
                     .opacity = opacity_,
                     .text = std::string(text),
                     .whole = std::string(whole),
                     .size_px = size});
}

void Painter::enter_effects(const Rect& at) {
  if (input_.drawn != nullptr) input_.drawn->enter("effects", at, DrawLog::Layer::kEffects);
}

void Painter::enter_list(const Rect& at) {
  if (input_.drawn == nullptr || input_.drawn->scopes().empty()) return;
  const DrawLog::Layer layer = input_.drawn->scopes().back().layer;
  input_.drawn->enter("list", at, layer, true);
}

void Painter::leave() {
  if (input_.drawn != nullptr) input_.drawn->leave();
}

std::size_t Painter::begin_tile() const {
  return input_.drawn == nullptr ? 0 : input_.drawn->pieces().size();
}

void Painter::end_tile(const Rect& rect, std::size_t begun) {
  if (input_.drawn == nullptr) return;
  input_.drawn->add(
      {.kind = DrawLog::Piece::Kind::kTile, .at = rect, .opacity = opacity_, .first = begun});
}

}  // namespace poolscope::views
