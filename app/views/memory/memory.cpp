// The memory strip: the array of poolLocal over cache lines, without padding and with it. What it
// knows of writes is counted from events.

#include "app/views/memory/memory.h"

#include <algorithm>
#include <string>
#include <vector>

#include "app/locale/translate.h"
#include "app/views/memory/memory_parts.h"

namespace poolscope::views {
namespace {

using locale::tr;
using locale::trf;

std::uint32_t internal_size(const SessionConfig& config) {
  std::uint32_t internal = 0;
  for (const SessionConfig::Field& field : config.fields) {
    if (field.name != kPadField) internal = std::max(internal, field.offset + field.size);
  }
  return internal;
}

layout::MemoryShape shape_of(const ViewInput& input, const ArrayState* array) {
  const Model& model = input.model;
  const PId focus = input.state.focus;
  layout::MemoryShape shape;
  shape.places = array != nullptr ? static_cast<std::uint32_t>(array->locals.size())
                                  : std::max(model.procs, 1U);
  shape.focus = focus.valid() ? focus.value : 0;
  shape.unpadded_stride = std::max(model.config.unpadded_stride, 1U);
  shape.padded_stride = std::max(model.config.padded_stride, shape.unpadded_stride);
  for (const SessionConfig::Field& field : model.config.fields) {
    if (field.name != kPadField) shape.fields.push_back({field.offset, field.size});
  }
  shape.measured = input.padding_cost.has_value();
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

}  // namespace

void draw_memory(const ViewInput& input, const layout::Rect& area, intents::Intents& asked) {
  Painter painter(input);
  painter.panel(area);
  const SessionConfig& config = input.model.config;
  const ArrayState* array = input.model.local_of(shown_pool(input));
  const layout::MemoryShape shape = shape_of(input, array);
  const std::int64_t now_ns = input.session.playhead.time_ns;
  const ArrayId shown = array != nullptr ? array->id : ArrayId::none();
  const MemoryStrip strip{painter,
                          input,
                          array,
                          names_of_fields(config),
                          internal_size(config),
                          layout::memory_layout(area, shape, input.sizes, font_specs_of(input)),
                          lines_of(input.told, input.model, shown, shape.unpadded_stride, now_ns),
                          lines_of(input.told, input.model, shown, shape.padded_stride, now_ns)};
  const CountedRow unpadded{strip.at.unpadded, strip.unpadded, tr("without padding"),
                            config.padding == 0};
  const CountedRow padded{strip.at.padded, strip.padded, trf("with padding ({})", kPaddedTo),
                          config.padding == kPaddedTo};
  draw_memory_heading(strip, asked);
  draw_ruler(strip);
  for (const CountedRow* row : {&unpadded, &padded}) {
    draw_row_label(strip, *row);
    draw_memory_row(strip, *row);
  }
  draw_memory_note(strip, unpadded, padded);
  if (input.padding_cost) draw_measured(strip, *input.padding_cost);
}

}  // namespace poolscope::views
