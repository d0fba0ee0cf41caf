// Where did they go: created = in use + in flight + pooled + dropped. Each part can be clicked and
// lights its objects. Red where the model and the real pool differ.

#include <array>
#include <string>

#include <fmt/format.h>

#include "app/locale/translate.h"
#include "app/views/paint.h"
#include "app/views/panels.h"
#include "app/views/words.h"

namespace poolscope::views {
namespace {

using intents::ConservationPart;
using locale::tr;
using locale::trf;
using locale::trnf;

struct Part {
  ConservationPart part;
  std::uint64_t count;
  const char* words;  // translated, "{0} in use"
  Color color;
};

void draw_bar(Painter& painter, const Rect& bar, const std::array<Part, 4>& parts,
              std::uint64_t created) {
  painter.fill(bar, painter.theme().stroke, 1);
  if (created == 0) return;
  float x = bar.x;
  for (const Part& part : parts) {
    const float w = bar.w * static_cast<float>(part.count) / static_cast<float>(created);
    painter.fill({x, bar.y, w, bar.h}, part.color);
    x += w;
  }
}

std::string dropped_tooltip(const Totals& totals) {
  std::string text = tr("dropped (the pool forgot it)");
  for (std::size_t i = 0; i < kLostCauses; ++i) {
    if (totals.lost[i] == 0) continue;
    text += "\n" + count_text(totals.lost[i]) + "  " + cause_text(static_cast<LostCause>(i));
  }
  if (totals.stale > 0) {
    text += "\n" +
            trf("{0}  in an old array that an operation may still reach", count_text(totals.stale));
  }
  return text;
}

}  // namespace

void draw_conservation(const ViewInput& input, const layout::Rect& area, intents::Intents& asked) {
  Painter painter(input);
  const auto& theme = painter.theme();
  const Totals& totals = input.model.totals;
  const bool diverged = input.model.divergences > 0;
  painter.fill(area, theme.panel, painter.sizes().radius_panel);
  painter.border(area, diverged ? theme.danger.text : theme.stroke,
                 diverged ? painter.sizes().outline : painter.sizes().hairline,
                 painter.sizes().radius_panel);
  Rect in = area.inset(painter.sizes().panel_inset, 0);
  const std::array<Part, 4> parts = {{
      {ConservationPart::kInUse, totals.in_use, tr("{0} in use"), theme.hit.fill},
      {ConservationPart::kInFlight, totals.in_flight, tr("{0} in flight"), theme.steal.fill},
      {ConservationPart::kPooled, totals.pooled, tr("{0} pooled"), theme.shared.fill},
      {ConservationPart::kDropped, totals.dropped(), tr("{0} dropped"), theme.user.fill},
  }};
  const auto say = [&](FontRole role, Color color, std::string_view text) {
    in.cut_left(painter.text_in(in, role, color, text));
  };
  const float gap = painter.px(8);
  const Color ink = diverged ? theme.danger.text : theme.text_hi;
  say(FontRole::kSmallStrong, ink, trf("Created {0}", count_text(totals.created)));
  for (std::size_t i = 0; i < parts.size(); ++i) {
    in.cut_left(gap);
    say(FontRole::kSmall, theme.text_low, i == 0 ? "=" : "+");
    in.cut_left(gap);
    const std::string text = fmt::format(fmt::runtime(parts[i].words), count_text(parts[i].count));
    const float dot = painter.sizes().dot;
    const Rect at{in.x, in.y, std::min(in.w, painter.width_of(FontRole::kSmall, text) + dot + gap),
                  in.h};
    painter.fill({at.x, at.center().y - dot / 2, dot, dot}, parts[i].color, 2);
    const bool lit = input.state.lit == parts[i].part;
    painter.text_in({at.x + dot + gap * 0.75F, at.y, at.w - dot, at.h}, FontRole::kSmall,
                    lit ? theme.priv.text : ink, text);
    if (lit) {
      painter.fill({at.x, at.bottom() - painter.px(3), at.w, painter.sizes().outline},
                   theme.priv.text);
    }
    in.cut_left(at.w);
    const auto touch = painter.touch_unnamed("part" + std::to_string(i), at);
    if (touch.clicked) {
      asked.emplace_back(intents::LightPart{lit ? ConservationPart::kNone : parts[i].part});
    }
    if (touch.hovered) {
      painter.tooltip(parts[i].part == ConservationPart::kDropped
                          ? dropped_tooltip(totals)
                          : std::string(tr("click to light these objects")));
    }
  }
  in.cut_left(gap * 2);
  if (diverged) {
    const std::string text =
        trnf("DIVERGED: {0} difference between model and pool",
             "DIVERGED: {0} differences between model and pool", input.model.divergences);
    painter.text_in(in, FontRole::kSmallStrong, theme.danger.text, text, Align::kRight);
    return;
  }
  if (in.w < painter.px(120)) return;
  const float h = painter.sizes().bar_h * 1.5F;
  draw_bar(painter, {in.x, in.center().y - h / 2, in.w, h}, parts, totals.created);
}

}  // namespace poolscope::views
