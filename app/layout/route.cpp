// The ways of objects between cards.

#include <cmath>

#include "app/layout/stage.h"

namespace poolscope::layout {
namespace {

float distance(Point a, Point b) { return std::hypot(b.x - a.x, b.y - a.y); }

// Middle of the gutter under the card's row, or over it.
float gutter_y(const StageLayout& stage, const CardLayout& card, bool under) {
  float nearest = under ? stage.foot.y : stage.heading.bottom();
  for (const CardLayout& other : stage.cards) {
    if (under && other.frame.y >= card.frame.bottom()) nearest = std::min(nearest, other.frame.y);
    if (!under && other.frame.bottom() <= card.frame.y) {
      nearest = std::max(nearest, other.frame.bottom());
    }
  }
  // Beside the card, even where the next thing is far.
  const float edge = under ? card.frame.bottom() : card.frame.y;
  const float half = std::min(std::abs(nearest - edge) / 2, card.slot_step / 4);
  return under ? edge + half : edge - half;
}

// Middle of the gutter at the side of the card.
float gutter_x(const StageLayout& stage, const CardLayout& card, bool right) {
  const float edge = right ? card.frame.right() : card.frame.x;
  float nearest = right ? stage.area.right() : stage.area.x;
  for (const CardLayout& other : stage.cards) {
    if (right && other.frame.x >= edge) nearest = std::min(nearest, other.frame.x);
    if (!right && other.frame.right() <= edge) nearest = std::max(nearest, other.frame.right());
  }
  const float half = std::min(std::abs(nearest - edge) / 2, card.slot_step / 4);
  return right ? edge + half : edge - half;
}

void add(std::vector<Point>& way, Point p) {
  if (!way.empty() && distance(way.back(), p) < 0.5F) return;
  way.push_back(p);
}

}  // namespace

std::vector<Point> route(const StageLayout& stage, Point from, std::size_t from_card, Point to,
                         std::size_t to_card) {
  if (from_card == to_card || stage.cards.empty()) return {from, to};
  const bool from_foot = from_card >= stage.cards.size();
  const bool to_foot = to_card >= stage.cards.size();
  if (from_foot && to_foot) return {from, to};
  std::vector<Point> way;
  add(way, from);
  if (from_foot || to_foot) {
    // Up beside the card and into it from the side.
    const CardLayout& card = stage.cards[from_foot ? to_card : from_card];
    const Point inside = from_foot ? to : from;
    const Point outside = from_foot ? from : to;
    const float x = gutter_x(stage, card, inside.x > card.frame.center().x);
    const float last_y = stage.cards.back().frame.bottom();
    const float y = (std::max(last_y, gutter_y(stage, card, true)) + stage.foot.y) / 2;
    std::vector<Point> up = {{outside.x, y}, {x, y}, {x, inside.y}};
    if (!from_foot) std::swap(up.front(), up.back());
    for (Point p : up) add(way, p);
    add(way, to);
    return way;
  }
  const CardLayout& source = stage.cards[from_card];
  const CardLayout& target = stage.cards[to_card];
  // Down or up out of the source, towards the target's row; then along the gutter beside the
  // source's row, up or down beside the target, and in from its side.
  const bool under = target.frame.y >= source.frame.y;
  const float y = gutter_y(stage, source, under);
  const float x = gutter_x(stage, target, to.x > target.frame.center().x);
  add(way, {from.x, y});
  add(way, {x, y});
  add(way, {x, to.y});
  add(way, to);
  return way;
}

Point point_on(const std::vector<Point>& way, float part) {
  if (way.empty()) return {};
  float length = 0;
  for (std::size_t i = 1; i < way.size(); ++i) length += distance(way[i - 1], way[i]);
  float left = std::clamp(part, 0.0F, 1.0F) * length;
  for (std::size_t i = 1; i < way.size(); ++i) {
    const float piece = distance(way[i - 1], way[i]);
    if (left <= piece && piece > 0) {
      const float t = left / piece;
      return {way[i - 1].x + (way[i].x - way[i - 1].x) * t,
              way[i - 1].y + (way[i].y - way[i - 1].y) * t};
    }
    left -= piece;
  }
  return way.back();
}

}  // namespace poolscope::layout
