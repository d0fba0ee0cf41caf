// What a click in the timeline leads to: on a span, its goroutine, its object and its end; on the
// sign of a GC or of a change of GOMAXPROCS, why the world waited.

#include <algorithm>
#include <string>

#include <imgui.h>

#include "app/locale/translate.h"
#include "app/views/timeline/timeline_parts.h"
#include "core/story/why.h"

namespace poolscope::views {
namespace {

using layout::PlacedMark;
using locale::tr;

bool in_workbench(const TimelineView& view) {
  return view.input.state.layout == theme::LayoutKind::kWorkbench;
}

/// The answer, beside the timeline where there is room for both.
void show_answer(const TimelineView& view, intents::Intents& asked) {
  if (in_workbench(view)) asked.emplace_back(intents::SelectTab{intents::Tab::kObject});
}

}  // namespace

const Span* span_under(const TimelineView& view, Point at, std::size_t& p) {
  if (at.y < view.at.plot.y || view.at.row_h <= 0) return nullptr;
  const auto row = static_cast<std::size_t>((at.y - view.at.plot.y) / view.at.row_h);
  if (row >= view.at.count) return nullptr;
  p = view.ps[view.at.first + row];
  if (p >= view.drawn().lanes().size()) return nullptr;
  return layout::span_at(view.drawn().lanes()[p], view.kind, view.axis.value_at(at.x), view.now);
}

void click_span(const TimelineView& view, const Span& span, intents::Intents& asked) {
  // Of several spans that are drawn as one nobody could say which is meant.
  if (span.summed() || !span.g.valid()) return;
  const Span& last = layout::last_of_operation(view.drawn().lanes(), span);
  const ObjectId object = last.object.valid() ? last.object : span.object;
  asked.emplace_back(intents::FollowBoth{span.g, object});
  if (span.kind == Span::Kind::kUser) return;
  // At its end what it has found is known.
  if (!last.open() && view.input.session.can.can_seek) {
    asked.emplace_back(intents::SeekSeq{
        std::clamp(last.end_seq, view.input.session.first.seq, view.input.session.last.seq)});
  }
  show_answer(view, asked);
}

void take_marks(const TimelineView& view, const std::vector<PlacedMark>& marks,
                intents::Intents& asked) {
  Painter& painter = view.painter;
  if (!view.input.session.can.can_seek) return;
  const float w = painter.sizes().dot * 1.4F;
  for (const PlacedMark& placed : marks) {
    const Mark& mark = placed.mark;
    if (placed.x < view.at.plot.x || placed.x > view.at.plot.right()) continue;
    if (mark.count > 1 || mark.started_ns <= 0) continue;
    const bool gc = mark.kind == Mark::Kind::kGc;
    const std::string label = (gc ? "gc." : "resize.") + std::to_string(placed.number);
    const auto touch =
        painter.touch(label, {placed.x - w / 2, view.at.ruler.y, w, view.at.ruler.h});
    if (touch.hovered) {
      Painter::point_with_hand();
      painter.tooltip(tr("Click to see why the world waited."));
    }
    if (!touch.clicked) continue;
    asked.emplace_back(intents::LetGo{});
    asked.emplace_back(intents::SeekTime{std::clamp(
        mark.started_ns, view.input.session.first.time_ns, view.input.session.last.time_ns)});
    // Nothing else in the picture asks it, so it is answered at once.
    asked.emplace_back(intents::SelectTab{intents::Tab::kObject});
  }
}

float draw_why_button(const TimelineView& view, float x, float end, intents::Intents& asked) {
  if (!view.input.interactive || in_workbench(view)) return x;
  const GState* g = explained(view.input);
  if (g == nullptr || !missed(explained_operation(*g))) return x;
  Painter& painter = view.painter;
  const theme::Theme& theme = painter.theme();
  const Rect& line = view.at.heading;
  const std::string text = tr("Why did it miss?");
  const float w = painter.width_of(FontRole::kMicro, text) + 2 * painter.px(theme::space::kWide);
  if (x + w > end) return x;
  const float h = std::min(line.h, painter.size_of(FontRole::kMicro) * 1.45F);
  const Rect at{x, std::round(line.center().y - h / 2), w, h};
  const auto touch = painter.touch("why", at);
  painter.fill(at, theme.raised, h / 2);
  painter.border(at, touch.hovered ? theme.text_hi : theme.fresh.text, painter.sizes().hairline,
                 h / 2);
  painter.text_in(at, FontRole::kMicro, theme.text_hi, text, Align::kCenter);
  if (touch.hovered) painter.tooltip(tr("Show where this Get looked, and what had emptied it"));
  if (touch.clicked) asked.emplace_back(intents::SelectTab{intents::Tab::kObject});
  return at.right() + painter.px(theme::space::kTight);
}

}  // namespace poolscope::views
