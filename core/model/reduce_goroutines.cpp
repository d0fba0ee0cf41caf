// Goroutines and their Ps, and what user code does with the objects in its hand.

#include "core/model/reduction.h"

namespace poolscope::reduction {
namespace {

using Status = GState::Status;

void set_status(GState& g, const Event& e, Status status) {
  g.status = status;
  g.status_since_ns = e.time_ns;
}

void run(Model& m, const Event& e, GState& g) {
  if (m.stop.phase == StopState::Phase::kStopped) {
    diverge(m, e, "{} runs while the world is stopped", name_of(e.g));
  }
  if (e.p.value >= m.procs) {
    diverge(m, e, "{} does not exist, GOMAXPROCS is {}", name_of(e.p), m.procs);
    if (e.p.valid() && e.p.value >= m.ps.size()) m.ps.resize(std::size_t{e.p.value} + 1);
  }
  if (g.status == Status::kRunning)
    diverge(m, e, "G{} runs already, on {}", e.g.value, name_of(g.p));
  if (PState* p = p_of(m, e.p)) {
    if (p->g.valid()) diverge(m, e, "{} is held by {}", name_of(e.p), name_of(p->g));
    p->g = e.g;
    if (p->remembered_by == e.g) p->remembered_by = GId::none();
  }
  if (g.op.kind != Operation::Kind::kNone && g.p.valid() && g.p != e.p) g.op.migrated = true;
  g.p = e.p;
  set_status(g, e, Status::kRunning);
}

void park(Model& m, const Event& e, GState& g) {
  if (g.status != Status::kRunning || g.p != e.p) {
    diverge(m, e, "G{} gives back {}, which it does not hold", e.g.value, name_of(e.p));
  }
  if (g.pinned) diverge(m, e, "G{} gives its P back while it is pinned", e.g.value);
  const bool user_code_waits =
      e.park_reason() == ParkReason::kSleep || e.park_reason() == ParkReason::kHandoff;
  if (user_code_waits && g.op.kind != Operation::Kind::kNone) {
    diverge(m, e, "G{} rests in the middle of an operation", e.g.value);
  }
  if (PState* p = p_of(m, e.p)) {
    if (p->g == e.g) p->g = GId::none();
    p->remembered_by = e.g;
  }
  g.park_reason = e.park_reason();
  set_status(g, e, Status::kParked);
}

void exit(Model& m, const Event& e, GState& g) {
  if (g.status == Status::kRunning) diverge(m, e, "G{} ends and holds {}", e.g.value, name_of(g.p));
  if (g.op.kind != Operation::Kind::kNone) {
    diverge(m, e, "G{} ends in the middle of an operation", e.g.value);
  }
  if (PState* p = p_of(m, g.p)) {
    if (p->remembered_by == e.g) p->remembered_by = GId::none();
    if (p->g == e.g) p->g = GId::none();
  }
  release_all(m, e, e.g);
  set_status(g, e, Status::kAbsent);
}

void stand(Model& m, const Event& e, GState& g) {
  g.step = e.step();
  if (m.config.details.pins && step_info(g.step).pinned && !g.pinned) {
    diverge(m, e, "G{} stands at {} and is not pinned", e.g.value, step_info(g.step).name);
  }
  // Only now is it sure that the array that pinSlow dropped is no longer the pool's.
  if (g.step == Step::kPinSlowPublished) settle_drop(m, e, g);
}

void make_object(Model& m, const Event& e, GState& g) {
  ++m.totals.created;
  ++m.totals.in_use;
  come_into_use(m, e, g);
}

void take_over(Model& m, const Event& e, GState& g) {
  if (!m.config.details.hands) return;
  const GId from = e.giver();
  bool found = false;
  if (GState* giver = m.gs.find(from)) found = std::erase(giver->hand, e.object) != 0;
  if (!found) {
    diverge(m, e, "{} is handed on by {}, who does not have it", name_of(e.object), name_of(from));
    ++m.totals.in_use;
  }
  g.hand.push_back(e.object);
}

}  // namespace

void reduce_goroutine(Model& m, const Event& e) {
  GState& g = g_of(m, e);
  switch (e.kind) {
    case EventKind::kGoStart:
      g.role = e.role();
      // It wants a P; which one, and when, the next event says.
      return set_status(g, e, Status::kWaitingP);
    case EventKind::kGoExit: return exit(m, e, g);
    case EventKind::kGoRun: return run(m, e, g);
    case EventKind::kGoPark: return park(m, e, g);
    case EventKind::kGoWaitP: return set_status(g, e, Status::kWaitingP);
    case EventKind::kStand: return stand(m, e, g);
    case EventKind::kObjectMade: return make_object(m, e, g);
    case EventKind::kObjectHanded: return take_over(m, e, g);
    default: m.ring_waited_us += e.number(); return;  // kRingWaited
  }
}

}  // namespace poolscope::reduction
