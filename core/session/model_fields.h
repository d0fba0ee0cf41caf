#pragma once

// The fields of the model's structs, in the order in which a keyframe stores them: one list for
// both directions. Each function hands the fields of its struct to `archive`, a coder of
// model_codec.cpp.
//
// The structured bindings name every field of their struct: a field added to or taken from the
// model stops the build here. What is stored then is a new format; see README.md. What a format has
// added stands behind archive.has(format): older files do not have it, and it keeps its default.
// What a format has taken away is passed over in older files.
//
// Thread safety: functions of their arguments.

#include <concepts>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <vector>

#include "core/model/model.h"

namespace poolscope::fields {

/// What the formats before 3 stored of the model and later ones do not: what is only told. It is
/// read and thrown away.
namespace until_3 {

struct LastTheft {
  GId thief;
  PId thief_p;
  std::int64_t time_ns = 0;
};
struct Place {
  std::uint8_t kind = 0;
  ArrayId array;
  std::uint16_t index = 0;
  std::uint32_t cell = 0;
};
struct Move {
  ObjectId object;
  Place from;
  Place to;
  GId g;
  PId p;
  std::int64_t time_ns = 0;
  std::uint64_t seq = 0;
};
struct LostObject {
  ObjectId object;
  PoolId pool;
  std::uint8_t cause = 0;
  std::int64_t time_ns = 0;
};
struct Spotlight {
  std::uint8_t rarity = 0;
  GId g;
  Operation op;
  StopState stop;
  LostObject lost;
  std::int64_t since_ns = 0;
  std::uint64_t seq = 0;
};
struct LineState {
  PId last_writer;
  PId writer_before;
  std::uint64_t writes = 0;
  std::uint64_t changes = 0;
  std::uint64_t changes_this_second = 0;
  std::uint64_t changes_last_second = 0;
  std::int64_t second = 0;
};
struct Spotlights {
  Spotlight now;
  Spotlight next;
  std::vector<LineState> lines_unpadded;
  std::vector<LineState> lines_padded;
};

}  // namespace until_3

/// T is Struct, const or not.
template <class T, class Struct>
concept Like = std::same_as<std::remove_const_t<T>, Struct>;

template <class A>
void visit(A& archive, Like<SessionConfig::Field> auto& value) {
  auto& [name, offset, size] = value;
  archive(name, offset, size);
}

inline const WorkloadConfig kNoWorkload = {.name = "", .rate = "", .held = 0};
// What earlier versions named the workload of a script, which has none.
inline constexpr std::string_view kScriptsWorkload = "script";

template <class A>
void visit(A& archive, Like<SessionConfig> auto& value) {
  auto& [pool, padding, pools, procs, workers, workload, pacing, step_time_ns, race, double_put,
         seed, details, fields, stride, unpadded_stride, padded_stride] = value;
  // The formats give a workload its place in each configuration: one without a name is none.
  auto [name, rate, held] = workload.value_or(kNoWorkload);
  archive(pool, padding, pools, procs, workers, name, rate, step_time_ns, held, race, seed, fields,
          stride, unpadded_stride, padded_stride);
  if constexpr (!std::is_const_v<std::remove_reference_t<decltype(value)>>) {
    workload.reset();
    if (name != kNoWorkload.name && name != kScriptsWorkload) workload = {name, rate, held};
  }
  if (archive.has(3)) archive(double_put, pacing);
  // The details stand in the file's list of segments: they say what else a model has.
}

template <class A>
void visit(A& archive, Like<Place> auto& value) {
  auto& [kind, array, index, cell, g] = value;
  archive(kind, array, index, cell, g);
}

template <class A>
void visit(A& archive, Like<Operation> auto& value) {
  auto& [kind, pool, object, where, p, array, index, private_seen, private_missed,
         own_shared_missed, slow, slow_array, slow_size, slow_pid, probes, found_at, victim_array,
         victim_size, victim_probes, new_called, pin_slows, made_array, made_size, dropped_with_old,
         migrated, begin_ns, end_ns] = value;
  archive(kind, pool, object, where, p, array, index, private_seen, private_missed,
          own_shared_missed, slow, slow_array, slow_size, slow_pid, probes, found_at, new_called,
          pin_slows, made_array, made_size, dropped_with_old, migrated, begin_ns, end_ns);
  if (archive.has(2)) archive(victim_array, victim_size, victim_probes);
}

template <class A>
void visit(A& archive, Like<LockState> auto& value) {
  auto& [holder, held_since_ns, waiters] = value;
  archive(holder, held_since_ns, waiters);
}

template <class A>
void visit(A& archive, Like<GState> auto& value) {
  auto& [id, status, role, p, park_reason, pinned, pinned_since_ns, step, status_since_ns,
         waits_for_lock, wait_array, wait_index, wait_since_ns, op, last_op, in_flight, hand, holds,
         puts, gets] = value;
  archive(status, role, p, park_reason, pinned, pinned_since_ns, step, status_since_ns,
          waits_for_lock, wait_array, wait_index, wait_since_ns, op, last_op, in_flight, hand,
          holds, puts, gets);
  if (archive.has(3)) archive(id);
}

template <class A>
void visit(A& archive, Like<HitCounts> auto& value) {
  auto& [from_private, from_shared, from_steal, from_victim, from_new, nil] = value;
  archive(from_private, from_shared, from_steal, from_victim, from_new, nil);
}

template <class A>
void visit(A& archive, Like<PState> auto& value) {
  auto& [g, remembered_by, hits, puts, steals_from] = value;
  archive(g, remembered_by, hits, puts, steals_from);
  if (!archive.has(3)) archive.template pass_over<until_3::LastTheft>();
}

template <class A>
void visit(A& archive, Like<DequeueState> auto& value) {
  auto& [length, tail, count, ahead, unlinked] = value;
  archive(length, tail, count, ahead, unlinked);
}

template <class A>
void visit(A& archive, Like<LocalState> auto& value) {
  auto& [private_object, shared, chain, lock, last_writer] = value;
  archive(private_object, shared, lock, last_writer);
  if (archive.has(2)) archive(chain);
}

template <class A>
void visit(A& archive, Like<ArrayState> auto& value) {
  auto& [id, pool, status, dropped_by, dropped_at_ns, locals, held_by, orphans] = value;
  archive(id, pool, status, dropped_by, dropped_at_ns, locals, held_by, orphans);
}

template <class A>
void visit(A& archive, Like<PoolState> auto& value) {
  auto& [id, has_new, local, local_size, victim, victim_size, hits, gets, puts, misses, news, drops,
         arrays] = value;
  archive(id, has_new, local, local_size, hits, gets, puts, misses, news, drops, arrays);
  if (archive.has(2)) archive(victim, victim_size);
}

template <class A>
void visit(A& archive, Like<Totals> auto& value) {
  auto& [created, in_use, in_flight, pooled, stale, lost, freed, again] = value;
  archive(created, in_use, in_flight, pooled, stale, lost, freed);
  if (archive.has(3)) archive(again);
}

template <class A>
void visit(A& archive, Like<LostObject> auto& value) {
  auto& [object, pool, cause, time_ns, from] = value;
  archive(object, pool, cause, time_ns);
  if (archive.has(3)) archive(from);
}

template <class A>
void visit(A& archive, Like<LossState> auto& value) {
  auto& [object, pool, cause, array, g, p, count, time_ns, seq] = value;
  archive(object, pool, cause, array, g, p, count, time_ns, seq);
}

template <class A>
void visit(A& archive, Like<StopState> auto& value) {
  auto& [phase, cause, wanted_procs, procs_before, requested_ns, stopped_ns, started_ns, waited_for,
         dropped, in_use, number, seq] = value;
  archive(phase, cause, wanted_procs, procs_before, requested_ns, stopped_ns, started_ns,
          waited_for, dropped, in_use, number, seq);
}

template <class A>
void visit(A& archive, Like<until_3::LastTheft> auto& value) {
  auto& [thief, thief_p, time_ns] = value;
  archive(thief, thief_p, time_ns);
}

template <class A>
void visit(A& archive, Like<until_3::Place> auto& value) {
  auto& [kind, array, index, cell] = value;
  archive(kind, array, index, cell);
}

template <class A>
void visit(A& archive, Like<until_3::Move> auto& value) {
  auto& [object, from, to, g, p, time_ns, seq] = value;
  archive(object, from, to, g, p, time_ns, seq);
}

template <class A>
void visit(A& archive, Like<until_3::LostObject> auto& value) {
  auto& [object, pool, cause, time_ns] = value;
  archive(object, pool, cause, time_ns);
}

template <class A>
void visit(A& archive, Like<until_3::Spotlight> auto& value) {
  auto& [rarity, g, op, stop, lost, since_ns, seq] = value;
  archive(rarity, g, op, stop, lost, since_ns, seq);
}

template <class A>
void visit(A& archive, Like<until_3::LineState> auto& value) {
  auto& [last_writer, writer_before, writes, changes, changes_this_second, changes_last_second,
         second] = value;
  archive(last_writer, writer_before, writes, changes, changes_this_second, changes_last_second,
          second);
}

template <class A>
void visit(A& archive, Like<until_3::Spotlights> auto& value) {
  auto& [now, next, lines_unpadded, lines_padded] = value;
  archive(now, next, lines_unpadded, lines_padded);
}

template <class A>
void visit(A& archive, Like<Divergence> auto& value) {
  auto& [seq, time_ns, what] = value;
  archive(seq, time_ns, what);
}

template <class A>
void visit(A& archive, Like<Model> auto& value) {
  auto& [config, seq, time_ns, procs, ps, gs, pools, arrays, all_pools, old_pools, all_pools_mu,
         totals, outside, lost, last_loss, stop, last_gc, last_resize, gc_cycles, resizes, pacing,
         step_time_ns, paused, ring_waited_us, checkpoints, checkpoint_array, divergences,
         divergence_list] = value;
  archive(config, seq, time_ns, procs, ps, gs, pools, arrays, all_pools, all_pools_mu, totals,
          lost);
  if (!archive.has(3)) archive.template pass_over<std::vector<until_3::Move>>();
  archive(stop, last_gc, last_resize, gc_cycles, resizes);
  if (!archive.has(3)) archive.template pass_over<until_3::Spotlights>();
  archive(step_time_ns, paused, ring_waited_us, checkpoints, checkpoint_array, divergences,
          divergence_list);
  if (archive.has(2)) archive(old_pools);
  if (archive.has(3)) archive(last_loss, pacing);
  if (!config.details.hands) archive(outside);
}

}  // namespace poolscope::fields
