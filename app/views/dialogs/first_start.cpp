// What a first start shows.

#include "app/views/dialogs/first_start.h"

#include <array>
#include <cmath>
#include <string>

#include "app/locale/translate.h"
#include "app/views/paint/paint.h"

namespace poolscope::views {
namespace {

using locale::tr;
using locale::trf;

enum class FirstSign { kGoroutine, kGc, kLesson };

struct FirstChoice {
  const char* label;
  FirstSign sign;
  std::string title;
  std::string sentence;
  intents::Intent intent;
};

/// Who is followed by the first choice: the one that the sentence is about, else the first there
/// is.
GId somebody(const ViewInput& input) {
  if (spotlight_of(input).g.valid()) return spotlight_of(input).g;
  for (const GState& g : input.model.gs) {
    if (g.status != GState::Status::kAbsent) return g.id;
  }
  return {};
}

void draw_first_sign(Painter& painter, Point at, float size, FirstSign sign) {
  const auto& theme = painter.theme();
  switch (sign) {
    case FirstSign::kGoroutine: return painter.dot(at, size * 0.4F, theme.hit.text);
    case FirstSign::kGc: return painter.diamond_sign(at, size, theme.victim.text);
    case FirstSign::kLesson:
      return painter.triangle({at.x - size * 0.4F, at.y - size * 0.5F}, {at.x + size * 0.5F, at.y},
                              {at.x - size * 0.4F, at.y + size * 0.5F}, theme.priv.text);
  }
}

void draw_first_choice(Painter& painter, const Rect& at, const FirstChoice& choice,
                       intents::Intents& asked) {
  const auto& theme = painter.theme();
  const auto touch = painter.touch(choice.label, at);
  painter.fill(at, touch.held ? theme.card : theme.raised, painter.sizes().radius_button);
  painter.border(at, touch.hovered ? theme.text_hi : theme.stroke_hi, painter.sizes().hairline,
                 painter.sizes().radius_button);
  if (touch.hovered) Painter::point_with_hand();
  if (touch.clicked) {
    asked.push_back(choice.intent);
    asked.emplace_back(intents::CloseFirst{});
  }
  Rect in = at.inset(painter.px(theme::space::kWide), painter.px(theme::space::kTight));
  const float line_h = std::ceil(painter.size_of(FontRole::kSmall) * 1.3F);
  const float head_h = std::ceil(painter.size_of(FontRole::kBodyStrong) * 1.3F);
  // A low panel, as under 8 Ps, or a narrow one has room for what it is called, and for no
  // sentence.
  const auto lines = static_cast<float>(painter.lines_of(FontRole::kSmall, choice.sentence, in.w));
  const bool has_room_for_sentence = in.h >= head_h + lines * line_h;
  Rect head = has_room_for_sentence ? in.cut_top(head_h) : in;
  const float sign = painter.size_of(FontRole::kBodyStrong) * 0.75F;
  draw_first_sign(painter, {head.x + sign / 2, head.center().y}, sign, choice.sign);
  head.cut_left(sign + painter.px(theme::space::kClose));
  painter.text_in(head, FontRole::kBodyStrong, theme.text_hi, choice.title);
  if (has_room_for_sentence) {
    painter.paragraph_in(in, FontRole::kSmall, theme.text_mid, choice.sentence, line_h);
  }
  if (touch.hovered && !has_room_for_sentence) painter.tooltip(choice.sentence);
}

void draw_close(Painter& painter, const Rect& at, intents::Intents& asked) {
  const auto touch = painter.touch("first.close", at);
  const Color ink = touch.hovered ? painter.theme().text_hi : painter.theme().text_mid;
  const Point c = at.center();
  const float r = painter.px(theme::space::kSnug);
  const float width = painter.px(theme::space::kThin);
  painter.line({c.x - r, c.y - r}, {c.x + r, c.y + r}, ink, width);
  painter.line({c.x - r, c.y + r}, {c.x + r, c.y - r}, ink, width);
  if (touch.hovered) painter.tooltip(trf("Close this for good  [{0}]", "Esc"));
  if (touch.clicked) asked.emplace_back(intents::CloseFirst{});
}

}  // namespace

bool shows_first_start(const ViewInput& input) {
  return input.interactive && input.state.first_lesson != nullptr && input.session.live();
}

void draw_first_start(const ViewInput& input, const layout::Rect& area, intents::Intents& asked) {
  Painter painter(input);
  const script::Lesson& lesson = *input.state.first_lesson;
  const std::array<FirstChoice, 3> choices = {{
      {"first.1", FirstSign::kGoroutine, tr("Follow a goroutine"),
       tr("The sentence is about it from then on; you can hold it and step it."),
       intents::FollowGoroutine{somebody(input)}},
      {"first.2", FirstSign::kGc, tr("Run a GC"),
       tr("It clears the pools. Watch what is dropped, and that what is in use stays."),
       intents::RunGc{}},
      {"first.3", FirstSign::kLesson, trf("Play lesson {0}", lesson.name),
       trf("{0}: PgDn runs it line by line on real threads.",
           lesson.title.in(input.state.language)),
       intents::OpenLesson{lesson.name}},
  }};
  Rect in = painter.panel(area);
  Rect head = in.cut_top(std::ceil(painter.size_of(FontRole::kBody) * 1.4F));
  draw_close(painter, head.cut_right(head.h), asked);
  painter.heading(head, tr("Three things to try"),
                  tr("or just watch: real threads use a real pool"));
  in.cut_top(painter.px(theme::space::kNear));
  const float gap = painter.sizes().gap;
  const auto n = static_cast<float>(choices.size());
  // One above the other where they have no width, as in a narrow window.
  const bool beside = in.w >= n * painter.px(theme::space::kFirstChoice);
  const float w = std::floor((in.w - (n - 1) * gap) / n);
  const float h = std::floor((in.h - (n - 1) * gap) / n);
  for (const FirstChoice& choice : choices) {
    draw_first_choice(painter, beside ? in.cut_left(w) : in.cut_top(h), choice, asked);
    (void)(beside ? in.cut_left(gap) : in.cut_top(gap));
  }
}

}  // namespace poolscope::views
