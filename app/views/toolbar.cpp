// The toolbar: what moves time, what changes the pool, the recording, and at the right the place
// that says which time one sees.

#include <array>
#include <functional>
#include <string>

#include "app/intents/commands.h"
#include "app/locale/translate.h"
#include "app/views/paint.h"
#include "app/views/panels.h"
#include "app/views/procs_field.h"
#include "app/views/sentence.h"
#include "app/views/words.h"

namespace poolscope::views {
namespace {

using locale::tr;
using locale::trf;

enum class Look { kPlain, kPrimary, kRecord };

// Cuts its controls off a row, from the left or from the right; what does not fit is left out.
class Bar {
 public:
  Bar(Painter& painter, const Rect& row, intents::Intents& asked)
      : painter_(painter), asked_(asked), rest_(row) {}

  [[nodiscard]] Painter& painter() { return painter_; }
  [[nodiscard]] intents::Intents& asked() { return asked_; }
  [[nodiscard]] const Rect& rest() const { return rest_; }

  /// The next piece of that width, or an empty one.
  Rect left(float w, float gap) { return take(w, gap, false); }
  Rect right(float w, float gap) { return take(w, gap, true); }

  /// A button with its frame; the inside is drawn by the caller. True when clicked.
  bool button(const char* label, const Rect& rect, Look look, bool enabled,
              const std::string& hint = {});

 private:
  Rect take(float w, float gap, bool from_right) {
    if (w > rest_.w) return {};
    const Rect piece = from_right ? rest_.cut_right(w) : rest_.cut_left(w);
    (void)(from_right ? rest_.cut_right(gap) : rest_.cut_left(gap));
    return piece;
  }

  Painter& painter_;
  intents::Intents& asked_;
  Rect rest_;
};

std::string hint_of(const char* label) {
  const intents::Command* command = intents::command_of(std::string_view(label));
  if (command == nullptr) return "";
  return std::string(tr(std::string(command->text).c_str())) + "  [" +
         intents::key_text(command->key) + "]";
}

bool Bar::button(const char* label, const Rect& rect, Look look, bool enabled,
                 const std::string& hint) {
  if (rect.empty()) return false;
  const auto& theme = painter_.theme();
  const float radius = painter_.sizes().radius_button;
  const auto touch = painter_.touch(label, rect, enabled);
  Color fill = look == Look::kPrimary ? theme.priv.fill : theme.raised;
  Color edge = look == Look::kRecord    ? theme.contended.text
               : look == Look::kPrimary ? theme.priv.fill
                                        : theme.stroke_hi;
  if (touch.hovered && enabled) {
    edge = theme.text_hi;
    if (touch.held) fill = blend(theme.text_hi.faded(0.12F), fill);
  }
  painter_.set_opacity(enabled ? 1 : theme.unlit);
  painter_.fill(rect, fill, radius);
  painter_.border(rect, edge, painter_.sizes().hairline, radius);
  painter_.set_opacity(1);
  if (touch.hovered) painter_.tooltip(hint.empty() ? hint_of(label) : hint);
  return touch.clicked;
}

void draw_play_sign(Painter& painter, const Rect& at, bool playing, Color color) {
  const Point c = at.center();
  const float h = painter.px(7);
  if (playing) {
    painter.fill({c.x - h * 0.8F, c.y - h, h * 0.55F, 2 * h}, color, 1);
    painter.fill({c.x + h * 0.25F, c.y - h, h * 0.55F, 2 * h}, color, 1);
  } else {
    painter.triangle({c.x - h * 0.7F, c.y - h}, {c.x + h, c.y}, {c.x - h * 0.7F, c.y + h}, color);
  }
}

void draw_step_sign(Painter& painter, const Rect& at, bool back, Color color) {
  const Point c = at.center();
  const float h = painter.px(6);
  const float d = back ? -1.0F : 1.0F;
  const float bar = h * 0.4F;
  painter.triangle({c.x - d * h * 0.8F, c.y - h}, {c.x + d * h * 0.6F, c.y},
                   {c.x - d * h * 0.8F, c.y + h}, color);
  const float x = c.x + d * h * 0.8F;
  painter.fill({std::min(x, x + d * bar), c.y - h, bar, 2 * h}, color);
}

void draw_logo(Bar& bar) {
  Painter& painter = bar.painter();
  const auto& theme = painter.theme();
  const float tile = painter.px(11);
  const float gap = painter.px(3);
  const Rect at = bar.left(2 * tile + gap, painter.px(10));
  const float y = at.center().y - tile - gap / 2;
  const std::array<Color, 4> colors = {theme.priv.fill, theme.shared.fill, theme.victim.fill,
                                       theme.hit.fill};
  for (std::size_t i = 0; i < 4; ++i) {
    const float x = at.x + (i % 2 == 0 ? 0 : tile + gap);
    painter.fill({x, y + (i < 2 ? 0 : tile + gap), tile, tile}, colors[i], painter.px(3));
  }
}

// The title only where nothing needs its place more.
void draw_title(Bar& bar, float needed_px) {
  Painter& painter = bar.painter();
  const float w = painter.width_of(FontRole::kTitle, "poolscope");
  if (bar.rest().w - w < needed_px) return;
  const Rect at = bar.left(w, painter.px(18));
  painter.text_in(at, FontRole::kTitle, painter.theme().text_hi, "poolscope");
}

void draw_transport(Bar& bar) {
  Painter& painter = bar.painter();
  const SessionView& session = painter.input().session;
  const auto& theme = painter.theme();
  const float w = painter.sizes().button_h;
  const float gap = painter.px(5);
  const Rect back = bar.left(w, gap);
  if (bar.button("back", back, Look::kPlain, session.can_seek)) {
    bar.asked().emplace_back(intents::StepBack{});
  }
  draw_step_sign(painter, back, true, session.can_seek ? theme.text_mid : theme.ghost);
  const Rect play = bar.left(w * 1.2F, gap);
  if (bar.button("play", play, Look::kPrimary, true)) {
    bar.asked().emplace_back(intents::TogglePlay{});
  }
  draw_play_sign(painter, play, session.playing, theme.on_fill);
  const Rect step = bar.left(w, painter.sizes().gap);
  if (bar.button("step", step, Look::kPlain, true)) {
    bar.asked().emplace_back(intents::StepForward{});
  }
  draw_step_sign(painter, step, false, theme.text_mid);
}

// A name between two buttons that change it.
struct Stepper {
  const char* minus;
  const char* plus;
  float value_w;
};

float stepper_width(const Painter& painter, const Stepper& stepper) {
  return 2 * painter.sizes().button_h * 0.82F + stepper.value_w;
}

/// Returns the place of the value; -1 or 1 in `clicked`.
Rect draw_stepper(Bar& bar, const Stepper& stepper, bool enabled, int& clicked) {
  Painter& painter = bar.painter();
  const auto& theme = painter.theme();
  Rect at = bar.left(stepper_width(painter, stepper), painter.sizes().gap);
  if (at.empty()) return {};
  const float radius = painter.sizes().radius_button;
  painter.fill(at, theme.well, radius);
  painter.border(at, theme.stroke, painter.sizes().hairline, radius);
  const float w = painter.sizes().button_h * 0.82F;
  const Rect minus = at.cut_left(w);
  const Rect plus = at.cut_right(w);
  if (bar.button(stepper.minus, minus, Look::kPlain, enabled)) clicked = -1;
  if (bar.button(stepper.plus, plus, Look::kPlain, enabled)) clicked = 1;
  const float half = painter.px(5);
  const float thick = painter.px(2);
  const Color color = enabled ? theme.text_hi : theme.text_low;
  for (const Rect& sign : {minus, plus}) {
    const Point c = sign.center();
    painter.fill({c.x - half, c.y - thick / 2, 2 * half, thick}, color);
  }
  painter.fill({plus.center().x - thick / 2, plus.center().y - half, thick, 2 * half}, color);
  return at;
}

void draw_speed(Bar& bar) {
  Painter& painter = bar.painter();
  const SessionView& session = painter.input().session;
  float widest = 0;
  for (const std::string& name : session.speeds) {
    widest = std::max(widest, painter.width_of(FontRole::kSmall, tr(name.c_str())));
  }
  int clicked = 0;
  const Rect at =
      draw_stepper(bar, {"speed.slower", "speed.faster", widest + painter.px(18)}, true, clicked);
  if (clicked != 0) bar.asked().emplace_back(intents::ChangeSpeed{clicked});
  if (session.speed >= 0 && static_cast<std::size_t>(session.speed) < session.speeds.size()) {
    painter.text_in(at, FontRole::kSmall, painter.theme().text_hi,
                    tr(session.speeds[static_cast<std::size_t>(session.speed)].c_str()),
                    Align::kCenter);
  }
}

void draw_gc(Bar& bar) {
  Painter& painter = bar.painter();
  const ViewInput& input = painter.input();
  const auto& theme = painter.theme();
  const std::string calm = tr("GC (clear pools)");
  const float sign = painter.size_of(FontRole::kSmall) * 0.75F;
  const float inset = painter.px(12);
  const float w = painter.width_of(FontRole::kSmall, calm) + sign + painter.px(8) + 2 * inset;
  const Rect at = bar.left(w, painter.sizes().gap);
  if (bar.button("gc", at, Look::kPlain, input.session.can_change_pool)) {
    bar.asked().emplace_back(intents::RunGc{});
  }
  if (at.empty()) return;
  const Color ink = input.session.can_change_pool ? theme.text_hi : theme.text_low;
  const StopState& stop = input.model.stop;
  const bool waits = stop.phase == StopState::Phase::kRequested && stop.cause == StopCause::kGc;
  const std::string who = waited_for_text(input.model);
  if (!waits || who.empty()) {
    painter.diamond_sign({at.x + inset + sign / 2, at.center().y}, sign, theme.victim.text);
    painter.text_in({at.x + inset + sign + painter.px(8), at.y, at.w, at.h}, FontRole::kSmall, ink,
                    calm);
    return;
  }
  // Two lines in the same button: it must not grow under the mouse.
  painter.fill(at, theme.victim.text.faded(theme.badge_fill), painter.sizes().radius_button);
  const std::size_t cut = who.find(" (");
  const std::string first = trf("GC waits for {0}", who.substr(0, cut));
  const std::string second = cut == std::string::npos ? "" : who.substr(cut + 1);
  const float line = at.h / 2;
  const Rect in = at.inset(painter.px(6), 0);
  painter.text_in({in.x, at.y + 1, in.w, line}, FontRole::kMicro, theme.victim.text, first,
                  Align::kCenter);
  painter.text_in({in.x, at.y + line - 1, in.w, line}, FontRole::kMicro, theme.victim.text, second,
                  Align::kCenter);
}

void draw_procs(Bar& bar) {
  Painter& painter = bar.painter();
  const ViewInput& input = painter.input();
  const std::string name = "GOMAXPROCS";
  const float name_w = painter.width_of(FontRole::kSmall, name);
  const Rect at = bar.left(name_w, painter.px(8));
  painter.text_in(at, FontRole::kSmall, painter.theme().text_mid, name);
  int clicked = 0;
  const float value_w = painter.width_of(FontRole::kMono, "256") + painter.px(16);
  const Rect value = draw_stepper(bar, {"procs.minus", "procs.plus", value_w},
                                  input.session.can_change_pool, clicked);
  if (clicked != 0) bar.asked().emplace_back(intents::ChangeProcs{clicked});
  if (!value.empty()) draw_procs_field(painter, value, bar.asked());
}

void draw_record(Bar& bar) {
  Painter& painter = bar.painter();
  const SessionView& session = painter.input().session;
  if (!session.can_record) return;
  const auto& theme = painter.theme();
  const float dot = painter.sizes().dot;
  const float inset = painter.px(12);
  // As wide as the wider of its two words.
  const std::string on = tr("Recording");
  const std::string off = tr("Record");
  const float text_w =
      std::max(painter.width_of(FontRole::kSmall, on), painter.width_of(FontRole::kSmall, off));
  const Rect at = bar.left(text_w + dot + painter.px(8) + 2 * inset, painter.sizes().gap);
  if (bar.button("record", at, Look::kRecord, true)) {
    bar.asked().emplace_back(intents::ToggleRecord{});
  }
  if (at.empty()) return;
  if (session.recording) {
    painter.fill(at, theme.contended.text.faded(theme.badge_fill), painter.sizes().radius_button);
  }
  const Point eye{at.x + inset + dot / 2, at.center().y};
  if (session.recording) {
    painter.fill({eye.x - dot / 2, eye.y - dot / 2, dot, dot}, theme.contended.text);
  } else {
    painter.dot(eye, dot * 0.6F, theme.contended.fill);
  }
  painter.text_in({eye.x + dot / 2 + painter.px(8), at.y, at.w, at.h}, FontRole::kSmall,
                  session.recording ? theme.contended.text : theme.text_hi,
                  session.recording ? on : off);
}

struct ModeText {
  std::string text;
  theme::RoleColor role;
};

ModeText mode_of(const ViewInput& input) {
  const auto& theme = input.theme;
  switch (input.session.mode) {
    case Mode::kLive: return {tr("live"), theme.hit};
    case Mode::kPaused: return {tr("paused"), theme.priv};
    case Mode::kPast: {
      const std::int64_t ago = input.session.last_time_ns - input.playhead_time_ns;
      return {trf("viewing the past (t - {0})", duration_text(std::max<std::int64_t>(0, ago))),
              theme.steal};
    }
    case Mode::kReplay:
      return {input.session.playing ? tr("replay") : tr("replay, standing still"), theme.fresh};
    case Mode::kStepping: return {tr("stepping"), theme.shared};
  }
  return {};
}

float mode_width(const Painter& painter) {
  const std::string longest = trf("viewing the past (t - {0})", "888 ms");
  return painter.width_of(FontRole::kMicro, longest) + painter.sizes().dot + painter.px(28);
}

// Which time one sees: always at the right end, one over the other.
void draw_mode(Painter& painter, const Rect& at, intents::Intents& asked) {
  const ViewInput& input = painter.input();
  const auto& theme = painter.theme();
  const ModeText mode = mode_of(input);
  const float h = std::min(painter.sizes().badge_h, std::floor(at.h / 2));
  const float text_w = painter.width_of(FontRole::kMicro, mode.text);
  const float w = std::min(at.w, text_w + painter.sizes().dot + painter.px(26));
  const float gap = painter.px(1);
  const Rect pill{at.right() - w, at.center().y - h - gap, w, h};
  painter.fill(pill, mode.role.text.faded(theme.badge_fill), h / 2);
  painter.border(pill, mode.role.text.faded(theme.badge_border), painter.sizes().hairline, h / 2);
  const Point eye{pill.x + painter.px(9) + painter.sizes().dot / 2, pill.center().y};
  const bool moves = input.session.playing;
  if (moves) {
    painter.dot(eye, painter.sizes().dot / 2, mode.role.text);
  } else {
    painter.ring(eye, painter.sizes().dot / 2, mode.role.text, painter.sizes().hairline * 1.5F);
  }
  const float x = eye.x + painter.sizes().dot / 2 + painter.px(7);
  painter.text_in({x, pill.y, pill.right() - x, h}, FontRole::kMicro, mode.role.text, mode.text);
  const Rect clock{at.x, at.center().y + gap, at.w, h};
  const std::string time =
      clock_text(input.playhead_time_ns) + "  #" + count_text(input.session.seq);
  painter.text_in(clock, FontRole::kMonoMicro, theme.text_mid, time, Align::kRight);
  if (input.session.mode == Mode::kPast) {
    const auto touch = painter.touch("now", pill);
    if (touch.clicked) asked.emplace_back(intents::GoToNow{});
    if (touch.hovered) painter.tooltip(hint_of("now"));
  }
}

struct Choice {
  const char* label;
  std::string text;
  std::string hint;
  intents::Intent intent;
};

// Choices of the viewer, from the right.
void draw_choices(Bar& bar) {
  Painter& painter = bar.painter();
  const ViewState& state = painter.input().state;
  const bool chinese = state.language == "zh";
  const char* theme_name = painter.theme().name == theme::ThemeName::kDark    ? "dark"
                           : painter.theme().name == theme::ThemeName::kLight ? "light"
                                                                              : "contrast";
  const std::array<Choice, 5> choices = {{
      {"help", "?", hint_of("help"), intents::ToggleHelp{}},
      {"lang", chinese ? "EN" : "中", tr("Language: English or Chinese"),
       intents::ToggleLanguage{}},
      {"theme", "", trf("Theme: {0} (dark, light, high contrast)", tr(theme_name)),
       intents::NextTheme{}},
      {"layout", "", hint_of("layout"), intents::ToggleLayout{}},
      {"motion", "", state.motion ? tr("Motion is on") : tr("Motion is off"),
       intents::ToggleMotion{}},
  }};
  const auto& theme = painter.theme();
  for (const Choice& choice : choices) {
    const Rect at = bar.right(painter.sizes().button_h, painter.px(5));
    if (at.empty()) break;
    if (bar.button(choice.label, at, Look::kPlain, true, choice.hint)) {
      bar.asked().push_back(choice.intent);
    }
    painter.text_in(at, FontRole::kSmallStrong, theme.text_mid, choice.text, Align::kCenter);
    const Point c = at.center();
    const float r = painter.px(8);
    const std::string_view label = choice.label;
    if (label == "theme") {
      painter.ring(c, r, theme.text_mid, painter.sizes().hairline * 1.5F);
      painter.half_disc(c, r * 0.75F, theme.text_mid);
    } else if (label == "layout") {
      const Rect frame{c.x - r, c.y - r * 0.8F, 2 * r, r * 1.6F};
      painter.border(frame, theme.text_mid, painter.sizes().hairline * 1.5F, 2);
      const bool lecture = state.layout == theme::LayoutKind::kLecture;
      painter.line({c.x + (lecture ? -r : r * 0.3F), c.y + (lecture ? r * 0.25F : -r * 0.8F)},
                   {c.x + (lecture ? r : r * 0.3F), c.y + (lecture ? r * 0.25F : r * 0.8F)},
                   theme.text_mid, painter.sizes().hairline * 1.5F);
    } else if (label == "motion") {
      for (int i = 0; i < 3; ++i) {
        const auto n = static_cast<float>(i);
        const Color color = state.motion ? theme.text_mid : theme.ghost;
        painter.line({c.x - r + n * r * 0.3F, c.y - r * 0.5F + n * r * 0.5F},
                     {c.x + r * 0.4F + n * r * 0.3F, c.y - r * 0.5F + n * r * 0.5F}, color,
                     painter.px(2));
      }
      if (!state.motion) {
        painter.line({c.x - r, c.y + r}, {c.x + r, c.y - r}, theme.text_mid, painter.px(2));
      }
    }
  }
}

}  // namespace

void draw_toolbar(const ViewInput& input, const layout::Rect& area, intents::Intents& asked) {
  Painter painter(input);
  const auto& theme = painter.theme();
  painter.fill(area, theme.panel);
  painter.fill({area.x, area.bottom() - painter.sizes().hairline, area.w, painter.sizes().hairline},
               theme.stroke);
  const float inset = painter.sizes().gap + painter.px(2);
  const float button_h = painter.sizes().button_h;
  const bool two_rows = area.h > painter.sizes().toolbar_h * 1.2F;
  Rect rest = area.inset(inset, 0);
  const float margin = std::round((painter.sizes().toolbar_h - button_h) / 2);
  rest.cut_top(margin);
  Bar first(painter, rest.cut_top(button_h), asked);
  draw_logo(first);
  Rect mode = first.right(mode_width(painter), painter.sizes().gap);
  // The two lines may use the bar's whole height.
  mode = {mode.x, mode.y - margin * 0.6F, mode.w, mode.h + margin * 1.2F};
  if (!input.interactive) {
    draw_title(first, 0);
    draw_mode(painter, mode, asked);
    return;
  }
  const float controls = painter.px(two_rows ? 330 : 870);
  draw_title(first, controls);
  if (!two_rows) draw_choices(first);
  draw_transport(first);
  draw_speed(first);
  if (two_rows) {
    rest.cut_top(std::round(painter.sizes().gap * 0.7F));
    Bar second(painter, rest.cut_top(button_h), asked);
    draw_choices(second);
    draw_gc(second);
    draw_procs(second);
    draw_record(second);
  } else {
    draw_gc(first);
    draw_procs(first);
    draw_record(first);
  }
  draw_mode(painter, mode, asked);
}

}  // namespace poolscope::views
