#include "app/views/paint/paint.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "app/gui/imgui_versions.h"
#include "app/layout/tooltip.h"

namespace poolscope::views {
namespace {

ImVec2 vec(Point p) { return {p.x, p.y}; }
ImVec2 low(const Rect& r) { return {r.x, r.y}; }
ImVec2 high(const Rect& r) { return {r.right(), r.bottom()}; }
Rect around(Point center, float half) {
  return {center.x - half, center.y - half, 2 * half, 2 * half};
}

using Kind = DrawLog::Piece::Kind;

// Under which ImGui keeps, for each of its windows, which control was clicked last.
constexpr ImGuiID kClickedItem = 0x706c7363;

}  // namespace

unsigned int packed(Color color) { return IM_COL32(color.r, color.g, color.b, color.a); }

theme::FontSpecs font_specs_of(const ViewInput& input) {
  theme::FontSpecs specs;
  for (std::size_t i = 0; i < specs.size(); ++i) {
    specs[i].size_px = gui::size_of(*input.fonts[i]) * input.text_scale;
  }
  return specs;
}

Painter::Painter(const ViewInput& input) : Painter(input, ImGui::GetWindowDrawList()) {}

Painter Painter::to_measure(const ViewInput& input) {
  return {input, ImGui::GetBackgroundDrawList()};
}

float Painter::px(float at_one) const { return std::round(at_one * input_.sizes.scale); }

unsigned int Painter::ink(Color color) const { return packed(color.faded(opacity_)); }

void Painter::fill(const Rect& rect, Color color, float radius) {
  if (rect.empty()) return;
  list_->AddRectFilled(low(rect), high(rect), ink(color), radius);
  tell(Kind::kFill, rect, color);
}

void Painter::border(const Rect& rect, Color color, float width, float radius) {
  if (rect.empty()) return;
  const Rect middle = rect.inset(width / 2);
  gui::stroke_rect(*list_, low(middle), high(middle), ink(color), radius, width);
  tell(Kind::kBorder, rect, color, width);
}

void Painter::dashed(const Rect& rect, Color color) {
  const float dash = sizes().dash;
  const float width = sizes().hairline;
  const auto stroke = [&](Point from, Point to) {
    const float length = std::abs(to.x - from.x) + std::abs(to.y - from.y);
    // As many whole dashes with gaps between them as fit, so that both ends are alike.
    const int dashes = std::max(1, static_cast<int>((length + dash) / (2 * dash)));
    const float step = length / (static_cast<float>(2 * dashes - 1));
    const float ux = length > 0 ? (to.x - from.x) / length : 0;
    const float uy = length > 0 ? (to.y - from.y) / length : 0;
    for (int i = 0; i < dashes; ++i) {
      const float begin = step * static_cast<float>(2 * i);
      line({from.x + ux * begin, from.y + uy * begin},
           {from.x + ux * (begin + step), from.y + uy * (begin + step)}, color, width);
    }
  };
  const Rect r = rect.inset(width / 2);
  // Each side begins and ends with a dash, so that the corners are there and neighbours stay apart.
  stroke({r.x, r.y}, {r.right(), r.y});
  stroke({r.x, r.bottom()}, {r.right(), r.bottom()});
  stroke({r.x, r.y}, {r.x, r.bottom()});
  stroke({r.right(), r.y}, {r.right(), r.bottom()});
}

void Painter::hatch(const Rect& rect, Color color) {
  hatch(rect, color, sizes().hatch_step, sizes().hairline);
}

void Painter::hatch(const Rect& rect, Color color, float step, float width) {
  if (rect.empty()) return;
  // Lines x + y = c; both ends are computed where the line leaves the rectangle.
  const float first = std::ceil((rect.x + rect.y) / step) * step;
  for (float c = first; c < rect.right() + rect.bottom(); c += step) {
    const float x0 = std::max(rect.x, c - rect.bottom());
    const float x1 = std::min(rect.right(), c - rect.y);
    if (x1 - x0 < 1) continue;
    line({x0, c - x0}, {x1, c - x1}, color, width);
  }
}

void Painter::line(Point a, Point b, Color color, float width) {
  list_->AddLine(vec(a), vec(b), ink(color), width);
  tell_path(std::array{a, b}, color, width);
}

void Painter::polyline(std::span<const Point> points, Color color, float width) {
  for (const Point& p : points) list_->PathLineTo(vec(p));
  gui::stroke_path(*list_, ink(color), width);
  tell_path(points, color, width);
}

void Painter::dot(Point center, float radius, Color color) {
  list_->AddCircleFilled(vec(center), radius, ink(color));
  tell(Kind::kSign, around(center, radius), color);
}

void Painter::ring(Point center, float radius, Color color, float width) {
  list_->AddCircle(vec(center), radius - width / 2, ink(color), 0, width);
  tell(Kind::kSign, around(center, radius), color);
}

void Painter::half_disc(Point center, float radius, Color color) {
  constexpr float kQuarter = 1.5707963F;
  list_->PathArcTo(vec(center), radius, -kQuarter, kQuarter);
  list_->PathFillConvex(ink(color));
  tell(Kind::kSign, {center.x, center.y - radius, radius, 2 * radius}, color);
}

void Painter::triangle(Point a, Point b, Point c, Color color) {
  list_->AddTriangleFilled(vec(a), vec(b), vec(c), ink(color));
  const auto [left, right] = std::minmax({a.x, b.x, c.x});
  const auto [top, bottom] = std::minmax({a.y, b.y, c.y});
  tell(Kind::kSign, {left, top, right - left, bottom - top}, color);
}

void Painter::triangle_sign(Point center, float size, Color color) {
  const float half = size / 2;
  triangle({center.x, center.y - half}, {center.x + half * 1.1F, center.y + half * 0.85F},
           {center.x - half * 1.1F, center.y + half * 0.85F}, color);
}

void Painter::diamond_sign(Point center, float size, Color color) {
  const float half = size / 2;
  list_->AddQuadFilled({center.x, center.y - half}, {center.x + half, center.y},
                       {center.x, center.y + half}, {center.x - half, center.y}, ink(color));
  tell(Kind::kSign, around(center, half), color);
}

void Painter::plus_sign(Point center, float size, Color color) {
  const float half = size / 2;
  const float width = std::max(1.5F, size / 5);
  line({center.x - half, center.y}, {center.x + half, center.y}, color, width);
  line({center.x, center.y - half}, {center.x, center.y + half}, color, width);
}

void Painter::lock_sign(Point center, float size, Color color, bool closed) {
  const float w = size * 0.78F;
  const float body_h = size * 0.52F;
  const Rect body{center.x - w / 2, center.y + size / 2 - body_h, w, body_h};
  const float width = std::max(1.2F, size / 9);
  if (closed) {
    fill(body, color, size / 9);
  } else {
    border(body, color, width, size / 9);
  }
  const float r = w * 0.30F;
  const float top = center.y - size / 2 + r + width / 2;
  // The shackle: closed it ends in the body, open it is lifted on one side.
  const float left = center.x - r;
  const float right = center.x + r;
  constexpr float kHalf = 3.14159265F;
  const float lift = closed ? 0 : size * 0.1F;
  list_->PathLineTo({left, body.y});
  list_->PathArcTo({center.x, top - lift}, r, kHalf, 2 * kHalf);
  list_->PathLineTo({right, closed ? body.y : top});
  gui::stroke_path(*list_, ink(color), width);
  tell(Kind::kSign, {left, center.y - size / 2, 2 * r, size / 2}, color);
}

void Painter::pin_sign(Point center, float size, Color color) {
  const float width = std::max(1.2F, size / 8);
  const Rect head{center.x - size * 0.22F, center.y - size / 2, size * 0.44F, size * 0.42F};
  fill(head, color, size / 10);
  line({center.x - size * 0.36F, center.y}, {center.x + size * 0.36F, center.y}, color, width);
  line(center, {center.x, center.y + size / 2}, color, width);
}

Rect Painter::panel(const Rect& area) {
  fill(area, theme().panel, sizes().radius_panel);
  border(area, theme().stroke, sizes().hairline, sizes().radius_panel);
  return area.inset(sizes().panel_inset, sizes().panel_inset);
}

float Painter::heading(const Rect& line, std::string_view title, std::string_view note) {
  float x = line.x + text_in(line, FontRole::kBodyStrong, theme().text_hi, title);
  // Half a note would say nothing.
  const float gap = px(theme::space::kWide);
  if (!note.empty() && x + gap + width_of(FontRole::kSmall, note) <= line.right()) {
    x += gap;
    x += text(FontRole::kSmall, {x, line.center().y}, theme().text_low, note);
  }
  return x;
}

float Painter::badge_width(std::string_view text) const {
  return width_of(FontRole::kMonoMicro, text) + sizes().dot + px(theme::space::kPill);
}

float Painter::badge(Point left_middle, const theme::RoleColor& role, std::string_view text,
                     bool filled_dot, float max_width, float max_height) {
  const float w = std::min(badge_width(text), max_width);
  const float h = std::min(sizes().badge_h, max_height);
  const Rect pill{left_middle.x, std::round(left_middle.y - h / 2), w, h};
  fill(pill, role.text.faded(theme().badge_fill), h / 2);
  border(pill, role.text.faded(theme().badge_border), sizes().hairline, h / 2);
  const Point eye{pill.x + px(theme::space::kClose) + sizes().dot / 2, pill.center().y};
  if (filled_dot) {
    dot(eye, sizes().dot / 2, role.text);
  } else {
    ring(eye, sizes().dot / 2, role.text, sizes().hairline * 1.5F);
  }
  const float x = eye.x + sizes().dot / 2 + px(theme::space::kNear);
  text_in({x, pill.y, pill.right() - px(theme::space::kNear) - x, h}, FontRole::kMonoMicro,
          role.text, text);
  return w;
}

Painter::Touch Painter::touch(std::string_view label, const Rect& rect, bool enabled) {
  if (!input_.interactive || rect.w < 1 || rect.h < 1) return {};
  // What is scrolled out of sight cannot be clicked.
  if (input_.window.overlaps(rect)) input_.labels.record(label, rect, enabled, true);
  Touch touch = touch_unnamed(label, rect, enabled);
  const bool pressed = input_.state.control_pressed && label == input_.state.control;
  touch.clicked = touch.clicked || (pressed && enabled);
  return touch;
}

Painter::Touch Painter::touch_unnamed(std::string_view id, const Rect& rect) {
  return touch_unnamed(id, rect, true);
}

Painter::Touch Painter::touch_unnamed(std::string_view id, const Rect& rect, bool enabled) {
  if (!input_.interactive || rect.w < 1 || rect.h < 1) return {};
  ImGui::SetCursorScreenPos(low(rect));
  ImGui::PushID(id.data(), id.data() + id.size());
  Touch touch;
  touch.clicked = ImGui::InvisibleButton("", {rect.w, rect.h}) && enabled;
  touch.hovered = ImGui::IsItemHovered();
  touch.held = ImGui::IsItemActive() && enabled;
  silence_where_clicked(touch);
  ImGui::PopID();
  return touch;
}

/// What was clicked is known: nothing explains it, until the mouse goes away and comes back. ImGui
/// keeps which control that was.
void Painter::silence_where_clicked(const Touch& touch) {
  ImGuiStorage& kept = *ImGui::GetStateStorage();
  const auto item = static_cast<int>(ImGui::GetID(""));
  const ImVec2 mouse = ImGui::GetMousePos();
  const ImVec2 click = ImGui::GetIO().MouseClickedPos[0];
  // All of a button; of what is larger, as a plot, the place of the click.
  const bool near = std::hypot(mouse.x - click.x, mouse.y - click.y) < 2 * sizes().button_h;
  if (touch.held || touch.clicked) {
    kept.SetInt(kClickedItem, item);
  } else if (kept.GetInt(kClickedItem) == item && !(touch.hovered && near)) {
    kept.SetInt(kClickedItem, 0);
  }
  if (touch.hovered) silent_ = kept.GetInt(kClickedItem) == item;
}

void Painter::outline_in_front(const Rect& rect) const {
  gui::stroke_rect(*ImGui::GetForegroundDrawList(), low(rect), high(rect), ink(theme().text_hi),
                   sizes().radius_button, sizes().outline);
}

void Painter::point_with_hand() { ImGui::SetMouseCursor(ImGuiMouseCursor_Hand); }

float Painter::wheel_over(const Rect& rect) const {
  const bool over = input_.interactive && ImGui::IsWindowHovered() &&
                    ImGui::IsMouseHoveringRect(low(rect), high(rect));
  return over ? ImGui::GetIO().MouseWheel : 0;
}

void Painter::tooltip(std::string_view text, const Rect& of) {
  if (text.empty() || silent_) return;
  ImFont* font = input_.fonts[static_cast<std::size_t>(FontRole::kSmall)];
  const float font_size = size_of(FontRole::kSmall);
  const float inset = px(theme::space::kClose);
  const float widest = px(theme::space::kTooltipWidth);
  const ImVec2 size =
      font->CalcTextSizeA(font_size, 1e9F, widest, text.data(), text.data() + text.size(), nullptr);
  const ImVec2 mouse = ImGui::GetMousePos();
  const Rect box = layout::tooltip_place(
      {mouse.x, mouse.y}, size.x + 2 * inset, size.y + 2 * inset,
      kept_free_.empty() ? of : kept_free_, input_.window,
      {px(theme::space::kWide), px(theme::space::kApart), px(theme::space::kNear)});
  ImDrawList* front = ImGui::GetForegroundDrawList();
  front->AddRectFilled(low(box), high(box), ink(theme().raised), sizes().radius_button);
  gui::stroke_rect(*front, low(box), high(box), ink(theme().stroke_hi), sizes().radius_button,
                   sizes().hairline);
  front->AddText(font, font_size, {box.x + inset, box.y + inset}, ink(theme().text_hi), text.data(),
                 text.data() + text.size(), widest);
}

}  // namespace poolscope::views
