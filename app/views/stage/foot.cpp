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
    const std::size_t in_use = g == nullptr ? 0 : std::min<std::size_t>(g->hand.size(), 2);
    const float badge_w = painter.badge_width(name_of(group.gs[i]));
    const float one_w = gap + painter.sizes().object * kTileWidth;
    const float tile_w = one_w * static_cast<float>(in_use + (holds ? 1 : 0));
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
    FootPlace place{group.gs[i], row.cut_left(badge_w + gap), {}, {}, {}};
    // What its operation holds stands behind it, then what it has in use.
    const float h = std::min(row.h, painter.sizes().object);
    const auto next = [&] {
      const Rect at = row.cut_left(one_w);
      return Rect{at.x, at.center().y - h / 2, one_w - gap, h};
    };
    if (holds) place.tile = next();
    if (in_use > 0) place.held = next();
    if (in_use > 1) place.more = next();
    foot.places.push_back(place);
  }
  row.cut_left(gap);
  foot.groups.push_back(std::move(group));
  return true;
}

std::string array_text(const ArrayState& array) {
  std::string text = trf("old array of {0}", count_text(array.locals.size()));
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

// What lies on the shelf, "" for nothing.
std::string shelf_text(const ViewInput& input) {
  std::string text;
  std::size_t arrays = 0;
  for (const auto& [id, array] : input.model.arrays) {
    if (array.status != ArrayState::Status::kDropped || array.pool != shown_pool(input)) continue;
    text = array_text(array);
    ++arrays;
  }
  if (arrays > 1) text += trnf(" (and {0} older)", " (and {0} older)", arrays - 1);
  return text;
}

void draw_shelf(Painter& painter, const Scene& scene) {
  const auto& theme = painter.theme();
  const Rect& box = scene.foot.shelf;
  if (box.empty()) return;
  painter.fill(box, theme.well, painter.sizes().radius_object);
  painter.dashed(box, theme.text_low);
  painter.text_in(box.inset(painter.px(theme::space::kLoose), 0), FontRole::kSmall, theme.text_mid,
                  shelf_text(scene.input));
}

}  // namespace

Foot lay_out_foot(const Painter& painter, const layout::StageLayout& stage, const Seating& seats,
                  const std::vector<GId>& touched) {
  const auto& theme = painter.theme();
  Foot foot;
  // The goroutines have what the shelf leaves.
  Rect row = stage.foot;
  if (const std::string text = shelf_text(painter.input()); !text.empty()) {
    const float w = painter.width_of(FontRole::kSmall, text) + 2 * painter.px(theme::space::kLoose);
    foot.shelf = row.cut_right(std::min(stage.shelf.w, w));
    row.cut_right(painter.sizes().gap);
  }
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
    if (g == nullptr) continue;
    if (g->in_flight.valid()) {
      draw_object(painter, scene, place.tile, TileLook::kInFlight, g->in_flight, place.g,
                  intents::ConservationPart::kInFlight, asked);
    }
    if (g->hand.empty()) continue;
    draw_object(painter, scene, place.held, TileLook::kHand, g->hand.back(), place.g,
                intents::ConservationPart::kInUse, asked);
    if (place.more.empty()) continue;
    painter.border(place.more, theme.stroke_hi, painter.sizes().hairline,
                   painter.sizes().radius_object);
    painter.text_in(place.more, FontRole::kMicroStrong, theme.text_mid,
                    more_text(g->hand.size() - 1), Align::kCenter);
  }
  draw_shelf(painter, scene);
}

}  // namespace poolscope::views
