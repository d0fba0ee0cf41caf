// A card's lower half: one place of the pool's array, its private, its shared and its Mutex.

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "app/locale/translate.h"
#include "app/views/stage_parts.h"
#include "app/views/words.h"

namespace poolscope::views {
namespace {

using intents::ConservationPart;
using layout::CardDetail;
using layout::CardLayout;
using locale::tr;
using locale::trf;
using locale::trnf;

void draw_lock(Painter& painter, const CardLayout& card, const LockState& lock,
               intents::Intents& asked) {
  (void)asked;
  const auto& theme = painter.theme();
  Rect at = card.lock;
  const float sign = painter.size_of(FontRole::kSmall);
  if (at.w < sign) return;
  const bool contended = !lock.waiters.empty();
  std::string text;
  if (contended) {
    text = trnf("{1}, {0} waits", "{1}, {0} wait", lock.waiters.size(),
                lock.holder.valid() ? name_of(lock.holder) : std::string("-"));
  } else if (lock.holder.valid()) {
    text = trf("held by {0}", name_of(lock.holder));
  }
  const float gap = painter.px(theme::space::kNear);
  float width = text.empty() ? 0 : painter.width_of(FontRole::kSmall, text) + gap;
  if (sign + width + 2 * gap > at.w) {
    // Too narrow for words: the sign and the number.
    text = contended ? std::to_string(lock.waiters.size()) : "";
    width = text.empty() ? 0 : painter.width_of(FontRole::kSmall, text) + gap;
  }
  const float box_w = sign + width + (lock.holder.valid() ? 2 * gap : 0);
  const float box_h = std::min(at.h, painter.sizes().badge_h);
  const Rect box{at.right() - box_w, at.center().y - box_h / 2, box_w, box_h};
  const float radius = painter.sizes().radius_object;
  if (contended) {
    painter.fill(box, theme.contended.text.faded(theme.badge_fill), radius);
    const float edge = painter.px(theme::space::kTight);
    painter.hatch({box.x, box.y, box.w, edge}, theme.contended.text, edge, 1.5F);
    painter.hatch({box.x, box.bottom() - edge, box.w, edge}, theme.contended.text, edge, 1.5F);
    painter.border(box, theme.contended.text, painter.sizes().outline, radius);
  } else if (lock.holder.valid()) {
    painter.fill(box, theme.shared.text.faded(theme.badge_fill), radius);
    painter.border(box, theme.shared.text.faded(theme.badge_border), painter.sizes().hairline,
                   radius);
  }
  const bool held = lock.holder.valid();
  const Color color = contended ? theme.contended.text : held ? theme.shared.text : theme.ghost;
  const Point center{box.x + (held ? gap : 0) + sign / 2, box.center().y};
  painter.lock_sign(center, sign, color, held);
  if (!text.empty())
    painter.text(FontRole::kSmall, {center.x + sign / 2 + gap, center.y}, color, text);
}

// What may still become of what lies in a place that no P runs.
void draw_dead_notes(Painter& painter, const CardLayout& card, const LocalState& local) {
  const auto& theme = painter.theme();
  if (card.ends.h < painter.size_of(FontRole::kMicro)) return;
  Rect line = card.ends;
  if (local.private_object.valid()) {
    line.cut_left(painter.text_in(line, FontRole::kMicro, theme.victim.text,
                                  tr("stranded until the next GC")) +
                  painter.px(theme::space::kLoose));
  }
  const std::string stolen = tr("can still be stolen");
  if (!local.shared.empty() && painter.width_of(FontRole::kMicro, stolen) <= line.w) {
    painter.text_in(line, FontRole::kMicro, theme.text_mid, stolen, Align::kRight);
  }
}

// The two ends of shared have different takers: they are named where they are.
void draw_ends(Painter& painter, const Scene& scene, const CardLayout& card,
               const LocalState& local) {
  const auto& theme = painter.theme();
  const Rect at = card.ends;
  if (at.empty()) return;
  const bool classic = scene.input.model.config.pool == PoolKind::kClassic;
  const std::string whole = classic ? tr("oldest ... newest, all take here")
                                    : tr("tail, thieves take here ... head, the owner's end");
  const std::string left = classic ? tr("oldest") : tr("tail");
  const std::string right = classic ? tr("newest, all take here") : tr("head, the owner's end");
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
  const float w = painter.width_of(FontRole::kMicro, whole);
  const float x = std::clamp(at.right() - w, card.tray.x + painter.px(theme::space::kClose), at.x);
  painter.text_in({x, at.y, at.right() - x, at.h}, FontRole::kMicro, theme.text_low, whole);
}

void draw_shared(Painter& painter, const Scene& scene, const CardLayout& card,
                 const LocalState& local, intents::Intents& asked) {
  const auto cells = local.shared.cells();
  const std::size_t first = Scene::first_shown(cells.size(), card.shared_slots);
  std::size_t slot = 0;
  if (card.shared_slots == 1 && cells.size() > 1) {
    const Rect all = card.shared_slot(0);
    painter.fill(all, painter.theme().shared.fill, painter.sizes().radius_object);
    painter.text_in(all, FontRole::kMicroStrong, painter.theme().on_fill,
                    "x" + count_text(cells.size()), Align::kCenter);
    return;
  }
  if (first > 0 && card.shared_slots > 0) {
    const Rect more = card.shared_slot(slot++);
    painter.fill(more, painter.theme().raised, painter.sizes().radius_object);
    painter.text_in(more, FontRole::kMicroStrong, painter.theme().text_hi, "+" + count_text(first),
                    Align::kCenter);
  }
  for (std::size_t i = first; i < cells.size() && slot < card.shared_slots; ++i, ++slot) {
    draw_object(painter, scene, card.shared_slot(slot), TileLook::kShared, cells[i], GId::none(),
                ConservationPart::kPooled, asked);
  }
  // Two open places show that it can grow.
  const std::size_t open = std::min(card.shared_slots, slot + 2);
  for (; slot < open; ++slot) {
    painter.dashed(card.shared_slot(slot), painter.theme().ghost.faded(0.7F),
                   painter.sizes().radius_object);
  }
}

void draw_no_local(Painter& painter, const CardLayout& card) {
  const auto& theme = painter.theme();
  painter.dashed(card.tray, theme.stroke_hi, painter.sizes().radius_button);
  const float line = std::ceil(painter.size_of(FontRole::kSmall) * 1.35F);
  const std::string text = trf("no local[{0}] yet: the next pin here runs pinSlow", card.index);
  const Rect in =
      card.tray.inset(painter.px(theme::space::kLoose), painter.px(theme::space::kTight));
  const auto lines = static_cast<float>(painter.lines_of(FontRole::kSmall, text, in.w));
  const float h = std::min(lines * line, in.h);
  painter.paragraph_in({in.x, in.center().y - h / 2, in.w, h}, FontRole::kSmall, theme.text_low,
                       text, line);
}

// While the curtain falls the trays still stand there, emptied.
bool curtain_falls(const Scene& scene) {
  const StopState* gc = newest_gc(scene.input.model);
  if (gc == nullptr || !scene.input.state.motion) return false;
  const float t = part_of(gc->stopped_ns, theme::kCurtain_ns, scene.input.playhead_time_ns);
  return t >= 0 && t < 1;
}

}  // namespace

void draw_tray(Painter& painter, const Scene& scene, const CardLayout& card,
               intents::Intents& asked) {
  const bool has_local = scene.local != nullptr && card.index < scene.local->locals.size();
  if (!has_local && !(scene.local == nullptr && curtain_falls(scene))) {
    draw_no_local(painter, card);
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
    painter.dashed(card.private_slot, theme.priv.fill.faded(0.6F), painter.sizes().radius_object);
  }
  draw_shared(painter, scene, card, local, asked);
  if (!card.live) {
    draw_dead_notes(painter, card, local);
    return;
  }
  draw_ends(painter, scene, card, local);
  if (scene.input.model.config.pool == PoolKind::kClassic) {
    draw_lock(painter, card, local.lock, asked);
  }
}

}  // namespace poolscope::views
