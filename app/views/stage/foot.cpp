// The row under the cards: goroutines without a P, by why they have none, and dropped arrays that
// an operation may still reach.

#include <algorithm>
#include <cmath>
#include <set>
#include <span>
#include <string>

#include "app/locale/translate.h"
#include "app/views/stage/old_arrays.h"
#include "app/views/stage/stage.h"
#include "app/views/stage/stage_parts.h"
#include "app/views/words/words.h"

namespace poolscope::views {
namespace {

using locale::tr;
using locale::trf;

// Of a tile in the row, by its height, at least.
constexpr float kTileWidth = 1.2F;

/// Of each tile in the row: the longest number stands in it.
float tile_width(const Painter& painter) {
  const std::size_t digits = std::min<std::size_t>(shape_of(painter.input()).digits, 5);
  const float number = painter.width_of(FontRole::kMicroStrong, "#" + std::string(digits, '8'));
  return std::ceil(
      std::max(painter.sizes().object * kTileWidth, number + painter.px(theme::space::kTight)));
}

// Of goroutines or objects for which there is no room.
std::string more_text(std::size_t more) { return trf("{0} more", count_text(more)); }

/// Tiles for what each goroutine of a group has in use: the last is the number of those for which
/// there is none.
constexpr std::size_t kTilesEach = 2;

/// The same for the last group, behind which no room is needed: as many as fit, `tiles` in all.
std::size_t tiles_each(const Model& model, const std::vector<GId>& gs, std::size_t tiles) {
  const auto taken = [&](std::size_t each) {
    std::size_t n = 0;
    for (const GId id : gs) {
      const GState* g = model.gs.find(id);
      n += g == nullptr ? 0 : std::min(g->hand.size(), each);
    }
    return n;
  };
  std::size_t each = kTilesEach;
  while (taken(each) < taken(each + 1) && taken(each + 1) <= tiles) ++each;
  return each;
}

// "no P right now: G5 G6"; false when there was no room for all of it.
bool lay_out_group(const Painter& painter, Rect& row, FootGroup group,
                   const std::vector<GId>& touched, Foot& foot) {
  const Model& model = painter.input().model;
  if (group.gs.empty()) return true;
  const float title_w = painter.width_of(FontRole::kSmall, group.title);
  const float gap = painter.px(theme::space::kNear);
  const auto width_of_badge = [&](GId g) {
    return group.badges ? painter.badge_width(name_of(g)) : 0.0F;
  };
  if (title_w + gap + width_of_badge(group.gs.front()) > row.w) return false;
  group.title_at = row.cut_left(title_w);
  row.cut_left(gap);
  const float one_w = gap + tile_width(painter);
  const float room = std::max(0.0F, row.w - gap * static_cast<float>(group.gs.size()));
  const std::size_t each =
      group.badges ? kTilesEach
                   : tiles_each(model, group.gs, static_cast<std::size_t>(room / one_w));
  for (std::size_t i = 0; i < group.gs.size(); ++i) {
    const GState* g = model.gs.find(group.gs[i]);
    const bool holds = (g != nullptr && g->in_flight.valid()) ||
                       std::ranges::find(touched, group.gs[i]) != touched.end();
    const std::size_t has = g == nullptr ? 0 : g->hand.size();
    const std::size_t in_use = std::min(has, each);
    const float badge_w = width_of_badge(group.gs[i]);
    const float tile_w = one_w * static_cast<float>(in_use + (holds ? 1 : 0));
    const float rest =
        i + 1 < group.gs.size()
            ? painter.width_of(FontRole::kSmall, more_text(group.gs.size() - i)) + gap
            : 0;
    if (badge_w + tile_w + rest > row.w) {
      group.more = group.gs.size() - i;
      group.more_at =
          row.cut_left(std::max(rest, painter.width_of(FontRole::kSmall, more_text(group.more))));
      const Rect behind = row.cut_left(one_w);
      if (behind.w == one_w) group.more_tile = behind;
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
    const std::size_t own = has > in_use ? in_use - 1 : in_use;
    for (std::size_t n = 0; n < own; ++n) place.held.push_back(next());
    if (own < has) place.more = next();
    foot.places.push_back(std::move(place));
  }
  row.cut_left(gap);
  foot.groups.push_back(std::move(group));
  return true;
}

// From when on a loss is still shown: as long as the sentence about it stands. Of a lesson that is
// until the next line that changes something.
std::int64_t losses_since_ns(const ViewInput& input) {
  const LessonStatus* lesson = input.session.lesson.get();
  if (lesson == nullptr) return input.session.playhead.time_ns - theme::kLossStands_ns;
  for (std::size_t i = lesson->shown; i-- > 0;) {
    const PlayedLine& line = (*lesson->played)[i];
    if (line.changed_state) return line.begin_ns;
  }
  return 0;
}

// An old array that nobody can reach any more is no array of the model's. What was lost with it
// stays on the shelf as long as it is told.
OldArray lost_array(const ViewInput& input) {
  OldArray old;
  // At full rate too much is lost to be told one by one.
  if (input.session.summed) return old;
  const std::int64_t since_ns = losses_since_ns(input);
  for (const LostObject& lost : input.model.lost) {
    const bool in_old = lost.cause == LostCause::kOrphan || lost.cause == LostCause::kRealloc;
    if (in_old && lost.pool == shown_pool(input) && lost.time_ns >= since_ns) {
      old.objects.push_back(lost.object);
    }
  }
  if (!old.objects.empty()) {
    old.name = tr("old array");
    old.holders = tr(", nobody reaches it any more");
    old.colon = tr("; lost in it:");
  }
  return old;
}

// What lies on the shelf.
OldArray shelved(const ViewInput& input) {
  std::vector<const ArrayState*> arrays;
  for (const auto& [id, array] : input.model.arrays) {
    const bool old = array.status == ArrayState::Status::kDropped;
    if (old && array.pool == shown_pool(input)) arrays.push_back(&array);
  }
  return arrays.empty() ? lost_array(input) : old_arrays(arrays);
}

/// All the goroutines that have no card, and what they hold. `row` is left with what they do not
/// need. False: not all of them are shown.
bool lay_out_groups(const Painter& painter, Rect& row, const Seating& seats,
                    const std::vector<GId>& touched, Foot& foot) {
  const auto& theme = painter.theme();
  const auto add = [&](const char* title, Color color, const std::vector<GId>& gs,
                       bool badges = true) {
    return lay_out_group(painter, row, {.title = title, .color = color, .gs = gs, .badges = badges},
                         touched, foot);
  };
  // Of goroutines that have ended: their objects are still somebody's.
  std::vector<GId> outside;
  for (const GState& g : painter.input().model.gs) {
    if (g.status == GState::Status::kAbsent && !g.hand.empty()) outside.push_back(g.id);
  }
  return add(tr("waiting for a lock:"), theme.contended.text, seats.locked_out) &&
         add(tr("no P right now:"), theme.text_mid, seats.without_p) &&
         add(tr("asleep:"), theme.text_low, seats.asleep) &&
         add(tr("in use, outside the pool:"), theme.text_mid, outside, false);
}

/// What is said of it, from all to nothing. `more`: of its objects for which there is no tile.
std::vector<std::string> shelf_texts(const OldArray& old, std::size_t more) {
  const std::string rest = more == 0 ? "" : " " + more_text(more);
  return {old.name + old.holders + old.colon + rest, old.name + old.colon + rest, old.name + rest,
          more == 0 ? old.name : more_text(more), ""};
}

/// The shelf at the right end of `room`: as much of its text as there is room for beside a tile,
/// and as many of the objects as then fit.
void lay_out_shelf(const Painter& painter, const Rect& room, Foot& foot) {
  const OldArray old = shelved(painter.input());
  const float pad = painter.px(theme::space::kClose);
  const float tile = tile_width(painter);
  const float gap = painter.px(theme::space::kTight);
  const float least_tile = old.objects.empty() ? 0 : tile + gap;
  if (old.name.empty() || room.w < least_tile + 3 * pad) return;
  const auto text_for = [&](std::size_t more) {
    for (const std::string& text : shelf_texts(old, more)) {
      if (painter.width_of(FontRole::kSmall, text) <= room.w - 3 * pad - least_tile) return text;
    }
    return std::string();
  };
  const auto fit = [&](const std::string& text) {
    const float for_tiles = room.w - 3 * pad - painter.width_of(FontRole::kSmall, text);
    return std::min(old.objects.size(), static_cast<std::size_t>(for_tiles / (tile + gap)));
  };
  std::size_t shown = fit(text_for(0));
  // With the number of the others the text is longer, so there may be one tile less.
  if (shown < old.objects.size()) shown = fit(text_for(old.objects.size()));
  std::string text = text_for(old.objects.size() - shown);
  const float least_text = painter.width_of(FontRole::kSmall, text);
  const float tiles_w = static_cast<float>(shown) * (tile + gap);
  const float w = std::min(room.w, least_text + (text.empty() ? 2 : 3) * pad + tiles_w);
  foot.shelf = {room.right() - w, room.y, w, room.h};
  Rect in = foot.shelf.inset(pad, 0);
  const float h = std::min(room.h, painter.sizes().object);
  // The newest stands at the end, where objects come in.
  for (std::size_t i = 0; i < shown; ++i) {
    const Rect at = in.cut_right(tile);
    in.cut_right(gap);
    foot.on_shelf.push_back(
        {old.objects[old.objects.size() - 1 - i], {at.x, at.center().y - h / 2, at.w, h}});
  }
  foot.shelf_text_at = in;
  foot.shelf_text = std::move(text);
}

void draw_shelf(Painter& painter, const Scene& scene, intents::Intents& asked) {
  const auto& theme = painter.theme();
  const Foot& foot = scene.foot;
  if (foot.shelf.empty()) return;
  painter.fill(foot.shelf, theme.well, painter.sizes().radius_object);
  painter.dashed(foot.shelf, theme.text_low);
  painter.text_in(foot.shelf_text_at, FontRole::kSmall, theme.text_mid, foot.shelf_text);
  for (const ShelfPlace& place : foot.on_shelf) {
    const std::size_t before = asked.size();
    draw_object(painter, scene, place.at, TileLook::kStale, place.object, GId::none(),
                intents::ConservationPart::kDropped, asked);
    // What lies here was dropped: a click asks why.
    if (asked.size() != before) asked.emplace_back(intents::SelectTab{intents::Tab::kObject});
  }
}

}  // namespace

Foot lay_out_foot(const Painter& painter, const layout::StageLayout& stage, const Seating& seats,
                  const std::vector<GId>& touched) {
  // The shelf first; but where the goroutines then have no room, it has what they leave.
  Foot foot;
  lay_out_shelf(painter, stage.shelf, foot);
  Rect row = stage.foot;
  if (!foot.shelf.empty()) row.cut_right(foot.shelf.w + painter.sizes().gap);
  if (lay_out_groups(painter, row, seats, touched, foot) || foot.shelf.empty()) return foot;
  foot = {};
  row = stage.foot;
  lay_out_groups(painter, row, seats, touched, foot);
  row.cut_left(painter.sizes().gap);
  lay_out_shelf(painter, row, foot);
  return foot;
}

void draw_foot(Painter& painter, const Scene& scene, intents::Intents& asked) {
  const auto& theme = painter.theme();
  if (scene.foot.groups.empty()) {
    painter.text_in(scene.stage.outside, FontRole::kSmall, theme.text_low,
                    tr("no P right now: nobody"));
  }
  for (const FootGroup& group : scene.foot.groups) {
    painter.text_in(group.title_at, FontRole::kSmall, group.color, group.title);
    if (group.more == 0) continue;
    const std::string whole = more_text(group.more);
    const bool fits = painter.width_of(FontRole::kSmall, whole) <= group.more_at.w;
    const std::string shown = fits ? whole : "+" + count_text(group.more);
    if (painter.width_of(FontRole::kSmall, shown) > group.more_at.w) continue;
    painter.text_in(group.more_at, FontRole::kSmall, group.color, shown);
  }
  for (const FootPlace& place : scene.foot.places) {
    const GState* g = scene.input.model.gs.find(place.g);
    if (g == nullptr) continue;
    if (g->status != GState::Status::kAbsent) {
      draw_goroutine(painter, {place.badge.x, place.badge.center().y}, place.g, false, asked);
    }
    if (g->in_flight.valid()) {
      draw_object(painter, scene, place.tile, TileLook::kInFlight, g->in_flight, place.g,
                  intents::ConservationPart::kInFlight, asked);
    }
    for (std::size_t newer = 0; newer < place.held.size(); ++newer) {
      draw_object(painter, scene, place.held[newer], TileLook::kHand,
                  g->hand[g->hand.size() - 1 - newer], place.g, intents::ConservationPart::kInUse,
                  asked);
    }
    if (place.more.empty()) continue;
    const std::size_t more = g->hand.size() - place.held.size();
    const std::size_t begun = painter.begin_tile();
    painter.border(place.more, theme.stroke_hi, painter.sizes().hairline,
                   painter.sizes().radius_object);
    painter.text_in(place.more, FontRole::kMicroStrong, theme.text_mid, "+" + count_text(more),
                    Align::kCenter);
    painter.end_tile(place.more, begun);
    explain_sum(painter, place.more, std::span(g->hand).first(more), true);
  }
  draw_shelf(painter, scene, asked);
}

}  // namespace poolscope::views
