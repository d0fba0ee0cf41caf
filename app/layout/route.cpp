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

/// Within a card: between strip and tray, where no words stand.
std::vector<Point> route_inside(const CardLayout& card, Point from, Point to) {
  std::vector<Point> way;
  add(way, from);
  const bool crosses = card.tray.contains(from) != card.tray.contains(to);
  const bool inside = card.frame.contains(from) && card.frame.contains(to);
  if (crosses && inside && !card.hits.empty()) {
    const float y = card.hits.center().y;
    add(way, {from.x, y});
    add(way, {to.x, y});
  }
  way.push_back(to);
  return way;
}

/// The free line beside the row of the tray in which `p` is: over it, or under it where its label
/// stands over it.
float channel_y(const CardLayout& card, Point p) {
  const Rect& row = card.victim.contains(p)   ? card.victim
                    : card.shared.contains(p) ? card.shared
                                              : card.private_slot;
  if (card.detail == CardDetail::kTall) return row.bottom() + 1;
  if (card.detail == CardDetail::kPacked) return (card.tray.y + row.y) / 2;
  const bool lower = &row == &card.shared && card.shared.y > card.private_slot.bottom();
  const float over = lower ? card.private_slot.bottom() : card.tray.y;
  return &row == &card.victim ? row.y - 1 : (over + row.y) / 2;
}

/// Whether the words of the tray stand before its rows: what comes in comes from the right.
bool words_before(const CardLayout& card) {
  return !card.shared_label.empty() && card.shared_label.right() <= card.shared.x + 0.5F &&
         card.shared_label.y < card.shared.bottom();
}

/// From `p` in a card to the gutter beside the card, by a way that crosses no words: out of the
/// tray along a free line, out of the hand at its own side. `towards`: where it goes on.
std::vector<Point> door(const StageLayout& stage, const CardLayout& card, Point p, float towards) {
  const bool in_tray = card.tray.contains(p);
  const float middle = card.frame.center().x;
  const bool right = in_tray ? words_before(card) || towards > middle : p.x > middle;
  const float x = gutter_x(stage, card, right);
  std::vector<Point> way = {p};
  const float y = in_tray ? channel_y(card, p) : p.y;
  add(way, {p.x, y});
  add(way, {x, y});
  return way;
}

}  // namespace

std::vector<Point> route(const StageLayout& stage, Point from, std::size_t from_card, Point to,
                         std::size_t to_card) {
  if (stage.cards.empty()) return {from, to};
  const bool from_foot = from_card >= stage.cards.size();
  const bool to_foot = to_card >= stage.cards.size();
  if (from_foot && to_foot) return {from, to};
  if (from_card == to_card) return route_inside(stage.cards[from_card], from, to);
  std::vector<Point> way = {from};
  if (!from_foot) way = door(stage, stage.cards[from_card], from, to.x);
  std::vector<Point> end = {to};
  if (!to_foot) end = door(stage, stage.cards[to_card], to, from.x);
  const float foot_y = (stage.cards.back().frame.bottom() + stage.foot.y) / 2;
  if (from_foot || to_foot) {
    add(way, {way.back().x, foot_y});
    add(way, {end.back().x, foot_y});
  } else if (distance(way.back(), {end.back().x, way.back().y}) > 1) {
    // Not one gutter between the two: along the one beside the source's row.
    const CardLayout& source = stage.cards[from_card];
    const float y = gutter_y(stage, source, stage.cards[to_card].frame.y >= source.frame.y);
    add(way, {way.back().x, y});
    add(way, {end.back().x, y});
  }
  for (std::size_t i = end.size(); i-- > 0;) add(way, end[i]);
  return way;
}

std::vector<Point> way_below(const StageLayout& stage, Point from, Point to) {
  std::vector<Point> way = {from};
  const bool lowest = stage.cards.empty() || stage.cards.back().frame.bottom() <= from.y;
  if (!lowest) {
    float right = 0;
    for (const CardLayout& card : stage.cards) right = std::max(right, card.frame.right());
    const float side = (right + stage.area.right()) / 2;
    add(way, {side, from.y});
    add(way, {side, to.y});
  } else {
    add(way, {from.x, to.y});
  }
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
