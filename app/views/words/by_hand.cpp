#include "app/views/words/by_hand.h"

#include <array>

#include "app/locale/translate.h"
#include "app/views/words/words.h"

namespace poolscope::views {
namespace {

using locale::tr;
using locale::trf;

constexpr std::array kClassic = {
    Step::kUse,        Step::kPutPinned,       Step::kPutDecided,    Step::kPutUnpinned,
    Step::kPutLocked,  Step::kPinSlowUnpinned, Step::kPinSlowLocked, Step::kPinSlowPublished,
    Step::kGetPinned,  Step::kGetDecided,      Step::kGetUnpinned,   Step::kGetLocked,
    Step::kGetPopped,  Step::kGetSlow,         Step::kSlowLoaded,    Step::kSlowLocked,
    Step::kSlowPopped, Step::kGetNew};
constexpr std::array kModern = {
    Step::kUse,           Step::kPutPinned,        Step::kPutDecided, Step::kPinSlowUnpinned,
    Step::kPinSlowLocked, Step::kPinSlowPublished, Step::kGetPinned,  Step::kPopHeadLoaded,
    Step::kSlowBegin,     Step::kPopTailLoaded,    Step::kPopTailWon, Step::kGetDecided,
    Step::kGetNew};

bool stop_waits(const Model& model) {
  return model.stop.phase == StopState::Phase::kRequested ||
         model.stop.phase == StopState::Phase::kStopped;
}

/// Who has the lock that `g` waits for.
GId holder_of_wanted_lock(const Model& model, const GState& g) {
  if (!g.wait_array.valid()) return model.all_pools_mu.holder;
  const ArrayState* array = model.array(g.wait_array);
  if (array == nullptr || g.wait_index >= array->locals.size()) return {};
  return array->locals[g.wait_index].lock.holder;
}

std::string why_no_p(const Model& model) {
  for (std::size_t p = 0; p < model.procs && p < model.ps.size(); ++p) {
    if (!model.ps[p].g.valid()) return "";
  }
  for (std::size_t p = 0; p < model.procs && p < model.ps.size(); ++p) {
    const GId owner = model.ps[p].g;
    const GState* state = model.gs.find(owner);
    if (state != nullptr && state->pinned) {
      return trf("no P is free: P{0} is pinned by {1}", p, name_of(owner));
    }
  }
  return tr("no P is free");
}

}  // namespace

std::span<const Step> steps_of(PoolKind pool) {
  if (pool == PoolKind::kModern) return kModern;
  return kClassic;
}

std::string why_it_stays(const Model& model, GId g) {
  const GState* state = model.gs.find(g);
  if (state == nullptr || state->pinned) return "";
  if (state->waits_for_lock) {
    const GId holder = holder_of_wanted_lock(model, *state);
    if (!holder.valid()) return "";
    return trf("{0} has the lock that it waits for", name_of(holder));
  }
  if (stop_waits(model)) return tr("the world is to stop: nobody is given a P");
  return why_no_p(model);
}

}  // namespace poolscope::views
