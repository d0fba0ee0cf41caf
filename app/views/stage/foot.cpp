// The row under the cards: goroutines without a P by what they wait for, and dropped arrays that an
// operation may still reach.

#include "app/locale/translate.h"
#include "app/views/stage/stage_parts.h"
#include "app/views/words/words.h"

namespace poolscope::views {
namespace {

using locale::tr;
using locale::trf;
using locale::trnf;

// "waiting for a P: G5 G6"; false when there was no room for all of it.
bool draw_group(Painter& painter, Rect& row, const std::string& title, Color color,
                const std::vector<GId>& gs, intents::Intents& asked) {
  if (gs.empty()) return true;
  const float title_w = painter.width_of(FontRole::kSmall, title);
  const float gap = painter.px(theme::space::kNear);
  const float first_w = painter.badge_width(name_of(gs.front()));
  if (title_w + gap + first_w > row.w) return false;
  painter.text_in(row.cut_left(title_w), FontRole::kSmall, color, title);
  row.cut_left(gap);
  for (std::size_t i = 0; i < gs.size(); ++i) {
    const std::string more = "+" + count_text(gs.size() - i);
    const float w = painter.badge_width(name_of(gs[i]));
    const float rest = i + 1 < gs.size() ? painter.width_of(FontRole::kSmall, more) + gap : 0;
    if (w + rest > row.w) {
      painter.text_in(row.cut_left(painter.width_of(FontRole::kSmall, more)), FontRole::kSmall,
                      color, more);
      return false;
    }
    draw_goroutine(painter, {row.x, row.center().y}, gs[i], false, asked);
    row.cut_left(w + gap);
  }
  row.cut_left(gap);
  return true;
}

std::string array_text(const ArrayState& array) {
  std::string text = trf("old array of {0}", array.locals.size());
  if (!array.held_by.empty()) {
    std::string names;
    for (const GId g : array.held_by) names += (names.empty() ? "" : " ") + name_of(g);
    text += trf(", held by {0}", names);
  }
  constexpr std::size_t kNamed = 4;
  std::string objects;
  std::size_t count = 0;
  const auto add = [&](ObjectId object) {
    if (!object.valid()) return;
    if (++count <= kNamed) objects += (objects.empty() ? "" : " ") + name_of(object);
  };
  for (const LocalState& local : array.locals) {
    add(local.private_object);
    for (const ObjectId object : local.shared.cells()) add(object);
  }
  if (count == 0) return text;
  if (count > kNamed) objects += " +" + count_text(count - kNamed);
  return text + trf("; {0} still in it", objects);
}

void draw_shelf(Painter& painter, const Scene& scene) {
  const auto& theme = painter.theme();
  Rect row = scene.stage.shelf;
  std::string text;
  std::size_t arrays = 0;
  for (const auto& [id, array] : scene.input.model.arrays) {
    if (array.status != ArrayState::Status::kDropped || array.pool != shown_pool(scene.input))
      continue;
    text = array_text(array);
    ++arrays;
  }
  if (arrays == 0) return;
  if (arrays > 1) text += trnf(" (and {0} older)", " (and {0} older)", arrays - 1);
  const float inset = painter.px(theme::space::kLoose);
  const float w = std::min(row.w, painter.width_of(FontRole::kSmall, text) + 2 * inset);
  const Rect box = row.cut_right(w);
  painter.fill(box, theme.well, painter.sizes().radius_object);
  painter.dashed(box, theme.text_low, painter.sizes().radius_object);
  painter.text_in(box.inset(inset, 0), FontRole::kSmall, theme.text_mid, text);
}

}  // namespace

void draw_foot(Painter& painter, const Scene& scene, intents::Intents& asked) {
  const auto& theme = painter.theme();
  const Seating& seats = scene.seating;
  Rect row = scene.stage.outside;
  bool room =
      draw_group(painter, row, tr("waiting for a P:"), theme.text_mid, seats.waiting, asked);
  room = room && draw_group(painter, row, tr("waiting for a lock:"), theme.contended.text,
                            seats.locked_out, asked);
  room = room &&
         draw_group(painter, row, tr("no P right now:"), theme.text_mid, seats.standing, asked);
  room = room && draw_group(painter, row, tr("asleep:"), theme.text_low, seats.asleep, asked);
  const bool nobody = seats.waiting.empty() && seats.locked_out.empty() && seats.standing.empty() &&
                      seats.asleep.empty();
  if (nobody) {
    painter.text_in(row, FontRole::kSmall, theme.text_low, tr("waiting for a P: nobody"));
  }
  draw_shelf(painter, scene);
}

}  // namespace poolscope::views
