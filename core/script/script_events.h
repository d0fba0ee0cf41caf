#pragma once

// A script as a session: what its goroutines and its controller do, as events in one order.
//
// Thread safety: of the goroutines and their controller one runs at a time (gate.h); this is for
// the one whose turn it is. Invariants:
//  1. Events come out with seq 1, 2, 3, ... and in the order of the facts.
//  2. A goroutine that stands unpinned has given its P back; one that stands pinned has it.
//  3. Time is the script's: it stands still within a command and goes on by kStep_ns between two.

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.h"
#include "core/runtime/goroutine.h"
#include "core/runtime/reasons.h"
#include "core/script/gate.h"
#include "core/trace/event_sink.h"
#include "core/trace/trace_context.h"

namespace poolscope::script {

class ScriptEvents;

/// What one goroutine of a script has for its events.
struct ScriptContext : TraceContext {
  /// A ring for what an operation does from one stop to the next; getSlow empties it on its way.
  static constexpr std::size_t kCapacity = 256;
  static constexpr std::size_t kLeastRoom = 64;

  ScriptContext(Goroutine& goroutine, Tickets& ticket_counter, ScriptEvents& of,
                std::size_t capacity)
      : TraceContext(goroutine, ticket_counter, capacity), events(of) {}
  ScriptEvents& events;
};

/// The names that the script has for what the events number.
struct ScriptNames {
  std::vector<std::string> goroutines;  // by GId
  std::vector<std::string> objects;     // by ObjectId; the first stands for none
  std::vector<std::string> pools;       // by PoolId
};

class ScriptEvents {
 public:
  static constexpr std::int64_t kStep_ns = 400'000'000;

  /// `sink` outlives it, and is given the events of each command when that has been carried out.
  explicit ScriptEvents(EventSink& sink);
  ScriptEvents(const ScriptEvents&) = delete;
  ScriptEvents& operator=(const ScriptEvents&) = delete;
  ~ScriptEvents();

  /// GOMAXPROCS at the start; where the pools stand, one behind the other.
  void set_machine(std::uint32_t procs, const void* first_pool, std::size_t bytes_of_one);
  void name_pool(std::string_view name) { names_.pools.emplace_back(name); }
  [[nodiscard]] const ScriptNames& names() const { return names_; }

  // --- the controller's side ------------------------------------------------------------------

  /// A goroutine of that name starts: it gets its number, and runs on its P. It has none where
  /// there is no such P or another holds it, which the machine allows for a Put that the dice drop.
  void start(Goroutine& g, std::string_view name);
  /// A new object, for a Put of `g` or by New.
  ObjectId new_object(std::string_view name);
  /// User code of `g` makes `object`, which new_object has just numbered.
  void make(Goroutine& g, ObjectId object);
  /// `object`, which `g` is about to put, comes into its hand from whichever hand it is in. It
  /// stays where it is if it is in none: a Put of what the pool has already.
  void fetch(Goroutine& g, ObjectId object);
  /// The operation of `g` has ended, with `got` in its hand (none: nothing).
  void end(Goroutine& g, ObjectId got);

  void stop(StopCause cause, std::uint32_t procs);
  /// The goroutine that acts for the stopped world.
  [[nodiscard]] Goroutine& coordinator() { return coordinator_; }
  void pools_cleaned();
  void procs_changed(std::uint32_t procs);
  void array_freed(ArrayId array);
  void objects_freed(std::uint64_t count);
  void start_world();

  /// A command has been carried out.
  void end_command();
  /// What comes from here on is no longer part of the session.
  void close() { closed_ = true; }

  // --- the goroutine's side -------------------------------------------------------------------

  /// `g` comes to stand at `where`.
  void stand(ScriptContext& context, const Stand& where);
  /// It goes on.
  void go_on(ScriptContext& context);
  /// Takes what the rings hold.
  void collect();

 private:
  ScriptContext& context_of(Goroutine& g);
  void run(ScriptContext& context);
  void park(ScriptContext& context, ParkReason reason);

  EventSink& sink_;
  Tickets tickets_;
  ScriptNames names_;
  std::map<std::string, GId, std::less<>> numbers_;  // of the goroutines
  std::map<const Goroutine*, std::unique_ptr<ScriptContext>> contexts_;
  std::map<ObjectId, std::vector<GId>> hands_;  // in which an object is, in the order of coming
  std::map<PId, GId> running_;                  // the holder of a P
  std::uint32_t procs_ = 0;
  const void* pools_ = nullptr;
  std::size_t pool_bytes_ = 1;
  Goroutine coordinator_;
  StopCause cause_ = StopCause::kGc;
  std::vector<Event> collected_;
  std::uint64_t delivered_ = 0;
  std::int64_t time_ns_ = 0;
  bool closed_ = false;
};

}  // namespace poolscope::script
