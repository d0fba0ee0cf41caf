// The memory strip: the array of poolLocal over cache lines, without padding and with it. What it
// knows of writes is counted from events.

#include "app/views/memory/memory.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "app/locale/translate.h"
#include "app/views/memory/memory_parts.h"
#include "app/views/widgets/controls.h"
#include "app/views/widgets/pages.h"
#include "app/views/words/line_words.h"
#include "app/views/words/words.h"

namespace poolscope::views {
namespace {

using layout::LinePlace;
using layout::MemoryRow;
using locale::tr;
using locale::trf;

constexpr std::uint32_t kPaddedTo = 128;

std::uint32_t internal_size(const SessionConfig& config) {
  std::uint32_t internal = 0;
  for (const SessionConfig::Field& field : config.fields) {
    if (field.name != kPadField) internal = std::max(internal, field.offset + field.size);
  }
  return internal;
}

layout::MemoryShape shape_of(const Model& model, const ArrayState* array, PId focus) {
  layout::MemoryShape shape;
  shape.places = array != nullptr ? static_cast<std::uint32_t>(array->locals.size())
                                  : std::max(model.procs, 1U);
  shape.focus = focus.valid() ? focus.value : 0;
  shape.unpadded_stride = std::max(model.config.unpadded_stride, 1U);
  shape.padded_stride = std::max(model.config.padded_stride, shape.unpadded_stride);
  for (const SessionConfig::Field& field : model.config.fields) {
    if (field.name != kPadField) shape.fields.push_back({field.offset, field.size});
  }
  return shape;
}

std::vector<std::string> names_of_fields(const SessionConfig& config) {
  std::vector<std::string> names;
  for (const SessionConfig::Field& field : config.fields) {
    if (field.name != kPadField) names.push_back(field.name);
  }
  names.emplace_back(kPadField);
  return names;
}

theme::RoleColor color_of(const theme::Theme& theme, std::string_view field) {
  if (field == kPrivateField) return theme.priv;
  if (field == kSharedField) return theme.shared;
  return theme.user;
}

// --- the heading ----------------------------------------------------------------------------

// "poolLocal: private 16 B  shared 24 B  Mutex 8 B  pad 80 B", each in its colour, from the right.
// Returns the x where it begins.
float draw_fields_key(const MemoryStrip& strip, const Rect& line, float least_x) {
  Painter& painter = strip.painter;
  const SessionConfig& config = strip.input.model.config;
  float x = line.right();
  for (std::size_t i = strip.fields.size(); i-- > 0;) {
    const bool pad = strip.fields[i] == kPadField;
    const std::uint32_t bytes =
        pad ? kPaddedTo - strip.internal % kPaddedTo : config.fields[i].size;
    const std::string text = fmt::format("{} {} B", strip.fields[i], bytes);
    const float w = painter.width_of(FontRole::kMicro, text);
    const float swatch = painter.sizes().dot;
    if (x - w - swatch - painter.px(20) < least_x) break;
    x -= w;
    painter.text(FontRole::kMicro, {x, line.center().y}, painter.theme().text_mid, text);
    x -= swatch + painter.px(6);
    const Rect square{x, line.center().y - swatch / 2, swatch, swatch};
    if (pad) {
      painter.border(square, painter.theme().ghost, painter.sizes().hairline);
      painter.hatch(square, painter.theme().text_low, painter.px(3), painter.sizes().hairline);
    } else {
      painter.fill(square, color_of(painter.theme(), strip.fields[i]).fill, painter.px(2));
    }
    x -= painter.px(14);
  }
  return x;
}

// What was measured on this machine, the longest words that fit; "" where none do.
std::string measured_text(const Painter& painter, const PaddingCost& cost, float width) {
  const std::string times = fmt::format("{:.1f}", cost.ratio());
  const std::string unpadded = fmt::format("{:.0f}", cost.unpadded_ns);
  const std::string padded = fmt::format("{:.0f}", cost.padded_ns);
  return fitting(painter, FontRole::kSmallStrong, width,
                 {trf("measured here, {0} threads: without padding an operation takes {1} times as "
                      "long, {2} ns "
                      "instead of {3} ns",
                      cost.threads, times, unpadded, padded),
                  trf("measured here: without padding {0} times as long, {1} ns instead of {2} ns",
                      times, unpadded, padded),
                  trf("measured: without padding {0} times as long", times)});
}

float draw_measure_button(const MemoryStrip& strip, float x, intents::Intents& asked) {
  Painter& painter = strip.painter;
  if (!strip.input.interactive) return x;
  Rect rest = strip.at.heading;
  rest.cut_left(x - rest.x);
  if (draw_text_button(painter, "measure", rest, tr("Measure"),
                       tr("What padding is worth on this machine: as many threads as it has cores "
                          "Put and Get with it and without it"))) {
    asked.emplace_back(intents::MeasurePadding{});
  }
  return rest.x + painter.px(10);
}

void draw_heading(const MemoryStrip& strip, intents::Intents& asked) {
  Painter& painter = strip.painter;
  const Rect& line = strip.at.heading;
  float x = line.x;
  x += painter.text_in(line, FontRole::kBodyStrong, painter.theme().text_hi, tr("Memory"));
  const std::size_t places =
      strip.array != nullptr ? strip.array->locals.size() : std::size_t{strip.input.model.procs};
  x = draw_page(painter, line, x + painter.px(10), "memory",
                {strip.at.first, strip.at.count, places}, asked) +
      painter.px(4);
  x = draw_measure_button(strip, x, asked);
  if (const auto& cost = strip.input.padding_cost) {
    const std::string text = measured_text(painter, *cost, line.right() - x);
    painter.text(FontRole::kSmallStrong, {x, line.center().y}, painter.theme().contended.text,
                 text);
    draw_fields_key(strip, line,
                    x + painter.width_of(FontRole::kSmallStrong, text) + painter.px(40));
    return;
  }
  const std::string note =
      strip.array == nullptr
          ? tr("no array: the next pin makes one")
          : trf("array {} of poolLocal, cache lines of 64 B", strip.array->id.value);
  const float note_w = painter.width_of(FontRole::kSmall, note);
  const float end = draw_fields_key(strip, line, x + painter.px(40));
  if (x + note_w < end) {
    painter.text(FontRole::kSmall, {x, line.center().y}, painter.theme().text_low, note);
  }
}

// --- the ruler, what is said, and what is seen to be written --------------------------------

void draw_ruler(const MemoryStrip& strip) {
  Painter& painter = strip.painter;
  const theme::Theme& theme = painter.theme();
  const layout::MemoryLayout& at = strip.at;
  const std::string unit = at.first == 0 ? tr("bytes") : trf("bytes from P{} on", at.first);
  painter.text_in({at.ruler_label.x, at.ruler.y, at.ruler_label.w - painter.px(8), at.ruler.h},
                  FontRole::kMicro, theme.text_low, unit, Align::kRight);
  for (const layout::RulerTick& tick : at.ticks) {
    const float h = painter.px(tick.at_line ? 4 : 3);
    painter.fill({tick.x, at.ruler.y, painter.sizes().hairline, h}, theme.stroke_hi);
    if (!tick.labelled) continue;
    painter.text(FontRole::kMonoMicro, {tick.label.x, tick.label.center().y + painter.px(2)},
                 tick.at_line ? theme.text_low : theme.text_mid, std::to_string(tick.byte));
  }
}

// The lit line of the window whose writer changes most often, in words; "" when none is lit.
std::string liveliest(const MemoryStrip& strip, const MemoryRow& row,
                      const std::vector<LineState>& states) {
  const std::int64_t now_ns = strip.input.session.playhead.time_ns;
  const LinePlace* best = nullptr;
  std::uint64_t most = 0;
  for (const LinePlace& place : row.lines) {
    if (place.line >= states.size() || !lit(states[place.line], now_ns)) continue;
    // By rate, and by total among those that change less than once a second.
    const LineState& state = states[place.line];
    const std::uint64_t weight = state.changes_a_second * 1'000'000 + state.changes;
    if (best == nullptr || weight > most) {
      best = &place;
      most = weight;
    }
  }
  return best == nullptr ? "" : turn_text(states[best->line], best->line);
}

void draw_note(const MemoryStrip& strip) {
  Painter& painter = strip.painter;
  const theme::Theme& theme = painter.theme();
  if (strip.array == nullptr) return;
  const std::string without = liveliest(strip, strip.at.unpadded, strip.unpadded_lines);
  const std::string with = liveliest(strip, strip.at.padded, strip.padded_lines);
  const Rect& area = strip.at.note;
  const float line_h = std::min(area.h / 2, painter.size_of(FontRole::kSmall) * 1.4F);
  const Rect upper{area.x, area.center().y - line_h, area.w, line_h};
  const Rect lower{area.x, area.center().y, area.w, line_h};
  const std::string quiet = tr("no two Ps alternate writes to a line");
  // Where there is no room the rate is left out.
  const auto fit = [&](FontRole font, const std::string& whole) {
    std::size_t cut = whole.rfind(", ");
    if (cut == std::string::npos) cut = whole.rfind("，");
    return painter.width_of(font, whole) <= area.w ? whole : whole.substr(0, cut);
  };
  painter.text_in(upper, without.empty() ? FontRole::kSmall : FontRole::kSmallStrong,
                  without.empty() ? theme.text_low : theme.contended.text,
                  fit(without.empty() ? FontRole::kSmall : FontRole::kSmallStrong,
                      trf("Without padding: {}", without.empty() ? quiet : without)));
  painter.text_in(lower, FontRole::kSmall, with.empty() ? theme.text_low : theme.contended.text,
                  fit(FontRole::kSmall, trf("With padding: {}", with.empty() ? quiet : with)));
}

// The end of a move that is a field of a poolLocal; nothing when it has none. The modern pool
// pushes and pops in a dequeue elsewhere, and does not write to shared.
const Place* field_end(const Move& move, PoolKind pool) {
  for (const Place* place : {&move.to, &move.from}) {
    if (place->kind == Place::Kind::kPrivate) return place;
    if (place->kind == Place::Kind::kShared && pool == PoolKind::kClassic) return place;
  }
  return nullptr;
}

// Half of the time it falls, half of the time it lies on the field and fades.
void draw_drop(Painter& painter, const Rect& field, float from_y, const std::string& p,
               float part) {
  const float fall = std::min(1.0F, part * 2);
  const float w = painter.width_of(FontRole::kMicroStrong, p) + painter.px(10);
  const float h = painter.size_of(FontRole::kMicroStrong) * 1.3F;
  if (h > field.h) {
    // A box lower than the number: it would cover what is written there. The field lights up.
    painter.set_opacity(1 - part);
    painter.border(field, painter.theme().text_hi, painter.sizes().outline * 1.5F);
    painter.set_opacity(1);
    return;
  }
  const float y = from_y + (field.center().y - h / 2 - from_y) * fall * fall;
  const Rect pill{field.center().x - w / 2, y, w, h};
  painter.set_opacity(part < 0.5F ? 1.0F : 2 - 2 * part);
  painter.fill(pill, painter.theme().text_hi, h / 2);
  painter.text_in(pill, FontRole::kMicroStrong, painter.theme().panel, p, Align::kCenter);
  painter.set_opacity(1);
}

// The writes that were just made: of each field the newest.
void draw_drops(const MemoryStrip& strip, const MemoryRow& row) {
  const ViewInput& input = strip.input;
  if (!input.state.motion || input.session.summed || strip.array == nullptr) return;
  std::vector<std::pair<std::uint16_t, Place::Kind>> seen;
  const std::vector<Move>& moves = input.told.moves;
  for (auto move = moves.rbegin(); move != moves.rend(); ++move) {
    const Place* place = field_end(*move, input.model.config.pool);
    if (place == nullptr || place->array != strip.array->id) continue;
    const std::int64_t age_ns = input.session.playhead.time_ns - move->time_ns;
    if (age_ns < 0 || age_ns > theme::kFlight_ns) continue;
    const auto field_of_place = std::pair(place->index, place->kind);
    if (std::ranges::find(seen, field_of_place) != seen.end()) continue;
    seen.push_back(field_of_place);
    const auto field = std::ranges::find(
        strip.fields, place->kind == Place::Kind::kPrivate ? kPrivateField : kSharedField);
    const Rect target =
        row.field_at(place->index, static_cast<std::size_t>(field - strip.fields.begin()));
    if (target.empty()) continue;
    draw_drop(strip.painter, target, row.tags.y, name_of(move->p),
              static_cast<float>(age_ns) / static_cast<float>(theme::kFlight_ns));
  }
}

}  // namespace

void draw_memory(const ViewInput& input, const layout::Rect& area, intents::Intents& asked) {
  Painter painter(input);
  painter.panel(area);
  const ArrayState* array = input.model.local_of(shown_pool(input));
  const layout::MemoryShape shape = shape_of(input.model, array, input.state.focus);
  const ArrayId shown = array != nullptr ? array->id : ArrayId::none();
  const MemoryStrip strip{painter,
                          input,
                          array,
                          names_of_fields(input.model.config),
                          internal_size(input.model.config),
                          layout::memory_layout(area, shape, input.sizes, font_specs_of(input)),
                          lines_of(input.told, input.model, shown, shape.unpadded_stride),
                          lines_of(input.told, input.model, shown, shape.padded_stride)};
  draw_heading(strip, asked);
  draw_ruler(strip);
  const std::uint32_t padding = input.model.config.padding;
  draw_row_label(strip, strip.at.unpadded, tr("without padding"), padding == 0);
  draw_row_label(strip, strip.at.padded, trf("with padding ({})", kPaddedTo), padding == kPaddedTo);
  draw_memory_row(strip, strip.at.unpadded, strip.unpadded_lines);
  draw_memory_row(strip, strip.at.padded, strip.padded_lines);
  draw_note(strip);
  draw_drops(strip, strip.at.unpadded);
  draw_drops(strip, strip.at.padded);
}

}  // namespace poolscope::views
