#include "app/views/widgets/controls.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "app/intents/commands.h"
#include "app/locale/translate.h"
#include "app/views/words/words.h"

namespace poolscope::views {
namespace {

using locale::tr;
using locale::trf;

struct ModeText {
  std::string text;
  theme::RoleColor role;
};

ModeText mode_of(const ViewInput& input) {
  const auto& theme = input.theme;
  switch (input.session.mode) {
    case ViewMode::kLive: return {tr("live"), theme.hit};
    case ViewMode::kPaused: return {tr("paused"), theme.priv};
    case ViewMode::kPast: {
      const std::int64_t ago = input.session.last.time_ns - input.session.playhead.time_ns;
      // Within the same moment a length of time says nothing.
      return {ago <= 0 ? std::string(tr("1 step back"))
                       : trf("viewing the past (t - {0})", duration_text(ago)),
              theme.steal};
    }
    case ViewMode::kReplay:
      if (input.session.comparison) return {tr("side by side"), theme.user};
      if (input.session.retaking_view) return {tr("directing the view"), theme.steal};
      return {input.session.playing ? tr("replay") : tr("replay, paused"), theme.user};
    case ViewMode::kStepping: return {tr("stepping"), theme.shared};
  }
  return {};
}

const char* name_of(theme::ThemeName name) {
  switch (name) {
    case theme::ThemeName::kLight: return tr("light");
    case theme::ThemeName::kContrast: return tr("high contrast");
    case theme::ThemeName::kDark: break;
  }
  return tr("dark");
}

void draw_theme_sign(Painter& painter, Point c, float r) {
  const Color color = painter.theme().text_mid;
  painter.ring(c, r, color, painter.sizes().hairline * 1.5F);
  painter.half_disc(c, r * 0.75F, color);
}

// The panels of the layout that one is in.
void draw_layout_sign(Painter& painter, Point c, float r, theme::LayoutKind layout) {
  const Color color = painter.theme().text_mid;
  const float width = painter.sizes().hairline * 1.5F;
  const float h = r * 0.8F;
  painter.border({c.x - r, c.y - h, 2 * r, 2 * h}, color, width, 2);
  if (layout == theme::LayoutKind::kLecture) {
    painter.line({c.x - r, c.y + r * 0.25F}, {c.x + r, c.y + r * 0.25F}, color, width);
  } else {
    painter.line({c.x + r * 0.3F, c.y - h}, {c.x + r * 0.3F, c.y + h}, color, width);
  }
}

// Three lines of speed, crossed out when motion is off.
void draw_motion_sign(Painter& painter, Point c, float r, bool on) {
  const auto& theme = painter.theme();
  const float width = painter.px(theme::space::kThin);
  for (int i = 0; i < 3; ++i) {
    const auto n = static_cast<float>(i);
    const float y = c.y - r * 0.5F + n * r * 0.5F;
    painter.line({c.x - r + n * r * 0.3F, y}, {c.x + r * 0.4F + n * r * 0.3F, y},
                 on ? theme.text_mid : theme.ghost, width);
  }
  if (!on) painter.line({c.x - r, c.y + r}, {c.x + r, c.y - r}, theme.text_mid, width);
}

// A small window before a large one.
void draw_presenter_sign(Painter& painter, Point c, float r) {
  const Color color = painter.theme().text_mid;
  const float width = painter.sizes().hairline * 1.5F;
  painter.border({c.x - r, c.y - r * 0.8F, 1.4F * r, 1.1F * r}, color, width, 2);
  painter.fill({c.x - r * 0.2F, c.y - r * 0.1F, 1.2F * r, 0.9F * r}, painter.theme().raised);
  painter.border({c.x - r * 0.2F, c.y - r * 0.1F, 1.2F * r, 0.9F * r}, color, width, 2);
}

}  // namespace

std::string hint_of(const char* label) {
  const intents::Command* command = intents::command_of(std::string_view(label));
  if (command == nullptr) return "";
  return std::string(tr(std::string(command->text).c_str())) + "  [" +
         intents::key_text(command->key) + "]";
}

bool draw_button(Painter& painter, const char* label, const Rect& rect, ButtonLook look,
                 bool enabled, const std::string& hint) {
  if (rect.empty()) return false;
  const auto& theme = painter.theme();
  const float radius = painter.sizes().radius_button;
  const auto touch = painter.touch(label, rect, enabled);
  Color fill = look == ButtonLook::kPrimary ? theme.priv.fill : theme.raised;
  Color edge = look == ButtonLook::kRecord    ? theme.contended.text
               : look == ButtonLook::kPrimary ? theme.priv.fill
                                              : theme.stroke_hi;
  if (touch.hovered && enabled) {
    edge = theme.text_hi;
    if (touch.held) fill = blend(theme.text_hi.faded(0.12F), fill);
  }
  painter.set_opacity(enabled ? 1 : theme.unlit);
  painter.fill(rect, fill, radius);
  painter.border(rect, edge, painter.sizes().hairline, radius);
  painter.set_opacity(1);
  if (touch.hovered) painter.tooltip(hint.empty() ? hint_of(label) : hint, rect);
  return touch.clicked;
}

bool draw_text_button(Painter& painter, const char* label, Rect& row, const std::string& name,
                      const std::string& hint) {
  const float w = painter.width_of(FontRole::kSmall, name) + painter.px(theme::space::kButton);
  const Rect at = row.cut_left(w);
  const bool clicked = draw_button(painter, label, at, ButtonLook::kPlain, true, hint);
  painter.text_in(at, FontRole::kSmall, painter.theme().text_hi, name, Align::kCenter);
  return clicked;
}

float mode_width(const Painter& painter) {
  const std::string longest = trf("viewing the past (t - {0})", "888 ms");
  return painter.width_of(FontRole::kMicro, longest) + painter.sizes().dot +
         painter.px(theme::space::kButton);
}

namespace {

/// The time that is shown; of a comparison the call, or the time over both sides.
std::string place_text(const SessionStatus& session) {
  if (!session.comparison) return moment_text(session.playhead, session.origin);
  const ComparisonStatus& comparison = *session.comparison;
  if (!comparison.of->by_operation) return clock_text(comparison.time_ns);
  return trf("call {0} of {1}", count_text(comparison.shown),
             count_text(comparison.of->stretches.size()));
}

}  // namespace

void draw_mode(Painter& painter, const Rect& at, intents::Intents& asked) {
  const ViewInput& input = painter.input();
  const auto& theme = painter.theme();
  const ModeText mode = mode_of(input);
  const float h = std::min(painter.sizes().badge_h, std::floor(at.h / 2));
  const float text_w = painter.width_of(FontRole::kMicro, mode.text);
  const float w = std::min(at.w, text_w + painter.sizes().dot + painter.px(theme::space::kPill));
  const float gap = painter.px(theme::space::kHair);
  const Rect pill{at.right() - w, at.center().y - h - gap, w, h};
  painter.fill(pill, mode.role.text.faded(theme.badge_fill), h / 2);
  painter.border(pill, mode.role.text.faded(theme.badge_border), painter.sizes().hairline, h / 2);
  const Point eye{pill.x + painter.px(theme::space::kClose) + painter.sizes().dot / 2,
                  pill.center().y};
  const bool moves = input.session.playing;
  if (moves) {
    painter.dot(eye, painter.sizes().dot / 2, mode.role.text);
  } else {
    painter.ring(eye, painter.sizes().dot / 2, mode.role.text, painter.sizes().hairline * 1.5F);
  }
  const float x = eye.x + painter.sizes().dot / 2 + painter.px(theme::space::kNear);
  painter.text_in({x, pill.y, pill.right() - x, h}, FontRole::kMicro, mode.role.text, mode.text);
  const Rect clock{at.x, at.center().y + gap, at.w, h};
  const std::string time = place_text(input.session);
  painter.text_in(clock, FontRole::kMonoMicro, theme.text_mid, time, Align::kRight);
  if (input.session.mode == ViewMode::kPast) {
    const auto touch = painter.touch("now", pill);
    if (touch.clicked) asked.emplace_back(intents::GoToNow{});
    if (touch.hovered) painter.tooltip(hint_of("now"));
  }
}

namespace {

// What a choice is called; "": it has only its sign.
std::string choice_name(const Painter& painter, Choice choice) {
  switch (choice) {
    case Choice::kLanguage: return painter.input().state.language == "zh" ? "English" : "中文";
    case Choice::kTheme: return tr("Theme");
    case Choice::kLayout: return tr("Layout");
    case Choice::kMotion: return tr("Motion");
    case Choice::kHelp: return tr("Help");
    case Choice::kPresenter: return tr("Presenter");
  }
  return "";
}

}  // namespace

float choice_width(const Painter& painter, Choice choice) {
  const std::string name = choice_name(painter, choice);
  const float sign = painter.sizes().button_h * 0.92F;
  if (name.empty()) return sign;
  const float words = painter.width_of(FontRole::kSmall, name) + painter.px(theme::space::kLoose);
  // The language's name is its sign.
  return choice == Choice::kLanguage ? words + painter.px(theme::space::kLoose) : sign + words;
}

void draw_choice(Painter& painter, const Rect& at, Choice choice, intents::Intents& asked) {
  const ViewState& state = painter.input().state;
  Rect sign = at;
  const bool named = at.w >= choice_width(painter, choice);
  const auto press = [&](const char* label, const std::string& hint,
                         const intents::Intent& intent) {
    if (draw_button(painter, label, at, ButtonLook::kPlain, true, hint)) asked.push_back(intent);
    if (!named || choice == Choice::kLanguage) return;
    Rect rest = at;
    rest.cut_left(sign.w - painter.px(theme::space::kTight));
    painter.text_in(rest, FontRole::kSmall, painter.theme().text_mid, choice_name(painter, choice));
  };
  if (named && choice != Choice::kLanguage) {
    sign.w = std::min(at.w, painter.sizes().button_h * 0.92F);
  }
  const Point c = sign.center();
  const float r = std::min(painter.px(theme::space::kClose), at.h * 0.3F);
  const auto word = [&](std::string_view text) {
    painter.text_in(sign, FontRole::kSmallStrong, painter.theme().text_mid, text, Align::kCenter);
  };
  switch (choice) {
    case Choice::kLanguage:
      press("lang", tr("Language: English or Chinese"), intents::ToggleLanguage{});
      if (named) return word(choice_name(painter, choice));
      return word(state.language == "zh" ? "EN" : "中");
    case Choice::kTheme:
      press("theme",
            trf("Theme: {0}; next: dark, light, high contrast", name_of(painter.theme().name)),
            intents::NextTheme{});
      return draw_theme_sign(painter, c, r);
    case Choice::kLayout:
      press("layout", "", intents::ToggleLayout{});
      return draw_layout_sign(painter, c, r, state.layout);
    case Choice::kMotion:
      press("motion", state.motion ? tr("Motion is on") : tr("Motion is off"),
            intents::ToggleMotion{});
      return draw_motion_sign(painter, c, r, state.motion);
    case Choice::kPresenter:
      press("presenter", "", intents::TogglePresenter{});
      return draw_presenter_sign(painter, c, r);
    case Choice::kHelp: press("help", "", intents::ToggleHelp{}); return word("?");
  }
}

}  // namespace poolscope::views
