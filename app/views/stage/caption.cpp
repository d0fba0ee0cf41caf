// The sentence, in the largest type but the title, and under it the banner of the last GC or
// resize.

#include "app/views/stage/caption.h"

#include <cmath>

#include "app/locale/translate.h"
#include "app/views/paint/paint.h"
#include "app/views/words/sentence.h"

namespace poolscope::views {

using locale::tr;

std::string sentence_text(const ViewInput& input) {
  return sentence_of(input.model, spotlight_of(input),
                     {.g = input.state.followed, .object = input.state.followed_object},
                     shown_pool(input));
}

std::string banner_text(const ViewInput& input) {
  if (!input.message.text.empty()) return tr(input.message.text.c_str());
  return banner_of(input.model, input.session.playhead.time_ns, shown_pool(input));
}

namespace {

// At the end of the banner's first line: what it says, once more.
void draw_again(Painter& painter, Rect& banner, float line_h, intents::Intents& asked) {
  const ViewInput& input = painter.input();
  if (!input.interactive || !input.session.can.can_seek) return;
  const float pad = painter.px(theme::space::kClose);
  const std::string word = tr("again");
  Rect at = banner.cut_right(painter.width_of(FontRole::kSmall, word) + 2 * pad);
  banner.cut_right(pad);
  at.h = line_h;
  const auto touch = painter.touch("again", at);
  const Color ink = touch.hovered ? painter.theme().text_hi : painter.theme().text_mid;
  painter.border(at, painter.theme().stroke_hi, painter.sizes().hairline,
                 painter.sizes().radius_object);
  painter.text_in(at, FontRole::kSmall, ink, word, Align::kCenter);
  if (touch.clicked) asked.emplace_back(intents::Again{});
  if (touch.hovered) painter.tooltip(tr("The last GC, resize, loss or steal once more"));
}

}  // namespace

void draw_caption(const ViewInput& input, const layout::Rect& area, int sentence_lines,
                  intents::Intents& asked) {
  Painter painter(input);
  const auto& theme = painter.theme();
  painter.fill(area, theme.panel, painter.sizes().radius_panel);
  painter.border(area, theme.stroke, painter.sizes().hairline, painter.sizes().radius_panel);
  // The bar at the left marks the sentence.
  const Rect mark{area.x + painter.px(theme::space::kHair),
                  area.y + painter.px(theme::space::kLoose), painter.px(theme::space::kFine),
                  area.h - painter.px(theme::space::kFar)};
  painter.fill(mark, theme.steal.fill, painter.px(theme::space::kHair));
  Rect in = area.inset(painter.sizes().panel_inset, painter.sizes().gap * 0.8F);
  const float sentence_h = std::ceil(painter.size_of(FontRole::kSentence) * 1.35F);
  const Rect lines = in.cut_top(sentence_h * static_cast<float>(sentence_lines));
  if (sentence_lines == 1) {
    painter.text_in(lines, FontRole::kSentence, theme.text_hi, sentence_text(input));
  } else {
    painter.paragraph_in(lines, FontRole::kSentence, theme.text_hi, sentence_text(input),
                         sentence_h);
  }
  const std::string banner = banner_text(input);
  const float line_h = std::ceil(painter.size_of(FontRole::kSmall) * 1.35F);
  draw_again(painter, in, line_h, asked);
  if (banner.empty()) {
    painter.text_in({in.x, in.y, in.w, line_h}, FontRole::kSmall, theme.text_low,
                    input.interactive ? tr("Click a goroutine or an object to follow it.") : "");
    return;
  }
  const float sign = painter.size_of(FontRole::kSmall) * 0.7F;
  const bool message = !input.message.text.empty();
  const bool problem = message && input.message.kind == Message::Kind::kProblem;
  const Color color = problem ? theme.danger.text : message ? theme.hit.text : theme.victim.text;
  painter.diamond_sign({in.x + sign / 2, in.y + line_h / 2}, sign, color);
  in.cut_left(sign + painter.px(theme::space::kClose));
  painter.paragraph_in(in, FontRole::kSmall, problem ? color : theme.text_mid, banner, line_h);
}

}  // namespace poolscope::views
