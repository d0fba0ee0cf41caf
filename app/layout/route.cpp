// The ways of objects between cards.

#include <algorithm>
#include <cmath>
#include <utility>

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

/// The free line between the card's two halves.
float between_y(const CardLayout& card) {
  return card.hits.empty() ? (card.strip.bottom() + card.tray.y) / 2 : card.hits.center().y;
}

/// Whether the words of the tray stand before its rows: what comes in comes from the right.
bool words_before(const CardLayout& card) {
  return !card.shared_label.empty() && card.shared_label.right() <= card.shared.x + 0.5F &&
         card.shared_label.y < card.shared.bottom();
}

/// The side of the card to which nothing stands between `p` and the gutter. `towards`: where the
/// way goes on.
bool free_side_is_right(const CardLayout& card, Point p, float towards) {
  const float middle = card.frame.center().x;
  return card.tray.contains(p) ? words_before(card) || towards > middle : p.x > middle;
}

/// From `p` in a card to the gutter at that side of it, by a way that crosses no words: out of the
/// tray along a free line, out of the hand at its own side, or between the card's two halves.
std::vector<Point> door(const StageLayout& stage, const CardLayout& card, Point p, bool right) {
  const float x = gutter_x(stage, card, right);
  const bool own_side = right == (p.x > card.frame.center().x);
  const float y = card.tray.contains(p) ? channel_y(card, p) : own_side ? p.y : between_y(card);
  std::vector<Point> way = {p};
  add(way, {p.x, y});
  add(way, {x, y});
  return way;
}

float length_of(const std::vector<Point>& way) {
  float length = 0;
  for (std::size_t i = 1; i < way.size(); ++i) length += distance(way[i - 1], way[i]);
  return length;
}

/// An end of a way: a point in a card, or in the row under the cards (no card).
struct End {
  Point at;
  const CardLayout* card = nullptr;
};

/// The ways from `end` to a gutter: its own side's first.
std::vector<std::vector<Point>> doors(const StageLayout& stage, const End& end, float towards) {
  if (end.card == nullptr) return {{end.at}};
  const bool right = free_side_is_right(*end.card, end.at, towards);
  return {door(stage, *end.card, end.at, right), door(stage, *end.card, end.at, !right)};
}

/// `way` out of the one card, along the gutters, and `in` (which begins at its end) into the other.
std::vector<Point> joined(const StageLayout& stage, const End& from, const End& to,
                          std::vector<Point> way, const std::vector<Point>& in) {
  if (from.card == nullptr || to.card == nullptr) {
    const float foot_y = (stage.cards.back().frame.bottom() + stage.foot.y) / 2;
    add(way, {way.back().x, foot_y});
    add(way, {in.back().x, foot_y});
  } else if (std::abs(way.back().x - in.back().x) > 1) {
    // Not one gutter between the two: along the one beside the source's row.
    const float y = gutter_y(stage, *from.card, to.card->frame.y >= from.card->frame.y);
    add(way, {way.back().x, y});
    add(way, {in.back().x, y});
  }
  for (std::size_t i = in.size(); i-- > 0;) add(way, in[i]);
  return way;
}

}  // namespace

std::vector<Point> route(const StageLayout& stage, Point from, std::size_t from_card, Point to,
                         std::size_t to_card) {
  if (stage.cards.empty()) return {from, to};
  const auto end_of = [&stage](Point at, std::size_t card) {
    return End{at, card < stage.cards.size() ? &stage.cards[card] : nullptr};
  };
  const End source = end_of(from, from_card);
  const End target = end_of(to, to_card);
  if (source.card == nullptr && target.card == nullptr) return {from, to};
  if (source.card == target.card) return route_inside(*source.card, from, to);
  // A way out at the other side passes what stands on the card: only where it saves much.
  const float detour = stage.cards.front().slot_step;
  std::vector<Point> best;
  float least = 0;
  const auto outs = doors(stage, source, to.x);
  const auto ins = doors(stage, target, from.x);
  for (std::size_t i = 0; i < outs.size(); ++i) {
    for (std::size_t k = 0; k < ins.size(); ++k) {
      std::vector<Point> way = joined(stage, source, target, outs[i], ins[k]);
      const float cost = length_of(way) + static_cast<float>(i + k) * detour;
      if (!best.empty() && cost >= least) continue;
      best = std::move(way);
      least = cost;
    }
  }
  return best;
}

std::vector<Point> way_to_shelf(const StageLayout& stage, std::size_t card) {
  const Rect& frame = stage.cards[card].frame;
  const Rect& last = stage.cards.back().frame;
  const Point from{frame.center().x, gutter_y(stage, stage.cards[card], true)};
  const Point to{stage.shelf.right() - stage.shelf.h, gutter_y(stage, stage.cards.back(), true)};
  std::vector<Point> way = {from};
  if (frame.bottom() < last.y) {
    float right = 0;
    for (const CardLayout& other : stage.cards) right = std::max(right, other.frame.right());
    // As far from the cards as in the row's gutter.
    const float side = right + std::max((stage.area.right() - right) / 2, from.y - frame.bottom());
    add(way, {side, from.y});
    add(way, {side, to.y});
  }
  add(way, to);
  return way;
}

Point point_on(const std::vector<Point>& way, float part) {
  if (way.empty()) return {};
  float left = std::clamp(part, 0.0F, 1.0F) * length_of(way);
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
