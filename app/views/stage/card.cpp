// A card's upper half: the P, its goroutine, what that does and what it holds.

#include "app/locale/translate.h"
#include "app/views/stage/activity_color.h"
#include "app/views/stage/stage_parts.h"
#include "app/views/stage/standing.h"
#include "app/views/widgets/share_bar.h"
#include "app/views/words/activity.h"
#include "app/views/words/words.h"

namespace poolscope::views {
namespace {

using intents::ConservationPart;
using layout::CardDetail;
using layout::CardLayout;
using locale::tr;
using locale::trf;
using locale::trnf;
using Kind = Activity::Kind;

// The sign before a status text; returns the room that it takes.
float draw_sign(Painter& painter, const Rect& line, Kind kind, Color color) {
  const float size = painter.size_of(FontRole::kSmall) * 0.72F;
  const Point center{line.x + size * 0.6F, line.center().y};
  switch (kind) {
    case Kind::kSteal: painter.triangle_sign(center, size, color); break;
    case Kind::kNew: painter.plus_sign(center, size, color); break;
    case Kind::kLockHeld:
    case Kind::kLockWait: painter.lock_sign(center, size * 1.15F, color, true); break;
    case Kind::kHit: painter.dot(center, size * 0.36F, color); break;
    default: return 0;
  }
  return size * 1.2F + painter.px(theme::space::kSnug);
}

// The theft from P `p` that has just been, nullptr for none.
const Robbery* robbed_lately(const Scene& scene, std::size_t p) {
  if (scene.input.session.summed) return nullptr;  // every P is robbed all the time
  const Robbery* robbery = scene.input.told.robbery_from(PId{static_cast<std::uint16_t>(p)});
  if (robbery == nullptr) return nullptr;
  const float part = part_of(robbery->time_ns, theme::kRobbed_ns, scene.input.session.motion_ns);
  return part >= 0 && part < 1 ? robbery : nullptr;
}

// Right of the status, where there is room: its latest thief, or how many Gets it has answered.
void draw_note(Painter& painter, const Scene& scene, const CardLayout& card, const Rect& room,
               Align align) {
  const Model& model = scene.input.model;
  if (card.index >= model.ps.size()) return;
  const PState& p = model.ps[card.index];

  std::string text;
  Color color = painter.theme().text_low;
  if (const Robbery* robbery = robbed_lately(scene, card.index)) {
    text = trf("robbed by {0}", name_of(robbery->thief_p));
    color = painter.theme().text_hi;
  } else if (p.hits.gets() > 0) {
    text = trnf("{1} Get", "{1} Gets", p.hits.gets(), count_text(p.hits.gets()));
  }
  if (painter.width_of(FontRole::kMicro, text) > room.w) return;
  painter.text_in(room, FontRole::kMicro, color, text, align);
}

void draw_hits(Painter& painter, const Rect& bar, const HitCounts& hits) {
  draw_share_bar(painter, bar, hits);
  if (hits.gets() == 0) return;
  if (painter.touch_unnamed("hits", bar.inset(0, -painter.px(theme::space::kTight))).hovered) {
    std::string text = trf("Gets that began here: {0} private, {1} shared, {2} stolen, {3} New",
                           count_text(hits.from_private), count_text(hits.from_shared),
                           count_text(hits.from_steal), count_text(hits.from_new));
    if (hits.from_victim > 0) {
      text += trf(", {0} from the victim", count_text(hits.from_victim));
    }
    painter.tooltip(text);
  }
}

// What lies under the tile in that slot: two corners of it are seen.
void draw_under(Painter& painter, const Rect& slot) {
  const float out = painter.px(theme::space::kFine);
  const Rect behind{slot.x - out, slot.y - out, slot.w, slot.h};
  painter.fill(behind, painter.theme().raised, painter.sizes().radius_object);
  painter.border(behind, painter.theme().stroke_hi, painter.sizes().hairline * 1.5F,
                 painter.sizes().radius_object);
}

// What the operation holds, then what the goroutine has in use.
void draw_hand(Painter& painter, const Scene& scene, const CardLayout& card, const GState& g,
               GId id, intents::Intents& asked) {
  if (card.hand_slots == 0) return;
  const auto tiles = tiles_in_hand(card, g);
  const bool hand_in_first = !tiles.empty() && tiles.front().at == card.hand_slot(0);
  if (!tiles.empty() && tiles.front().under) draw_under(painter, tiles.front().at);
  const bool busy = g.op.kind != Operation::Kind::kNone;
  if (g.in_flight.valid()) {
    const bool steal = g.op.where == Where::kSteal || g.op.where == Where::kOrphanSteal;
    const bool fresh = g.op.where == Where::kNew;
    const bool victim = g.op.where == Where::kVictimPrivate || g.op.where == Where::kVictimSteal;
    draw_object(painter, scene, card.hand_slot(0),
                steal    ? TileLook::kSteal
                : victim ? TileLook::kVictim
                : fresh  ? TileLook::kNew
                         : TileLook::kInFlight,
                g.in_flight, id, ConservationPart::kInFlight, asked);
  } else if (busy && !hand_in_first) {
    painter.dashed(card.hand_slot(0), painter.theme().priv.text.faded(painter.theme().open_slot));
  }
  for (const StandingTile& tile : tiles) {
    if (tile.under) continue;
    if (tile.sums()) {
      const std::size_t begun = painter.begin_tile();
      painter.border(tile.at, painter.theme().stroke_hi, painter.sizes().hairline,
                     painter.sizes().radius_object);
      painter.text_in(tile.at, FontRole::kMicroStrong, painter.theme().text_mid,
                      "+" + count_text(tile.objects.size()), Align::kCenter);
      painter.end_tile(tile.at, begun);
      explain_sum(painter, tile.at, tile.objects, tiles.size() > 1);
    } else {
      draw_object(painter, scene, tile.at, TileLook::kHand, tile.objects.front(), id,
                  ConservationPart::kInUse, asked);
    }
  }
}

void draw_pinned(Painter& painter, const CardLayout& card, float x, const GState& g) {
  const auto& theme = painter.theme();
  const float end =
      card.hand.empty() || card.hand.y > card.badge.center().y ? card.strip.right() : card.hand.x;
  const float size = painter.size_of(FontRole::kSmall) * 0.9F;
  if (!g.pinned) return;
  if (x + size > end) return;
  painter.pin_sign({x + size / 2, card.badge.center().y}, size, theme.priv.text);
  const std::string word = tr("pinned");
  const float text_x = x + size + painter.px(theme::space::kTight);
  if (text_x + painter.width_of(FontRole::kSmall, word) > end) return;
  painter.text(FontRole::kSmall, {text_x, card.badge.center().y}, theme.priv.text, word);
}

// A GC has just cleared the pools; what is in a hand is not its business.
bool untouched_by_gc(const Scene& scene, const GState& g) {
  const StopState* gc = newest_gc(scene.input.model);
  if (gc == nullptr || (g.hand.empty() && !g.in_flight.valid())) return false;
  const float t = part_of(gc->stopped_ns, theme::kUntouched_ns, scene.input.session.motion_ns);
  return t >= 0 && t < 1;
}

void draw_untouched(Painter& painter, const CardLayout& card) {
  if (card.status.empty()) return;
  const Color color = painter.theme().victim.text;
  const float size = painter.size_of(FontRole::kSmall) * 0.7F;
  Rect line = card.status;
  line.h /= static_cast<float>(card.status_lines);
  painter.diamond_sign({line.x + size / 2, line.center().y}, size, color);
  line.cut_left(size + painter.px(theme::space::kNear));
  painter.text_in(line, FontRole::kSmall, color, tr("in use: untouched"));
}

void draw_strip(Painter& painter, const Scene& scene, const CardLayout& card,
                intents::Intents& asked) {
  const auto& theme = painter.theme();
  const Model& model = scene.input.model;
  const std::string name = name_of(PId{static_cast<std::uint16_t>(card.index)});
  painter.text_in(card.name, FontRole::kBodyStrong, theme.text_hi, name);
  const Seat seat = card.index < scene.seating.at.size() ? scene.seating.at[card.index] : Seat{};
  const Activity activity = activity_of(model, seat.g);
  const Point badge{card.badge.x, card.badge.center().y};
  if (seat.g.valid()) {
    const GState& g = *model.gs.find(seat.g);
    const float w = draw_goroutine(painter, badge, seat.g, seat.running, asked, card.badge.w);
    draw_pinned(painter, card, badge.x + w + painter.px(theme::space::kClose), g);
    painter.set_opacity(opacity_of_g(scene.input, seat.g));
    if (!card.hand_label.empty()) {
      if (!g.hand.empty()) {
        painter.text_in(card.hand_label, FontRole::kSmall, theme.text_mid, tr("in hand"));
      }
      painter.set_opacity(1);
    }
    draw_hand(painter, scene, card, g, seat.g, asked);
  } else {
    const std::string idle = tr("idle");
    // Nothing stands beside it.
    const float room = card.badge.w + painter.px(theme::space::kClose);
    const bool fits = painter.badge_width(idle) <= room;
    painter.badge(badge, theme.user, fits ? idle : "", false, fits ? room : card.badge.w);
  }
  painter.set_opacity(opacity_of_g(scene.input, seat.g));
  if (seat.g.valid() && untouched_by_gc(scene, *model.gs.find(seat.g))) {
    draw_untouched(painter, card);
  } else if (!card.status.empty()) {
    const Color color = color_of(theme, activity.kind);
    Rect line = card.status;
    const float line_h = line.h / static_cast<float>(card.status_lines);
    line.cut_left(draw_sign(painter, {line.x, line.y, line.w, line_h}, activity.kind, color));
    if (card.status_lines > 1) {
      const bool fits = painter.lines_of(FontRole::kSmall, activity.text, line.w) <= 2;
      const int lines = painter.paragraph_in(line, FontRole::kSmall, color,
                                             fits ? activity.text : activity.short_text(), line_h);
      line.cut_top(line_h);
      painter.set_opacity(1);
      if (lines == 1) draw_note(painter, scene, card, line, Align::kLeft);
    } else {
      const bool fits = painter.width_of(FontRole::kSmall, activity.text) <= line.w;
      const float w = painter.text_in(line, FontRole::kSmall, color,
                                      fits ? activity.text : activity.short_text());
      line.cut_left(w + painter.px(theme::space::kLoose));
      painter.set_opacity(1);
      // Beside the way of what comes into the hand over it.
      if (card.hand_from_right && card.hand_slots > 0) line.cut_right(card.slot_step);
      draw_note(painter, scene, card, line, Align::kRight);
    }
  }
  painter.set_opacity(1);
  if (card.index < model.ps.size()) draw_hits(painter, card.hits, model.ps[card.index].hits);
  const Rect grip{card.name.x, card.name.y, card.name.w - painter.px(theme::space::kTight),
                  card.name.h};
  const auto touch = painter.touch("p." + std::to_string(card.index), grip);
  if (touch.clicked) {
    const PId p{static_cast<std::uint16_t>(card.index)};
    asked.emplace_back(intents::FocusP{scene.input.state.focus == p ? PId::none() : p});
  }
}

// The frame marks a card that is looked at, one whose lock is wanted, a thief and a robbed P.
void draw_frame(Painter& painter, const Scene& scene, const CardLayout& card) {
  const auto& theme = painter.theme();
  const Model& model = scene.input.model;
  const float radius = painter.sizes().radius_card;
  painter.fill(card.frame, theme.card, radius);
  const Seat seat = card.index < scene.seating.at.size() ? scene.seating.at[card.index] : Seat{};
  const bool followed = seat.g.valid() && scene.input.state.followed == seat.g;
  const bool focused =
      scene.input.state.focus.valid() && scene.input.state.focus.value == card.index;
  const bool contended = scene.local != nullptr && card.index < scene.local->locals.size() &&
                         !scene.local->locals[card.index].lock.waiters.empty();
  const bool steals = activity_of(model, seat.g).kind == Kind::kSteal;
  const float outline = painter.sizes().outline;
  if (followed || focused) {
    painter.border(card.frame, theme.priv.text, outline, radius);
  } else if (is_told(scene.input, seat.g)) {
    painter.border(card.frame, theme.steal.text, outline, radius);
  } else if (contended) {
    painter.border(card.frame, theme.contended.text, outline, radius);
  } else if (steals) {
    painter.border(card.frame, theme.steal.text, painter.sizes().hairline * 1.5F, radius);
  } else if (robbed_lately(scene, card.index)) {
    painter.border(card.frame, theme.text_low, painter.sizes().hairline * 1.5F, radius);
  } else {
    painter.border(card.frame, theme.stroke, painter.sizes().hairline, radius);
  }
}

}  // namespace

void draw_card(Painter& painter, const Scene& scene, const CardLayout& card,
               intents::Intents& asked) {
  if (card.live) draw_frame(painter, scene, card);
  draw_tray(painter, scene, card, asked);
  // After the tray: on a narrow card the hand stands in it.
  if (card.live) draw_strip(painter, scene, card, asked);
}

}  // namespace poolscope::views
