// The stage: heading, cards or the compact grid, the row under them, and what moves over them.

#include <fmt/format.h>

#include "app/locale/translate.h"
#include "app/views/panels.h"
#include "app/views/sentence.h"
#include "app/views/stage_parts.h"
#include "app/views/words.h"

namespace poolscope::views {
namespace {

using layout::CardDetail;
using locale::tr;
using locale::trf;
using locale::trnf;

std::size_t goroutines(const Model& model) {
  std::size_t n = 0;
  for (const GState& g : model.gs) n += g.status != GState::Status::kAbsent ? 1 : 0;
  return n;
}

std::string note_text(const Scene& scene) {
  const Model& model = scene.input.model;
  const std::size_t gs = goroutines(model);
  std::string text = trnf("{0} goroutine", "{0} goroutines", gs);
  if (scene.local == nullptr) {
    text = std::string(tr("no array yet")) + tr(", ") + text;
  } else {
    const std::size_t places = scene.local->locals.size();
    text = trnf("array of {0} place", "array of {0} places", places) + tr(", ") + text;
  }
  if (model.pools.size() > 1) {
    text += tr(", ") + trf("pool {0} of {1}", name_of(kShownPool), model.pools.size());
  }
  if (scene.stage.detail == CardDetail::kCompact) {
    text += tr(", ");
    text += tr("click a cell to focus it");
  }
  return text;
}

// Right end of the heading: what the viewer must know about this picture.
void draw_hint(Painter& painter, const Scene& scene, float from_x) {
  const SessionView& session = scene.input.session;
  const Rect& line = scene.stage.heading;
  const Rect room{from_x + painter.px(theme::space::kApart), line.y,
                  line.right() - from_x - painter.px(theme::space::kApart), line.h};
  if (session.summed) {
    const double k = session.ops_per_second / 1000;
    const std::string text =
        k >= 1 ? trf("Full rate: moves are summed, not drawn one by one ({0} k/s)",
                     fmt::format("{:.0f}", k))
               : std::string(tr("Full rate: moves are summed, not drawn one by one"));
    painter.text_in(room, FontRole::kSmall, painter.theme().steal.text, text, Align::kRight);
  }
}

std::size_t stranded_of(const Scene& scene) {
  if (scene.local == nullptr) return 0;
  std::size_t n = 0;
  for (std::size_t i = scene.input.model.procs; i < scene.local->locals.size(); ++i) {
    n += scene.local->locals[i].private_object.valid() ? 1 : 0;
  }
  return n;
}

void draw_divider(Painter& painter, const Scene& scene) {
  const Rect& divider = scene.stage.divider;
  if (divider.empty()) return;
  const auto& theme = painter.theme();
  std::string text = tr("no P runs below here");
  const std::size_t stranded = stranded_of(scene);
  const std::string more =
      trf("{0}: shared can still be stolen, private is stranded until the next GC ({1})", text,
          stranded);
  if (painter.width_of(FontRole::kMicro, more) < divider.w - painter.px(theme::space::kLeastRule))
    text = more;
  const float w = painter.width_of(FontRole::kMicro, text);
  const float gap = painter.px(theme::space::kLoose);
  const float y = divider.center().y;
  const float left = divider.center().x - w / 2 - gap;
  const float right = divider.center().x + w / 2 + gap;
  painter.line({divider.x, y}, {left, y}, theme.stroke_hi, painter.sizes().hairline);
  painter.line({right, y}, {divider.right(), y}, theme.stroke_hi, painter.sizes().hairline);
  painter.text_in(divider, FontRole::kMicro, theme.text_mid, text, Align::kCenter);
}

}  // namespace

void draw_stage(const ViewInput& input, const Rect& area, intents::Intents& asked) {
  Painter painter(input);
  painter.panel(area);
  const Scene scene = make_scene(input, area);
  const float x = painter.heading(scene.stage.heading, tr("Processors"), note_text(scene));
  draw_hint(painter, scene, x);
  for (const layout::CardLayout& card : scene.stage.cards) {
    if (scene.stage.detail == CardDetail::kCompact) {
      draw_cell(painter, scene, card, asked);
    } else {
      draw_card(painter, scene, card, asked);
    }
  }
  draw_divider(painter, scene);
  draw_foot(painter, scene, asked);
  draw_effects(painter, scene);
  if (scene.stage.detail != CardDetail::kCompact) draw_flights(painter, scene);
}

}  // namespace poolscope::views
