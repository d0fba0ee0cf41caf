#include <string>

#include "app/locale/translate.h"
#include "app/views/stage/stage_parts.h"
#include "app/views/widgets/script_names.h"
#include "app/views/words/words.h"

namespace poolscope::views {
namespace {

using locale::trf;

struct TileColors {
  Color fill;
  Color border;
  Color text;
};

TileColors colors_of(const theme::Theme& theme, TileLook look) {
  const auto role = [&theme](const theme::RoleColor& color) {
    return TileColors{color.fill, color.fill, theme.on_fill};
  };
  switch (look) {
    case TileLook::kPrivate: return role(theme.priv);
    case TileLook::kShared: return role(theme.shared);
    case TileLook::kSteal: return role(theme.steal);
    case TileLook::kNew: return {theme.raised, theme.fresh.text, theme.text_hi};
    case TileLook::kVictim: return role(theme.victim);
    case TileLook::kHand: return {theme.raised, theme.stroke_hi, theme.text_hi};
    case TileLook::kInFlight: return {theme.raised, theme.priv.text, theme.text_hi};
    case TileLook::kStale: return {theme.well, theme.text_low, theme.text_mid};
  }
  return {};
}

}  // namespace

void draw_tile(Painter& painter, const Rect& rect, TileLook look, ObjectId object, float opacity) {
  const TileColors colors = colors_of(painter.theme(), look);
  const float radius = painter.sizes().radius_object;
  const std::size_t begun = painter.begin_tile();
  painter.set_opacity(opacity);
  painter.fill(rect, colors.fill, radius);
  if (!(colors.border == colors.fill)) {
    painter.border(rect, colors.border, painter.sizes().hairline * 1.5F, radius);
  }
  if (look == TileLook::kNew) {
    // In the corner, beside the number.
    const float sign = painter.px(theme::space::kSnug);
    painter.plus_sign({rect.right() - sign * 0.9F, rect.y + sign * 0.9F}, sign, colors.border);
  }
  const std::string text = name_of(object);
  if (painter.width_of(FontRole::kMicroStrong, text) <= rect.w - painter.px(theme::space::kThin)) {
    painter.text_in(rect, FontRole::kMicroStrong, colors.text, text, Align::kCenter);
  }
  painter.end_tile(rect, begun);
  painter.set_opacity(1);
}

void draw_object_outline(Painter& painter, const Rect& slot, ObjectId object) {
  const ViewInput& input = painter.input();
  const bool followed = input.state.followed_object == object;
  if (!followed && !is_told(input, object)) return;
  const float outline = painter.sizes().outline;
  painter.border(slot.inset(-outline - 1),
                 followed ? painter.theme().priv.text : painter.theme().steal.text, outline,
                 painter.sizes().radius_object + outline);
}

void draw_object(Painter& painter, const Scene& scene, const Rect& slot, TileLook look,
                 ObjectId object, GId owner, intents::ConservationPart part,
                 intents::Intents& asked) {
  const ViewInput& input = scene.input;
  const float opacity = opacity_of_object(input, object, owner, part);
  if (scene.flight_of(object) != nullptr) {
    // It is not here yet: the place that it comes to stands open.
    painter.set_opacity(opacity);
    painter.dashed(slot, painter.theme().text_low.faded(painter.theme().open_slot));
    painter.set_opacity(1);
  } else {
    draw_tile(painter, slot, look, object, opacity);
    draw_object_outline(painter, slot, object);
  }
  const auto touch = painter.touch("o." + std::to_string(object.value), slot);
  if (touch.clicked) {
    const bool again = input.state.followed_object == object;
    asked.emplace_back(intents::FollowObject{again ? ObjectId::none() : object});
  }
  if (touch.hovered) painter.tooltip(trf("object {0}: click to follow it", name_of(object)));
}

void explain_sum(Painter& painter, const Rect& tile, std::span<const ObjectId> objects, bool more) {
  if (objects.empty()) return;
  if (!painter.touch_unnamed("sum with " + name_of(objects.front()), tile).hovered) return;
  painter.tooltip(sum_text(objects, more));
}

float draw_goroutine(Painter& painter, Point left_middle, GId g, bool running,
                     intents::Intents& asked, float max_width) {
  const ViewInput& input = painter.input();
  const std::string name = name_of(g);
  const theme::RoleColor& role = running ? painter.theme().hit : painter.theme().user;
  painter.set_opacity(opacity_of_g(input, g));
  const float w = painter.badge(left_middle, role, name, running, max_width);
  const float h = painter.sizes().badge_h;
  const Rect pill{left_middle.x, left_middle.y - h / 2, w, h};
  if (input.state.followed == g) {
    painter.border(pill.inset(-2), painter.theme().priv.text, painter.sizes().outline, h / 2 + 2);
  } else if (is_told(input, g)) {
    painter.border(pill.inset(-2), painter.theme().steal.text, painter.sizes().outline, h / 2 + 2);
  }
  painter.set_opacity(1);
  const auto touch = painter.touch("g." + std::to_string(g.value), pill);
  if (touch.clicked) {
    asked.emplace_back(intents::FollowGoroutine{input.state.followed == g ? GId::none() : g});
  }
  if (touch.hovered)
    painter.tooltip(trf("goroutine {0}: click to follow it", full_name_of(input, g)));
  return w;
}

}  // namespace poolscope::views
