// What the goroutines do, and how often.

#include "app/views/dialogs/workload_panel.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "app/control/presets.h"
#include "app/locale/translate.h"
#include "app/views/paint/paint.h"
#include "app/views/widgets/controls.h"
#include "app/views/widgets/dialog_box.h"
#include "app/views/widgets/stepper.h"

namespace poolscope::views {
namespace {

using locale::tr;
using locale::trf;

constexpr float kPresetLines = 4;  // its title and three lines

/// The workloads in the order in which a click walks through them; the names are those of
/// --workload.
struct WorkloadText {
  const char* name;
  const char* sentence;  // msgid
};
constexpr std::array<WorkloadText, 8> kWorkloadTexts = {{
    {"lecture", "One third only Puts, one third only Gets, one third does both"},
    {"pairs", "Each Gets one, uses it and Puts it back"},
    {"bursts", "Each Gets several, then Puts them all back"},
    {"producer-consumer", "One half Gets and hands on, the other half Puts"},
    {"one-getter", "One Gets and hands on, all others Put"},
    {"one-putter", "One Puts, all others Get and hand on"},
    {"puts-only", "All Put objects that they make themselves; nobody Gets"},
    {"idle", "They do nothing"},
}};

float small_line(const Painter& painter) {
  return std::ceil(painter.size_of(FontRole::kSmall) * 1.4F);
}

float preset_height(const Painter& painter) {
  return kPresetLines * small_line(painter) + painter.px(theme::space::kWide);
}

/// A row of the left column: its name at the left; returns the place of its control.
Rect row_of(Painter& painter, Rect& in, const char* name) {
  Rect row = in.cut_top(dialog_row_height(painter));
  const Rect control = row.cut_right(std::round(row.w * 0.5F));
  painter.text_in(row, FontRole::kBody, painter.theme().text_hi, name);
  const float spare = control.h - painter.sizes().button_h;
  return {control.x, std::round(control.y + spare / 2), control.w, painter.sizes().button_h};
}

int draw_number(Painter& painter, Rect& in, const char* name, const Stepper& labels,
                const std::string& value) {
  const Rect at = row_of(painter, in, name);
  Stepper stepper = labels;
  stepper.value_w = at.w - stepper_width(painter, {labels.minus, labels.plus, 0});
  int clicked = 0;
  const Rect place = draw_stepper(painter, at, stepper, true, clicked);
  painter.text_in(place, FontRole::kMono, painter.theme().text_hi, value, Align::kCenter);
  return clicked;
}

/// A button with what is chosen now; true when it is clicked.
bool draw_chosen(Painter& painter, Rect& in, const char* name, const char* label,
                 const std::string& value, const std::string& hint) {
  const Rect at = row_of(painter, in, name);
  const bool clicked = draw_button(painter, label, at, ButtonLook::kPlain, true, hint);
  painter.text_in(at, FontRole::kSmall, painter.theme().text_hi, value, Align::kCenter);
  return clicked;
}

void draw_part(Painter& painter, Rect& in, const char* title) {
  const auto& theme = painter.theme();
  const Rect at = in.cut_top(dialog_row_height(painter));
  painter.text_in(at, FontRole::kSmallStrong, theme.priv.text, title);
}

void draw_at_once(Painter& painter, Rect& in, const LiveWorkload& now, intents::Intents& asked) {
  draw_part(painter, in, tr("At once"));
  const std::string rate = now.rate_per_s <= 0
                               ? std::string(tr("no limit"))
                               : trf("{0} / s", fmt::format("{:g}", now.rate_per_s));
  if (const int by =
          draw_number(painter, in, tr("Operations each"), {"rate.minus", "rate.plus", 0}, rate)) {
    asked.emplace_back(intents::ChangeRate{by});
  }
  if (const int by = draw_number(painter, in, tr("Most in use each"),
                                 {"held.minus", "held.plus", 0}, std::to_string(now.held))) {
    asked.emplace_back(intents::ChangeHeld{by});
  }
}

void draw_workloads(Painter& painter, Rect& in, const SessionConfig& config,
                    intents::Intents& asked) {
  const auto* now =
      std::ranges::find(kWorkloadTexts, std::string_view(config.workload->name),
                        [](const WorkloadText& w) { return std::string_view(w.name); });
  const auto at = static_cast<std::size_t>(now - kWorkloadTexts.begin());
  const WorkloadText& next = kWorkloadTexts[(at + 1) % kWorkloadTexts.size()];
  const std::string sentence = now == kWorkloadTexts.end() ? "" : tr(now->sentence);
  if (draw_chosen(painter, in, tr("Workload"), "workload", config.workload->name,
                  trf("{0}. A click: {1}", sentence, next.name))) {
    asked.emplace_back(intents::StartAgain{.workload = next.name});
  }
}

void draw_again(Painter& painter, Rect& in, const SessionConfig& config, intents::Intents& asked) {
  constexpr std::array<std::uint32_t, 3> kPaddings = {0, 64, 128};
  draw_part(painter, in, tr("Starts the session again"));
  if (const int by =
          draw_number(painter, in, tr("Goroutines"), {"workers.minus", "workers.plus", 0},
                      std::to_string(config.workers))) {
    const std::uint32_t most = std::max(1U, config.workers - (by < 0 ? 1U : 0U));
    asked.emplace_back(intents::StartAgain{.workers = by < 0 ? most : config.workers + 1});
  }
  draw_workloads(painter, in, config, asked);
  if (const int by = draw_number(painter, in, tr("Pools"), {"pools.minus", "pools.plus", 0},
                                 std::to_string(config.pools))) {
    asked.emplace_back(
        intents::StartAgain{.pools = by < 0 ? std::max(1U, config.pools - 1) : config.pools + 1});
  }
  const auto* padding = std::ranges::find(kPaddings, config.padding);
  const auto place = static_cast<std::size_t>(padding - kPaddings.begin());
  if (draw_chosen(painter, in, tr("Padding"), "padding",
                  config.padding == 0 ? tr("none") : trf("{0} bytes", config.padding),
                  tr("A poolLocal is padded to a multiple of that: none, 64, 128"))) {
    asked.emplace_back(intents::StartAgain{.padding = kPaddings[(place + 1) % kPaddings.size()]});
  }
  if (draw_chosen(painter, in, tr("Race mode"), "race", config.race ? tr("on") : tr("off"),
                  tr("As a program that is built with -race: one Put in four is dropped"))) {
    asked.emplace_back(intents::StartAgain{.race = !config.race});
  }
}

void draw_preset(Painter& painter, const Rect& at, const PresetText& preset,
                 intents::Intents& asked) {
  const auto& theme = painter.theme();
  const auto touch = painter.touch("preset." + std::string(preset.label), at);
  painter.fill(at, touch.hovered ? theme.raised : theme.well, painter.sizes().radius_button);
  painter.border(at, touch.hovered ? theme.text_hi : theme.stroke, painter.sizes().hairline,
                 painter.sizes().radius_button);
  if (touch.hovered) Painter::point_with_hand();
  if (touch.clicked) asked.emplace_back(intents::StartPreset{std::string(preset.label)});
  const float line = small_line(painter);
  Rect in = at.inset(painter.px(theme::space::kLoose), painter.px(theme::space::kTight));
  painter.text_in(in.cut_top(line), FontRole::kSmallStrong, theme.text_hi, tr(preset.title));
  painter.paragraph_in(in, FontRole::kSmall, theme.text_mid, tr(preset.sentence), line);
}

}  // namespace

layout::Rect least_workload(const ViewInput& input) {
  const Painter painter = Painter::to_measure(input);
  const layout::Rect margins = dialog_margins(painter);
  const float controls = 9 * dialog_row_height(painter);
  const float presets =
      dialog_row_height(painter) +
      static_cast<float>(kPresets.size()) / 2 * (preset_height(painter) + painter.sizes().gap);
  return {0, 0, painter.px(theme::space::kWorkloadWidth) + margins.w,
          dialog_row_height(painter) + std::max(controls, presets) + margins.h};
}

void draw_workload(const ViewInput& input, const layout::Rect& area, intents::Intents& asked) {
  Painter painter(input);
  const auto& theme = painter.theme();
  const auto [box, inside] = draw_dialog_box(painter, area, least_workload(input));
  Rect in = inside;
  Rect head = in.cut_top(dialog_row_height(painter));
  painter.text_in(head, FontRole::kTitle, theme.text_hi, tr("What the goroutines do"));
  const float apart = 2 * painter.sizes().gap;
  // A recording and a script have no workload that could be changed: the presets alone.
  if (input.session.workload) {
    Rect left = in.cut_left(std::round(in.w * 0.33F));
    in.cut_left(apart);
    draw_at_once(painter, left, *input.session.workload, asked);
    draw_again(painter, left, input.model.config, asked);
  }
  draw_part(painter, in, tr("Presets: each starts a session of its own"));
  const float gap = painter.sizes().gap;
  const float preset_w = std::floor((in.w - gap) / 2);
  for (std::size_t i = 0; i < kPresets.size(); ++i) {
    const std::size_t row_number = i / 2;
    const auto row = static_cast<float>(row_number);
    const Rect at{in.x + static_cast<float>(i % 2) * (preset_w + gap),
                  in.y + row * (preset_height(painter) + gap), preset_w, preset_height(painter)};
    draw_preset(painter, at, kPresets[i], asked);
  }
  if (closes_dialog(painter, "workload", area, box)) {
    asked.emplace_back(intents::ToggleWorkload{});
  }
}

}  // namespace poolscope::views
