// Markers by time, a row each.

#include "app/views/dialogs/markers_panel.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>

#include "app/layout/timeline_axis.h"
#include "app/locale/translate.h"
#include "app/views/paint/paint.h"
#include "app/views/widgets/controls.h"
#include "app/views/widgets/dialog_box.h"
#include "app/views/widgets/text_field.h"

namespace poolscope::views {
namespace {

using locale::tr;

/// In seconds, as the ruler of the timeline counts them.
std::string time_text(const ViewInput& input, const Marker& marker) {
  constexpr std::int64_t kTenth_ns = 100'000'000;
  const std::int64_t origin_ns = input.session.origin.time_ns;
  return layout::format_time(marker.time_ns - origin_ns, kTenth_ns,
                             input.session.last.time_ns - origin_ns);
}

void draw_row(Painter& painter, Rect row, std::size_t number, intents::Intents& asked) {
  const ViewInput& input = painter.input();
  const auto& theme = painter.theme();
  const ListedMarker& listed = (*input.session.markers)[number];
  const std::string shown = std::to_string(number + 1);
  const float gap = painter.px(theme::space::kClose);
  const bool here = input.session.at_marker == number;
  row.h = painter.sizes().button_h;
  if (here) {
    painter.fill({row.x - gap, row.y, painter.px(theme::space::kFine), row.h}, theme.priv.text, 1);
  }
  const Rect go = row.cut_left(painter.width_of(FontRole::kMono, "888  88:88.8 s") +
                               2 * painter.px(theme::space::kNear));
  if (draw_button(painter, ("markers.go." + shown).c_str(), go, ButtonLook::kPlain, true,
                  tr("Show the session at this marker"))) {
    asked.emplace_back(intents::ShowMarker{number});
  }
  Rect words = go.inset(painter.px(theme::space::kNear), 0);
  painter.text_in(words, FontRole::kMono, theme.priv.text, shown);
  painter.text_in(words, FontRole::kMono, theme.text_hi, time_text(input, listed.marker),
                  Align::kRight);
  row.cut_left(gap);
  const Rect remove = row.cut_right(painter.sizes().button_h);
  row.cut_right(gap);
  const Rect title = row.cut_left(std::round(row.w * 0.36F));
  row.cut_left(gap);
  // A field keeps what is typed in it by its id: it must not become another marker's.
  const std::string id = std::to_string(listed.id);
  const Typed typed_title = draw_text_field(painter, title,
                                            {.label = "markers.title." + shown,
                                             .id = "title of " + id,
                                             .hint = tr("Title"),
                                             .most_bytes = kMarkerTitleBytes},
                                            listed.title);
  const Typed typed_note = draw_text_field(painter, row,
                                           {.label = "markers.note." + shown,
                                            .id = "note of " + id,
                                            .hint = tr("Note: it is shown when PgDn stops here"),
                                            .most_bytes = kMarkerNoteBytes},
                                           listed.note);
  if (typed_title.text || typed_note.text) {
    asked.emplace_back(intents::EditMarker{listed.id, typed_title.text, typed_note.text});
  }
  if (draw_button(painter, ("markers.remove." + shown).c_str(), remove, ButtonLook::kPlain, true,
                  tr("Remove this marker"))) {
    asked.emplace_back(intents::RemoveMarker{listed.id});
  }
  const Point c = remove.center();
  const float r = painter.px(theme::space::kTight);
  const float thick = painter.px(theme::space::kThin);
  painter.line({c.x - r, c.y - r}, {c.x + r, c.y + r}, theme.text_mid, thick);
  painter.line({c.x - r, c.y + r}, {c.x + r, c.y - r}, theme.text_mid, thick);
}

// At the right end of the heading.
void draw_undo(Painter& painter, Rect& heading, intents::Intents& asked) {
  const std::string word = tr("Undo");
  Rect row = heading.cut_right(painter.width_of(FontRole::kSmall, word) +
                               painter.px(theme::space::kButton));
  row.h = painter.sizes().button_h;
  if (draw_text_button(painter, "undo", row, word, {})) {
    asked.emplace_back(intents::Undo{});
  }
}

}  // namespace

layout::Rect least_markers(const ViewInput& input) {
  const Painter painter = Painter::to_measure(input);
  const layout::Rect margins = dialog_margins(painter);
  const auto rows = static_cast<float>(std::max<std::size_t>(input.session.markers->size(), 2));
  return {0, 0, painter.px(theme::space::kWorkloadWidth) + margins.w,
          (rows + 1) * dialog_row_height(painter) + margins.h};
}

void draw_markers(const ViewInput& input, const layout::Rect& area, intents::Intents& asked) {
  Painter painter(input);
  const auto& theme = painter.theme();
  const auto [box, inside] = draw_dialog_box(painter, area, least_markers(input));
  Rect in = inside;
  Rect heading = in.cut_top(dialog_row_height(painter));
  if (input.session.can_undo_marker) draw_undo(painter, heading, asked);
  painter.text_in(heading, FontRole::kTitle, theme.text_hi, tr("Markers"));
  if (input.session.markers->empty()) {
    painter.paragraph_in(in, FontRole::kBody, theme.text_mid,
                         input.session.lesson != nullptr
                             ? tr("A lesson has no markers: its lines are its stops")
                             : tr("There is none. M sets one where the playhead is; PgDn and PgUp "
                                  "then stop at each, and its note is shown."),
                         std::ceil(painter.size_of(FontRole::kBody) * 1.4F));
  }
  for (std::size_t i = 0; i < input.session.markers->size(); ++i) {
    const Rect row = in.cut_top(dialog_row_height(painter));
    const bool in_sight = row.bottom() > 0 && row.y < input.window.bottom();
    if (in_sight) draw_row(painter, row, i, asked);
  }
  if (closes_dialog(painter, "markers", area, box)) asked.emplace_back(intents::ToggleMarkers{});
}

}  // namespace poolscope::views
