// A row of the memory strip: boxes of one cache line each, the fields in them, and the P that wrote
// each of them last.

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

#include <fmt/format.h>

#include "app/locale/translate.h"
#include "app/views/memory/memory_parts.h"
#include "app/views/words/field_words.h"
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

// Writes the first of `texts` that fits into `room`, in the largest type in which it does. A text
// may be of two lines.
void write(const MemoryStrip& strip, const Rect& room, Color color,
           std::initializer_list<std::string> texts) {
  Painter& painter = strip.painter;
  constexpr float kLineHeight = 1.2F;
  for (const std::string& text : texts) {
    const std::size_t cut = text.find('\n');
    const std::array<std::string, 2> lines = {text.substr(0, cut),
                                              cut == std::string::npos ? "" : text.substr(cut + 1)};
    const float count = lines[1].empty() ? 1 : 2;
    for (const FontRole font : {strip.at.type.tag_strong, FontRole::kMicroStrong}) {
      const float h = painter.size_of(font) * kLineHeight;
      if (painter.width_of(font, lines[0]) > room.w || painter.width_of(font, lines[1]) > room.w ||
          count * h > std::max(room.h, h)) {
        continue;
      }
      Rect line{room.x, room.center().y - count * h / 2, room.w, h};
      for (const std::string& one : lines) {
        if (one.empty()) continue;
        painter.text_in(line, font, color, one, Align::kCenter);
        line.y += h;
      }
      return;
    }
  }
}

void draw_private(const MemoryStrip& strip, const Rect& rect, const LocalState* local,
                  std::uint32_t place, bool labelled) {
  Painter& painter = strip.painter;
  const theme::Theme& theme = painter.theme();
  const bool filled = local != nullptr && local->private_object.valid();
  if (filled) {
    painter.fill(rect, theme.priv.fill);
  } else {
    draw_empty(painter, rect, theme.priv);
  }
  if (!labelled) return;
  const std::string p = name_of(PId{static_cast<std::uint16_t>(place)});
  const std::string what = filled ? name_of(local->private_object) : std::string(kPrivateField);
  write(strip, rect.inset(painter.px(theme::space::kHair), 0),
        filled ? theme.on_fill : theme.text_mid, {p + " " + what, p + "\n" + what, p, p.substr(1)});
}

void draw_shared(const MemoryStrip& strip, const Rect& rect, const LocalState* local,
                 bool labelled) {
  Painter& painter = strip.painter;
  const theme::Theme& theme = painter.theme();
  const std::size_t count = local == nullptr ? 0 : local->shared.size();
  if (count > 0) {
    painter.fill(rect, theme.shared.fill);
  } else {
    draw_empty(painter, rect, theme.shared);
  }
  if (!labelled) return;
  const Rect room = rect.inset(painter.px(theme::space::kThin), 0);
  if (count == 0) return write(strip, room, theme.text_mid, {std::string(kSharedField)});
  const std::string n = "x" + count_text(count);
  const std::string name(kSharedField);
  write(strip, room, theme.on_fill, {name + " " + n, name + "\n" + n, n});
}

// How new a write is: 1 at its moment, 0 where it is over. Nothing moves without motion, or where
// more is written than a frame can show.
float newness(const ViewInput& input, std::int64_t time_ns) {
  if (!input.state.motion || input.session.summed) return 0;
  const std::int64_t age_ns = input.session.motion_ns - time_ns;
  if (age_ns < 0 || age_ns >= theme::kFlight_ns) return 0;
  return 1 - static_cast<float>(age_ns) / static_cast<float>(theme::kFlight_ns);
}

// The frame of a field that has just been written.
void draw_writes(const MemoryStrip& strip, const MemoryRow& row) {
  const ViewInput& input = strip.input;
  Painter& painter = strip.painter;
  for (const FieldWrite& written : input.told.writes) {
    const float fresh = newness(input, written.time_ns);
    if (fresh <= 0 || strip.array == nullptr || written.array != strip.array->id) continue;
    painter.set_opacity(fresh);
    for (const FieldPiece& piece : row.pieces) {
      if (piece.place != written.index || piece.field != static_cast<std::size_t>(written.field)) {
        continue;
      }
      painter.border(piece.rect.inset(0, painter.px(theme::space::kHair)), painter.theme().text_hi,
                     painter.sizes().outline);
    }
    painter.set_opacity(1);
  }
}

const LocalState* local_at(const MemoryStrip& strip, std::uint32_t place) {
  const bool there = strip.array != nullptr && place < strip.array->locals.size();
  return there ? &strip.array->locals[place] : nullptr;
}

void draw_field(const MemoryStrip& strip, const MemoryRow& row, const FieldPiece& piece) {
  Painter& painter = strip.painter;
  const std::string& name = strip.fields[piece.field];
  const LocalState* local = local_at(strip, piece.place);
  // A poolLocal and the next are set apart by a gap, and from the line's frame by another.
  Rect rect = piece.rect.inset(0, painter.px(2));
  if (piece.first) rect.cut_left(piece.field == 0 ? painter.px(3) : painter.sizes().hairline);
  // A field in two lines is labelled in its larger piece.
  const bool labelled = piece.rect == row.field_at(piece.place, piece.field);
  if (name == kPadField) return draw_pad(painter, rect, labelled, row.stride - strip.internal);
  if (name == kPrivateField) return draw_private(strip, rect, local, piece.place, labelled);
  if (name == kSharedField) return draw_shared(strip, rect, local, labelled);
  draw_mutex(painter, rect, local, labelled);
}

// What a line has been seen to do of late.
enum class Seen { kNothing, kTrueSharing, kFalseSharing };

Seen seen_of(const LineState& line) {
  if (line.falsely.happened()) return Seen::kFalseSharing;
  return line.truly.happened() ? Seen::kTrueSharing : Seen::kNothing;
}

// Over a line's box: its number, what it has been seen to do, and the P that wrote it last.
void draw_tag(const MemoryStrip& strip, const LinePlace& place, const LineState& line, Seen seen) {
  Painter& painter = strip.painter;
  const theme::Theme& theme = painter.theme();
  const layout::MemoryType& type = strip.at.type;
  const Rect& tag = place.tag;
  float room = tag.w;
  if (line.last.by.valid()) {
    const std::string p = name_of(line.last.by);
    const float w = painter.width_of(type.tag_strong, p) + painter.px(theme::space::kClose);
    const Rect pill{tag.right() - w, tag.y, w, tag.h - painter.px(theme::space::kThin)};
    const bool hot = seen == Seen::kFalseSharing;
    const float radius = painter.px(theme::space::kTight);
    painter.fill(pill, hot ? theme.contended.fill : theme.raised, radius);
    if (const float fresh = newness(strip.input, line.last.time_ns); fresh > 0) {
      painter.border(pill, theme.text_hi.faded(fresh), painter.sizes().outline, radius);
    }
    painter.text_in(pill, type.tag_strong, hot ? theme.on_fill : theme.text_hi, p, Align::kCenter);
    room -= w + painter.px(theme::space::kSnug);
  }
  const std::string number = std::to_string(place.line);
  const std::string name = trf("line {}", place.line);
  const Point at{tag.x, tag.center().y - painter.px(theme::space::kHair)};
  const auto say = [&](Color color, std::initializer_list<std::string> texts) {
    painter.text(type.tag, at, color, fitting(painter, type.tag, room, texts));
  };
  switch (seen) {
    case Seen::kFalseSharing:
      return say(theme.contended.text,
                 {trf("line {}: false sharing", place.line),
                  trf("{0}: {1}", number, tr("false sharing")), name, number});
    case Seen::kTrueSharing:
      return say(theme.text_mid, {trf("line {}: true sharing", place.line),
                                  trf("{0}: {1}", number, tr("true sharing")), name, number});
    case Seen::kNothing: break;
  }
  const bool written = line.last.by.valid();
  say(theme.text_low, {written ? trf("line {}, last written by", place.line) : name, name, number});
}

// What lies under the mouse, in words: the field, and the line that it is in.
void draw_touch(const MemoryStrip& strip, const CountedRow& row, const FieldPiece& piece) {
  Painter& painter = strip.painter;
  const std::string id =
      fmt::format("field.{}.{}.{}.{}", row.place.stride, piece.place, piece.field, piece.line);
  if (!painter.touch_unnamed(id, piece.rect).hovered) return;
  const SessionConfig& config = strip.input.model.config;
  const bool pad = piece.field >= config.fields.size() || strip.fields[piece.field] == kPadField;
  const std::uint32_t begin =
      piece.place * row.place.stride + (pad ? strip.internal : config.fields[piece.field].offset);
  const std::uint32_t size =
      pad ? row.place.stride - strip.internal : config.fields[piece.field].size;
  const FieldPlace place{
      strip.fields[piece.field],
      piece.place,
      begin,
      size,
      row.runs_here,
      strip.array == nullptr ? 0 : strip.input.session.address_of(strip.array->id)};
  const Rect whole{row.place.tags.x, row.place.tags.y, row.place.tags.w,
                   row.place.tags.h + row.place.boxes.h};
  painter.tooltip(field_text(local_at(strip, piece.place), place) + "\n" +
                      line_text(row.line(piece.line), piece.line, row.counts.counted_ns),
                  whole);
}

}  // namespace

std::string fitting(const Painter& painter, FontRole font, float width,
                    std::initializer_list<std::string> texts) {
  for (const std::string& text : texts) {
    if (painter.width_of(font, text) <= width) return text;
  }
  return "";
}

void draw_memory_row(const MemoryStrip& strip, const CountedRow& counted) {
  Painter& painter = strip.painter;
  const theme::Theme& theme = painter.theme();
  const MemoryRow& row = counted.place;
  const float radius = painter.sizes().radius_object;
  for (const LinePlace& place : row.lines) {
    const bool hot = seen_of(counted.line(place.line)) == Seen::kFalseSharing;
    const Color glow = blend(theme.contended.fill.faded(theme.badge_fill), theme.well);
    painter.fill(place.box, hot ? glow : theme.well, radius);
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
    const LineState line = counted.line(place.line);
    const Seen seen = seen_of(line);
    painter.border(place.box,
                   seen == Seen::kFalseSharing  ? theme.contended.text
                   : seen == Seen::kTrueSharing ? theme.text_low
                                                : theme.stroke_hi,
                   seen == Seen::kNothing ? painter.sizes().hairline : painter.sizes().outline,
                   radius);
    draw_tag(strip, place, line, seen);
  }
  draw_writes(strip, row);
  for (const FieldPiece& piece : row.pieces) draw_touch(strip, counted, piece);
  // The P in focus.
  for (const FieldPiece& piece : row.pieces) {
    if (!strip.input.state.focus.valid() || piece.place != strip.input.state.focus.value) continue;
    const float h = painter.sizes().outline;
    painter.fill({piece.rect.x, piece.rect.bottom() - h, piece.rect.w, h}, theme.priv.text);
  }
}

}  // namespace poolscope::views
