#include "app/layout/memory.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>
#include <string>

#include "core/base/cache_line.h"

namespace poolscope::layout {
namespace {

using theme::FontRole;

constexpr auto kLine = static_cast<std::uint32_t>(kCacheLine);

// Widths of a line's box in px at scale 1.
constexpr float kNarrowestBox = 52;
constexpr float kRoomyBox = 104;
constexpr float kWidestBox = 232;
constexpr float kBoxGap = 5;
constexpr float kHighestBox = 120;
// Of what is said left of the rows and measured right of them, in ems of its font.
constexpr float kLabelEms = 11.5F;
constexpr float kMeasuredEms = 9.5F;
// From so many ems of the body's font on a row has room for large type, in height and in width.
constexpr float kLargeRowEms = 5;
constexpr float kLargeRowWidthEms = 48;
constexpr MemoryType kLargeType = {.tag = FontRole::kBody,
                                   .tag_strong = FontRole::kBodyStrong,
                                   .label = FontRole::kBody,
                                   .number = FontRole::kSentence};
// Of a digit of the ruler, in ems: the mono font's advance.
constexpr float kDigitEms = 0.6F;

std::uint32_t lines_of(std::uint32_t bytes) { return (bytes + kLine - 1) / kLine; }

// The poolLocals after which a new one begins where a line does, e.g. 4 of 48 bytes.
std::uint32_t period_of(std::uint32_t stride) { return std::lcm(stride, kLine) / stride; }

// Where bytes stand: boxes of one line each, with gaps between them.
struct ByteScale {
  float x = 0;
  float box_w = 0;
  float gap = 0;

  [[nodiscard]] float box_x(std::uint32_t line) const {
    return x + static_cast<float>(line) * (box_w + gap);
  }
  // Of a byte within line `line`, both from the window's begin; the line's end is in it.
  [[nodiscard]] float x_of(std::uint32_t byte, std::uint32_t line) const {
    return box_x(line) +
           static_cast<float>(byte - line * kLine) * box_w / static_cast<float>(kLine);
  }
};

struct Window {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
};

// As many places as are comfortable, at least four if they fit at all; whole periods, so that both
// rows begin where a line does.
Window window_of(const MemoryShape& shape, float width, float scale) {
  const auto lines_each = static_cast<float>(lines_of(shape.padded_stride));
  const auto fit = [&](float box) {
    const float each = lines_each * (box + kBoxGap) * scale;
    return static_cast<std::uint32_t>(std::max(1.0F, std::floor((width + kBoxGap) / each)));
  };
  const std::uint32_t places = std::max(shape.places, 1U);
  std::uint32_t count = std::max(fit(kRoomyBox), std::min(4U, fit(kNarrowestBox)));
  if (places <= count) return {0, places};
  const std::uint32_t period = period_of(shape.unpadded_stride);
  if (count >= period) count -= count % period;
  const std::uint32_t first = std::min(shape.focus, places - 1) / count * count;
  return {first, std::min(count, places - first)};
}

// Cuts bytes [begin, end) of one field at the line boundaries.
void add_pieces(MemoryRow& row, const ByteScale& scale, std::uint32_t origin, std::uint32_t place,
                std::size_t field, std::uint32_t begin, std::uint32_t end) {
  std::uint32_t at = begin;
  while (at < end) {
    const std::uint32_t line = (at - origin) / kLine;
    const std::uint32_t stop = std::min(end, origin + (line + 1) * kLine);
    const float x0 = scale.x_of(at - origin, line);
    const float x1 = scale.x_of(stop - origin, line);
    row.pieces.push_back({place,
                          field,
                          row.first_line + line,
                          at == begin,
                          stop == end,
                          {x0, row.boxes.y, x1 - x0, row.boxes.h}});
    at = stop;
  }
}

void fill_row(MemoryRow& row, const MemoryShape& shape, const Window& window,
              const ByteScale& scale) {
  const std::uint32_t begin = window.first * row.stride;
  row.first_line = begin / kLine;
  const std::uint32_t origin = row.first_line * kLine;
  const std::uint32_t lines = lines_of(begin + window.count * row.stride - origin);
  for (std::uint32_t i = 0; i < lines; ++i) {
    const float x = scale.box_x(i);
    row.lines.push_back({row.first_line + i,
                         {x, row.tags.y, scale.box_w, row.tags.h},
                         {x, row.boxes.y, scale.box_w, row.boxes.h}});
  }
  row.tags.w = row.boxes.w = row.lines.back().box.right() - row.boxes.x;
  for (std::uint32_t place = window.first; place < window.first + window.count; ++place) {
    const std::uint32_t base = place * row.stride;
    std::uint32_t end = base;
    for (std::size_t field = 0; field < shape.fields.size(); ++field) {
      const FieldExtent& extent = shape.fields[field];
      end = base + extent.offset + extent.size;
      add_pieces(row, scale, origin, place, field, base + extent.offset, end);
    }
    add_pieces(row, scale, origin, place, shape.fields.size(), end, base + row.stride);
  }
}

// The first poolLocal's fields, its end, and every line.
std::vector<RulerTick> ticks_of(const MemoryShape& shape, const ByteScale& scale,
                                std::uint32_t bytes) {
  std::set<std::uint32_t> places = {0, shape.unpadded_stride, shape.padded_stride};
  for (const FieldExtent& field : shape.fields) places.insert(field.offset);
  for (std::uint32_t byte = 0; byte <= bytes; byte += kLine) places.insert(byte);
  std::vector<RulerTick> ticks;
  for (const std::uint32_t byte : places) {
    if (byte > bytes) continue;
    const bool at_line = byte % kLine == 0;
    // A line's begin is the box's left edge; the last byte's end is the last box's right one.
    const std::uint32_t line =
        byte == bytes && byte > 0 ? byte / kLine - (at_line ? 1 : 0) : byte / kLine;
    ticks.push_back({byte, scale.x_of(byte, line), at_line, false, {}});
  }
  return ticks;
}

// Labels stand centred under their ticks and give way sideways where two are close. The first
// poolLocal's offsets go before the lines further on.
void label_ticks(std::vector<RulerTick>& ticks, const Rect& ruler, float digit_w) {
  const float gap = digit_w * 0.8F;
  float free_from = ruler.x - digit_w;
  for (std::size_t i = 0; i < ticks.size(); ++i) {
    RulerTick& tick = ticks[i];
    const float w = digit_w * static_cast<float>(std::to_string(tick.byte).size());
    float x = tick.x - w / 2;
    const bool crowded =
        i + 1 < ticks.size() && ticks[i + 1].x - tick.x < w + gap && !ticks[i + 1].at_line;
    if (crowded) x = tick.x - w;  // ends at its tick, to leave room for the next
    x = std::clamp(x, ruler.x - digit_w, ruler.right() - w);
    if (x < free_from) x = free_from;  // begins where the one before leaves room
    if (x > tick.x + digit_w / 2 || x + w > ruler.right() + 0.5F) continue;
    tick.labelled = true;
    tick.label = {x, ruler.y, w, ruler.h};
    free_from = x + w + gap;
  }
}

}  // namespace

Rect MemoryRow::field_at(std::uint32_t place, std::size_t field) const {
  Rect largest;
  for (const FieldPiece& piece : pieces) {
    if (piece.place == place && piece.field == field && piece.rect.w > largest.w) {
      largest = piece.rect;
    }
  }
  return largest;
}

MemoryLayout memory_layout(const Rect& panel, const MemoryShape& shape, const theme::Sizes& sizes,
                           const theme::FontSpecs& fonts) {
  const auto em = [&fonts](FontRole role) { return spec_of(fonts, role).size_px; };
  MemoryLayout at;
  Rect rest = panel.inset(sizes.panel_inset, sizes.panel_inset * 0.75F);
  at.heading = rest.cut_top(std::round(em(FontRole::kBodyStrong) * 1.35F));
  const float ruler_h = std::round(em(FontRole::kMonoMicro) * 1.3F);
  const float row_h = std::max(0.0F, std::floor((rest.h - ruler_h) / 2));
  const float body = em(FontRole::kBody);
  if (row_h >= kLargeRowEms * body && rest.w >= kLargeRowWidthEms * body) at.type = kLargeType;
  const float tag_h = std::round(em(at.type.tag) * 1.3F);
  const float box_h = std::min(std::max(1.0F, row_h - tag_h), kHighestBox * sizes.scale);
  // What is left over stands between the parts.
  const float spare = std::max(0.0F, (rest.h - ruler_h - 2 * (tag_h + box_h)) / 3);

  const float label_w = std::round(em(at.type.label) * kLabelEms);
  const float measured_w = shape.measured ? std::round(em(at.type.label) * kMeasuredEms) : 0;
  const auto place_row = [&](MemoryRow& row, std::uint32_t stride) {
    row.stride = stride;
    Rect area = rest.cut_top(tag_h + box_h);
    row.label = area.cut_left(label_w);
    row.measured = area.cut_right(measured_w);
    row.tags = area.cut_top(tag_h);
    row.boxes = area;
  };
  place_row(at.unpadded, shape.unpadded_stride);
  rest.cut_top(spare * 0.5F);
  at.ruler = rest.cut_top(ruler_h);
  at.ruler_label = at.ruler.cut_left(label_w);
  at.ratio = at.ruler.cut_right(measured_w);
  rest.cut_top(spare);
  place_row(at.padded, shape.padded_stride);

  const float width = at.padded.boxes.w;
  const Window window = window_of(shape, width, sizes.scale);
  at.first = window.first;
  at.count = window.count;
  const auto lines = static_cast<float>(lines_of(window.count * shape.padded_stride));
  ByteScale scale;
  scale.x = at.padded.boxes.x;
  scale.gap = std::round(kBoxGap * sizes.scale);
  scale.box_w = std::min((width + scale.gap) / lines - scale.gap, kWidestBox * sizes.scale);
  scale.box_w = std::max(1.0F, std::floor(scale.box_w));
  at.px_per_byte = scale.box_w / static_cast<float>(kLine);
  const float right = at.padded.boxes.right();
  fill_row(at.unpadded, shape, window, scale);
  fill_row(at.padded, shape, window, scale);
  at.note = at.unpadded.label;
  at.note.x = at.unpadded.boxes.right() + sizes.gap * 1.5F;
  at.note.w = std::max(0.0F, right - at.note.x);
  at.ruler.w = at.padded.boxes.w;
  at.ticks = ticks_of(shape, scale, window.count * shape.padded_stride);
  label_ticks(at.ticks, at.ruler, em(FontRole::kMonoMicro) * kDigitEms);
  return at;
}

}  // namespace poolscope::layout
