// The help over the window: the one legend, and all keys.

#include "app/views/dialogs/help.h"

#include <array>
#include <cmath>

#include "app/intents/commands.h"
#include "app/locale/translate.h"
#include "app/views/paint/paint.h"

namespace poolscope::views {
namespace {

using locale::tr;

enum class Sign { kTile, kTriangle, kPlus, kLock, kDiamond, kDot, kDashed, kOutline, kHatch, kBar };

struct Entry {
  Sign sign;
  Color color;
  const char* text;
};

// A bar of parts, as under each P.
void draw_bar_sign(Painter& painter, Rect at) {
  const auto& theme = painter.theme();
  at = {at.x, at.center().y - at.h / 6, at.w, at.h / 3};
  painter.fill(at.cut_left(at.w / 3), theme.priv.fill);
  painter.fill(at.cut_left(at.w / 2), theme.shared.fill);
  painter.fill(at, theme.steal.fill);
}

// What stands before an entry's text: its sign.
float sign_width(const Painter& painter) { return painter.size_of(FontRole::kSmall) * 1.6F; }

// Cut off the top of `in`: its sign, and its text in as many lines as that takes.
void draw_entry(Painter& painter, Rect& in, float line, const Entry& entry) {
  const float size = painter.size_of(FontRole::kSmall) * 0.85F;
  const float text_w = in.w - sign_width(painter);
  const auto lines = static_cast<float>(painter.lines_of(FontRole::kSmall, entry.text, text_w));
  const Rect all = in.cut_top(lines * line);
  const Rect row{all.x, all.y, all.w, line};
  const Point c{row.x + size / 2, row.center().y};
  const Rect square{c.x - size / 2, c.y - size / 2, size, size};
  switch (entry.sign) {
    case Sign::kTile: painter.fill(square, entry.color, painter.sizes().radius_object / 2); break;
    case Sign::kTriangle: painter.triangle_sign(c, size, entry.color); break;
    case Sign::kPlus: painter.plus_sign(c, size, entry.color); break;
    case Sign::kLock: painter.lock_sign(c, size * 1.1F, entry.color, true); break;
    case Sign::kDiamond: painter.diamond_sign(c, size, entry.color); break;
    case Sign::kDot: painter.dot(c, size * 0.4F, entry.color); break;
    case Sign::kDashed: painter.dashed(square, entry.color); break;
    case Sign::kOutline:
      painter.border(square, entry.color, painter.sizes().outline,
                     painter.sizes().radius_object / 2);
      break;
    case Sign::kHatch:
      painter.hatch(square, entry.color, size / 4, painter.sizes().hairline);
      break;
    case Sign::kBar: draw_bar_sign(painter, square); break;
  }
  painter.paragraph_in({all.right() - text_w, all.y, text_w, all.h}, FontRole::kSmall,
                       painter.theme().text_mid, entry.text, line);
}

// What the mouse does where no control says so by itself.
void draw_gestures(Painter& painter, Rect in, float line) {
  const auto& theme = painter.theme();
  painter.text_in(in.cut_top(line), FontRole::kBodyStrong, theme.text_hi, tr("Mouse"));
  in.cut_top(painter.px(theme::space::kTight));
  for (const char* text : {tr("click a goroutine or an object: follow it"),
                           tr("click a line of the source: run the followed goroutine to it"),
                           tr("wheel over the source: scroll; over the timeline: zoom"),
                           tr("drag in the timeline: go through the past"),
                           tr("click a span of the timeline: what it is about, and why"),
                           tr("drag the box over the timeline: show another part; its edges: zoom"),
                           tr("click on nothing: let go")}) {
    const auto lines = static_cast<float>(painter.lines_of(FontRole::kSmall, text, in.w));
    painter.paragraph_in(in.cut_top(lines * line), FontRole::kSmall, theme.text_mid, text, line);
  }
}

void draw_legend(Painter& painter, Rect in) {
  const auto& theme = painter.theme();
  const float line = std::ceil(painter.size_of(FontRole::kSmall) * 1.6F);
  painter.text_in(in.cut_top(line), FontRole::kBodyStrong, theme.text_hi, tr("Legend"));
  in.cut_top(painter.px(theme::space::kTight));
  const std::array<Entry, 16> entries = {{
      {Sign::kTile, theme.priv.fill, tr("private: one object, for the pinned owner only")},
      {Sign::kTile, theme.shared.fill, tr("shared: a stack; its two ends are named")},
      {Sign::kDot, theme.hit.text, tr("a goroutine that runs; a Get answered without New")},
      {Sign::kTriangle, theme.steal.text, tr("a steal: from the shared of another P")},
      {Sign::kPlus, theme.fresh.text, tr("New was called")},
      {Sign::kLock, theme.shared.text, tr("a held lock")},
      {Sign::kLock, theme.contended.text, tr("a contended lock: others wait for it")},
      {Sign::kDiamond, theme.victim.text, tr("GC")},
      {Sign::kTile, theme.stroke_hi, tr("in the hand of a goroutine: in use")},
      {Sign::kDashed, theme.text_low, tr("an empty slot; what an object has left")},
      {Sign::kOutline, theme.steal.text, tr("what the sentence is about")},
      {Sign::kOutline, theme.priv.text, tr("what you follow")},
      {Sign::kOutline, theme.text_low, tr("a P that has just been robbed")},
      {Sign::kOutline, theme.contended.text,
       tr("a cache line in which two Ps wrote different locals")},
      {Sign::kHatch, theme.text_low, tr("padding; on the timeline: waits for a lock")},
      {Sign::kBar, theme.text_low, tr("bar of a P: private, shared, steal, victim; open end: New")},
  }};
  for (const Entry& entry : entries) draw_entry(painter, in, line, entry);
  in.cut_top(line);
  draw_gestures(painter, in, line);
}

float line_height(const Painter& painter) {
  return std::ceil(painter.size_of(FontRole::kSmall) * 1.35F);
}

void draw_keys(Painter& painter, Rect in) {
  const auto& theme = painter.theme();
  const float line = line_height(painter);
  painter.text_in(in.cut_top(line), FontRole::kBodyStrong, theme.text_hi, tr("Keys"));
  in.cut_top(painter.px(theme::space::kTight));
  const float key_w =
      painter.width_of(FontRole::kMono, "Shift+Right") + painter.px(theme::space::kWide);
  for (const intents::Command& command : intents::commands()) {
    Rect row = in.cut_top(line);
    painter.text_in(row.cut_left(key_w), FontRole::kMono, theme.priv.text,
                    intents::key_text(command.key));
    painter.text_in(row, FontRole::kSmall, theme.text_mid, tr(std::string(command.text).c_str()));
  }
}

}  // namespace

layout::Rect least_help(const ViewInput& input) {
  const Painter painter = Painter::to_measure(input);
  const auto lines = static_cast<float>(intents::commands().size() + 2);
  const float gap = 2 * painter.sizes().gap;
  return {0, 0, painter.px(theme::space::kHelpWidth) + gap,
          line_height(painter) * lines + 2 * painter.sizes().panel_inset +
              painter.px(theme::space::kButton) + gap};
}

void draw_help(const ViewInput& input, const layout::Rect& area, intents::Intents& asked) {
  Painter painter(input);
  const auto& theme = painter.theme();
  constexpr float kVeil = 0.72F;
  painter.fill(area, theme.bg.faded(kVeil));
  const Rect least = least_help(input);
  const float w = least.w - 2 * painter.sizes().gap;
  const float h = least.h - 2 * painter.sizes().gap;
  const Rect box{std::round(area.center().x - w / 2), std::round(area.center().y - h / 2), w, h};
  painter.fill(box, theme.panel, painter.sizes().radius_panel);
  painter.border(box, theme.stroke_hi, painter.sizes().hairline, painter.sizes().radius_panel);
  Rect in = box.inset(painter.sizes().panel_inset + painter.px(theme::space::kNear));
  const Rect left = in.cut_left(std::round(in.w * 0.5F));
  in.cut_left(painter.sizes().gap * 2);
  draw_keys(painter, left);
  draw_legend(painter, in);
  // A click anywhere closes it.
  if (painter.touch_unnamed("help veil", area).clicked) asked.emplace_back(intents::ToggleHelp{});
}

}  // namespace poolscope::views
