// Whose line of the source is lit.

#include "app/views/source/lit_line.h"

#include <algorithm>
#include <cstdint>

namespace poolscope::views {
namespace {

/// Of a goroutine that waits for a lock: the step before the line that takes it.
Step step_before_lock(const GState& g) {
  if (!g.wait_array.valid()) return Step::kPinSlowUnpinned;
  if (g.op.kind == Operation::Kind::kPut) return Step::kPutUnpinned;
  return g.op.slow ? Step::kSlowLoaded : Step::kGetUnpinned;
}

}  // namespace

std::vector<Standing> standing_in(const Model& model) {
  std::vector<Standing> standing;
  for (const GState& g : model.gs) {
    if (g.status == GState::Status::kAbsent) continue;
    const Step step = g.waits_for_lock ? step_before_lock(g) : g.step;
    if (step != Step::kNone && step != Step::kUse) standing.push_back({g.id, step});
  }
  return standing;
}

const Standing* in_the_middle(const Model& model, const Told& told, GId followed,
                              const std::vector<Standing>& standing) {
  const auto find = [&standing](GId g) -> const Standing* {
    const auto at = std::ranges::find(standing, g, &Standing::g);
    return at == standing.end() ? nullptr : &*at;
  };
  if (followed.valid()) return find(followed);
  const Standing* last = nullptr;
  std::int64_t last_ns = -1;
  for (const Standing& one : standing) {
    const GState* g = model.gs.find(one.g);
    const std::int64_t ns = std::max(g->status_since_ns, g->op.begin_ns);
    if (ns > last_ns) last = &one;
    last_ns = std::max(last_ns, ns);
  }
  for (auto move = told.moves.rbegin(); move != told.moves.rend(); ++move) {
    if (move->time_ns < last_ns) break;
    if (const Standing* mover = find(move->g)) return mover;
  }
  return last;
}

Step step_of_last_operation(const Model& model, const Told& told, GId followed) {
  const GState* g = model.gs.find(followed);
  const bool got = g != nullptr
                       ? g->op.kind == Operation::Kind::kGet
                       : !told.moves.empty() && told.moves.back().to.kind == Place::Kind::kHand;
  return got ? Step::kGetPinned : Step::kPutPinned;
}

}  // namespace poolscope::views
