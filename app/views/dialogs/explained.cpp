// Core 0 with P0, the memory, core 1 with P1; and the lines, each at its place of the step.

#include "app/views/dialogs/explained.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "app/locale/translate.h"
#include "app/views/paint/paint.h"
#include "app/views/widgets/controls.h"
#include "app/views/widgets/dialog_box.h"
#include "app/views/words/padding_words.h"
#include "app/views/words/words.h"
#include "core/base/cache_line.h"

namespace poolscope::views {
namespace {

using locale::tr;
using locale::trf;

// Where a line is: at a core, or in the memory between them.
enum class At : std::uint8_t { kCore0, kMemory, kCore1 };

// A line in a step: whence it comes, where it is then, and what is written to it there.
struct LineInStep {
  std::size_t line = 0;  // as the array has it
  At from = At::kMemory;
  At to = At::kMemory;
  PId writer;             // none: nobody writes
  std::size_t local = 0;  // that is written
  std::size_t field = 0;  // of it
};

struct Scene {
  bool padded = false;
  std::vector<LineInStep> lines;
  std::size_t hand_overs = 0;
  bool truly = false;  // they are true sharing
};

constexpr PId kP0{0};
constexpr PId kP1{1};
constexpr std::size_t kPrivate = 0;
constexpr std::size_t kShared = 1;

Scene scene_of(PaddingStep step) {
  const LineInStep to_core0{0, At::kCore1, At::kCore0, kP0, 0, kPrivate};
  const LineInStep to_core1{0, At::kCore0, At::kCore1, kP1, 1, kPrivate};
  switch (step) {
    case PaddingStep::kOneLine: return {.lines = {LineInStep{0}}};
    case PaddingStep::kFirstWrite:
      return {.lines = {{0, At::kMemory, At::kCore0, kP0, 0, kPrivate}}};
    case PaddingStep::kMoves: return {.lines = {to_core1}, .hand_overs = 1};
    case PaddingStep::kMovesBack: return {.lines = {to_core0}, .hand_overs = 2};
    case PaddingStep::kAgain: return {.lines = {to_core1}, .hand_overs = 3};
    case PaddingStep::kPadded:
      return {.padded = true,
              .lines = {{0, At::kMemory, At::kCore0, kP0, 0, kPrivate},
                        {2, At::kMemory, At::kCore1, kP1, 1, kPrivate}}};
    case PaddingStep::kTrueShare:
      return {.padded = true,
              .lines = {{0, At::kCore0, At::kCore1, kP1, 0, kShared},
                        {2, At::kCore1, At::kCore1, PId::none()}},
              .hand_overs = 1,
              .truly = true};
  }
  return {};
}

// How far the step has come, 0 to 1. The lines move first, then they are written.
struct Progress {
  float moved = 1;
  bool written = true;
};
Progress progress_of(const ViewInput& input) {
  if (!input.state.motion) return {};
  constexpr float kMoving = 0.75F;
  const float part =
      static_cast<float>(input.state.explained_for_ns) / static_cast<float>(theme::kLineMoves_ns);
  const float moved = std::clamp(part / kMoving, 0.0F, 1.0F);
  return {moved * moved * (3 - 2 * moved), part >= 1};
}

float sentence_height(const Painter& painter) {
  constexpr float kLines = 3;
  return std::ceil(painter.size_of(FontRole::kSentence) * 1.35F) * kLines;
}
float word_height(const Painter& painter) {
  return std::ceil(painter.size_of(FontRole::kSmall) * 1.5F);
}
float box_height(const Painter& painter) {
  return std::round(painter.size_of(FontRole::kSmall) * 3);
}
// A line with what stands over it.
float slot_height(const Painter& painter) { return word_height(painter) + box_height(painter); }

// --- a line ---------------------------------------------------------------------------------

struct Part {
  std::size_t local = 0;
  std::size_t field = 0;
  std::string name;
  std::uint32_t begin = 0;  // bytes from the line's begin
  std::uint32_t size = 0;
};

// The fields that lie in that line of an array, as far as they do.
std::vector<Part> parts_of(const SessionConfig& config, std::size_t line, std::uint32_t stride) {
  std::vector<Part> parts;
  const std::size_t begin = line * kCacheLine;
  const std::size_t end = begin + kCacheLine;
  for (std::size_t local = 0; local < 2; ++local) {
    for (std::size_t field = 0; field < config.fields.size(); ++field) {
      const SessionConfig::Field& of = config.fields[field];
      if (of.name == "pad") continue;
      const std::size_t from = std::max(begin, local * stride + of.offset);
      const std::size_t to = std::min(end, local * stride + of.offset + of.size);
      if (from >= to) continue;
      parts.push_back({local, field, of.name, static_cast<std::uint32_t>(from - begin),
                       static_cast<std::uint32_t>(to - from)});
    }
  }
  return parts;
}

theme::RoleColor color_of(const theme::Theme& theme, std::size_t field) {
  return field == kPrivate ? theme.priv : field == kShared ? theme.shared : theme.user;
}

// Over it who wrote it last, then its fields; what is written in this step is filled.
void draw_line(Painter& painter, const Rect& slot, const LineInStep& line, const Scene& scene,
               bool written) {
  const SessionConfig& config = painter.input().model.config;
  const theme::Theme& theme = painter.theme();
  Rect box = slot;
  const Rect tag = box.cut_top(word_height(painter));
  const float radius = painter.sizes().radius_object;
  painter.fill(box, theme.well, radius);
  const std::uint32_t stride = scene.padded ? config.padded_stride : config.unpadded_stride;
  const float each = box.w / static_cast<float>(kCacheLine);
  std::uint32_t used = 0;
  for (const Part& part : parts_of(config, line.line, stride)) {
    const Rect at{box.x + each * static_cast<float>(part.begin), box.y,
                  each * static_cast<float>(part.size), box.h};
    used = part.begin + part.size;
    const Rect field = at.inset(painter.px(theme::space::kThin), painter.px(theme::space::kFine));
    const bool now =
        written && line.writer.valid() && part.local == line.local && part.field == line.field;
    const theme::RoleColor color = color_of(theme, part.field);
    painter.fill(field, now ? color.fill : color.fill.faded(theme.badge_fill));
    painter.border(field, now ? theme.text_hi : color.text.faded(theme.badge_border),
                   now ? painter.sizes().outline : painter.sizes().hairline);
    Rect words = field;
    const Color ink = now ? theme.on_fill : theme.text_mid;
    const std::string p = name_of(PId{static_cast<std::uint16_t>(part.local)});
    painter.text_in(words.cut_top(field.h / 2), FontRole::kMicroStrong, ink, p, Align::kCenter);
    if (painter.width_of(FontRole::kMicro, part.name) <= words.w) {
      painter.text_in(words, FontRole::kMicro, ink, part.name, Align::kCenter);
    }
  }
  const Rect rest{box.x + each * static_cast<float>(used), box.y,
                  box.w - each * static_cast<float>(used), box.h};
  if (scene.padded && rest.w > 0) {
    painter.hatch(rest.inset(painter.px(theme::space::kFine)), theme.ghost.faded(theme.hatch));
  }
  const Color frame = scene.hand_overs == 0 || !line.writer.valid() ? theme.stroke_hi
                      : scene.truly                                 ? theme.text_low
                                                                    : theme.contended.text;
  painter.border(box, frame, painter.sizes().outline, radius);
  const std::string name = trf("line {}", line.line);
  const bool was_written = written && line.writer.valid();
  painter.text_in(
      tag, FontRole::kSmall, theme.text_mid,
      was_written ? trf("line {0}, last written by {1}", line.line, name_of(line.writer)) : name);
}

// --- the picture ----------------------------------------------------------------------------

void draw_column(Painter& painter, const Rect& column, const std::string& name, bool core) {
  const theme::Theme& theme = painter.theme();
  if (core) {
    painter.fill(column, theme.card, painter.sizes().radius_card);
    painter.border(column, theme.stroke_hi, painter.sizes().hairline, painter.sizes().radius_card);
  } else {
    painter.dashed(column, theme.stroke_hi);
  }
  Rect head = column.inset(painter.px(theme::space::kClose), painter.px(theme::space::kTight));
  head.h = word_height(painter);
  painter.text_in(head, FontRole::kBodyStrong, core ? theme.text_hi : theme.text_mid, name,
                  Align::kCenter);
}

void draw_picture(Painter& painter, const Rect& area, const Scene& scene,
                  const Progress& progress) {
  const float gap = painter.sizes().gap;
  const float w = std::floor((area.w - 2 * gap) / 3);
  std::array<Rect, 3> columns;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    columns[i] = {area.x + static_cast<float>(i) * (w + gap), area.y, w, area.h};
  }
  draw_column(painter, columns[0], trf("core {0}: runs {1}", 0, name_of(kP0)), true);
  draw_column(painter, columns[1], tr("memory"), false);
  draw_column(painter, columns[2], trf("core {0}: runs {1}", 1, name_of(kP1)), true);
  const auto slot_at = [&](At at, std::size_t row) {
    Rect slot = columns[static_cast<std::size_t>(at)].inset(painter.px(theme::space::kClose));
    slot.cut_top(word_height(painter));
    slot.y += static_cast<float>(row) * (slot_height(painter) + painter.px(theme::space::kClose));
    slot.h = slot_height(painter);
    return slot;
  };
  for (std::size_t row = 0; row < scene.lines.size(); ++row) {
    const LineInStep& line = scene.lines[row];
    const Rect from = slot_at(line.from, row);
    Rect slot = slot_at(line.to, row);
    slot.x = std::round(from.x + (slot.x - from.x) * progress.moved);
    draw_line(painter, slot, line, scene, progress.written);
  }
}

// "hand-overs: 2 (false sharing)"
void draw_count(Painter& painter, const Rect& row, const Scene& scene) {
  const theme::Theme& theme = painter.theme();
  if (scene.hand_overs == 0) {
    painter.text_in(row, FontRole::kBodyStrong, theme.hit.text, tr("hand-overs of a line: 0"));
  } else if (scene.truly) {
    painter.text_in(row, FontRole::kBodyStrong, theme.text_mid,
                    trf("hand-overs of a line: {}, true sharing", scene.hand_overs));
  } else {
    painter.text_in(row, FontRole::kBodyStrong, theme.contended.text,
                    trf("hand-overs of a line: {}, false sharing", scene.hand_overs));
  }
}

void draw_head(Painter& painter, Rect row, std::size_t step, intents::Intents& asked) {
  const theme::Theme& theme = painter.theme();
  const auto button = [&](const char* label, const std::string& name, std::string_view key,
                          bool enabled) {
    const Rect at =
        row.cut_right(painter.width_of(FontRole::kSmall, name) + painter.px(theme::space::kButton));
    row.cut_right(painter.px(theme::space::kNear));
    const std::string hint = fmt::format("{}  [{}]", name, key);
    const bool clicked = draw_button(painter, label, at, ButtonLook::kPlain, enabled, hint);
    painter.text_in(at, FontRole::kSmall, enabled ? theme.text_hi : theme.text_low, name,
                    Align::kCenter);
    return clicked && enabled;
  };
  if (button("explain.close", tr("Close"), "Esc", true))
    asked.emplace_back(intents::ToggleExplained{});
  if (button("explain.next", tr("Next step"), "Right, PgDn", step + 1 < kPaddingSteps)) {
    asked.emplace_back(intents::StepExplained{1});
  }
  if (button("explain.back", tr("Step before"), "Left, PgUp", step > 0)) {
    asked.emplace_back(intents::StepExplained{-1});
  }
  const float w = painter.text_in(row, FontRole::kTitle, theme.text_hi, tr("False sharing"));
  row.cut_left(w + painter.px(theme::space::kWide));
  painter.text_in(row, FontRole::kSmall, theme.text_mid,
                  trf("step {0} of {1}", step + 1, kPaddingSteps));
}

float picture_height(const Painter& painter) {
  return word_height(painter) + 2 * slot_height(painter) + 4 * painter.px(theme::space::kClose);
}

}  // namespace

layout::Rect least_explained(const ViewInput& input) {
  const Painter painter = Painter::to_measure(input);
  const Rect margins = dialog_margins(painter);
  const float gap = painter.sizes().gap;
  const float least_w = painter.px(theme::space::kLeastExplainedWidth);
  const float most_w = painter.px(theme::space::kExplainedWidth);
  return {0, 0, std::clamp(input.window.w - margins.w, least_w, most_w) + margins.w,
          painter.sizes().button_h + sentence_height(painter) + picture_height(painter) +
              word_height(painter) + 3 * gap + margins.h};
}

void draw_explained(const ViewInput& input, const layout::Rect& area, intents::Intents& asked) {
  Painter painter(input);
  const std::size_t step = std::min(input.state.explained_step, kPaddingSteps - 1);
  const auto shown = static_cast<PaddingStep>(step);
  const Scene scene = scene_of(shown);
  const DialogBox dialog = draw_dialog_box(painter, area, least_explained(input));
  const float gap = painter.sizes().gap;
  Rect in = dialog.inside;
  draw_head(painter, in.cut_top(painter.sizes().button_h), step, asked);
  in.cut_top(gap);
  const Rect sentence = in.cut_top(sentence_height(painter));
  painter.paragraph_in(sentence, FontRole::kSentence, painter.theme().text_hi,
                       step_text(shown, input.model.config),
                       std::ceil(painter.size_of(FontRole::kSentence) * 1.35F));
  in.cut_top(gap);
  const Rect picture = in.cut_top(picture_height(painter));
  draw_picture(painter, picture, scene, progress_of(input));
  in.cut_top(gap);
  draw_count(painter, in.cut_top(word_height(painter)), scene);
  if (painter.touch_unnamed("explained picture", picture).clicked) {
    asked.emplace_back(intents::StepExplained{1});
  }
  if (closes_dialog(painter, "explained", area, dialog.box)) {
    asked.emplace_back(intents::ToggleExplained{});
  }
}

}  // namespace poolscope::views
