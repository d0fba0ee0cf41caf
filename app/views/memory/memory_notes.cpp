// What is said beside the boxes: how often lines are handed over, which was handed over last, and
// what was measured.

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "app/locale/translate.h"
#include "app/views/memory/memory_parts.h"
#include "app/views/words/line_words.h"
#include "app/views/words/padding_words.h"
#include "app/views/words/words.h"

namespace poolscope::views {
namespace {

using layout::MemoryRow;
using locale::tr;
using locale::trf;

constexpr float kLeading = 1.3F;

// "2.5/s false sharing": the row's one number.
void draw_number(const MemoryStrip& strip, const Rect& line, const LineCounts& counts) {
  Painter& painter = strip.painter;
  const theme::Theme& theme = painter.theme();
  const bool any = counts.shared.falsely > 0;
  const Color color = any ? theme.contended.text : theme.hit.text;
  const std::string rate = rate_text(counts.shared.falsely, counts.counted_ns);
  Rect rest = line;
  rest.cut_left(painter.text_in(line, strip.at.type.number, color, rate));
  painter.text_in(rest, strip.at.type.label, color, tr("/s false sharing"));
}

// The newest hand-over of one kind, of the line with most of them: of one that is shown, where
// there is such a one. "" where there is none at all.
std::string hand_over_of(const CountedRow& row, HandOver LineState::*newest,
                         std::uint64_t Sharing::*count) {
  const std::uint32_t first = row.place.first_line;
  const std::size_t end = first + row.place.lines.size();
  std::optional<std::uint32_t> best;
  std::pair<bool, std::uint64_t> most;
  for (std::uint32_t i = 0; i < row.counts.lines.size(); ++i) {
    const LineState& line = row.counts.lines[i];
    const std::pair<bool, std::uint64_t> weight{i >= first && i < end, line.shared.*count};
    if (line.shared.*count == 0 || (best && weight <= most)) continue;
    best = i;
    most = weight;
  }
  return best ? hand_over_text(row.counts.lines[*best].*newest, *best) : "";
}

// The first of `texts` that fits into a line of `room`, or else into all of it, or else `least`;
// the place that it takes is cut off.
void draw_fitting(const MemoryStrip& strip, Rect& room, Color color,
                  std::initializer_list<std::string> texts, const std::string& least = {}) {
  Painter& painter = strip.painter;
  const FontRole font = strip.at.type.label;
  const float line_h = std::ceil(painter.size_of(font) * kLeading);
  const auto draw = [&](const std::string& text, int most_lines) {
    const int count = painter.lines_of(font, text, room.w);
    const float h = static_cast<float>(count) * line_h;
    if (text.empty() || h > room.h || count > most_lines) return false;
    painter.paragraph_in(room.cut_top(h), font, color, text, line_h);
    return true;
  };
  constexpr int kAny = 99;
  for (const int most_lines : {1, kAny}) {
    for (const std::string& text : texts) {
      if (draw(text, most_lines)) return;
    }
  }
  draw(least, kAny);
}

void draw_bar(const MemoryStrip& strip, const MemoryRow& row, double ns, double most_ns,
              const theme::RoleColor& role, bool hatched) {
  Painter& painter = strip.painter;
  const theme::Theme& theme = painter.theme();
  Rect area = row.measured;
  area.cut_left(painter.sizes().gap);
  const float text_h = painter.size_of(strip.at.type.label) * kLeading;
  const float bar_h = std::min(painter.sizes().dot * 2, std::max(1.0F, area.h - text_h));
  area = {area.x, area.center().y - (text_h + bar_h) / 2, area.w, text_h + bar_h};
  painter.text_in(area.cut_top(text_h), strip.at.type.label, theme.text_hi, ns_text(ns));
  const Rect bar{area.x, area.y, std::max(1.0F, area.w * static_cast<float>(ns / most_ns)), bar_h};
  painter.fill(bar, role.fill, painter.px(theme::space::kThin));
  if (hatched) painter.hatch(bar, theme.on_fill, painter.px(4), painter.sizes().hairline);
}

}  // namespace

void draw_row_label(const MemoryStrip& strip, const CountedRow& row) {
  Painter& painter = strip.painter;
  const theme::Theme& theme = painter.theme();
  const layout::MemoryType& type = strip.at.type;
  Rect area = row.place.label;
  area.w -= painter.px(theme::space::kClose);
  const float needed_h = painter.size_of(type.label) * 1.1F;
  const float number_h = painter.size_of(type.number) * 1.1F;
  const bool sees_true = row.counts.shared.truly > 0;
  // What has no room for a line of its own is left out; the tooltip has it all.
  const bool with_true = sees_true && area.h >= 2 * needed_h + number_h;
  const bool with_size = area.h >= (with_true ? 3.0F : 2.0F) * needed_h + number_h;
  const float lines = 1.0F + (with_true ? 1.0F : 0.0F) + (with_size ? 1.0F : 0.0F);
  const float line_h = std::min((area.h - number_h) / lines, needed_h * 1.25F);
  area = {area.x, area.center().y - (number_h + lines * line_h) / 2, area.w, area.h};
  Rect title = area.cut_top(line_h);
  if (row.runs_here) {
    const float r = painter.sizes().dot / 2;
    painter.dot({title.x + r, title.center().y}, r, theme.hit.fill);
    title.cut_left(2 * r + painter.px(theme::space::kSnug));
  }
  painter.text_in(title, type.label, row.runs_here ? theme.text_hi : theme.text_mid, row.title);
  if (strip.array != nullptr) draw_number(strip, area.cut_top(number_h), row.counts);
  if (with_true) {
    painter.text_in(
        area.cut_top(line_h), type.label, theme.text_low,
        trf("{}/s true sharing", rate_text(row.counts.shared.truly, row.counts.counted_ns)));
  }
  if (with_size) {
    const std::string each = trf("{} B each", row.place.stride);
    painter.text_in(area.cut_top(line_h), FontRole::kMicro, theme.text_low,
                    fitting(painter, FontRole::kMicro, area.w,
                            {row.runs_here ? trf("{0}, {1}", tr("runs here"), each) : each, each}));
  }
  if (painter.touch_unnamed("row." + std::to_string(row.place.stride), row.place.label).hovered) {
    painter.tooltip(row_text(row.counts), row.place.label);
  }
}

void draw_memory_note(const MemoryStrip& strip, const CountedRow& unpadded,
                      const CountedRow& padded) {
  if (strip.array == nullptr) return;
  const theme::Theme& theme = strip.painter.theme();
  Rect room = strip.at.note;
  const std::string falsely = hand_over_of(unpadded, &LineState::falsely, &Sharing::falsely);
  const std::string truly = hand_over_of(padded, &LineState::truly, &Sharing::truly);
  if (falsely.empty()) {
    draw_fitting(strip, room, theme.text_low,
                 {tr("Without padding: no two Ps have written different locals of one line")},
                 tr("no false sharing"));
  } else {
    draw_fitting(strip, room, theme.contended.text, {trf("Without padding: {}", falsely), falsely},
                 tr("false sharing"));
  }
  if (truly.empty()) {
    draw_fitting(strip, room, theme.text_low,
                 {tr("With padding: no line holds fields of two locals")});
  } else {
    draw_fitting(strip, room, theme.text_mid, {trf("With padding: {}", truly), truly});
  }
}

void draw_measured(const MemoryStrip& strip, const PaddingCost& cost) {
  Painter& painter = strip.painter;
  const theme::Theme& theme = painter.theme();
  const double most_ns = std::max(cost.unpadded_ns, cost.padded_ns);
  draw_bar(strip, strip.at.unpadded, cost.unpadded_ns, most_ns, theme.contended, true);
  draw_bar(strip, strip.at.padded, cost.padded_ns, most_ns, theme.hit, false);
  const auto texts = ratio_texts(cost);
  Rect between = strip.at.ratio;
  between.cut_left(painter.sizes().gap);
  painter.text_in(
      between, FontRole::kMicroStrong, theme.text_hi,
      fitting(painter, FontRole::kMicroStrong, between.w, {texts[0], texts[1], texts[2]}));
  for (const MemoryRow* row : {&strip.at.unpadded, &strip.at.padded}) {
    const std::string id = "measured." + std::to_string(row->stride);
    if (painter.touch_unnamed(id, row->measured).hovered)
      painter.tooltip(measured_text(cost), row->measured);
  }
}

}  // namespace poolscope::views
