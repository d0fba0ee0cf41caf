#pragma once

// The live session: goroutines of a workload on real threads, the pools that they use, GC and
// GOMAXPROCS on request, and the ordered stream of events of all that.
//
// Thread safety: the requests (gc, procs, speed, pause, step) from any thread; create, start and
// stop from one. Events arrive on the collector's thread.
// Invariants: events arrive in the order of seq, from 1, without a gap. After stop() returns none
// arrives any more, and created = in use + pooled + freed.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/array_address.h"
#include "core/base/error.h"
#include "core/model/model.h"
#include "core/runtime/holds.h"
#include "core/runtime/speed.h"
#include "core/trace/event_sink.h"

namespace poolscope {

// The largest values of the options.
inline constexpr std::uint32_t kMostProcs = 256;
inline constexpr std::uint32_t kMostWorkers = 1024;
inline constexpr std::uint32_t kMostPools = 64;
inline constexpr std::uint32_t kMostHeld = 4096;

/// The names of all workloads, e.g. "lecture".
std::vector<std::string> workload_names();

struct SimulationOptions {
  /// kind, padding, pools, procs, workers, workload, race, seed, pacing, step_time_ns are read;
  /// fields and strides are filled in (see Simulation::config). The workload's rate is made from
  /// ops_per_second.
  SessionConfig config = {.workload = WorkloadConfig{}};
  double ops_per_second = 50;           // each worker's; 0: as fast as it can
  std::int64_t gc_every_ns = 0;         // 0: only on request
  std::int64_t resize_every_ns = 0;     // to 1 .. 2*procs, at most 256, by the seed; 0: on request
  std::uint64_t stop_after_events = 0;  // operations end soon after that many events; 0: never
  bool starts_paused = false;           // its goroutines stand still until step() or resume()
};

/// What a session came to, in objects and events.
struct Accounting {
  std::uint64_t created = 0;
  std::uint64_t in_use = 0;
  std::uint64_t pooled = 0;
  std::uint64_t freed = 0;
  std::uint64_t stamped = 0;    // events that were given a number
  std::uint64_t delivered = 0;  // events that the sink was given
  [[nodiscard]] std::uint64_t dropped() const { return stamped - delivered; }
  [[nodiscard]] bool objects_add_up() const { return created == in_use + pooled + freed; }
  [[nodiscard]] bool holds() const { return objects_add_up() && dropped() == 0; }
};

class Simulation {
 public:
  virtual ~Simulation() = default;

  /// A session that stands ready; bad options (out of range, unknown workload) are bad input.
  static Expected<std::unique_ptr<Simulation>> create(const SimulationOptions& options);

  /// The options' configuration with the facts of the compiled structs; initial_model(config())
  /// is the model before the first event.
  [[nodiscard]] virtual const SessionConfig& config() const = 0;

  /// Starts the threads. `sink` outlives the simulation. Called once.
  virtual void start(EventSink& sink) = 0;

  /// Stops the world and runs poolCleanup, soon; false: one waits or runs already, this is ignored.
  virtual bool request_gc() = 0;
  /// GOMAXPROCS(procs), 1 .. 256, soon. While an earlier change waits, this takes its place. With
  /// as many Ps as there are, nobody is stopped, as in Go.
  virtual void request_procs(std::uint32_t procs) = 0;
  [[nodiscard]] virtual std::uint32_t procs() const = 0;
  /// What was asked for and is not set yet.
  [[nodiscard]] virtual std::optional<std::uint32_t> procs_wanted() const = 0;

  /// How goroutines are held back, from now on.
  virtual void set_speed(Speed speed) = 0;
  /// How often each worker begins an operation; 0: as often as it can. From its next operation on.
  virtual void set_rate(double ops_per_second) = 0;
  /// How many objects a goroutine keeps in use at most, 1 .. kMostHeld.
  virtual void set_held(std::uint32_t held) = 0;
  /// All goroutines stand still at their next pace point, and session time with them.
  virtual void pause() = 0;
  virtual void resume() = 0;
  /// While paused: one goroutine goes on to its next pace point: by turns the one whose turn it is,
  /// else the one that has stood longest.
  virtual void step() = 0;

  // --- one goroutine, at any speed and while paused --------------------------------------------
  /// It stands at its next pace point, and stays there with what it holds. Of a number that no
  /// goroutine has nothing comes.
  virtual void hold(GId g) = 0;
  virtual void let_go(GId g) = 0;
  /// It goes on so far, and is held there.
  virtual void send(GId g, Way way) = 0;
  /// Those that are held, in the order of their numbers.
  [[nodiscard]] virtual std::vector<GId> held() const = 0;

  [[nodiscard]] virtual bool paused() const = 0;
  /// Session time, ns.
  [[nodiscard]] virtual std::int64_t now_ns() const = 0;
  /// Where the newest arrays lie, oldest first; never null.
  [[nodiscard]] virtual std::shared_ptr<const ArrayAddresses> array_addresses() const = 0;
  /// A stop-the-world waits or runs.
  [[nodiscard]] virtual bool stop_under_way() const = 0;

  /// Ends the goroutines after their operation, delivers what is left, frees everything.
  virtual void stop() = 0;
  /// After stop().
  [[nodiscard]] virtual Accounting accounting() const = 0;
};

}  // namespace poolscope
