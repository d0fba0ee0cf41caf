#pragma once

// Rectangles and points in window pixels, y downwards.
//
// Thread safety: values.
// Invariants: w and h are never negative in what the layout functions return.

#include <algorithm>

namespace poolscope::layout {

struct Point {
  float x = 0;
  float y = 0;
  bool operator==(const Point&) const = default;
};

struct Rect {
  float x = 0;
  float y = 0;
  float w = 0;
  float h = 0;

  [[nodiscard]] constexpr float right() const { return x + w; }
  [[nodiscard]] constexpr float bottom() const { return y + h; }
  [[nodiscard]] constexpr Point center() const { return {x + w / 2, y + h / 2}; }
  [[nodiscard]] constexpr bool empty() const { return w <= 0 || h <= 0; }
  [[nodiscard]] constexpr Rect inset(float by) const { return inset(by, by); }
  [[nodiscard]] constexpr Rect inset(float by_x, float by_y) const {
    return {x + by_x, y + by_y, std::max(0.0F, w - 2 * by_x), std::max(0.0F, h - 2 * by_y)};
  }
  [[nodiscard]] constexpr bool contains(Point p) const {
    return p.x >= x && p.x < right() && p.y >= y && p.y < bottom();
  }
  /// Whether `inner` lies in this, with half a pixel's tolerance.
  [[nodiscard]] constexpr bool contains(const Rect& inner) const {
    constexpr float kTolerance_px = 0.5F;
    return inner.x >= x - kTolerance_px && inner.y >= y - kTolerance_px &&
           inner.right() <= right() + kTolerance_px && inner.bottom() <= bottom() + kTolerance_px;
  }
  /// Whether the two have an area in common; touching edges do not count.
  [[nodiscard]] constexpr bool overlaps(const Rect& other) const {
    return !empty() && !other.empty() && x < other.right() && other.x < right() &&
           y < other.bottom() && other.y < bottom();
  }

  // Cutting pieces off; what is left stays in *this.
  constexpr Rect cut_top(float px) {
    px = std::clamp(px, 0.0F, h);
    const Rect piece{x, y, w, px};
    y += px;
    h -= px;
    return piece;
  }
  constexpr Rect cut_bottom(float px) {
    px = std::clamp(px, 0.0F, h);
    h -= px;
    return {x, y + h, w, px};
  }
  constexpr Rect cut_left(float px) {
    px = std::clamp(px, 0.0F, w);
    const Rect piece{x, y, px, h};
    x += px;
    w -= px;
    return piece;
  }
  constexpr Rect cut_right(float px) {
    px = std::clamp(px, 0.0F, w);
    w -= px;
    return {x + w, y, px, h};
  }
  bool operator==(const Rect&) const = default;
};

}  // namespace poolscope::layout
