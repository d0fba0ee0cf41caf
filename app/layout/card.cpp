#include "app/layout/card.h"

#include <algorithm>
#include <cmath>

namespace poolscope::layout {
namespace {

using theme::FontRole;

// Of private and shared alone.
float local_height(const Measures& m, CardDetail detail) {
  switch (detail) {
    case CardDetail::kRoomy:
    case CardDetail::kFull: return 2 * m.tile_h + m.gap + m.ends_h;
    case CardDetail::kTall: return 2 * (m.status_h + m.tile_h);
    case CardDetail::kDense: return m.tile_h + m.ends_h;
    case CardDetail::kPacked: return m.tile_h + m.tight_h;
    case CardDetail::kLine:
    case CardDetail::kMini: return m.tile_h;
    case CardDetail::kShort:
    case CardDetail::kNarrow: return 2 * m.tile_h + m.gap;
    case CardDetail::kCompact: return 0;
  }
  return 0;
}

// Where there is no height to spare, the victim stands at the end of the line.
bool victim_beside(CardDetail detail) {
  return detail == CardDetail::kPacked || detail == CardDetail::kMini;
}

float tray_height(const Measures& m, CardDetail detail) {
  if (detail == CardDetail::kCompact) return 0;
  if (detail == CardDetail::kPacked) return m.gap + local_height(m, detail) + m.gap / 2;
  const float victim_h = victim_beside(detail) ? 0 : m.victim_h;
  return 2 * m.tray_inset + local_height(m, detail) + victim_h;
}

float strip_height(const Measures& m, CardDetail detail) {
  switch (detail) {
    case CardDetail::kRoomy: return m.head_h + m.status_h + m.tile_h + m.hits_h + 4 * m.gap;
    case CardDetail::kTall: return m.head_h + 2 * m.status_h + m.tile_h + m.hits_h + 4 * m.gap;
    case CardDetail::kFull:
    case CardDetail::kShort:
    case CardDetail::kPacked:
      return std::max(m.head_h, m.tile_h) + m.tight_h + m.hits_h + 2.5F * m.gap;
    case CardDetail::kDense:
    case CardDetail::kLine: return std::max(m.head_h, m.tile_h) + m.status_h + m.hits_h + 3 * m.gap;
    case CardDetail::kNarrow: return m.head_h + m.hits_h + 2 * m.gap;
    case CardDetail::kMini: return std::max(m.head_h, m.tile_h) + m.gap;
    case CardDetail::kCompact: return 0;
  }
  return 0;
}

struct Margins {
  float top;
  float bottom;
};

Margins margins_of(const Measures& m, CardDetail detail) {
  if (detail == CardDetail::kMini) return {m.gap, m.gap};
  if (detail == CardDetail::kPacked) return {m.gap, m.gap};
  return {m.inset, m.tray_inset};
}

// Extra height is shared out between the lines, up to a little air each.
float air(float extra, float lines, float most) {
  return std::floor(std::clamp(extra / lines, 0.0F, most));
}

std::size_t slots_in(float width, const Measures& m) {
  return static_cast<std::size_t>(
      std::max(0.0F, std::floor((width + m.tile_gap) / (m.tile_w + m.tile_gap))));
}

// The victim's row is cut off the bottom of the tray's inside: its name where there is room,
// private, and what is left for shared.
void lay_out_victim(CardLayout& card, Rect& in, const Measures& m) {
  if (m.victim_h <= 0 || (card.live && victim_beside(card.detail))) return;
  Rect row = in.cut_bottom(m.victim_h - m.gap);
  in.cut_bottom(m.gap);
  card.victim = row;
  if (row.w >= m.label_w + 3 * m.tile_w) card.victim_label = row.cut_left(m.label_w);
  card.victim_private = row.cut_left(std::min(m.tile_w, row.w));
  row.cut_left(2 * m.gap);
  card.victim_shared = row;
  card.victim_slots = slots_in(row.w, m);
}

// Private and shared on one line.
void lay_out_one_line(CardLayout& card, Rect in, const Measures& m) {
  Rect row = in.cut_top(m.tile_h);
  card.private_label = row.cut_left(m.label_w);
  card.private_slot = row.cut_left(m.tile_w);
  row.cut_left(2 * m.gap);
  card.shared_label = row.cut_left(m.label_w);
  if (card.detail == CardDetail::kLine) {
    card.lock = row.cut_right(m.tile_h);
    row.cut_right(m.gap);
    card.shared = row;
    return;
  }
  card.shared = row;
  card.ends = in.cut_top(m.ends_h);
  // The lock stands under private, the ends under shared.
  card.lock = card.ends.cut_left(card.shared.x - card.ends.x);
}

// The parts of a packed tray's width: private, the word shared, and with the victim or the lock
// all.
float packed_private(const Measures& m) { return std::max(m.label_w, m.tile_w + 2 * m.gap); }
float packed_shared(const Measures& m) { return std::max(std::ceil(m.label_w * 0.84F), m.tile_w); }
float packed_width(const Measures& m, bool victim_named) {
  const float lock_w = m.tile_h * 1.5F;
  const float named_w = std::max(m.label_w, 2 * m.tile_w + m.tile_gap);
  const float beside = m.victim_h <= 0 ? lock_w : 2 * m.gap + (victim_named ? named_w : m.tile_w);
  return packed_private(m) + packed_shared(m) + beside;
}

// The same with the words under the tiles, so that no object crosses them on its way in: private,
// shared and the victim; the lock stands at the end of the words.
void lay_out_packed(CardLayout& card, Rect in, const Measures& m, float breath) {
  in.cut_top(breath);
  Rect row = in.cut_top(m.tile_h);
  in.cut_top(breath / 2);
  Rect words = in.cut_top(m.tight_h);
  if (m.victim_h > 0) {
    // One tile stands for all of the victim where there is no room for its name.
    const bool named = in.w >= packed_width(m, true);
    const float victim_w = named ? std::max(m.label_w, 2 * m.tile_w + m.tile_gap) : m.tile_w;
    Rect victim = row.cut_right(victim_w);
    card.victim = victim;
    if (named) {
      card.victim_label = words.cut_right(victim_w);
      card.victim_private = victim.cut_left(m.tile_w);
      victim.cut_left(m.tile_gap);
    }
    card.victim_shared = victim;
    card.victim_slots = 1;
    row.cut_right(2 * m.gap);
    words.cut_right(2 * m.gap);
  }
  card.private_slot = row;
  card.private_slot.w = m.tile_w;
  row.cut_left(packed_private(m));
  card.shared = row;
  card.private_label = words.cut_left(packed_private(m));
  card.shared_label = words.cut_left(std::min(packed_shared(m), words.w));
  card.lock = words;
}

// The same without any words.
void lay_out_tiles(CardLayout& card, Rect in, const Measures& m, float breath) {
  in.cut_top(breath);
  Rect row = in.cut_top(m.tile_h);
  card.private_slot = row.cut_left(m.tile_w);
  row.cut_left(2 * m.gap);
  if (m.victim_h > 0) {
    card.victim = card.victim_shared = row.cut_right(m.tile_w);
    card.victim_slots = 1;
    row.cut_right(m.tile_gap);
  }
  card.shared = row;
}

// Labels over their rows.
void lay_out_labels_above(CardLayout& card, Rect in, const Measures& m, float breath) {
  in.cut_top(breath / 2);
  card.private_label = in.cut_top(m.status_h);
  Rect first = in.cut_top(m.tile_h);
  in.cut_top(breath / 2);
  card.shared_label = in.cut_top(m.status_h);
  card.shared = in.cut_top(m.tile_h);
  card.private_slot = first.cut_left(m.tile_w);
  first.cut_left(m.gap);
  card.lock = first;
}

// Private over shared, each with its label before it where there is room.
void lay_out_two_lines(CardLayout& card, Rect in, const Measures& m, float breath) {
  in.cut_top(breath);
  Rect first = in.cut_top(m.tile_h);
  in.cut_top(m.gap + breath);
  Rect second = in.cut_top(m.tile_h);
  if (card.detail != CardDetail::kNarrow || first.w > m.label_w + 2 * m.tile_w + m.tile_gap) {
    card.private_label = first.cut_left(m.label_w);
    card.shared_label = second.cut_left(m.label_w);
  }
  card.private_slot = first.cut_left(m.tile_w);
  first.cut_left(m.gap);
  card.lock = first;
  card.shared = second;
  if (card.detail != CardDetail::kNarrow && card.detail != CardDetail::kShort) {
    card.ends = in.cut_top(m.ends_h);
    card.ends.cut_left(card.shared.x - card.ends.x);
  }
}

void lay_out_tray(CardLayout& card, Rect tray, const Measures& m, float breath) {
  card.tray = tray;
  const bool packed = card.detail == CardDetail::kPacked;
  Rect in = tray.inset(m.tray_inset, packed ? 0 : m.tray_inset);
  if (packed) {
    in.cut_top(m.gap);
    in.cut_bottom(m.gap / 2);
  }
  lay_out_victim(card, in, m);
  switch (card.detail) {
    case CardDetail::kDense:
    case CardDetail::kLine: lay_out_one_line(card, in, m); break;
    case CardDetail::kPacked: lay_out_packed(card, in, m, breath); break;
    case CardDetail::kMini: lay_out_tiles(card, in, m, breath); break;
    case CardDetail::kTall: lay_out_labels_above(card, in, m, breath); break;
    default: lay_out_two_lines(card, in, m, breath); break;
  }
  card.shared_slots = slots_in(card.shared.w, m);
}

void lay_out_strip(CardLayout& card, Rect strip, const Measures& m, float breath) {
  card.strip = strip;
  const bool hand_beside = card.detail == CardDetail::kFull || card.detail == CardDetail::kShort ||
                           card.detail == CardDetail::kDense || card.detail == CardDetail::kLine ||
                           card.detail == CardDetail::kPacked || card.detail == CardDetail::kMini;
  Rect head = strip.cut_top(hand_beside ? std::max(m.head_h, m.tile_h) : m.head_h);
  card.name = head.cut_left(m.name_w);
  card.badge = head.cut_left(std::min(m.badge_w, head.w));
  if (hand_beside) {
    head.cut_left(2 * m.gap);
    const std::size_t slots = std::min<std::size_t>(slots_in(head.w, m), 6);
    const float w = static_cast<float>(slots) * (m.tile_w + m.tile_gap) - m.tile_gap;
    card.hand = {head.right() - w, head.y + (head.h - m.tile_h) / 2, std::max(0.0F, w), m.tile_h};
    card.hand_slots = slots;
    card.hand_from_right = true;
  }
  if (card.detail < CardDetail::kNarrow) {
    strip.cut_top(m.gap + breath);
    card.status_lines = card.detail == CardDetail::kTall ? 2 : 1;
    const float line_h = card.detail == CardDetail::kPacked ? m.tight_h : m.status_h;
    card.status = strip.cut_top(line_h * static_cast<float>(card.status_lines));
  }
  if (card.detail == CardDetail::kTall) {
    strip.cut_top(m.gap + breath);
    card.hand = strip.cut_top(m.tile_h);
    card.hand_slots = slots_in(card.hand.w, m);
  }
  if (card.detail == CardDetail::kRoomy) {
    strip.cut_top(m.gap + breath);
    Rect row = strip.cut_top(m.tile_h);
    // What the operation holds stands before the label, where objects come in.
    card.hand = row;
    card.hand_label = {row.x + m.tile_w + 2 * m.gap, row.y, m.label_w, row.h};
    card.hand_rest_x = card.hand_label.right();
    card.hand_slots = 1 + slots_in(row.right() - card.hand_rest_x, m);
  }
  if (card.detail == CardDetail::kMini) return;
  strip.cut_top(m.gap + breath);
  card.hits = strip.cut_top(m.hits_h);
}

// A place without a P: its number, private and shared on one line, notes under it.
void lay_out_dead(CardLayout& card, const Measures& m) {
  card.tray = card.frame;
  Rect in = card.frame.inset(m.tray_inset, m.tray_inset);
  lay_out_victim(card, in, m);
  Rect row = in.cut_top(m.tile_h);
  card.ends = in;
  if (row.w >= m.label_w + 3 * m.tile_w + 4 * m.gap) {
    card.private_label = row.cut_left(m.label_w);
  }
  card.private_slot = row.cut_left(m.tile_w);
  row.cut_left(4 * m.gap);
  card.shared = row;
  card.shared_slots = slots_in(row.w, m);
}

}  // namespace

Measures measures_of(const StageShape& shape, const theme::Sizes& sizes,
                     const theme::FontSpecs& fonts) {
  const float s = sizes.scale;
  const float small = spec_of(fonts, FontRole::kSmall).size_px;
  const float micro = spec_of(fonts, FontRole::kMicro).size_px;
  const float body = spec_of(fonts, FontRole::kBodyStrong).size_px;
  const auto px = [s](float at_one) { return std::round(at_one * s); };
  Measures m{};
  m.inset = std::round(sizes.card_inset * 0.75F);
  m.gap = px(3);
  m.head_h = sizes.badge_h + px(2);
  m.status_h = std::ceil(small * 1.3F);
  m.tight_h = std::ceil(small * 1.2F);
  m.hits_h = sizes.bar_h;
  m.tile_h = sizes.object;
  // "#" and the digits, each about 0.66 em of the strong micro type, and a margin.
  const float number_w =
      micro * 0.66F * static_cast<float>(std::min<std::size_t>(shape.digits, 5) + 1);
  m.tile_w = std::max(sizes.object, std::ceil(number_w + px(7)));
  m.tile_gap = sizes.object_gap;
  m.ends_h = std::ceil(micro * 1.25F);
  m.tray_inset = px(6);
  m.label_w = std::ceil(small * 4.0F);
  m.lock_w = std::ceil(small * 6.2F);
  m.name_w = std::ceil(body * 2.0F);
  m.badge_w = std::ceil(micro * 2.4F + sizes.dot + px(24));
  m.divider_h = std::ceil(micro * 1.2F);
  m.victim_h = shape.has_victims ? std::ceil(std::max(m.tile_h * 0.8F, micro * 1.5F)) + m.gap : 0;
  return m;
}

float card_height(const Measures& m, CardDetail detail) {
  const Margins margins = margins_of(m, detail);
  return margins.top + strip_height(m, detail) + tray_height(m, detail) + margins.bottom;
}

float dead_height(const Measures& m, bool notes) {
  return m.tile_h + 2 * m.tray_inset + (notes ? m.ends_h : 0) + m.victim_h;
}

float card_width(const Measures& m, CardDetail detail) {
  const auto tiles = [&m](float n) { return n * m.tile_w + (n - 1) * m.tile_gap; };
  const float insets = 2 * (m.tray_inset + m.inset);
  switch (detail) {
    case CardDetail::kRoomy:
      return insets + std::max(m.label_w + tiles(3), m.label_w + m.tile_w + m.gap + m.lock_w);
    case CardDetail::kFull:
      return 2 * m.inset + std::max(m.name_w + m.badge_w + m.gap * 2 + tiles(2),
                                    m.tray_inset * 2 + m.label_w + tiles(3));
    case CardDetail::kShort:
      return 2 * m.inset + std::max(m.name_w + m.badge_w + m.gap * 2 + tiles(1),
                                    m.tray_inset * 2 + m.label_w + tiles(2));
    case CardDetail::kTall: return 2 * m.inset + std::max(m.name_w + m.badge_w, tiles(2));
    case CardDetail::kDense: return insets + 2 * m.label_w + tiles(4) + m.gap * 2;
    case CardDetail::kLine: return insets + 2 * m.label_w + tiles(4) + m.gap * 3 + m.tile_h;
    case CardDetail::kPacked:
      return std::max(2 * m.inset + m.name_w + m.badge_w + m.gap * 2 + tiles(1),
                      4 * m.tray_inset + packed_width(m, false));
    case CardDetail::kNarrow: return insets + tiles(2);
    case CardDetail::kMini: return insets + tiles(m.victim_h > 0 ? 3 : 2);
    case CardDetail::kCompact: return 0;
  }
  return 0;
}

void lay_out_card(CardLayout& card, const Measures& m) {
  card.slot_w = m.tile_w;
  card.slot_step = m.tile_w + m.tile_gap;
  Rect in = card.frame;
  if (!card.live) {
    lay_out_dead(card, m);
    return;
  }
  const Margins margins = margins_of(m, card.detail);
  in.cut_bottom(margins.bottom);
  Rect sides = in;
  const float extra = card.frame.h - card_height(m, card.detail);
  const float breath =
      air(extra, card.detail == CardDetail::kRoomy ? 8.0F : 6.0F, m.tile_h * 0.45F);
  const bool one_line = card.detail == CardDetail::kDense || card.detail == CardDetail::kLine;
  const float tray_breath = one_line ? 0 : breath;
  Rect tray = in.cut_bottom(tray_height(m, card.detail) + 2 * tray_breath);
  tray = tray.inset(m.tray_inset, 0);
  sides.cut_bottom(tray.h);
  sides.cut_top(margins.top + std::floor(breath / 2));
  lay_out_strip(card, sides.inset(m.inset, 0), m, breath);
  lay_out_tray(card, tray, m, tray_breath);
  if (card.detail == CardDetail::kNarrow) {
    // The hand has the right half of private's line.
    Rect right = card.lock;
    right.cut_left(right.w * 0.5F);
    card.hand_slots = std::min<std::size_t>(slots_in(right.w, m), 3);
    const float w = static_cast<float>(card.hand_slots) * card.slot_step - m.tile_gap;
    card.hand = {right.right() - std::max(0.0F, w), right.y, std::max(0.0F, w), m.tile_h};
    card.hand_from_right = true;
    card.lock.w = std::max(0.0F, card.hand.x - m.gap - card.lock.x);
  }
}

Rect CardLayout::hand_slot(std::size_t i) const {
  if (i > 0 && hand_rest_x > 0) {
    return {hand_rest_x + static_cast<float>(i - 1) * slot_step, hand.y, slot_w, hand.h};
  }
  const float along = static_cast<float>(i) * slot_step;
  return {hand_from_right ? hand.right() - slot_w - along : hand.x + along, hand.y, slot_w, hand.h};
}

Rect CardLayout::shared_slot(std::size_t i) const {
  return {shared.x + static_cast<float>(i) * slot_step, shared.y, slot_w, shared.h};
}

Rect CardLayout::victim_slot(std::size_t i) const {
  return {victim_shared.x + static_cast<float>(i) * slot_step, victim_shared.y, slot_w,
          victim_shared.h};
}

}  // namespace poolscope::layout
