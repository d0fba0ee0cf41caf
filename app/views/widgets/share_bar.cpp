#include "app/views/widgets/share_bar.h"

#include <algorithm>
#include <cmath>

#include "app/locale/translate.h"

namespace poolscope::views {

Color color_of(const theme::Theme& theme, GetSource source) {
  switch (source) {
    case GetSource::kPrivate: return theme.priv.fill;
    case GetSource::kShared: return theme.shared.fill;
    case GetSource::kSteal: return theme.steal.fill;
    case GetSource::kVictim: return theme.victim.fill;
    case GetSource::kNew: return theme.fresh.text;
    case GetSource::kNil: return theme.user.fill;
  }
  return theme.user.fill;
}

namespace {

// Pieces of `length` with gaps of the same half length.
void draw_pieces(Painter& painter, const Rect& at, Color color, float length) {
  const float step = length * 1.5F;
  for (float x = at.x; x < at.right(); x += step) {
    painter.fill({x, at.y, std::min(length, at.right() - x), at.h}, color);
  }
}

}  // namespace

std::array<Share, 6> shares_of(const HitCounts& hits) {
  return {{{GetSource::kPrivate, hits.from_private},
           {GetSource::kShared, hits.from_shared},
           {GetSource::kSteal, hits.from_steal},
           {GetSource::kVictim, hits.from_victim},
           {GetSource::kNew, hits.from_new},
           {GetSource::kNil, hits.nil}}};
}

HitCounts hits_of(const Counts& counts) {
  return {.from_private = counts.of(GetFrom::kPrivate),
          .from_shared = counts.of(GetFrom::kOwnShared),
          .from_steal = counts.of(GetFrom::kSteal),
          .from_victim = counts.of(GetFrom::kVictimPrivate) + counts.of(GetFrom::kVictimShared),
          .from_new = counts.of(GetFrom::kNew),
          .nil = counts.of(GetFrom::kNil)};
}

std::string name_of(GetSource source) {
  switch (source) {
    case GetSource::kPrivate: return "private";
    case GetSource::kShared: return "shared";
    case GetSource::kSteal: return locale::tr("steal");
    case GetSource::kVictim: return "victim";
    case GetSource::kNew: return "New";
    case GetSource::kNil: return "nil";
  }
  return "";
}

void draw_share(Painter& painter, const Rect& at, GetSource source) {
  const Color color = color_of(painter.theme(), source);
  switch (source) {
    case GetSource::kShared: {
      const float line = std::max(1.0F, std::round(at.h * 0.36F));
      painter.fill({at.x, at.y, at.w, line}, color);
      painter.fill({at.x, at.bottom() - line, at.w, line}, color);
      return;
    }
    case GetSource::kSteal: return draw_pieces(painter, at, color, at.h * 2);
    case GetSource::kVictim: return draw_pieces(painter, at, color, at.h * 0.8F);
    case GetSource::kNew: return painter.border(at, color, painter.sizes().hairline, at.h / 2);
    default: return painter.fill(at, color);
  }
}

void draw_share_bar(Painter& painter, const Rect& bar, const HitCounts& hits) {
  painter.fill(bar, painter.theme().stroke, bar.h / 2);
  const std::uint64_t gets = hits.gets();
  float x = bar.x;
  for (const Share& share : shares_of(hits)) {
    if (share.count == 0) continue;
    const float w = bar.w * static_cast<float>(share.count) / static_cast<float>(gets);
    const Rect at{x, bar.y, w, bar.h};
    painter.fill(at, painter.theme().well);
    draw_share(painter, at, share.source);
    x += w;
  }
}

void draw_get_part(Painter& painter, const Rect& at, GetFrom from) {
  const theme::Theme& theme = painter.theme();
  switch (from) {
    case GetFrom::kPrivate: return painter.fill(at, theme.priv.fill);
    case GetFrom::kOwnShared: return painter.fill(at, theme.shared.fill);
    case GetFrom::kSteal: return painter.fill(at, theme.steal.fill);
    case GetFrom::kVictimPrivate: return painter.fill(at, theme.victim.fill);
    case GetFrom::kVictimShared:
      painter.border(at, theme.victim.fill, painter.sizes().hairline);
      return painter.hatch(at, theme.victim.fill);
    case GetFrom::kNew:
      return painter.border(at, theme.fresh.text, painter.sizes().hairline * 1.5F);
    case GetFrom::kNil: return painter.fill(at, theme.user.fill);
  }
}

}  // namespace poolscope::views
