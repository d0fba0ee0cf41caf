#pragma once

// How a session was set up: what runs, with how many of what, and how its structs lie in memory.
//
// Thread safety: values.
// Invariants: it does not change while the session runs, and is stored with every recording.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/pool/outcome.h"
#include "core/runtime/reasons.h"

namespace poolscope {

/// Which facts the events of a session carry. A recorded Go program has fewer than ours: the audit
/// asks, and a picture shows, no more than is there.
struct Details {
  bool pins = true;   // when a goroutine is pinned, and no longer
  bool steps = true;  // at which pace points it stands
  bool locks = true;  // which lock it waits for, takes and gives back
  bool hands = true;  // which goroutine has an object that is in no pool
  bool operator==(const Details&) const = default;
};

/// What the goroutines of a live session do.
struct WorkloadConfig {
  std::string name = "lecture";  // see workload_of in core/sim/workload.h
  std::string rate = "50";       // operations a second and worker, or "max"
  std::uint32_t held = 2;        // objects that a goroutine keeps in use at most
  bool operator==(const WorkloadConfig&) const = default;
};

/// The configuration of a session that the picture depends on; stored in recordings.
struct SessionConfig {
  PoolKind pool = PoolKind::kClassic;
  std::uint32_t padding = 128;  // bytes that a poolLocal is padded to a multiple of; 0: none
  std::uint32_t pools = 1;
  std::uint32_t procs = 4;                 // at the start
  std::uint32_t workers = 6;               // goroutines that are there from the start
  std::optional<WorkloadConfig> workload;  // none: a script, or somebody's own program
  Pacing pacing = Pacing::kEachWaits;      // at the start
  std::int64_t step_time_ns = 0;           // at the start
  bool race = false;
  bool double_put = false;  // an object may be put while the pool has it, or has lost it
  std::uint64_t seed = 1;
  Details details;
  // Read from the compiled structs by the simulation, never from a table.
  struct Field {
    std::string name;          // "private", "shared", "Mutex", "pad"
    std::uint32_t offset = 0;  // bytes
    std::uint32_t size = 0;    // bytes
    bool operator==(const Field&) const = default;
  };
  std::vector<Field> fields;   // of the running poolLocal, in order, pad last where there is one
  std::uint32_t stride = 128;  // sizeof(poolLocal) that runs
  std::uint32_t unpadded_stride = 48;  // sizeof(poolLocal) without padding
  std::uint32_t padded_stride = 128;   // sizeof(poolLocal) with padding 128
  bool operator==(const SessionConfig&) const = default;
};

}  // namespace poolscope
