#pragma once

// The gate: a goroutine that goes from one stop to the next on command, one goroutine at a
// time.
//
// Thread safety: of a machine's goroutines and their controller one runs at a time; the hand-over
// between them (Gate::stand) synchronises. Invariants: pinned sections keep their P; what stands
// unpinned has given its P back.

#include <cstdint>
#include <utility>
#include <vector>

#include "core/pool/local_array.h"
#include "core/pool/step.h"
#include "core/runtime/goroutine.h"
#include "core/runtime/lock.h"
#include "core/script/gated_operation.h"

namespace poolscope::script {

/// Where a goroutine stands.
struct Stand {
  enum class Kind : std::uint8_t { kReady, kStopped, kBlocked, kEnded };
  Kind kind = Kind::kReady;
  Step step = Step::kNone;  // kStopped
  bool all_pools = false;   // kBlocked: by allPoolsMu, else by local[index]
  std::uint32_t index = 0;
  const Lock* lock = nullptr;  // kBlocked
};

/// A shared access.
struct Access {
  const void* what = nullptr;
  bool writes = false;
};
using AccessLog = std::vector<Access>;

class Gate;

/// Says which goroutine goes on when one stands: so they hand over to each other, and the
/// controller need not be asked.
class Conductor {
 public:
  virtual ~Conductor() = default;
  /// Called on the goroutine's stack, as if by the controller. Returns `gate` itself, that of
  /// another goroutine, or nullptr: it is the controller's turn.
  virtual Gate* after_stand(Gate& gate) = 0;
};

/// What all goroutines of one machine share.
struct GateMachine {
  std::uint32_t procs = 1;
  Conductor* conductor = nullptr;  // nullptr: after each stand it is the controller's turn
  AccessLog* log = nullptr;        // where accesses are written down; nullptr: nowhere
  bool opens_locks = false;        // nobody is refused a lock any more: the way out of a deadlock
  std::vector<LocalArrayHeader*> arrays;     // that were made and not yet freed
  LocalArrayHeader* spare_arrays = nullptr;  // all zero, for the next that are made
  std::uint32_t arrays_dropped = 0;          // by pinSlow, for a longer one
};

class Gate {
 public:
  /// What a goroutine is to do: run(of).
  struct Body {
    void (*run)(void* of) = nullptr;
    void* of = nullptr;
  };

  explicit Gate(GateMachine& machine) : machine_(machine) { g.gate = this; }
  virtual ~Gate() = default;  // no operation is under way
  Gate(const Gate&) = delete;
  Gate& operator=(const Gate&) = delete;

  /// On the controller's side: lets the goroutine go on, which must not have ended, and returns
  /// when it is the controller's turn.
  virtual void go_on() = 0;
  /// On the goroutine's side: gives the turn away and returns when it may go on.
  virtual void stand(const Stand& where) = 0;
  /// Where it stands, or has stood last.
  [[nodiscard]] const Stand& standing() const { return standing_; }

  /// As it was made, for another operation.
  void renew(Body body) {
    g.pinned = false;
    g.operations = 0;
    op.renew();
    until = Step::kNone;
    every_step = drops = false;
    accesses = Accesses::kUnseen;
    body_ = body;
    standing_ = {};
    stops_ = stands_from_ = 0;
    log_ = machine_.log;
  }
  /// Does the whole of it on the calling thread. Nothing is in its way.
  void run_here() {
    current_g = &g;
    body_.run(body_.of);
    current_g = nullptr;
    standing_ = {.kind = Stand::Kind::kEnded};
  }

  [[nodiscard]] bool stops_at(Step step) const { return every_step || step == until; }
  /// Has come to a stop. Whether it is to stand there.
  [[nodiscard]] bool arrives() { return ++stops_ >= stands_from_; }
  /// The stops that it has come to so far.
  [[nodiscard]] std::uint32_t stops() const { return stops_; }
  /// It goes past its stops before number `stop`, counted from 1, without standing there: the way
  /// is known.
  void stand_from(std::uint32_t stop) { stands_from_ = stop; }
  /// To the end, if no lock is in the way.
  void stop_nowhere() {
    until = Step::kNone;
    every_step = false;
    accesses = Accesses::kUnseen;
  }
  [[nodiscard]] GateMachine& machine() { return machine_; }
  /// Has come to a shared access that is not unseen. Whether there is no more to do.
  [[nodiscard]] bool goes_past() {
    return accesses == Accesses::kStops && !arrives() && log_ == nullptr;
  }
  /// The rest, before the access: stands there, if it is to, and writes it down.
  void meet_access(const void* what, bool writes);
  /// Writes an access that is not unseen down, where accesses are.
  void note_access(const void* what, bool writes);

  Step until = Step::kNone;  // the breakpoint at which it is to stop
  bool every_step = false;   // at every breakpoint: exploration
  enum class Accesses : std::uint8_t { kUnseen, kNoted, kStops };
  Accesses accesses = Accesses::kUnseen;  // kStops: before every shared access, too
  bool drops = false;                     // the race dice say: drop

 private:
  // What each access looks at stands together.
  std::uint32_t stops_ = 0;
  std::uint32_t stands_from_ = 0;
  AccessLog* log_ = nullptr;
  GateMachine& machine_;
  Stand standing_;
  Body body_;

 public:
  Goroutine g;
  GatedOperation op;

 protected:
  /// On the goroutine's side: it stands, or has ended. Whose turn it is; nullptr: the controller's.
  Gate* next_after(const Stand& where);
};

/// The gate of the calling goroutine.
inline Gate& current_gate() { return *current_g->gate; }

/// Writes an access down, where accesses are.
inline void note_access(const void* what, bool writes) {
  Gate& gate = current_gate();
  if (gate.accesses != Gate::Accesses::kUnseen) gate.note_access(what, writes);
}

/// Before a shared access: another goroutine may come between.
inline void pass_access(const void* what, bool writes) {
  if (current_g == nullptr) return;  // the controller looks, in a stopped world
  Gate& gate = current_gate();
  if (gate.accesses != Gate::Accesses::kUnseen && !gate.goes_past()) gate.meet_access(what, writes);
}

/// While it lives, the calling goroutine does not stop at accesses: they are not the pool's own.
class NoStops {
 public:
  NoStops() : gate_(current_gate()), before_(gate_.accesses) {
    if (before_ == Gate::Accesses::kStops) gate_.accesses = Gate::Accesses::kNoted;
  }
  ~NoStops() { gate_.accesses = before_; }
  NoStops(const NoStops&) = delete;
  NoStops& operator=(const NoStops&) = delete;

 private:
  Gate& gate_;
  const Gate::Accesses before_;
};

}  // namespace poolscope::script
