// Objects between two places: the way along the gutters, the place that they left, and the tile on
// its way.

#include <algorithm>
#include <cmath>
#include <vector>

#include "app/views/stage/stage_parts.h"
#include "app/views/words/words.h"

namespace poolscope::views {
namespace {

TileLook look_of(const Flight& flight) {
  if (flight.victim) return TileLook::kVictim;
  if (flight.steal) return TileLook::kSteal;
  switch (flight.move.from.kind) {
    case Place::Kind::kNew: return TileLook::kNew;
    case Place::Kind::kPrivate: return TileLook::kPrivate;
    case Place::Kind::kShared: return TileLook::kShared;
    default: break;
  }
  switch (flight.move.to.kind) {
    case Place::Kind::kPrivate: return TileLook::kPrivate;
    case Place::Kind::kShared: return TileLook::kShared;
    default: return TileLook::kHand;
  }
}

Color way_color(const theme::Theme& theme, TileLook look) {
  switch (look) {
    case TileLook::kSteal: return theme.steal.text;
    case TileLook::kPrivate: return theme.priv.text;
    case TileLook::kShared: return theme.shared.text;
    case TileLook::kNew: return theme.fresh.text;
    case TileLook::kVictim: return theme.victim.text;
    default: return theme.text_mid;
  }
}

// Of its full size: what comes from outside grows where it will stand, what goes there shrinks.
float size_of(const Flight& flight) {
  constexpr float kLeast = 0.3F;
  if (flight.grows) return kLeast + (1 - kLeast) * flight.part;
  return flight.shrinks ? 1 - (1 - kLeast) * flight.part : 1;
}

// The way with a dark halo under it, so that it differs from the cards' borders, its corners cut.
void draw_way(Painter& painter, const Flight& flight, Color color) {
  const float outline = painter.sizes().outline;
  std::vector<Point> way;
  const float cut = painter.sizes().radius_object;
  for (std::size_t i = 0; i < flight.way.size(); ++i) {
    const Point p = flight.way[i];
    if (i == 0 || i + 1 == flight.way.size()) {
      way.push_back(p);
      continue;
    }
    const auto towards = [cut, p](Point q) {
      const float dx = q.x - p.x;
      const float dy = q.y - p.y;
      const float length = std::max(1.0F, std::abs(dx) + std::abs(dy));
      const float t = std::min(0.5F, cut / length);
      return Point{p.x + dx * t, p.y + dy * t};
    };
    way.push_back(towards(flight.way[i - 1]));
    way.push_back(towards(flight.way[i + 1]));
  }
  painter.polyline(way, painter.theme().bg, painter.sizes().halo);
  painter.polyline(way, color, outline);
  painter.dot(way.front(), outline * 1.8F, color);
  // The arrow's head points along the last piece.
  const Point end = way.back();
  const Point before = way[way.size() - 2];
  const float dx = end.x - before.x;
  const float dy = end.y - before.y;
  const float length = std::max(0.001F, std::sqrt(dx * dx + dy * dy));
  const float ux = dx / length;
  const float uy = dy / length;
  const float size = outline * 4.5F;
  painter.triangle(
      end, {end.x - ux * size - uy * size * 0.6F, end.y - uy * size + ux * size * 0.6F},
      {end.x - ux * size + uy * size * 0.6F, end.y - uy * size - ux * size * 0.6F}, color);
}

void draw_flight(Painter& painter, const Scene& scene, const Flight& flight) {
  const TileLook look = look_of(flight);
  const float opacity = opacity_of_object(scene.input, flight.object, flight.move.g,
                                          intents::ConservationPart::kInFlight);
  const float w = scene.stage.cards.empty()
                      ? painter.sizes().object
                      : std::max(scene.stage.cards.front().slot_w, painter.sizes().object);
  const float h = painter.sizes().object;
  const Point at = layout::point_on(flight.way, flight.part);
  painter.set_opacity(opacity);
  if (flight.way.size() > 2) {
    const Point from = flight.way.front();
    painter.dashed({from.x - w / 2, from.y - h / 2, w, h}, way_color(painter.theme(), look));
    draw_way(painter, flight, way_color(painter.theme(), look));
  }
  const float size = size_of(flight);
  const Rect tile{at.x - w * size / 2, at.y - h * size / 2, w * size, h * size};
  const float halo = painter.sizes().halo / 2;
  painter.fill(tile.inset(-halo), painter.theme().bg, painter.sizes().radius_object + halo);
  painter.set_opacity(1);
  draw_tile(painter, tile, look, flight.object, opacity);
  draw_object_outline(painter, tile, flight.object);
}

}  // namespace

void draw_flights(Painter& painter, const Scene& scene) {
  for (const Flight& flight : scene.flights) {
    if (!flight.dissolves && flight.way.size() >= 2) draw_flight(painter, scene, flight);
  }
}

}  // namespace poolscope::views
