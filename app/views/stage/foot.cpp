// The row under the cards: goroutines without a P by what they wait for, and dropped arrays that an
// operation may still reach.

#include <algorithm>

#include "app/locale/translate.h"
#include "app/views/stage/stage_parts.h"
#include "app/views/words/words.h"

namespace poolscope::views {
namespace {

using locale::tr;
using locale::trf;
using locale::trnf;

// Of a tile in the row, by its height.
constexpr float kTileWidth = 1.2F;

std::string more_text(std::size_t more) { return "+" + count_text(more); }

// "waiting for a P: G5 G6"; false when there was no room for all of it.
bool lay_out_group(const Painter& painter, Rect& row, FootGroup group,
                   const std::vector<GId>& touched, Foot& foot) {
  const Model& model = painter.input().model;
  if (group.gs.empty()) return true;
  const float title_w = painter.width_of(FontRole::kSmall, group.title);
  const float gap = painter.px(theme::space::kNear);
  if (title_w + gap + painter.badge_width(name_of(group.gs.front())) > row.w) return false;
  group.title_at = row.cut_left(title_w);
  row.cut_left(gap);
  for (std::size_t i = 0; i < group.gs.size(); ++i) {
    const GState* g = model.gs.find(group.gs[i]);
    const bool holds = (g != nullptr && g->in_flight.valid()) ||
                       std::ranges::find(touched, group.gs[i]) != touched.end();
    const float badge_w = painter.badge_width(name_of(group.gs[i]));
    const float tile_w = holds ? gap + painter.sizes().object * kTileWidth : 0;
    const float rest =
        i + 1 < group.gs.size()
            ? painter.width_of(FontRole::kSmall, more_text(group.gs.size() - i)) + gap
            : 0;
    if (badge_w + tile_w + rest > row.w) {
      group.more = group.gs.size() - i;
      group.more_at = row.cut_left(rest);
      foot.groups.push_back(std::move(group));
      return false;
    }
    FootPlace place{group.gs[i], row.cut_left(badge_w + gap), {}};
    if (holds) {
      // What its operation holds stands behind it.
      const float h = std::min(row.h, painter.sizes().object);
      place.tile = {row.x, row.center().y - h / 2, tile_w - gap, h};
      row.cut_left(tile_w);
    }
    foot.places.push_back(place);
  }
  row.cut_left(gap);
  foot.groups.push_back(std::move(group));
  return true;
}

std::string array_text(const ArrayState& array) {
  std::string text = trf("old array of {0}", array.locals.size());
  if (!array.held_by.empty()) {
    std::string names;
    for (const GId g : array.held_by) names += (names.empty() ? "" : " ") + name_of(g);
    text += trf(", held by {0}", names);
  }
  constexpr std::size_t kNamed = 4;
  std::string objects;
  std::size_t count = 0;
  const auto add = [&](ObjectId object) {
    if (!object.valid()) return;
    if (++count <= kNamed) objects += (objects.empty() ? "" : " ") + name_of(object);
  };
  for (const LocalState& local : array.locals) {
    add(local.private_object);
    for (const ObjectId object : local.shared.cells()) add(object);
  }
  if (count == 0) return text;
  if (count > kNamed) objects += " +" + count_text(count - kNamed);
  return text + trf("; {0} still in it", objects);
}

void draw_shelf(Painter& painter, const Scene& scene) {
  const auto& theme = painter.theme();
  Rect row = scene.stage.shelf;
  std::string text;
  std::size_t arrays = 0;
  for (const auto& [id, array] : scene.input.model.arrays) {
    if (array.status != ArrayState::Status::kDropped || array.pool != shown_pool(scene.input))
      continue;
    text = array_text(array);
    ++arrays;
  }
  if (arrays == 0) return;
  if (arrays > 1) text += trnf(" (and {0} older)", " (and {0} older)", arrays - 1);
  const float inset = painter.px(theme::space::kLoose);
  const float w = std::min(row.w, painter.width_of(FontRole::kSmall, text) + 2 * inset);
  const Rect box = row.cut_right(w);
  painter.fill(box, theme.well, painter.sizes().radius_object);
  painter.dashed(box, theme.text_low);
  painter.text_in(box.inset(inset, 0), FontRole::kSmall, theme.text_mid, text);
}

}  // namespace

Foot lay_out_foot(const Painter& painter, const layout::Rect& outside, const Seating& seats,
                  const std::vector<GId>& touched) {
  const auto& theme = painter.theme();
  Rect row = outside;
  Foot foot;
  const auto add = [&](const char* title, Color color, const std::vector<GId>& gs) {
    return lay_out_group(painter, row, {.title = title, .color = color, .gs = gs}, touched, foot);
  };
  static_cast<void>(add(tr("waiting for a P:"), theme.text_mid, seats.waiting) &&
                    add(tr("waiting for a lock:"), theme.contended.text, seats.locked_out) &&
                    add(tr("no P right now:"), theme.text_mid, seats.standing) &&
                    add(tr("asleep:"), theme.text_low, seats.asleep));
  return foot;
}

void draw_foot(Painter& painter, const Scene& scene, intents::Intents& asked) {
  const auto& theme = painter.theme();
  if (scene.foot.groups.empty()) {
    painter.text_in(scene.stage.outside, FontRole::kSmall, theme.text_low,
                    tr("waiting for a P: nobody"));
  }
  for (const FootGroup& group : scene.foot.groups) {
    painter.text_in(group.title_at, FontRole::kSmall, group.color, group.title);
    if (group.more == 0) continue;
    painter.text_in(group.more_at, FontRole::kSmall, group.color, more_text(group.more));
  }
  for (const FootPlace& place : scene.foot.places) {
    draw_goroutine(painter, {place.badge.x, place.badge.center().y}, place.g, false, asked);
    const GState* g = scene.input.model.gs.find(place.g);
    if (place.tile.empty() || g == nullptr || !g->in_flight.valid()) continue;
    draw_object(painter, scene, place.tile, TileLook::kInFlight, g->in_flight, place.g,
                intents::ConservationPart::kInFlight, asked);
  }
  draw_shelf(painter, scene);
}

}  // namespace poolscope::views
