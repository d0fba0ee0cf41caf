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
#include "app/views/words/words.h"

namespace poolscope::views {
namespace {

using locale::tr;

// From this width on the two texts stand side by side, else one above the other.
constexpr float kSideBySide = 640;
// Of the height, where they stand one above the other.
constexpr float kGoShare = 0.55F;

/// A goroutine at the step whose line it is about to run.
struct Standing {
  GId g;
  Step step = Step::kNone;
};

/// Of a goroutine that waits for a lock: the step before the line that takes it.
Step step_before_lock(const GState& g) {
  if (!g.wait_array.valid()) return Step::kPinSlowUnpinned;
  if (g.op.kind == Operation::Kind::kPut) return Step::kPutUnpinned;
  return g.op.slow ? Step::kSlowLoaded : Step::kGetUnpinned;
}

std::vector<Standing> standing_in(const Model& model) {
  std::vector<Standing> standing;
  for (const GState& g : model.gs) {
    if (g.status == GState::Status::kAbsent) continue;
    const Step step = g.waits_for_lock ? step_before_lock(g) : g.step;
    if (step != Step::kNone && step != Step::kUse) standing.push_back({g.id, step});
  }
  return standing;
}

/// Whose line is in the middle: the followed one's, or that of the one that moved last.
const Standing* in_the_middle(const ViewInput& input, const std::vector<Standing>& standing) {
  const auto find = [&standing](GId g) -> const Standing* {
    const auto at = std::ranges::find(standing, g, &Standing::g);
    return at == standing.end() ? nullptr : &*at;
  };
  if (input.state.followed.valid()) return find(input.state.followed);
  const Standing* last = nullptr;
  std::int64_t last_ns = -1;
  for (const Standing& one : standing) {
    const GState* g = input.model.gs.find(one.g);
    const std::int64_t ns = std::max(g->status_since_ns, g->op.begin_ns);
    if (ns > last_ns) last = &one;
    last_ns = std::max(last_ns, ns);
  }
  for (auto move = input.told.moves.rbegin(); move != input.told.moves.rend(); ++move) {
    if (move->time_ns < last_ns) break;
    if (const Standing* mover = find(move->g)) return mover;
  }
  return last;
}

Color color_of(const theme::Theme& theme, CodeKind kind) {
  switch (kind) {
    case CodeKind::kKeyword: return theme.code_keyword;
    case CodeKind::kLiteral: return theme.code_literal;
    case CodeKind::kComment: return theme.code_comment;
    case CodeKind::kPlain: break;
  }
  return theme.code_plain;
}

/// One text of the two, at its place.
class SourceText {
 public:
  SourceText(Painter& painter, const Code& code, const std::vector<Standing>& standing)
      : painter_(painter),
        code_(code),
        standing_(standing),
        line_h_(std::ceil(painter.size_of(FontRole::kMono) * 1.35F)) {}

  /// `middle`: whose line it is; `otherwise`: the step whose line is in the middle where nobody's
  /// is.
  void draw(Rect in, const std::string& heading, const Standing* middle, Step otherwise) {
    painter_.text_in(in.cut_top(line_h_), FontRole::kSmallStrong, painter_.theme().text_mid,
                     heading);
    lit_ = middle == nullptr ? code_.size() : line_of(code_, middle->step);
    const std::size_t centre = lit_ < code_.size() ? lit_ : line_of(code_, otherwise);
    const auto fit = static_cast<std::size_t>(std::max(1.0F, std::floor(in.h / line_h_)));
    const std::size_t most = code_.size() > fit ? code_.size() - fit : 0;
    const std::size_t wanted = centre < code_.size() && centre > fit / 2 ? centre - fit / 2 : 0;
    const std::size_t first = std::min(wanted, most);
    for (std::size_t i = first; i < std::min(code_.size(), first + fit); ++i) {
      draw_line(in.cut_top(line_h_), i, middle);
    }
  }

 private:
  void draw_line(Rect at, std::size_t i, const Standing* middle) {
    const auto& theme = painter_.theme();
    const CodeLine& line = code_[i];
    if (i == lit_) {
      painter_.fill(at, theme.raised, painter_.sizes().radius_object / 2);
      painter_.fill({at.x, at.y, painter_.px(theme::space::kFine), at.h}, theme.steal.fill, 1);
    }
    at.cut_left(painter_.px(theme::space::kClose));
    draw_badges(at.cut_left(painter_.badge_width("G88")), line, i, middle);
    at.cut_left(painter_.px(theme::space::kClose));
    for (const CodeWord& word : line.words) {
      if (at.w <= painter_.px(theme::space::kWide)) break;
      at.cut_left(painter_.text_in(at, FontRole::kMono, color_of(theme, word.kind), word.text));
    }
  }

  // The badge of the one whose line is lit, or of the first there; more of them are counted.
  void draw_badges(const Rect& at, const CodeLine& line, std::size_t i, const Standing* middle) {
    if (line.step == Step::kNone || line_of(code_, line.step) != i) return;
    const Standing* shown = nullptr;
    std::size_t more = 0;
    for (const Standing& one : standing_) {
      if (one.step != line.step) continue;
      more += shown == nullptr ? 0 : 1;
      if (shown == nullptr || (middle != nullptr && one.g == middle->g)) shown = &one;
    }
    if (shown == nullptr) return;
    const std::string name = name_of(shown->g) + (more == 0 ? "" : fmt::format(" +{}", more));
    const bool moves = middle != nullptr && shown->g == middle->g;
    painter_.badge({at.x, at.center().y}, moves ? painter_.theme().hit : painter_.theme().user,
                   name, moves, at.w);
  }

  Painter& painter_;
  const Code& code_;
  const std::vector<Standing>& standing_;
  const float line_h_;
  std::size_t lit_ = 0;
};

/// What the variables of that goroutine hold: pid, l, x.
std::string locals_of(const Model& model, GId id) {
  const GState* g = model.gs.find(id);
  if (g == nullptr || g->op.kind == Operation::Kind::kNone) return "";
  std::string text = name_of(id) + ":";
  if (g->p.valid()) text += fmt::format(" pid={}", g->p.value);
  if (g->op.array.valid()) {
    const ArrayState* array = model.array(g->op.array);
    const bool old = array == nullptr || array->status == ArrayState::Status::kDropped;
    text += fmt::format(" l=&local[{}]", g->op.index);
    if (old) text += std::string(" (") + tr("old array") + ")";
  }
  if (g->op.slow) text += fmt::format(" size={} i={}", g->op.slow_size, g->op.probes);
  text += g->in_flight.valid() ? " x=" + name_of(g->in_flight) : " x=nil";
  return text;
}

}  // namespace

void draw_source(const ViewInput& input, const layout::Rect& area, intents::Intents& /*asked*/) {
  Painter painter(input);
  Rect in = painter.panel(area);
  const PoolKind pool = input.model.config.pool;
  const std::vector<Standing> standing = standing_in(input.model);
  const Standing* middle = in_the_middle(input, standing);
  const bool got =
      !input.told.moves.empty() && input.told.moves.back().to.kind == Place::Kind::kHand;
  const Step otherwise = got ? Step::kGetPinned : Step::kPutPinned;
  const bool beside = in.w >= painter.px(kSideBySide);
  Rect go = beside ? in.cut_left(std::round((in.w - painter.sizes().gap) / 2))
                   : in.cut_top(std::round((in.h - painter.sizes().gap) * kGoShare));
  (void)(beside ? in.cut_left(painter.sizes().gap) : in.cut_top(painter.sizes().gap));
  std::string heading = pool == PoolKind::kModern ? tr("Go >= 1.13") : tr("Go <= 1.12");
  if (middle != nullptr) heading += "   " + locals_of(input.model, middle->g);
  SourceText(painter, go_code(pool, input.state.language), standing)
      .draw(go, heading, middle, otherwise);
  SourceText(painter, cpp_code(pool), standing)
      .draw(in, tr("The C++ that runs here"), middle, otherwise);
}

}  // namespace poolscope::views
