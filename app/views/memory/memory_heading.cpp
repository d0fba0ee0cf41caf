// The memory strip's first line: which Ps are shown, what can be asked, and the key of the fields.

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "app/locale/translate.h"
#include "app/views/memory/memory_parts.h"
#include "app/views/widgets/controls.h"
#include "app/views/widgets/pages.h"
#include "app/views/words/words.h"

namespace poolscope::views {
namespace {

using locale::tr;
using locale::trf;

theme::RoleColor color_of(const theme::Theme& theme, std::string_view field) {
  if (field == kPrivateField) return theme.priv;
  if (field == kSharedField) return theme.shared;
  return theme.user;
}

std::vector<std::string> texts_of_key(const MemoryStrip& strip) {
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < strip.fields.size(); ++i) {
    const std::uint32_t bytes = strip.fields[i] == kPadField
                                    ? kPaddedTo - strip.internal % kPaddedTo
                                    : strip.input.model.config.fields[i].size;
    texts.push_back(fmt::format("{} {} B", strip.fields[i], bytes));
  }
  return texts;
}

// "private 16 B  shared 24 B  Mutex 8 B  pad 80 B", each in its colour, at the right, where there
// is room for all of it. Returns the x where it begins.
float draw_fields_key(const MemoryStrip& strip, const Rect& line, float least_x) {
  Painter& painter = strip.painter;
  const theme::Theme& theme = painter.theme();
  const std::vector<std::string> texts = texts_of_key(strip);
  const float swatch = painter.sizes().dot;
  const float beside = painter.px(theme::space::kNear);
  const float between = painter.px(theme::space::kWide);
  float w = 0;
  for (const std::string& text : texts) {
    w += swatch + beside + painter.width_of(FontRole::kMicro, text) + between;
  }
  const float begin = line.right() - w + between;
  if (begin < least_x) return line.right();
  float x = begin;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const Rect square{x, line.center().y - swatch / 2, swatch, swatch};
    if (strip.fields[i] == kPadField) {
      painter.border(square, theme.ghost, painter.sizes().hairline);
      painter.hatch(square, theme.text_low, painter.px(theme::space::kFine),
                    painter.sizes().hairline);
    } else {
      painter.fill(square, color_of(theme, strip.fields[i]).fill, painter.px(theme::space::kThin));
    }
    x += swatch + beside;
    x += painter.text(FontRole::kMicro, {x, line.center().y}, theme.text_mid, texts[i]) + between;
  }
  return begin;
}

// All places of the array in a bar, those that are shown filled: a click leads to any. Returns the
// x behind it.
float draw_places(const MemoryStrip& strip, float x, std::size_t places, intents::Intents& asked) {
  Painter& painter = strip.painter;
  const layout::MemoryLayout& at = strip.at;
  if (at.count >= places || !strip.input.interactive) return x;
  const float h = painter.px(theme::space::kClose);
  const float w = std::min(painter.px(theme::space::kPlacesBar), at.heading.right() - x);
  if (w < painter.px(theme::space::kLeastRule)) return x;
  const Rect bar{x, std::round(at.heading.center().y - h / 2), w, h};
  painter.fill(bar, painter.theme().well, h / 2);
  painter.border(bar, painter.theme().stroke_hi, painter.sizes().hairline, h / 2);
  const float each = bar.w / static_cast<float>(places);
  for (std::size_t first = 0; first < places; first += at.count) {
    const std::size_t count = std::min<std::size_t>(at.count, places - first);
    const Rect page{bar.x + each * static_cast<float>(first), at.heading.y,
                    each * static_cast<float>(count), at.heading.h};
    const auto touch = painter.touch("memory.place." + std::to_string(first), page);
    const bool shown = first == at.first;
    if (shown || touch.hovered) {
      const Rect part{page.x, bar.y, std::max(page.w, painter.px(theme::space::kTight)), bar.h};
      painter.fill(part, shown ? painter.theme().priv.fill : painter.theme().text_low, h / 2);
    }
    if (touch.hovered) {
      painter.tooltip(trf("P{} to P{} of {}", first, first + count - 1, count_text(places)));
    }
    // A second click on the P in focus would let go of it.
    if (touch.clicked && !shown) {
      asked.emplace_back(intents::FocusP{PId{static_cast<std::uint16_t>(first)}});
    }
  }
  return bar.right() + painter.px(theme::space::kLoose);
}

float draw_buttons(const MemoryStrip& strip, float x, intents::Intents& asked) {
  Painter& painter = strip.painter;
  if (!strip.input.interactive) return x;
  Rect rest = strip.at.heading;
  rest.cut_left(x - rest.x);
  if (draw_text_button(painter, "explain", rest, tr("Explain"), hint_of("explain"))) {
    asked.emplace_back(intents::ToggleExplained{});
  }
  rest.cut_left(painter.px(theme::space::kNear));
  if (draw_text_button(painter, "measure", rest, tr("Measure"), hint_of("measure"))) {
    asked.emplace_back(intents::MeasurePadding{});
  }
  return rest.x + painter.px(theme::space::kLoose);
}

}  // namespace

void draw_memory_heading(const MemoryStrip& strip, intents::Intents& asked) {
  Painter& painter = strip.painter;
  const Rect& line = strip.at.heading;
  float x = line.x;
  x += painter.text_in(line, FontRole::kBodyStrong, painter.theme().text_hi, tr("Memory")) +
       painter.px(theme::space::kLoose);
  const std::size_t places =
      strip.array != nullptr ? strip.array->locals.size() : std::size_t{strip.input.model.procs};
  x = draw_buttons(strip, x, asked);
  x = draw_page(painter, line, x, "memory", {strip.at.first, strip.at.count, places}, asked) +
      painter.px(theme::space::kTight);
  x = draw_places(strip, x, places, asked);
  const float end = draw_fields_key(strip, line, x);
  const std::string note =
      strip.array == nullptr
          ? tr("no array: the next pin makes one")
          : trf("array {} of poolLocal, cache lines of 64 B", strip.array->id.value);
  if (x + painter.width_of(FontRole::kSmall, note) < end) {
    painter.text(FontRole::kSmall, {x, line.center().y}, painter.theme().text_low, note);
  }
}

}  // namespace poolscope::views
