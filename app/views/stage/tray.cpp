// A card's lower half: one place of the pool's array, its private, its shared and its Mutex.

#include <algorithm>
#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "app/locale/translate.h"
#include "app/views/stage/stage_parts.h"
#include "app/views/stage/standing.h"
#include "app/views/words/lock_words.h"
#include "app/views/words/words.h"

namespace poolscope::views {
namespace {

using intents::ConservationPart;
using layout::CardLayout;
using locale::tr;
using locale::trf;

// The longest text of the lock that fits in `room`; "" where none does.
std::string lock_text(const Painter& painter, FontRole role, const LockState& lock, float room) {
  for (const std::string& text : lock_texts(lock)) {
    if (painter.width_of(role, text) <= room) return text;
  }
  return "";
}

void draw_lock(Painter& painter, const CardLayout& card, const LockState& lock) {
  const auto& theme = painter.theme();
  const Rect& at = card.lock;
  // Chinese is higher than the font's size, and the box has an edge.
  constexpr float kHighestWord = 1.3F;
  const bool low = at.h < painter.size_of(FontRole::kSmall) * kHighestWord;
  const FontRole role = low ? FontRole::kMicro : FontRole::kSmall;
  const float sign = painter.size_of(role);
  if (at.w < sign) return;
  const bool contended = !lock.waiters.empty();
  const bool closed = taken(lock);
  const float gap = painter.px(theme::space::kNear);
  const std::string text = lock_text(painter, role, lock, at.w - sign - 3 * gap);
  const float width = text.empty() ? 0 : painter.width_of(role, text) + gap;
  const float inset = closed ? gap : 0;
  const float box_w = std::min(at.w, sign + width + 2 * inset);
  const float box_h = std::min(at.h, painter.sizes().badge_h);
  const Rect box{at.right() - box_w, at.center().y - box_h / 2, box_w, box_h};
  const float radius = painter.sizes().radius_object;
  if (contended) {
    painter.fill(box, theme.contended.text.faded(theme.badge_fill), radius);
    // Beside the words, not over them.
    const float edge =
        std::min((box_h - sign * kHighestWord) / 2, painter.px(theme::space::kTight));
    if (edge >= painter.px(theme::space::kThin)) {
      painter.hatch({box.x, box.y, box.w, edge}, theme.contended.text, edge, 1.5F);
      painter.hatch({box.x, box.bottom() - edge, box.w, edge}, theme.contended.text, edge, 1.5F);
    }
    painter.border(box, theme.contended.text, painter.sizes().outline, radius);
  } else if (closed) {
    painter.fill(box, theme.shared.text.faded(theme.badge_fill), radius);
    painter.border(box, theme.shared.text.faded(theme.badge_border), painter.sizes().hairline,
                   radius);
  }
  const Color color = contended ? theme.contended.text : closed ? theme.shared.text : theme.ghost;
  const Point center{box.x + (box_w - sign - width) / 2 + sign / 2, box.center().y};
  painter.lock_sign(center, sign, color, closed);
  if (!text.empty()) {
    painter.text(role, {center.x + sign / 2 + gap, center.y}, color, text);
  }
  if (painter.touch_unnamed("lock" + std::to_string(card.index), box).hovered) {
    painter.tooltip(lock_tooltip(lock, card.index));
  }
}

// Under the tiles of a place that no P runs: which they are, and what may still become of them.
void draw_dead_notes(Painter& painter, const CardLayout& card, const LocalState& local) {
  const auto& theme = painter.theme();
  if (card.ends.h < painter.size_of(FontRole::kMicro)) {
    // No room under the tiles: behind them.
    Rect behind = card.shared;
    const auto tiles = static_cast<float>(local.shared.size() + 2);
    behind.cut_left(tiles * card.slot_step + painter.px(theme::space::kClose));
    const std::string both = tr("private, then shared");
    if (painter.width_of(FontRole::kMicro, both) <= behind.w) {
      painter.text_in(behind, FontRole::kMicro, theme.text_low, both, Align::kRight);
    }
    return;
  }
  Rect line = card.ends;
  const auto fits = [&](const std::string& text, float room) {
    return painter.width_of(FontRole::kMicro, text) <= room;
  };
  const std::string shared = "shared";
  const std::string stolen = tr("shared: can still be stolen");
  const std::string stranded = tr("private: stranded until the next GC");
  const float gap = painter.px(theme::space::kLoose);
  const bool whole = local.private_object.valid() && fits(stranded, line.w);
  // Where both have no room beside each other, what is stranded comes first.
  const float left = painter.width_of(FontRole::kMicro, whole ? stranded : "private");
  painter.text_in(line, FontRole::kMicro,
                  local.private_object.valid() ? theme.victim.text : theme.text_mid,
                  whole ? stranded : "private");
  line.cut_left(std::max(left + gap, card.shared.x - line.x));
  const std::string& right = !local.shared.empty() && fits(stolen, line.w) ? stolen : shared;
  if (fits(right, line.w)) painter.text_in(line, FontRole::kMicro, theme.text_mid, right);
}

// The two ends of shared have different takers: they are named where they are.
void draw_ends(Painter& painter, const Scene& scene, const CardLayout& card,
               const LocalState& local) {
  const auto& theme = painter.theme();
  Rect at = card.ends;
  if (at.empty()) return;
  // Clear of the outline of a tile over it.
  at.y += painter.px(theme::space::kHair);
  const bool classic = scene.input.model.config.pool == PoolKind::kClassic;
  const std::string whole =
      classic ? tr("oldest ... newest, all take here")
              : tr("tail, thieves take here ... head, the owner pushes and pops here");
  const std::string left = classic ? tr("oldest") : tr("tail, thieves take here");
  const std::string right =
      classic ? tr("newest, all take here") : tr("head, the owner pushes and pops here");
  const std::string shorter = classic ? whole : tr("tail: thieves ... head: the owner");
  const std::string shortest = classic ? whole : tr("tail ... head");
  const std::size_t tiles = std::min(local.shared.size(), card.shared_slots);
  if (tiles >= 2) {
    const float left_w = painter.width_of(FontRole::kMicro, left);
    const float right_w = painter.width_of(FontRole::kMicro, right);
    const Rect newest = card.shared_slot(tiles - 1);
    float x = newest.x;
    if (x + right_w > at.right()) x = at.right() - right_w;
    if (x >= at.x + left_w + painter.px(theme::space::kLoose)) {
      painter.text_in(at, FontRole::kMicro, theme.text_low, left);
      painter.text_in({x, at.y, at.right() - x, at.h}, FontRole::kMicro, theme.text_low, right);
      return;
    }
  }
  // Where it is too long for its place it begins further left.
  const bool lock_before = card.lock.y < at.bottom() && card.lock.bottom() > at.y;
  const float first = lock_before ? at.x : card.tray.x + painter.px(theme::space::kClose);
  const auto fits = [&](const std::string& text) {
    return painter.width_of(FontRole::kMicro, text) <= at.right() - first;
  };
  const std::string& text = fits(whole) ? whole : fits(shorter) ? shorter : shortest;
  const float w = painter.width_of(FontRole::kMicro, text);
  const float x = std::clamp(at.right() - w, first, at.x);
  painter.text_in({x, at.y, at.right() - x, at.h}, FontRole::kMicro, theme.text_low, text);
}

// The dequeues of a modern shared, from the tail's to the head's: how many of how many each holds.
// Where there is no room for all of them, those nearest to the head.
void draw_chain(Painter& painter, const CardLayout& card, const LocalState& local) {
  const auto& theme = painter.theme();
  Rect at = card.lock;
  const float inset = painter.px(theme::space::kTight);
  const float h = std::min(at.h, painter.sizes().badge_h);
  for (std::size_t i = local.chain.size(); i-- > 0;) {
    const DequeueState& d = local.chain[i];
    if (d.unlinked) continue;
    const std::string text = fmt::format("{}/{}", d.count, d.length);
    const float w = painter.width_of(FontRole::kMicro, text) + 2 * inset;
    if (w > at.w) break;
    const Rect place = at.cut_right(w);
    const Rect box{place.x, place.center().y - h / 2, w, h};
    const float radius = painter.sizes().radius_object / 2;
    const float part =
        d.length == 0 ? 0 : static_cast<float>(d.count) / static_cast<float>(d.length);
    painter.fill({box.x, box.y, box.w * std::min(1.0F, part), box.h},
                 theme.shared.text.faded(theme.badge_fill), radius);
    painter.border(box, theme.shared.text.faded(theme.badge_border), painter.sizes().hairline,
                   radius);
    painter.text_in(box, FontRole::kMicro, d.count == 0 ? theme.text_low : theme.text_mid, text,
                    Align::kCenter);
    if (painter.touch_unnamed(fmt::format("dequeue{}.{}", card.index, d.length), box).hovered) {
      painter.tooltip(
          trf("a dequeue of {0}, {1} in it; the left one is the tail's, the right one "
              "the head's",
              d.length, d.count));
    }
    if (i == 0) break;
    const Rect link = at.cut_right(2 * inset);
    painter.line({link.x, link.center().y}, {link.right(), link.center().y}, theme.stroke_hi,
                 painter.sizes().hairline);
  }
}

// A row of tiles for a shared, in local or in the victim.
struct Row {
  std::size_t slots;
  const theme::RoleColor& color;
  TileLook look;
  SlotOf slot;
};

void draw_shared(Painter& painter, const Scene& scene, const CardLayout& card, const Row& row,
                 const LocalState& local, intents::Intents& asked) {
  const bool victim = row.look == TileLook::kVictim;
  const auto cells = local.shared.cells();
  const auto tiles =
      victim ? tiles_in_victim(scene, card, cells) : tiles_in_row(card, row.slots, row.slot, cells);
  for (const StandingTile& tile : tiles) {
    if (!tile.sums()) {
      draw_object(painter, scene, tile.at, row.look, tile.objects.front(), GId::none(),
                  ConservationPart::kPooled, asked);
      continue;
    }
    // All of them, or those before the newest.
    const bool all = row.slots == 1;
    const std::size_t begun = painter.begin_tile();
    painter.fill(tile.at, all ? row.color.fill : painter.theme().raised,
                 painter.sizes().radius_object);
    painter.text_in(tile.at, FontRole::kMicroStrong,
                    all ? painter.theme().on_fill : painter.theme().text_hi,
                    (all ? "x" : "+") + count_text(tile.objects.size()), Align::kCenter);
    painter.end_tile(tile.at, begun);
    explain_sum(painter, tile.at, tile.objects, !all);
  }
  std::size_t slot = tiles.size();
  // Two open places show that it can grow; a victim does not.
  if (victim) return;
  const std::size_t open = std::min(row.slots, slot + 2);
  for (; slot < open; ++slot) {
    painter.dashed((card.*row.slot)(slot),
                   painter.theme().text_low.faded(painter.theme().open_slot));
  }
}

// An open place of the victim, with its sign where its name does not stand before it.
void draw_open_victim(Painter& painter, const Rect& at, Color color, bool signed_here) {
  painter.dashed(at, color.faded(painter.theme().open_slot));
  if (!signed_here) return;
  painter.diamond_sign(at.center(), painter.size_of(FontRole::kMicro) * 0.7F, color.faded(0.6F));
}

// The number of objects in its place of the victim, where there is no room for more.
void draw_victim_sum(Painter& painter, const Scene& scene, const CardLayout& card) {
  const auto& theme = painter.theme();
  std::vector<ObjectId> objects;
  if (scene.victim != nullptr && card.index < scene.victim->locals.size()) {
    const LocalState& local = scene.victim->locals[card.index];
    if (local.private_object.valid()) objects.push_back(local.private_object);
    const auto cells = local.shared.cells();
    objects.insert(objects.end(), cells.begin(), cells.end());
  }
  if (objects.empty()) return draw_open_victim(painter, card.victim, theme.victim.text, true);
  const std::size_t begun = painter.begin_tile();
  painter.fill(card.victim, theme.victim.fill, painter.sizes().radius_object);
  painter.text_in(card.victim, FontRole::kMicroStrong, theme.on_fill,
                  "x" + count_text(objects.size()), Align::kCenter);
  painter.end_tile(card.victim, begun);
  explain_sum(painter, card.victim, objects, false);
}

// The same place of what was local before the last GC.
void draw_victim(Painter& painter, const Scene& scene, const CardLayout& card,
                 intents::Intents& asked) {
  if (card.victim.empty()) return;
  const auto& theme = painter.theme();
  const bool there = scene.victim != nullptr && card.index < scene.victim->locals.size();
  const Color ink = there ? theme.victim.text : theme.text_low;
  if (!card.victim_label.empty()) {
    const float sign = painter.size_of(FontRole::kMicro) * 0.6F;
    Rect label = card.victim_label;
    painter.diamond_sign({label.x + sign / 2, label.center().y}, sign, ink);
    label.cut_left(sign + painter.px(theme::space::kFine));
    painter.text_in(label, FontRole::kMicro, ink, "victim");
  }
  if (card.victim_private.empty()) return draw_victim_sum(painter, scene, card);
  const bool unnamed = card.victim_label.empty();
  if (!there) return draw_open_victim(painter, card.victim_private, theme.text_low, unnamed);
  const LocalState& local = scene.victim->locals[card.index];
  if (local.private_object.valid()) {
    draw_object(painter, scene, sliding(scene, card.private_slot, card.victim_private),
                TileLook::kVictim, local.private_object, GId::none(), ConservationPart::kPooled,
                asked);
  } else {
    draw_open_victim(painter, card.victim_private, theme.victim.text, unnamed);
  }
  draw_shared(painter, scene, card,
              {card.victim_slots, theme.victim, TileLook::kVictim, &CardLayout::victim_slot}, local,
              asked);
  const PoolState& pool = scene.input.model.pools[shown_pool(scene.input).value];
  const std::string given_up = tr("victimSize 0: nobody looks here");
  if (pool.victim_size == 0 && local.shared.empty() &&
      painter.width_of(FontRole::kMicro, given_up) <= card.victim_shared.w) {
    painter.text_in(card.victim_shared, FontRole::kMicro, theme.text_low, given_up);
  }
}

void draw_no_local(Painter& painter, const Scene& scene, const CardLayout& card,
                   intents::Intents& asked) {
  const auto& theme = painter.theme();
  painter.dashed(card.tray, theme.text_low.faded(theme.open_slot));
  draw_victim(painter, scene, card, asked);
  const float line = std::ceil(painter.size_of(FontRole::kSmall) * 1.35F);
  std::string text = trf("no local[{0}]: the next pin here runs pinSlow", card.index);
  Rect in = card.tray.inset(painter.px(theme::space::kLoose), painter.px(theme::space::kTight));
  const bool victim_below = card.victim.y >= card.private_slot.bottom();
  if (!card.victim.empty() && victim_below) {
    in.h = card.victim.y - in.y;
  } else if (!card.victim.empty()) {
    const float victim_x =
        card.victim_label.empty() ? card.victim.x : std::min(card.victim.x, card.victim_label.x);
    in.w = victim_x - painter.px(theme::space::kLoose) - in.x;
  }
  // On a narrow card the hand stands in the tray.
  if (!card.hand.empty() && card.tray.contains(card.hand.center())) {
    in.cut_top(card.hand.bottom() - in.y);
  }
  const auto room = static_cast<int>(in.h / line);
  if (painter.lines_of(FontRole::kSmall, text, in.w) > room) {
    text = trf("no local[{0}]", card.index);
  }
  // Nor where an object leaves the place or comes to it: its way runs there.
  const bool passes = std::ranges::any_of(scene.flights, [&](const Flight& flight) {
    return !flight.way.empty() &&
           (card.frame.contains(flight.way.front()) || card.frame.contains(flight.way.back()));
  });
  if (passes || painter.lines_of(FontRole::kSmall, text, in.w) > room) return;
  const auto lines = static_cast<float>(painter.lines_of(FontRole::kSmall, text, in.w));
  const float h = std::min(lines * line, in.h);
  painter.paragraph_in({in.x, in.center().y - h / 2, in.w, h}, FontRole::kSmall, theme.text_low,
                       text, line);
}

// While the curtain falls the trays still stand there, emptied.
bool curtain_falls(const Scene& scene) {
  const StopState* gc = newest_gc(scene.input.model);
  if (gc == nullptr || !scene.input.state.motion) return false;
  const float t = part_of(gc->stopped_ns, theme::kCurtain_ns, scene.input.session.motion_ns);
  return t >= 0 && t < 1;
}

}  // namespace

void draw_tray(Painter& painter, const Scene& scene, const CardLayout& card,
               intents::Intents& asked) {
  const bool has_local = scene.local != nullptr && card.index < scene.local->locals.size();
  if (!has_local && (scene.local != nullptr || !curtain_falls(scene))) {
    draw_no_local(painter, scene, card, asked);
    return;
  }
  const auto& theme = painter.theme();
  const LocalState local = has_local ? scene.local->locals[card.index] : LocalState{};
  const float radius = painter.sizes().radius_button;
  painter.fill(card.tray, theme.well, radius);
  painter.border(card.tray, theme.stroke, painter.sizes().hairline, radius);
  painter.text_in(card.private_label, FontRole::kSmall, theme.text_mid,
                  card.live ? std::string("private") : fmt::format("local[{}]", card.index));
  painter.text_in(card.shared_label, FontRole::kSmall, theme.text_mid, "shared");
  if (local.private_object.valid()) {
    draw_object(painter, scene, card.private_slot, TileLook::kPrivate, local.private_object,
                GId::none(), ConservationPart::kPooled, asked);
  } else {
    painter.dashed(card.private_slot, theme.priv.text.faded(theme.open_slot));
  }
  draw_shared(painter, scene, card,
              {card.shared_slots, theme.shared, TileLook::kShared, &CardLayout::shared_slot}, local,
              asked);
  const bool slides = victims_slide(scene);
  if (slides) painter.enter_effects(scene.stage.area);
  draw_victim(painter, scene, card, asked);
  if (slides) painter.leave();
  if (!card.live) {
    draw_dead_notes(painter, card, local);
    return;
  }
  draw_ends(painter, scene, card, local);
  if (scene.input.model.config.pool == PoolKind::kClassic) {
    draw_lock(painter, card, local.lock);
  } else {
    draw_chain(painter, card, local);
  }
}

}  // namespace poolscope::views
