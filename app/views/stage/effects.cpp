// What plays over the cards: objects that dissolve, trays that slide to the shelf, the GC's
// curtain. All of it is computed from times in the model and the time that is shown.

#include <algorithm>
#include <cmath>
#include <vector>

#include "app/views/stage/stage_parts.h"
#include "app/views/words/words.h"

namespace poolscope::views {
namespace {

using layout::CardLayout;
float mix(float from, float to, float t) { return from + (to - from) * t; }

void draw_dissolving(Painter& painter, const Scene& scene) {
  std::vector<Point> drawn;
  for (const Flight& flight : scene.flights) {
    if (!flight.dissolves || flight.way.empty()) continue;
    const Point at = flight.way.front();
    // Those for which a tile's place has no room of their own dissolve as one.
    if (std::ranges::find(drawn, at) != drawn.end()) continue;
    drawn.push_back(at);
    const CardLayout* card = nullptr;
    for (const CardLayout& other : scene.stage.cards) {
      if (other.frame.contains(at)) card = &other;
    }
    const float w = card == nullptr ? painter.sizes().object : card->slot_w;
    if (w <= 0) continue;
    // It shrinks a little while it fades.
    const float shrink = w * 0.25F * flight.part;
    const float h = painter.sizes().object;
    const Rect tile = Rect{at.x - w / 2, at.y - h / 2, w, h}.inset(shrink, shrink * h / w);
    const bool priv = flight.move.from.kind == Place::Kind::kPrivate;
    const bool pooled = priv || flight.move.from.kind == Place::Kind::kShared;
    const bool victim = pooled && card != nullptr && card->victim.contains(at);
    const bool old = pooled && flight.move.cause != LostCause::kGc;
    draw_tile(painter, tile,
              old      ? TileLook::kStale
              : victim ? TileLook::kVictim
              : priv   ? TileLook::kPrivate
              : pooled ? TileLook::kShared
                       : TileLook::kHand,
              flight.object,
              (1 - flight.part) * opacity_of_object(scene.input, flight.object, GId::none(),
                                                    intents::ConservationPart::kDropped));
  }
}

// The trays of an array that a grow has dropped go to the shelf of old arrays: small, along the
// gutters, so that they cross no card. Their name stands on the shelf, once.
void draw_sliding(Painter& painter, const Scene& scene) {
  constexpr float kOfGutter = 0.6F;
  const float size = std::floor(painter.sizes().gap * kOfGutter);
  for (const auto& [id, array] : scene.input.model.arrays) {
    if (array.status != ArrayState::Status::kDropped || array.pool != shown_pool(scene.input))
      continue;
    const float t = part_of(array.dropped_at_ns, theme::kSlide_ns, scene.input.session.motion_ns);
    if (t < 0 || t >= 1) continue;
    painter.set_opacity(1 - t * t);
    for (std::size_t i = 0; i < array.locals.size() && i < scene.stage.cards.size(); ++i) {
      const Point at = layout::point_on(layout::way_to_shelf(scene.stage, i), t);
      const Rect chip{at.x - size / 2, at.y - size / 2, size, size};
      painter.fill(chip, painter.theme().well);
      painter.border(chip, painter.theme().text_mid, painter.sizes().hairline);
    }
    painter.set_opacity(1);
  }
}

void draw_curtain(Painter& painter, const Scene& scene) {
  const StopState* gc = newest_gc(scene.input.model);
  if (gc == nullptr || scene.stage.cards.empty()) return;
  const float t = part_of(gc->stopped_ns, theme::kCurtain_ns, scene.input.session.motion_ns);
  if (t < 0 || t >= 1) return;
  const auto& theme = painter.theme();
  // It falls in the first two thirds and then fades.
  constexpr float kFallen = 0.66F;
  const float fall = std::min(1.0F, t / kFallen);
  const float fade = t < kFallen ? 1 : 1 - (t - kFallen) / (1 - kFallen);
  float top = scene.stage.cards.front().frame.y;
  float bottom = scene.stage.cards.back().frame.bottom();
  const float y = mix(top, bottom, fall * (2 - fall));
  const Rect curtain{scene.stage.area.x, top, scene.stage.area.w, y - top};
  painter.set_opacity(fade);
  painter.fill(curtain, theme.victim.fill.faded(theme.curtain));
  painter.line({curtain.x, y}, {curtain.right(), y}, theme.victim.text, painter.sizes().outline);
  const float sign = painter.size_of(FontRole::kSmall) * 0.8F;
  const Point label{curtain.center().x, y - painter.size_of(FontRole::kSmall)};
  const std::string text = gc_text(scene.input.model.config.pool);
  const float w = painter.width_of(FontRole::kSmallStrong, text);
  const float pad = painter.px(theme::space::kLoose);
  // A narrow stage has more lines of it.
  const float text_w = std::min(w, curtain.w - 2 * sign - 2 * pad);
  const int lines = text_w < w ? painter.lines_of(FontRole::kSmallStrong, text, text_w) : 1;
  const float line_h = std::ceil(painter.size_of(FontRole::kSmallStrong) * 1.35F);
  const float more_h = static_cast<float>(lines - 1) * line_h;
  const Rect plate{label.x - text_w / 2 - sign - pad, label.y - sign - more_h,
                   text_w + 2 * sign + 2 * pad, 2 * sign + more_h};
  if (plate.y > top) {
    painter.fill(plate, theme.victim.fill, sign);
    painter.diamond_sign({plate.x + pad + sign / 2, plate.center().y}, sign, theme.on_fill);
    const Point words{plate.x + pad + sign * 1.4F, plate.center().y};
    if (lines == 1) {
      painter.text(FontRole::kSmallStrong, words, theme.on_fill, text);
    } else {
      const float h = line_h + more_h;
      painter.paragraph_in({words.x, words.y - h / 2, text_w, h}, FontRole::kSmallStrong,
                           theme.on_fill, text, line_h);
    }
  }
  painter.set_opacity(1);
}

}  // namespace

void draw_effects(Painter& painter, const Scene& scene) {
  if (!scene.input.state.motion) return;
  draw_dissolving(painter, scene);
  draw_sliding(painter, scene);
  draw_curtain(painter, scene);
}

}  // namespace poolscope::views
