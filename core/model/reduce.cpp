#include "core/model/reduce.h"

#include "core/model/reduction.h"

namespace poolscope {
namespace {

using reduction::diverge;

/// More goroutines at once than this are taken for damage. No power of two, and looked at first:
/// make_room() would else look through all of them for each event that is refused.
constexpr std::size_t kMostGoroutines = 132'000;

/// Sees to it that the acting goroutine is known. False: the event cannot be applied.
bool find_goroutine(Model& m, const Event& e) {
  if (m.gs.contains(e.g)) return true;
  if (!e.g.valid()) {
    diverge(m, e, "no goroutine is named; the event is left out");
    return false;
  }
  if (m.gs.size() >= kMostGoroutines) {
    diverge(m, e, "G{} is one goroutine too many; the event is left out", e.g.value);
    return false;
  }
  m.gs.make_room();
  m.gs[e.g.value].id = e.g;
  // Those that a session starts with may be said to start or not.
  if (e.kind != EventKind::kGoStart && e.g.value >= m.config.workers) {
    diverge(m, e, "G{} was never started", e.g.value);
  }
  return true;
}

/// Whatever a goroutine does but giving its P back shows that it has gone on from its pace point.
void leave_step(GState& g, EventKind kind) {
  if (g.step != Step::kNone && kind != EventKind::kStand && kind != EventKind::kGoPark &&
      kind != EventKind::kGoWaitP) {
    g.step = Step::kNone;
  }
}

void check_order(Model& m, const Event& e) {
  if (e.seq != m.seq + 1) [[unlikely]] {
    diverge(m, e, "the event after #{} is missing or out of its order", m.seq);
  }
  if (e.time_ns < m.time_ns) [[unlikely]] {
    diverge(m, e, "its time {} ns lies before {} ns, that of the event before it", e.time_ns,
            m.time_ns);
  }
  m.seq = std::max(m.seq, e.seq);
  m.time_ns = std::max(m.time_ns, e.time_ns);
}

void reduce_of_goroutine(Model& m, const Event& e) {
  using enum EventKind;
  if (!find_goroutine(m, e)) return;
  if (!e.object.valid() && info_of(e.kind).moves == Moves::kAlways) [[unlikely]] {
    return diverge(m, e, "no object is named; the event is left out");
  }
  leave_step(*m.gs.find(e.g), e.kind);
  switch (e.kind) {
    case kGoStart:
    case kGoExit:
    case kGoRun:
    case kGoPark:
    case kGoWaitP:
    case kStand:
    case kObjectMade:
    case kObjectHanded:
    case kRingWaited: return reduction::reduce_goroutine(m, e);
    case kPutBegin:
    case kPutEnd:
    case kGetBegin:
    case kGetEnd:
    case kRaceDrop:
    case kPinned:
    case kUnpinned:
    case kNewBegin:
    case kNewMade: return reduction::reduce_operation(m, e);
    case kPrivateStore:
    case kPrivateFull:
    case kPrivateTake:
    case kPrivateEmpty: return reduction::reduce_private(m, e);
    case kLockWait:
    case kLocked:
    case kUnlocked:
    case kAllPoolsWait:
    case kAllPoolsLocked:
    case kAllPoolsUnlocked: return reduction::reduce_lock(m, e);
    case kSharedPush:
    case kSharedPop:
    case kSharedEmpty:
    case kSlowLoaded: return reduction::reduce_shared(m, e);
    case kTailPop:
    case kDequeueMade:
    case kDequeueUnlinked: return reduction::reduce_chain(m, e);
    case kVictimLoaded:
    case kVictimPrivateTake:
    case kVictimPrivateEmpty:
    case kVictimSizeZeroed: return reduction::reduce_victim(m, e);
    case kPinSlow:
    case kAllPoolsAppend:
    case kArrayMade:
    case kLocalStored:
    case kLocalSizeStored: return reduction::reduce_array(m, e);
    default: return diverge(m, e, "no such kind of event; it is left out");
  }
}

}  // namespace

Model initial_model(const SessionConfig& config) {
  Model m;
  m.config = config;
  m.procs = config.procs;
  m.ps.resize(config.procs);
  m.pools.resize(config.pools);
  for (std::size_t i = 0; i < m.pools.size(); ++i) {
    m.pools[i].id = PoolId{static_cast<std::uint16_t>(i)};
  }
  m.pacing = config.pacing;
  m.step_time_ns = config.step_time_ns;
  return m;
}

void reduce(Model& m, const Event& e) {
  check_order(m, e);
  if (e.kind < EventKind::kStopRequested) {
    reduce_of_goroutine(m, e);
  } else {
    reduction::reduce_stop(m, e);
  }
}

}  // namespace poolscope
