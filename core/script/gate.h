#pragma once

// The gate: a goroutine that goes from one stop to the next when it is told to, one goroutine at a
// time.
//
// Thread safety: a Gate belongs to one goroutine and its controller, of which only one runs at a
// time; the hand-over between them (Gate::stand) synchronises. Invariants: pinned sections keep
// their P; what stands unpinned has given its P back.

#include <cstdint>
#include <utility>
#include <vector>

#include "core/pool/step.h"
#include "core/runtime/goroutine.h"
#include "core/runtime/lock.h"
#include "core/script/gated_operation.h"

namespace poolscope::script {

/// Where a goroutine stands.
struct Stand {
  enum class Kind : std::uint8_t { kReady, kStopped, kBlocked, kEnded };
  Kind kind = Kind::kReady;
  Step step = Step::kNone;     // kStopped
  const Lock* lock = nullptr;  // kBlocked
  bool all_pools = false;      // kBlocked: by allPoolsMu, else by local[index]
  std::uint32_t index = 0;
};

/// A shared access.
struct Access {
  const void* what = nullptr;
  bool writes = false;
};
using AccessLog = std::vector<Access>;

/// What all goroutines of one machine share.
struct GateMachine {
  std::uint32_t procs = 1;
  AccessLog* log = nullptr;  // where accesses are written down; nullptr: nowhere
};

class Gate {
 public:
  explicit Gate(GateMachine& machine) : machine_(machine) { g.trace = this; }
  virtual ~Gate() = default;
  Gate(const Gate&) = delete;
  Gate& operator=(const Gate&) = delete;

  /// On the goroutine's side: gives control back and returns when it may go on.
  virtual void stand(const Stand& where) = 0;

  [[nodiscard]] bool stops_at(Step step) const { return every_step || step == until; }
  /// To the end, if no lock is in the way.
  void stop_nowhere() {
    until = Step::kNone;
    every_step = sees_accesses = false;
  }
  [[nodiscard]] GateMachine& machine() { return machine_; }

  Goroutine g;
  GatedOperation op;
  Step until = Step::kNone;    // the breakpoint at which it is to stop
  bool every_step = false;     // at every breakpoint: exploration
  bool sees_accesses = false;  // and before every shared access
  bool drops = false;          // the race dice say: drop

 private:
  GateMachine& machine_;
};

/// The gate of the calling goroutine.
inline Gate& current_gate() { return *static_cast<Gate*>(current_g->trace); }

/// Writes an access down, where accesses are.
inline void note_access(const void* what, bool writes) {
  if (AccessLog* log = current_gate().machine().log) log->push_back({what, writes});
}

/// Before a shared access: another goroutine may come between.
inline void pass_access(const void* what, bool writes) {
  if (current_g == nullptr) return;  // the controller looks, in a stopped world
  Gate& gate = current_gate();
  if (gate.sees_accesses) gate.stand({.kind = Stand::Kind::kReady});
  note_access(what, writes);
}

/// While it lives, accesses of the calling goroutine are not gated: they are not the pool's own.
class UnseenAccesses {
 public:
  UnseenAccesses() : gate_(current_gate()), before_(std::exchange(gate_.sees_accesses, false)) {}
  ~UnseenAccesses() { gate_.sees_accesses = before_; }
  UnseenAccesses(const UnseenAccesses&) = delete;
  UnseenAccesses& operator=(const UnseenAccesses&) = delete;

 private:
  Gate& gate_;
  const bool before_;
};

}  // namespace poolscope::script
