#include "app/views/widgets/pages.h"

#include <algorithm>
#include <string>

#include "app/locale/translate.h"
#include "app/views/words/words.h"

namespace poolscope::views {
namespace {

// Points left (-1) or right (1). Returns whether it was clicked.
bool draw_arrow(Painter& painter, const Rect& rect, const std::string& id, float direction,
                bool possible) {
  const float size = painter.sizes().dot;
  const Point c = rect.center();
  const Color color = possible ? painter.theme().text_hi : painter.theme().ghost;
  painter.triangle({c.x - direction * size * 0.4F, c.y - size * 0.6F},
                   {c.x - direction * size * 0.4F, c.y + size * 0.6F},
                   {c.x + direction * size * 0.5F, c.y}, color);
  return painter.touch_unnamed(id, rect).clicked && possible;
}

}  // namespace

float draw_page(Painter& painter, const Rect& line, float x, std::string_view id, const Page& page,
                intents::Intents& asked) {
  if (page.count >= page.total) return x;
  const float w = painter.sizes().dot * 2.6F;
  const auto focus = [&asked](std::size_t p) {
    asked.emplace_back(intents::FocusP{PId{static_cast<std::uint16_t>(p)}});
  };
  const std::string name(id);
  const Rect before{x, line.y, w, line.h};
  if (draw_arrow(painter, before, name + ".before", -1, page.first > 0)) {
    focus(page.first - std::min(page.first, page.count));
  }
  x = before.right();
  const std::string text = locale::trf("P{} to P{} of {}", page.first, page.first + page.count - 1,
                                       count_text(page.total));
  x += painter.text(FontRole::kMicro, {x, line.center().y}, painter.theme().text_mid, text);
  const Rect after{x, line.y, w, line.h};
  const std::size_t next = page.first + page.count;
  if (draw_arrow(painter, after, name + ".after", 1, next < page.total)) focus(next);
  return after.right();
}

}  // namespace poolscope::views
