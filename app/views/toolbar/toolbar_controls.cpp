#include "app/views/toolbar/toolbar_controls.h"

#include <algorithm>

#include "app/locale/translate.h"
#include "app/views/toolbar/procs_field.h"
#include "app/views/widgets/flag.h"
#include "app/views/widgets/stepper.h"
#include "app/views/words/file_words.h"
#include "app/views/words/sentence.h"
#include "app/views/words/words.h"

namespace poolscope::views {

using locale::tr;
using locale::trf;

namespace {

void draw_play_sign(Painter& painter, const Rect& at, bool playing, Color color) {
  const Point c = at.center();
  const float h = painter.px(theme::space::kNear);
  if (playing) {
    painter.fill({c.x - h * 0.8F, c.y - h, h * 0.55F, 2 * h}, color, 1);
    painter.fill({c.x + h * 0.25F, c.y - h, h * 0.55F, 2 * h}, color, 1);
  } else {
    painter.triangle({c.x - h * 0.7F, c.y - h}, {c.x + h, c.y}, {c.x - h * 0.7F, c.y + h}, color);
  }
}

void draw_step_sign(Painter& painter, const Rect& at, bool back, Color color) {
  const Point c = at.center();
  const float h = painter.px(theme::space::kNear);
  const float d = back ? -1.0F : 1.0F;
  const float bar = h * 0.4F;
  painter.triangle({c.x - d * h * 0.8F, c.y - h}, {c.x + d * h * 0.6F, c.y},
                   {c.x - d * h * 0.8F, c.y + h}, color);
  const float x = c.x + d * h * 0.8F;
  painter.fill({std::min(x, x + d * bar), c.y - h, bar, 2 * h}, color);
}

}  // namespace

void draw_logo(Bar& bar) {
  Painter& painter = bar.painter();
  const auto& theme = painter.theme();
  const float tile = painter.px(theme::space::kLoose);
  const float gap = painter.px(theme::space::kFine);
  const Rect at = bar.left(2 * tile + gap, painter.px(theme::space::kLoose));
  const float y = at.center().y - tile - gap / 2;
  const std::array<Color, 4> colors = {theme.priv.fill, theme.shared.fill, theme.victim.fill,
                                       theme.hit.fill};
  for (std::size_t i = 0; i < 4; ++i) {
    const float x = at.x + (i % 2 == 0 ? 0 : tile + gap);
    painter.fill({x, y + (i < 2 ? 0 : tile + gap), tile, tile}, colors[i],
                 painter.px(theme::space::kFine));
  }
}

void draw_title(Bar& bar, float needed_px) {
  Painter& painter = bar.painter();
  const float w = painter.width_of(FontRole::kTitle, "poolscope");
  if (bar.rest().w - w < needed_px) return;
  const Rect at = bar.left(w, painter.px(theme::space::kApart));
  painter.text_in(at, FontRole::kTitle, painter.theme().text_hi, "poolscope");
}

namespace {

float word_width(const Painter& painter, const std::string& word) {
  return painter.width_of(FontRole::kSmall, word) + painter.px(theme::space::kFar);
}

// Whether there is a button for it: a live session is saved by a recording.
bool saves(const Painter& painter) { return !painter.input().session.file.empty(); }

}  // namespace

float sources_width(const Painter& painter) {
  const float gap = painter.px(theme::space::kTight);
  const float save = saves(painter) ? word_width(painter, tr("Save as")) + gap : 0;
  return word_width(painter, tr("Open")) + gap + save + word_width(painter, tr("Lessons"));
}

namespace {

void draw_word(Bar& bar, const char* label, const std::string& word, float gap,
               const intents::Intent& intent) {
  Painter& painter = bar.painter();
  const Rect at = bar.left(word_width(painter, word), gap);
  if (at.empty()) return;
  if (bar.button(label, at, ButtonLook::kPlain, true)) bar.asked().push_back(intent);
  painter.text_in(at, FontRole::kSmall, painter.theme().text_hi, word, Align::kCenter);
}

}  // namespace

void draw_sources(Bar& bar) {
  const float gap = bar.painter().px(theme::space::kTight);
  draw_word(bar, "open", tr("Open"), gap, intents::ToggleOpen{});
  if (saves(bar.painter())) {
    draw_word(bar, "save.as", tr("Save as"), gap, intents::ToggleSaveAs{});
  }
  draw_word(bar, "lessons", tr("Lessons"), bar.painter().sizes().gap, intents::ToggleLessons{});
}

void draw_transport(Bar& bar) {
  Painter& painter = bar.painter();
  const SessionStatus& session = painter.input().session;
  const auto& theme = painter.theme();
  const float w = painter.sizes().button_h * 0.92F;
  const float gap = painter.px(theme::space::kTight);
  const Rect back = bar.left(w, gap);
  if (bar.button("back", back, ButtonLook::kPlain, session.can.can_seek)) {
    bar.asked().emplace_back(intents::StepBack{});
  }
  draw_step_sign(painter, back, true, session.can.can_seek ? theme.text_mid : theme.ghost);
  const Rect play = bar.left(w * 1.2F, gap);
  if (bar.button("play", play, ButtonLook::kPrimary, true)) {
    bar.asked().emplace_back(intents::TogglePlay{});
  }
  draw_play_sign(painter, play, session.playing, theme.on_fill);
  const Rect step = bar.left(w, painter.sizes().gap);
  if (bar.button("step", step, ButtonLook::kPlain, true)) {
    bar.asked().emplace_back(intents::StepForward{});
  }
  draw_step_sign(painter, step, false, theme.text_mid);
}

namespace {

Rect draw_stepper_of(Bar& bar, const Stepper& stepper, bool enabled, int& clicked) {
  Painter& painter = bar.painter();
  const Rect at = bar.left(stepper_width(painter, stepper), painter.sizes().gap);
  return at.empty() ? at : draw_stepper(painter, at, stepper, enabled, clicked);
}

}  // namespace

float speed_width(const Painter& painter) {
  float widest = 0;
  for (const std::string& name : painter.input().session.speeds) {
    widest = std::max(widest, painter.width_of(FontRole::kSmall, tr(name.c_str())));
  }
  return stepper_width(painter, {"", "", widest + painter.px(theme::space::kApart)});
}

std::string gc_text(const Painter& painter) {
  const std::size_t pools = painter.input().model.pools.size();
  if (pools > 1) return trf("GC over all {0} pools", count_text(pools));
  return painter.input().model.config.pool == PoolKind::kModern ? tr("GC (local becomes victim)")
                                                                : tr("GC (clear pools)");
}

namespace {

/// Of "P3 (pinned in Put)" what stands behind the P; "" where nothing does.
std::string rest_of(const std::string& who) {
  const std::size_t cut = who.find(" (");
  return cut == std::string::npos ? "" : who.substr(cut + 1);
}

}  // namespace

float gc_width(const Painter& painter, const std::string& text) {
  const float calm = painter.width_of(FontRole::kSmall, text) +
                     painter.size_of(FontRole::kSmall) * 0.75F + painter.px(theme::space::kButton);
  float waiting = painter.width_of(FontRole::kMicro, trf("GC waits for {0}", name_of(PId{255})));
  for (const char* in : {"Put", "Get"}) {
    const std::string rest = rest_of(trf("{0} (pinned in {1})", "P", in));
    waiting = std::max(waiting, painter.width_of(FontRole::kMicro, rest));
  }
  return std::max(calm, waiting + 2 * painter.px(theme::space::kNear));
}

namespace {

float procs_value_width(const Painter& painter) {
  // Room for a change that waits, too; draw_procs_field says a wider one in fewer words.
  return std::max(
      painter.width_of(FontRole::kMono, "256") + painter.px(theme::space::kWide),
      painter.width_of(FontRole::kMono, "4 \u2192 8") + painter.px(theme::space::kNear));
}

float record_width(const Painter& painter) {
  // As wide as the wider of what it says: for how long it has recorded, or what a click does.
  return std::max(painter.width_of(FontRole::kSmall, "888:88"),
                  painter.width_of(FontRole::kSmall, tr("Record"))) +
         painter.sizes().dot + painter.px(theme::space::kButton);
}

float save_last_width(const Painter& painter) {
  return painter.width_of(FontRole::kSmall, tr("5 min")) + painter.sizes().dot +
         painter.px(theme::space::kButton);
}

float marker_width(const Painter& painter) { return painter.sizes().button_h * 0.92F; }

}  // namespace

float keeping_width(const Painter& painter) {
  const Capabilities& can = painter.input().session.can;
  const float gap = painter.px(theme::space::kTight);
  float w = can.can_mark ? marker_width(painter) : 0;
  if (can.can_record) w += record_width(painter) + save_last_width(painter) + 2 * gap;
  return w;
}

float procs_width(const Painter& painter) {
  return painter.width_of(FontRole::kSmall, "GOMAXPROCS") + painter.px(theme::space::kClose) +
         stepper_width(painter, {"", "", procs_value_width(painter)});
}

void draw_speed(Bar& bar) {
  Painter& painter = bar.painter();
  const SessionStatus& session = painter.input().session;
  const float value_w = speed_width(painter) - stepper_width(painter, {"", "", 0});
  int clicked = 0;
  const Rect at = draw_stepper_of(bar, {"speed.slower", "speed.faster", value_w}, true, clicked);
  if (clicked != 0) bar.asked().emplace_back(intents::ChangeSpeed{clicked});
  if (session.speed >= 0 && static_cast<std::size_t>(session.speed) < session.speeds.size()) {
    painter.text_in(at, FontRole::kSmall, painter.theme().text_hi,
                    tr(session.speeds[static_cast<std::size_t>(session.speed)].c_str()),
                    Align::kCenter);
  }
}

void draw_gc(Bar& bar, float after_px) {
  Painter& painter = bar.painter();
  const ViewInput& input = painter.input();
  const auto& theme = painter.theme();
  const float room = bar.rest().w - after_px;
  const std::string whole = gc_text(painter);
  const std::string calm = gc_width(painter, whole) <= room ? whole : "GC";
  const float sign = painter.size_of(FontRole::kSmall) * 0.75F;
  const float inset = painter.px(theme::space::kLoose);
  const Rect at = bar.left(gc_width(painter, calm), painter.sizes().gap);
  if (bar.button("gc", at, ButtonLook::kPlain, input.session.can.can_change_pool)) {
    bar.asked().emplace_back(intents::RunGc{});
  }
  if (at.empty()) return;
  const Color ink = input.session.can.can_change_pool ? theme.text_hi : theme.text_low;
  const StopState& stop = input.model.stop;
  const bool waits = stop.phase == StopState::Phase::kRequested && stop.cause == StopCause::kGc;
  const std::string who = waited_for_text(input.model);
  if (!waits || who.empty()) {
    painter.diamond_sign({at.x + inset + sign / 2, at.center().y}, sign, theme.victim.text);
    painter.text_in({at.x + inset + sign + painter.px(theme::space::kClose), at.y, at.w, at.h},
                    FontRole::kSmall, ink, calm);
    return;
  }
  // Two lines in the same button: it must not grow under the mouse.
  painter.fill(at, theme.victim.text.faded(theme.badge_fill), painter.sizes().radius_button);
  const std::size_t cut = who.find(" (");
  const std::string first = trf("GC waits for {0}", who.substr(0, cut));
  const std::string second = rest_of(who);
  const float line = at.h / 2;
  const Rect in = at.inset(painter.px(theme::space::kNear), 0);
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
  const Rect at = bar.left(name_w, painter.px(theme::space::kClose));
  painter.text_in(at, FontRole::kSmall, painter.theme().text_mid, name);
  int clicked = 0;
  const Rect value = draw_stepper_of(bar, {"procs.minus", "procs.plus", procs_value_width(painter)},
                                     input.session.can.can_change_pool, clicked);
  if (clicked != 0) bar.asked().emplace_back(intents::ChangeProcs{clicked});
  if (!value.empty()) draw_procs_field(painter, value, bar.asked());
}

namespace {

// An arrow down to a line, and how much it saves.
void draw_save_last(Bar& bar) {
  Painter& painter = bar.painter();
  const auto& theme = painter.theme();
  const bool enabled = painter.input().session.can.can_save_last;
  const Rect at = bar.left(save_last_width(painter), painter.px(theme::space::kTight));
  if (bar.button("save.last", at, ButtonLook::kPlain, enabled)) {
    bar.asked().emplace_back(intents::SaveLast{});
  }
  if (at.empty()) return;
  const Color ink = enabled ? theme.text_hi : theme.text_low;
  const float size = painter.sizes().dot;
  const float thick = painter.px(theme::space::kThin);
  const Point eye{at.x + painter.px(theme::space::kLoose) + size / 2, at.center().y};
  painter.fill({eye.x - thick / 2, eye.y - size * 0.7F, thick, size * 0.7F}, ink);
  painter.triangle({eye.x - size * 0.4F, eye.y - size * 0.1F},
                   {eye.x + size * 0.4F, eye.y - size * 0.1F}, {eye.x, eye.y + size * 0.4F}, ink);
  painter.fill({eye.x - size / 2, eye.y + size * 0.6F, size, thick}, ink);
  painter.text_in({eye.x + size / 2 + painter.px(theme::space::kClose), at.y, at.w, at.h},
                  FontRole::kSmall, ink, tr("5 min"));
}

// A flag.
void draw_marker(Bar& bar) {
  Painter& painter = bar.painter();
  if (!painter.input().session.can.can_mark) return;
  const auto& theme = painter.theme();
  const Rect at = bar.left(marker_width(painter), painter.sizes().gap);
  if (bar.button("marker", at, ButtonLook::kPlain, true)) {
    bar.asked().emplace_back(intents::AddMarker{});
  }
  if (!at.empty()) draw_flag(painter, at.center(), painter.sizes().dot * 1.6F, theme.text_hi);
}

}  // namespace

void draw_record(Bar& bar) {
  Painter& painter = bar.painter();
  const SessionStatus& session = painter.input().session;
  if (!session.can.can_record) return draw_marker(bar);
  const auto& theme = painter.theme();
  const float dot = painter.sizes().dot;
  const float inset = painter.px(theme::space::kLoose);
  const std::string on = minutes_text(session.recording_ns);
  const std::string off = tr("Record");
  const Rect at = bar.left(record_width(painter), painter.px(theme::space::kTight));
  if (bar.button("record", at, ButtonLook::kRecord, true)) {
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
  painter.text_in({eye.x + dot / 2 + painter.px(theme::space::kClose), at.y, at.w, at.h},
                  FontRole::kSmall, session.recording ? theme.contended.text : theme.text_hi,
                  session.recording ? on : off);
  draw_save_last(bar);
  draw_marker(bar);
}

void draw_choices(Bar& bar, bool all, bool named) {
  for (const Choice choice : kChoices) {
    if (!all && choice != Choice::kHelp && choice != Choice::kPresenter) break;
    const float sign_w = bar.painter().sizes().button_h * 0.92F;
    const Rect at = bar.right(named ? choice_width(bar.painter(), choice) : sign_w,
                              bar.painter().px(theme::space::kTight));
    if (at.empty()) break;
    draw_choice(bar.painter(), at, choice, bar.asked());
  }
}

float transport_width(const Painter& painter) { return painter.sizes().button_h * 3.1F; }

}  // namespace poolscope::views
