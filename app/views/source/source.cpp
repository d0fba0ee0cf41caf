// The source of the pool.

#include "app/views/source/source.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "app/locale/translate.h"
#include "app/views/paint/paint.h"
#include "app/views/source/code.h"
#include "app/views/source/lit_line.h"
#include "app/views/words/words.h"

namespace poolscope::views {
namespace {

using locale::tr;
using locale::trf;

// From this width on the two texts stand side by side, else one above the other.
constexpr float kSideBySide = 640;
// Of the height, where they stand one above the other.
constexpr float kGoShare = 0.55F;

Color color_of(const theme::Theme& theme, CodeKind kind) {
  switch (kind) {
    case CodeKind::kKeyword: return theme.code_keyword;
    case CodeKind::kLiteral: return theme.code_literal;
    case CodeKind::kComment: return theme.code_comment;
    case CodeKind::kPlain: break;
  }
  return theme.code_plain;
}

/// What a click on a line that has a step means.
struct Sending {
  bool possible = false;
  GId g;             // who runs to it
  std::string hint;  // or why nobody does
};

Sending sending_of(const ViewInput& input) {
  const SessionStatus& session = input.session;
  if (session.lesson != nullptr) {
    return {.hint = tr("In a lesson the script moves the goroutines: PgDn runs its next line")};
  }
  if (!session.can.can_hold) {
    return {.hint = tr("A replay shows what has happened: nothing can be run to a line")};
  }
  const GId g = input.state.followed;
  if (!g.valid())
    return {.hint = tr("Click a goroutine first: then a click here runs it to this line")};
  return {true, g, trf("run {0} to here", name_of(g))};
}

/// One text of the two, at its place.
class SourceText {
 public:
  SourceText(Painter& painter, const Code& code, bool cpp, const std::vector<Standing>& standing,
             const Sending& sending, intents::Intents& asked)
      : painter_(painter),
        code_(code),
        cpp_(cpp),
        standing_(standing),
        sending_(sending),
        asked_(asked),
        line_h_(std::ceil(painter.size_of(FontRole::kMono) * 1.35F)) {}

  /// `middle`: whose line it is; `otherwise`: the step whose line is in the middle where nobody's
  /// is.
  void draw(Rect in, const std::string& heading, const Standing* middle, Step otherwise) {
    painter_.text_in(in.cut_top(line_h_), FontRole::kSmallStrong, painter_.theme().text_mid,
                     heading);
    lit_ = middle == nullptr ? code_.size() : line_of(code_, middle->step);
    const auto& chosen = painter_.input().state.source_middle[cpp_ ? 1 : 0];
    const std::size_t centre = chosen                ? *chosen
                               : lit_ < code_.size() ? lit_
                                                     : line_of(code_, otherwise);
    const auto fit = static_cast<std::size_t>(std::max(1.0F, std::floor(in.h / line_h_)));
    const std::size_t most = code_.size() > fit ? code_.size() - fit : 0;
    const std::size_t wanted = centre < code_.size() && centre > fit / 2 ? centre - fit / 2 : 0;
    const std::size_t first = std::min(wanted, most);
    const Rect all = in;
    for (std::size_t i = first; i < std::min(code_.size(), first + fit); ++i) {
      draw_line(in.cut_top(line_h_), i, middle);
    }
    // A click beside the lines with a step does not let go of the goroutine that is followed.
    painter_.touch_unnamed(cpp_ ? "source.cpp" : "source", all);
    scroll(painter_.wheel_over(all), first, fit, most);
  }

 private:
  // Three lines a notch.
  void scroll(float notches, std::size_t first, std::size_t fit, std::size_t most) {
    if (notches == 0) return;
    const auto to = static_cast<float>(first) - 3 * notches;
    const auto top = static_cast<std::size_t>(std::clamp(to, 0.0F, static_cast<float>(most)));
    asked_.emplace_back(intents::ScrollSource{cpp_, top + fit / 2});
  }

  [[nodiscard]] bool has_step(std::size_t i) const {
    return code_[i].step != Step::kNone && line_of(code_, code_[i].step) == i;
  }

  // What a click on the line does.
  void draw_touch(const Rect& at, std::size_t i) {
    if (!has_step(i)) return;
    const std::string label = fmt::format("{}{}", cpp_ ? "source.cpp." : "source.", i + 1);
    const auto touch = painter_.touch(label, at, sending_.possible);
    if (touch.clicked) {
      asked_.emplace_back(
          intents::SendGoroutine{sending_.g, intents::SendGoroutine::To::kStep, code_[i].step});
    }
    if (!touch.hovered) return;
    painter_.tooltip(sending_.hint);
    if (!sending_.possible) return;
    Painter::point_with_hand();
    painter_.border(at, painter_.theme().priv.text, painter_.sizes().hairline,
                    painter_.sizes().radius_object / 2);
  }

  void draw_line(Rect at, std::size_t i, const Standing* middle) {
    const auto& theme = painter_.theme();
    const CodeLine& line = code_[i];
    if (i == lit_) {
      painter_.fill(at, theme.raised, painter_.sizes().radius_object / 2);
      painter_.fill({at.x, at.y, painter_.px(theme::space::kFine), at.h}, theme.steal.fill, 1);
    }
    draw_touch(at, i);
    at.cut_left(painter_.px(theme::space::kClose));
    draw_badges(at.cut_left(painter_.badge_width("G8+8")), line, i, middle);
    at.cut_left(painter_.px(theme::space::kClose));
    for (const CodeWord& word : line.words) {
      if (at.w <= painter_.px(theme::space::kWide)) break;
      // What has no room ends at the column's edge, as in an editor.
      at.cut_left(painter_.text_in(at, FontRole::kMono, color_of(theme, word.kind),
                                   painter_.shortened(FontRole::kMono, word.text, at.w)));
    }
  }

  // A line to which somebody can be run.
  void draw_mark(const Rect& at) {
    if (!sending_.possible) return;
    const float r = painter_.sizes().dot / 2;
    painter_.ring({at.right() - r, at.center().y}, r, painter_.theme().text_low,
                  painter_.sizes().hairline);
  }

  // The badge of the one whose line is lit, or of the first there; more of them are counted.
  void draw_badges(const Rect& at, const CodeLine& line, std::size_t i, const Standing* middle) {
    if (!has_step(i)) return;
    const Standing* shown = nullptr;
    std::size_t more = 0;
    for (const Standing& one : standing_) {
      if (one.step != line.step) continue;
      more += shown == nullptr ? 0 : 1;
      if (shown == nullptr || (middle != nullptr && one.g == middle->g)) shown = &one;
    }
    if (shown == nullptr) return draw_mark(at);
    const std::string all = name_of(shown->g) + (more == 0 ? "" : fmt::format("+{}", more));
    const std::string name = painter_.badge_width(all) <= at.w ? all : name_of(shown->g);
    const bool moves = middle != nullptr && shown->g == middle->g;
    painter_.badge({at.x, at.center().y}, moves ? painter_.theme().hit : painter_.theme().user,
                   name, moves, at.w, at.h);
  }

  Painter& painter_;
  const Code& code_;
  const bool cpp_;
  const std::vector<Standing>& standing_;
  const Sending& sending_;
  intents::Intents& asked_;
  const float line_h_;
  std::size_t lit_ = 0;
};

/// What the variables of that goroutine hold: pid, l and its private, x. `all`: of getSlow's too.
std::string locals_of(const Model& model, GId id, bool all) {
  const GState* g = model.gs.find(id);
  if (g == nullptr || g->op.kind == Operation::Kind::kNone) return "";
  std::string text = name_of(id) + ":";
  if (g->p.valid()) text += fmt::format(" pid={}", g->p.value);
  if (g->op.array.valid()) {
    const ArrayState* array = model.array(g->op.array);
    const bool old = array == nullptr || array->status == ArrayState::Status::kDropped;
    text += fmt::format(" l=&local[{}]", g->op.index);
    if (old) text += std::string(" (") + tr("old array") + ")";
    if (all && array != nullptr && g->op.index < array->locals.size()) {
      const ObjectId held = array->locals[g->op.index].private_object;
      text += " l.private=" + (held.valid() ? name_of(held) : "nil");
    }
  }
  if (all && g->op.slow) text += fmt::format(" size={} i={}", g->op.slow_size, g->op.probes);
  text += g->in_flight.valid() ? " x=" + name_of(g->in_flight) : " x=nil";
  return text;
}

/// Which text it is, and as much of the variables as there is room for.
std::string heading_of(const Painter& painter, const Standing* middle, float room) {
  const Model& model = painter.input().model;
  const std::string name =
      model.config.pool == PoolKind::kModern ? tr("Go >= 1.13") : tr("Go <= 1.12");
  if (middle == nullptr) return name;
  const std::string all = locals_of(model, middle->g, true);
  for (const std::string& heading : {name + "   " + all, all, locals_of(model, middle->g, false)}) {
    if (painter.width_of(FontRole::kSmallStrong, heading) <= room) return heading;
  }
  return name;
}

}  // namespace

void draw_source(const ViewInput& input, const layout::Rect& area, intents::Intents& asked) {
  Painter painter(input);
  Rect in = painter.panel(area);
  const PoolKind pool = input.model.config.pool;
  const GId followed = input.state.followed;
  const std::vector<Standing> standing = standing_in(input.model);
  const Standing* middle = in_the_middle(input.model, input.told, followed, standing);
  const Step otherwise = step_of_last_operation(input.model, input.told, followed);
  const bool beside = in.w >= painter.px(kSideBySide);
  Rect go = beside ? in.cut_left(std::round((in.w - painter.sizes().gap) / 2))
                   : in.cut_top(std::round((in.h - painter.sizes().gap) * kGoShare));
  (void)(beside ? in.cut_left(painter.sizes().gap) : in.cut_top(painter.sizes().gap));
  const std::string heading = heading_of(painter, middle, go.w);
  const Sending sending = sending_of(input);
  SourceText(painter, go_code(pool, input.state.language), false, standing, sending, asked)
      .draw(go, heading, middle, otherwise);
  SourceText(painter, cpp_code(pool), true, standing, sending, asked)
      .draw(in, tr("The C++ that runs here"), middle, otherwise);
}

}  // namespace poolscope::views
