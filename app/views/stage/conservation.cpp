// Where did they go: created = in use + in flight + pooled + dropped. Each part can be clicked and
// lights its objects. Red where the model and the real pool differ.

#include "app/views/stage/conservation.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include <fmt/format.h>

#include "app/locale/translate.h"
#include "app/views/paint/paint.h"
#include "app/views/stage/scene.h"
#include "app/views/words/words.h"

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
  // What was put twice is in two places, so the parts may be more than was created.
  std::uint64_t sum = 0;
  for (const Part& part : parts) sum += part.count;
  const std::uint64_t whole = std::max(created, sum);
  if (whole == 0) return;
  float x = bar.x;
  // A gap between neighbours: not everybody tells their colours apart.
  const float gap = painter.px(theme::space::kHair);
  for (const Part& part : parts) {
    const float w = bar.w * static_cast<float>(part.count) / static_cast<float>(whole);
    painter.fill({x, bar.y, w, bar.h}, painter.theme().panel);
    painter.fill({x, bar.y, w - gap, bar.h}, part.color);
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

std::string tooltip_of(ConservationPart part, const Model& model) {
  if (part == ConservationPart::kDropped) return dropped_tooltip(model.totals);
  std::string text = tr("click to highlight these");
  if (part == ConservationPart::kInUse && !model.config.details.hands) {
    text = tr("in use, or garbage by now: only the program knows what is outside the pools") +
           ("\n" + text);
  }
  return text;
}

std::string text_of(const Part& part) {
  return fmt::format(fmt::runtime(part.words),
                     part.count == 0 ? tr("none") : count_text(part.count).c_str());
}

/// What draw_part takes of a row.
float width_of(const Painter& painter, const Part& part) {
  const float gap = painter.px(theme::space::kSnug);
  const float w =
      painter.sizes().dot + gap * 0.8F + painter.width_of(FontRole::kSmall, text_of(part));
  return 2 * gap + painter.width_of(FontRole::kSmall, "+") + std::ceil(w);
}

// "+ [] 20 pooled", cut off the left of the row; a click lights these objects.
void draw_part(Painter& painter, Rect& row, const Part& part, bool first, Color ink,
               intents::Intents& asked) {
  const auto& theme = painter.theme();
  const ViewInput& input = painter.input();
  const float gap = painter.px(theme::space::kSnug);
  const bool none = part.count == 0;
  const std::string text = text_of(part);
  const float dot = painter.sizes().dot;
  row.cut_left(gap);
  row.cut_left(painter.text_in(row, FontRole::kSmall, theme.text_low, first ? "=" : "+") + gap);
  const float w = dot + gap * 0.8F + painter.width_of(FontRole::kSmall, text);
  const Rect at = row.cut_left(std::ceil(w));
  painter.fill({at.x, at.center().y - dot / 2, dot, dot}, part.color, 2);
  const bool lit = input.state.lit == part.part;
  painter.text_in({at.x + dot + gap * 0.8F, at.y, at.w, at.h}, FontRole::kSmall,
                  lit    ? theme.priv.text
                  : none ? theme.text_low
                         : ink,
                  text);
  if (lit) {
    const float below = at.center().y + painter.size_of(FontRole::kSmall) * 0.7F;
    painter.fill({at.x, below, at.w, painter.sizes().outline}, theme.priv.text);
  }
  const auto touch = painter.touch("part." + std::string(intents::name_of(part.part)), at);
  if (touch.clicked) {
    asked.emplace_back(intents::LightPart{lit ? ConservationPart::kNone : part.part});
  }
  if (touch.hovered) painter.tooltip(tooltip_of(part.part, input.model));
}

}  // namespace

void draw_conservation(const ViewInput& input, const layout::Rect& area,
                       std::span<const ObjectId> flying, intents::Intents& asked) {
  Painter painter(input);
  const auto& theme = painter.theme();
  const Totals& totals = input.model.totals;
  const DrawnSum sum = drawn_sum(input.model, flying);
  const bool diverged = input.model.divergences > 0;
  painter.fill(area, theme.panel, painter.sizes().radius_panel);
  painter.border(area, diverged ? theme.danger.text : theme.stroke,
                 diverged ? painter.sizes().outline : painter.sizes().hairline,
                 painter.sizes().radius_panel);
  const std::array<Part, 4> parts = {{
      {ConservationPart::kInUse, sum.in_use, outside_words(input.model.config.details.hands),
       theme.hit.fill},
      {ConservationPart::kInFlight, sum.in_flight, tr("{0} in flight"), theme.steal.fill},
      {ConservationPart::kPooled, sum.pooled, tr("{0} pooled"), theme.shared.fill},
      {ConservationPart::kDropped, sum.dropped, tr("{0} dropped"), theme.user.fill},
  }};
  const Color ink = diverged ? theme.danger.text : theme.text_hi;
  // High enough for two rows: the sum and its bar over the parts.
  const bool two_rows = area.h > painter.size_of(FontRole::kSmall) * 3;
  Rect in = area.inset(painter.sizes().panel_inset, two_rows ? painter.px(theme::space::kNear) : 0);
  Rect first = two_rows ? in.cut_top(in.h / 2) : in;
  const float gap = painter.px(theme::space::kClose);
  first.cut_left(painter.text_in(first, FontRole::kSmallStrong, ink,
                                 trf("Created {0}", count_text(totals.created))));
  // Where one row has no room for all of them, the first two stand behind the sum.
  float parts_w = 0;
  for (const Part& part : parts) parts_w += width_of(painter, part);
  const std::size_t behind_sum = !two_rows ? parts.size() : parts_w > in.w ? 2 : 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    draw_part(painter, i < behind_sum ? first : in, parts[i], i == 0, ink, asked);
  }
  Rect& row = two_rows ? in : first;
  if (totals.again > 0) {
    row.cut_left(painter.px(theme::space::kSnug));
    row.cut_left(painter.text_in(row, FontRole::kSmall, ink,
                                 trf("− {0} counted twice", count_text(totals.again))));
  }
  first.cut_left(gap * 2);
  if (diverged) {
    const std::string text =
        trnf("DIVERGED: {0} difference between model and pool",
             "DIVERGED: {0} differences between model and pool", input.model.divergences);
    const Rect& room = first.w >= row.w ? first : row;
    const bool fits = painter.width_of(FontRole::kSmallStrong, text) <= room.w;
    painter.text_in(room, FontRole::kSmallStrong, theme.danger.text,
                    fits ? text : trf("DIVERGED: {0}", count_text(input.model.divergences)),
                    Align::kRight);
    return;
  }
  if (first.w < painter.px(theme::space::kLeastBar)) return;
  const float h = painter.sizes().bar_h * 1.5F;
  draw_bar(painter, {first.x, first.center().y - h / 2, first.w, h}, parts, totals.created);
}

}  // namespace poolscope::views
