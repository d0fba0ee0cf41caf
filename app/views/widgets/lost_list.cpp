#include "app/views/widgets/lost_list.h"

#include <cmath>
#include <string>

#include "app/locale/translate.h"
#include "app/views/words/words.h"

namespace poolscope::views {

using locale::tr;

void draw_lost(Painter& painter, Rect& in, intents::Intents& asked) {
  const Model& model = painter.input().model;
  const auto& theme = painter.theme();
  const float line = std::ceil(painter.size_of(FontRole::kSmall) * 1.6F);
  painter.heading(in.cut_top(line), tr("Recently dropped"), "");
  if (model.lost.empty()) {
    painter.text_in(in.cut_top(line), FontRole::kSmall, theme.text_low, tr("nothing yet"));
    return;
  }
  for (auto lost = model.lost.rbegin(); lost != model.lost.rend() && in.h >= line; ++lost) {
    Rect row = in.cut_top(line);
    const auto touch = painter.touch("lost." + std::to_string(lost->object.value), row);
    if (touch.hovered) {
      painter.fill(row, theme.raised, painter.sizes().radius_object);
      painter.tooltip(tr("Click to see why it was dropped: its whole life."));
    }
    if (touch.clicked) {
      if (painter.input().state.followed_object != lost->object) {
        asked.emplace_back(intents::FollowObject{lost->object});
      }
      asked.emplace_back(intents::SelectTab{intents::Tab::kObject});
    }
    const Rect name = row.cut_left(painter.width_of(FontRole::kMono, "#88888"));
    painter.text_in(name, FontRole::kMono, theme.text_hi, name_of(lost->object));
    painter.text_in(row, FontRole::kSmall, theme.text_mid, cause_text(lost->cause));
  }
}

}  // namespace poolscope::views
