// Stop-the-world: GC, GOMAXPROCS, what is freed; and the viewer's speed.

#include "core/model/reduction.h"

namespace poolscope::reduction {
namespace {

using Phase = StopState::Phase;

void request(Model& m, const Event& e) {
  if (m.stop.phase == Phase::kRequested || m.stop.phase == Phase::kStopped) {
    diverge(m, e, "a stop-the-world is under way already");
  }
  StopState stop;
  stop.phase = Phase::kRequested;
  stop.cause = e.stop_cause();
  stop.wanted_procs = stop.cause == StopCause::kResize ? e.number() : 0;
  stop.procs_before = m.procs;
  stop.requested_ns = e.time_ns;
  stop.number = stop.cause == StopCause::kGc       ? m.gc_cycles + 1
                : stop.cause == StopCause::kResize ? m.resizes + 1
                                                   : 1;
  stop.seq = e.seq;
  for (std::size_t i = 0; i < m.ps.size(); ++i) {
    const GId g = m.ps[i].g;
    if (const GState* state = m.gs.find(g); state != nullptr && state->pinned) {
      stop.waited_for.push_back(PId{static_cast<std::uint16_t>(i)});
    }
  }
  m.stop = std::move(stop);
}

void want_procs(Model& m, const Event& e) {
  if (m.stop.phase != Phase::kRequested || m.stop.cause != StopCause::kResize) {
    return diverge(m, e, "no change of GOMAXPROCS waits");
  }
  m.stop.wanted_procs = e.number();
}

void stopped(Model& m, const Event& e) {
  if (m.stop.phase != Phase::kRequested) diverge(m, e, "nobody has asked for a stop-the-world");
  m.stop.phase = Phase::kStopped;
  m.stop.stopped_ns = e.time_ns;
  m.stop.in_use = m.totals.in_use + m.totals.in_flight;
  for (std::size_t i = 0; i < m.ps.size(); ++i) {
    if (m.ps[i].g.valid()) {
      diverge(m, e, "P{} is held by {} in a stopped world", i, name_of(m.ps[i].g));
    }
  }
}

void check_stopped(Model& m, const Event& e) {
  if (m.stop.phase != Phase::kStopped) diverge(m, e, "the world is not stopped");
}

/// poolCleanup has emptied the pool's array and forgotten it.
void clean_pool(Model& m, const Event& e) {
  check_stopped(m, e);
  PoolState* pool = pool_of(m, e);
  if (pool == nullptr) return;
  if (pool->local != e.array) {
    diverge(m, e, "pool {} loses {}, the model has {}", e.index, name_of(e.array),
            name_of(pool->local));
  }
  if (ArrayState* array = array_of(m, pool->local)) {
    array->dropped_by = LostCause::kGc;
    array->dropped_at_ns = e.time_ns;
    m.stop.dropped += lose_contents(m, e, *array);
    array->status = ArrayState::Status::kDropped;
    if (array->held_by.empty()) m.arrays.erase(pool->local);
  }
  pool->local = ArrayId::none();
  pool->local_size = 0;
}

void clear_all_pools(Model& m, const Event& e) {
  check_stopped(m, e);
  for (const PoolId pool : m.all_pools) {
    if (pool.value < m.pools.size() && m.pools[pool.value].local.valid()) {
      diverge(m, e, "pool {} leaves allPools and still has {}", pool.value,
              name_of(m.pools[pool.value].local));
    }
  }
  m.old_pools.clear();
  if (m.config.pool == PoolKind::kModern) m.old_pools = std::move(m.all_pools);
  m.all_pools.clear();
}

void change_procs(Model& m, const Event& e) {
  check_stopped(m, e);
  if (e.number() == 0 || e.number() > kMostPlaces) {
    return diverge(m, e, "GOMAXPROCS {} cannot be; it is left out", e.number());
  }
  m.procs = e.number();
  if (m.ps.size() < m.procs) m.ps.resize(m.procs);
}

void free_array(Model& m, const Event& e) {
  check_stopped(m, e);
  ArrayState* array = array_of(m, e.array);
  if (array == nullptr) return;  // nobody can reach it any more: as it should be
  diverge(m, e, "{} is freed, {} may still reach it", name_of(e.array),
          array->held_by.empty() ? "its pool" : name_of(array->held_by.front()));
  for (const GId g : std::exchange(array->held_by, {})) {
    if (GState* holder = m.gs.find(g)) std::erase(holder->holds, e.array);
  }
  lose_contents(m, e, *array);
  m.arrays.erase(e.array);
}

void free_objects(Model& m, const Event& e) {
  check_stopped(m, e);
  m.totals.freed += e.number();
  if (m.totals.freed > m.totals.lost_sum()) {
    diverge(m, e, "{} objects are freed in all, {} were lost", m.totals.freed, m.totals.lost_sum());
  }
}

void change_speed(Model& m, const Event& e) {
  if (e.pacing() > Pacing::kOneAtATime) {
    return diverge(m, e, "{} is no way to pace; it is left out", e.detail);
  }
  m.pacing = e.pacing();
  m.step_time_ns = std::int64_t{e.number()} * 1000;
}

void started(Model& m, const Event& e) {
  check_stopped(m, e);
  if (m.stop.cause != e.stop_cause()) diverge(m, e, "the world was stopped for another cause");
  m.stop.phase = Phase::kStarted;
  m.stop.started_ns = e.time_ns;
  if (m.stop.cause == StopCause::kGc) {
    ++m.gc_cycles;
    m.last_gc = m.stop;
  } else if (m.stop.cause == StopCause::kResize) {
    if (m.procs != m.stop.wanted_procs) {
      diverge(m, e, "GOMAXPROCS is {}, asked for was {}", m.procs, m.stop.wanted_procs);
    }
    ++m.resizes;
    m.last_resize = m.stop;
  }
}

}  // namespace

void reduce_stop(Model& m, const Event& e) {
  switch (e.kind) {
    case EventKind::kStopRequested: return request(m, e);
    case EventKind::kProcsWanted: return want_procs(m, e);
    case EventKind::kWorldStopped: return stopped(m, e);
    case EventKind::kCheckpointPool: return audit_checkpoint_pool(m, e);
    case EventKind::kCheckpointShard: return audit_checkpoint_shard(m, e);
    case EventKind::kCheckpointCells: return audit_checkpoint_cells(m, e);
    case EventKind::kCheckpointHeap: return audit_checkpoint_heap(m, e);
    case EventKind::kPoolCleaned: return clean_pool(m, e);
    case EventKind::kAllPoolsCleared: return clear_all_pools(m, e);
    case EventKind::kProcsChanged: return change_procs(m, e);
    case EventKind::kArrayFreed: return free_array(m, e);
    case EventKind::kObjectsFreed: return free_objects(m, e);
    case EventKind::kWorldStarted: return started(m, e);
    case EventKind::kVictimDropped:
    case EventKind::kLocalToVictim: return check_stopped(m, e), reduce_victim_stop(m, e);
    case EventKind::kCheckpointVictim: return audit_checkpoint_victim(m, e);
    case EventKind::kCheckpointDequeue: return audit_checkpoint_dequeue(m, e);
    case EventKind::kPaceChanged:
    case EventKind::kSpeedChanged: return change_speed(m, e);
    case EventKind::kPaused: m.paused = true; return;
    case EventKind::kResumed: m.paused = false; return;
    default: return diverge(m, e, "no such kind of event; it is left out");
  }
}

}  // namespace poolscope::reduction
