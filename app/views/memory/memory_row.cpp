// A row of the memory strip: boxes of one cache line each, the fields in them, and the P that wrote
// each of them last.

#include <algorithm>

#include <fmt/format.h>

#include "app/locale/translate.h"
#include "app/views/memory/memory_parts.h"
#include "app/views/words/line_words.h"
#include "app/views/words/words.h"

namespace poolscope::views {
namespace {

using layout::FieldPiece;
using layout::LinePlace;
using layout::MemoryRow;
using locale::tr;
using locale::trf;

// A field that holds nothing: its place, faintly in its colour.
void draw_empty(Painter& painter, const Rect& rect, const theme::RoleColor& color) {
  constexpr float kFill = 0.14F;
  constexpr float kBorder = 0.5F;
  painter.fill(rect, color.fill.faded(kFill));
  painter.border(rect, color.text.faded(kBorder), painter.sizes().hairline);
}

void draw_mutex(Painter& painter, const Rect& rect, const LocalState* local, bool labelled) {
  const theme::Theme& theme = painter.theme();
  const bool held = local != nullptr && local->lock.holder.valid();
  const bool contended = local != nullptr && !local->lock.waiters.empty();
  if (contended) {
    painter.fill(rect, theme.contended.fill);
    painter.hatch(rect, theme.on_fill, painter.px(4), painter.sizes().hairline);
  } else if (held) {
    painter.fill(rect, theme.shared.fill);
  } else {
    painter.border(rect, theme.stroke_hi, painter.sizes().hairline);
  }
  if (!labelled) return;
  const std::string name = fitting(painter, FontRole::kMicro, rect.w - painter.px(4), {"Mutex"});
  const Color ink = held ? theme.on_fill : theme.text_low;
  if (!name.empty() && !contended) {
    painter.text_in(rect, FontRole::kMicro, ink, name, Align::kCenter);
  } else if (held) {
    const float size = std::min({rect.w * 0.8F, rect.h * 0.55F, painter.px(16)});
    painter.lock_sign(rect.center(), size, ink, true);
  }
}

void draw_pad(Painter& painter, const Rect& rect, bool labelled, std::uint32_t bytes) {
  const theme::Theme& theme = painter.theme();
  painter.hatch(rect, theme.ghost.faded(theme.hatch));
  painter.border(rect, theme.stroke, painter.sizes().hairline);
  if (!labelled) return;
  const std::string text = fitting(painter, FontRole::kMicro, rect.w - painter.px(12),
                                   {trf("padding {} B", bytes), trf("pad {} B", bytes)});
  if (text.empty()) return;
  const float w = painter.width_of(FontRole::kMicro, text) + painter.px(8);
  const float h = painter.size_of(FontRole::kMicro) * 1.3F;
  painter.fill({rect.center().x - w / 2, rect.center().y - h / 2, w, h}, theme.well);
  painter.text_in(rect, FontRole::kMicro, theme.text_low, text, Align::kCenter);
}

void draw_field(const MemoryStrip& strip, const MemoryRow& row, const FieldPiece& piece) {
  Painter& painter = strip.painter;
  const theme::Theme& theme = painter.theme();
  const std::string& name = strip.fields[piece.field];
  const LocalState* local = strip.array != nullptr && piece.place < strip.array->locals.size()
                                ? &strip.array->locals[piece.place]
                                : nullptr;
  // A poolLocal and the next are set apart by a gap, and from the line's frame by another.
  Rect rect = piece.rect.inset(0, painter.px(2));
  if (piece.first) rect.cut_left(piece.field == 0 ? painter.px(3) : painter.sizes().hairline);
  // A field in two lines is labelled in its larger piece.
  const bool labelled = piece.rect == row.field_at(piece.place, piece.field);
  const float room = rect.w - painter.px(3);
  const auto write = [&](Color color, std::initializer_list<std::string> texts) {
    painter.text_in(rect, FontRole::kMicroStrong, color,
                    fitting(painter, FontRole::kMicroStrong, room, texts), Align::kCenter);
  };
  if (name == kPadField) return draw_pad(painter, rect, labelled, row.stride - strip.internal);
  if (name == kPrivateField) {
    const bool filled = local != nullptr && local->private_object.valid();
    if (filled) {
      painter.fill(rect, theme.priv.fill);
    } else {
      draw_empty(painter, rect, theme.priv);
    }
    const std::string p = name_of(PId{static_cast<std::uint16_t>(piece.place)});
    const std::string what = filled ? name_of(local->private_object) : std::string(kPrivateField);
    if (labelled) {
      write(filled ? theme.on_fill : theme.text_mid, {p + " " + what, p, p.substr(1)});
    }
    return;
  }
  if (name == kSharedField) {
    const std::size_t count = local == nullptr ? 0 : local->shared.size();
    if (count > 0) {
      painter.fill(rect, theme.shared.fill);
    } else {
      draw_empty(painter, rect, theme.shared);
    }
    const std::string n = "x" + count_text(count);
    if (labelled && count > 0) write(theme.on_fill, {"shared " + n, n});
    if (labelled && count == 0) write(theme.text_mid, {"shared"});
    return;
  }
  draw_mutex(painter, rect, local, labelled);
}

// Over a line's box: its number, and the P that wrote it last, which points at the box.
void draw_tag(const MemoryStrip& strip, const LinePlace& place, const LineState& state, bool hot) {
  Painter& painter = strip.painter;
  const theme::Theme& theme = painter.theme();
  const Rect& tag = place.tag;
  float room = tag.w;
  if (state.last_writer.valid()) {
    const std::string p = name_of(state.last_writer);
    const float w = painter.width_of(FontRole::kMicroStrong, p) + painter.px(8);
    const Rect pill{tag.right() - w, tag.y, w, tag.h - painter.px(2)};
    const Color fill = hot ? theme.contended.fill : theme.raised;
    painter.fill(pill, fill, painter.px(4));
    const float x = pill.center().x;
    painter.triangle({x - painter.px(4), pill.bottom()}, {x + painter.px(4), pill.bottom()},
                     {x, pill.bottom() + painter.px(4)}, fill);
    painter.text_in(pill, FontRole::kMicroStrong, hot ? theme.on_fill : theme.text_hi, p,
                    Align::kCenter);
    room -= w + painter.px(5);
  }
  const std::string line = trf("line {}", place.line);
  const std::string by = state.last_writer.valid() ? tr("last written by") : "";
  const std::string text =
      fitting(painter, FontRole::kMicro, room,
              {by.empty() ? line : line + ", " + by, line, std::to_string(place.line)});
  painter.text(FontRole::kMicro, {tag.x, tag.center().y - painter.px(1)},
               hot ? theme.contended.text : theme.text_low, text);
}

}  // namespace

std::string fitting(const Painter& painter, FontRole font, float width,
                    std::initializer_list<std::string> texts) {
  for (const std::string& text : texts) {
    if (painter.width_of(font, text) <= width) return text;
  }
  return "";
}

void draw_row_label(const MemoryStrip& strip, const MemoryRow& row, const std::string& title,
                    bool runs_here) {
  Painter& painter = strip.painter;
  const theme::Theme& theme = painter.theme();
  Rect area = row.label;
  area.w -= painter.px(8);
  const float line_h = std::min(area.h / 2, painter.size_of(FontRole::kSmall) * 1.35F);
  Rect upper{area.x, area.center().y - line_h, area.w, line_h};
  Rect lower{area.x, area.center().y, area.w, line_h};
  painter.text_in(upper, FontRole::kSmall, runs_here ? theme.text_hi : theme.text_mid, title);
  if (runs_here) {
    const float r = painter.sizes().dot / 2;
    painter.dot({lower.x + r, lower.center().y}, r, theme.hit.fill);
    lower.cut_left(2 * r + painter.px(5));
    lower.cut_left(painter.text_in(lower, FontRole::kMicroStrong, theme.hit.text, tr("runs here")) +
                   painter.px(8));
  }
  const std::string each = trf("{} B each", row.stride);
  if (painter.width_of(FontRole::kMicro, each) <= lower.w) {
    painter.text_in(lower, FontRole::kMicro, theme.text_low, each);
  }
}

void draw_memory_row(const MemoryStrip& strip, const MemoryRow& row,
                     const std::vector<LineState>& states) {
  Painter& painter = strip.painter;
  const theme::Theme& theme = painter.theme();
  const float radius = painter.sizes().radius_object;
  const auto state_of = [&states](const LinePlace& place) {
    return place.line < states.size() ? states[place.line] : LineState{};
  };
  const auto hot = [&](const LinePlace& place) {
    return lit(state_of(place), strip.input.session.playhead.time_ns);
  };
  for (const LinePlace& place : row.lines) {
    const Color glow = blend(theme.contended.fill.faded(theme.badge_fill), theme.well);
    painter.fill(place.box, hot(place) ? glow : theme.well, radius);
  }
  // What will be there once an array is made, faintly.
  if (strip.array == nullptr) painter.set_opacity(theme.future);
  for (const FieldPiece& piece : row.pieces) draw_field(strip, row, piece);
  painter.set_opacity(1);
  for (const LinePlace& place : row.lines) {
    if (strip.array == nullptr) {
      painter.dashed(place.box, theme.stroke_hi);
      continue;
    }
    painter.border(place.box, hot(place) ? theme.contended.text : theme.stroke_hi,
                   hot(place) ? painter.sizes().outline : painter.sizes().hairline, radius);
    draw_tag(strip, place, state_of(place), hot(place));
    const std::string id = fmt::format("line.{}.{}", row.stride, place.line);
    if (painter.touch_unnamed(id, place.box).hovered) {
      painter.tooltip(line_text(state_of(place), place.line));
    }
  }
  // The P in focus.
  for (const FieldPiece& piece : row.pieces) {
    if (!strip.input.state.focus.valid() || piece.place != strip.input.state.focus.value) continue;
    const float h = painter.sizes().outline;
    painter.fill({piece.rect.x, piece.rect.bottom() - h, piece.rect.w, h}, theme.priv.text);
  }
}

}  // namespace poolscope::views
