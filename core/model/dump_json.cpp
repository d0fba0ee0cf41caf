#include <nlohmann/json.hpp>

#include "core/model/dump.h"
#include "core/model/words.h"

namespace poolscope {
namespace {

using nlohmann::json;

template <class IdT>
json number_of(IdT id) {
  return id.valid() ? json(id.value) : json(nullptr);
}

template <class IdT>
json numbers_of(const std::vector<IdT>& ids) {
  json list = json::array();
  for (const IdT id : ids) list.push_back(id.value);
  return list;
}

/// Writes times and event numbers relative to the origin.
class JsonDump {
 public:
  JsonDump(const Model& model, Origin origin) : model_(model), origin_(origin) {}

  [[nodiscard]] json all() const {
    json j = session();
    j["totals"] = totals();
    j["pools"] = pools();
    j["dropped_arrays"] = dropped_arrays();
    j["goroutines"] = goroutines();
    j["ps"] = ps();
    j["all_pools_mu"] = lock(model_.all_pools_mu);
    j["tasks"] = task_names(model_);
    j["inuse"] = in_use_names(model_);
    j["inflight"] = in_flight_names(model_);
    j["stale"] = stale_names(model_);
    j["lost"] = lost_names(model_);
    j["stop"] = stop(model_.stop);
    j["last_gc"] = stop(model_.last_gc);
    j["last_resize"] = stop(model_.last_resize);
    j["divergence_list"] = divergences();
    return j;
  }

 private:
  [[nodiscard]] std::int64_t at(std::int64_t time_ns) const { return time_ns - origin_.time_ns; }
  [[nodiscard]] std::uint64_t number(std::uint64_t seq) const {
    return seq > origin_.seq ? seq - origin_.seq : 0;
  }

  [[nodiscard]] bool modern() const { return model_.config.pool == PoolKind::kModern; }

  [[nodiscard]] static json names_of(const std::vector<PoolId>& pools) {
    json names = json::array();
    for (const PoolId pool : pools) names.push_back(pool_name(pool));
    return names;
  }

  [[nodiscard]] json session() const {
    json j = {
        {"seq", number(model_.seq)},
        {"time_ns", at(model_.time_ns)},
        {"procs", model_.procs},
        {"gc_cycles", model_.gc_cycles},
        {"resizes", model_.resizes},
        {"pacing", word_of(model_.pacing)},
        {"step_time_ns", model_.step_time_ns},
        {"paused", model_.paused},
        {"ring_waited_us", model_.ring_waited_us},
        {"checkpoints", model_.checkpoints},
        {"divergences", model_.divergences},
        {"all_pools", names_of(model_.all_pools)},
    };
    if (modern()) j["old_pools"] = names_of(model_.old_pools);
    return j;
  }

  [[nodiscard]] json totals() const {
    const Totals& t = model_.totals;
    json lost;
    for (std::size_t i = 0; i < kLostCauses; ++i) {
      lost[std::string(word_of(static_cast<LostCause>(i)))] = t.lost[i];
    }
    return {{"created", t.created}, {"in_use", t.in_use},    {"in_flight", t.in_flight},
            {"pooled", t.pooled},   {"stale", t.stale},      {"lost", std::move(lost)},
            {"freed", t.freed},     {"dropped", t.dropped()}};
  }

  [[nodiscard]] json lock(const LockState& state) const {
    return {{"holder", number_of(state.holder)}, {"waiters", numbers_of(state.waiters)}};
  }

  [[nodiscard]] json places(const ArrayState& array) const {
    json list = json::array();
    for (const LocalState& local : array.locals) {
      list.push_back({{"private", number_of(local.private_object)},
                      {"shared", numbers_of(std::vector<ObjectId>(local.shared.cells().begin(),
                                                                  local.shared.cells().end()))},
                      {"lock", lock(local.lock)},
                      {"last_writer", number_of(local.last_writer)}});
      if (modern()) list.back()["chain"] = chain(local);
    }
    return list;
  }

  [[nodiscard]] static json chain(const LocalState& local) {
    json list = json::array();
    for (const DequeueState& d : local.chain) {
      list.push_back({{"length", d.length}, {"tail", d.tail}, {"count", d.count}});
    }
    return list;
  }

  [[nodiscard]] static json hits(const HitCounts& h) {
    return {{"private", h.from_private}, {"shared", h.from_shared}, {"steal", h.from_steal},
            {"victim", h.from_victim},   {"new", h.from_new},       {"nil", h.nil}};
  }

  [[nodiscard]] json pools() const {
    json list = json::array();
    for (const PoolState& pool : model_.pools) {
      const ArrayState* array = model_.local_of(pool.id);
      list.push_back({{"name", pool_name(pool.id)},
                      {"local", number_of(pool.local)},
                      {"local_size", pool.local_size},
                      {"places", array == nullptr ? json::array() : places(*array)},
                      {"hits", hits(pool.hits)},
                      {"gets", pool.gets},
                      {"puts", pool.puts},
                      {"misses", pool.misses},
                      {"news", pool.news},
                      {"drops", pool.drops},
                      {"arrays", pool.arrays}});
      if (!modern()) continue;
      const ArrayState* victim = model_.victim_of(pool.id);
      list.back()["victim"] = number_of(pool.victim);
      list.back()["victim_size"] = pool.victim_size;
      list.back()["victim_places"] = victim == nullptr ? json::array() : places(*victim);
    }
    return list;
  }

  [[nodiscard]] json dropped_arrays() const {
    json list = json::array();
    for (const auto& [id, array] : model_.arrays) {
      if (array.status != ArrayState::Status::kDropped) continue;
      list.push_back({{"array", id.value},
                      {"pool", pool_name(array.pool)},
                      {"cause", word_of(array.dropped_by)},
                      {"dropped_at_ns", at(array.dropped_at_ns)},
                      {"held_by", numbers_of(array.held_by)},
                      {"orphans", numbers_of(array.orphans)},
                      {"places", places(array)}});
    }
    return list;
  }

  [[nodiscard]] json operation(const Operation& op) const {
    if (op.kind == Operation::Kind::kNone) return nullptr;
    return {{"kind", word_of(op.kind)},
            {"pool", pool_name(op.pool)},
            {"object", number_of(op.object)},
            {"where", word_of(op.where)},
            {"p", number_of(op.p)},
            {"array", number_of(op.array)},
            {"found_at", op.found_at},
            {"probes", op.probes},
            {"pinslow", op.pin_slows},
            {"migrated", op.migrated},
            {"begin_ns", at(op.begin_ns)},
            {"end_ns", op.end_ns == 0 ? json(nullptr) : json(at(op.end_ns))}};
  }

  [[nodiscard]] json goroutines() const {
    json list = json::array();
    for (const GState& g : model_.gs) {
      list.push_back({{"id", g.id.value},
                      {"status", word_of(g.status)},
                      {"role", word_of(g.role)},
                      {"p", number_of(g.p)},
                      {"park_reason", word_of(g.park_reason)},
                      {"pinned", g.pinned},
                      {"step", step_info(g.step).name},
                      {"waits_for_lock", g.waits_for_lock},
                      {"op", operation(g.op)},
                      {"last_op", operation(g.last_op)},
                      {"in_flight", number_of(g.in_flight)},
                      {"hand", numbers_of(g.hand)},
                      {"holds", numbers_of(g.holds)},
                      {"puts", g.puts},
                      {"gets", g.gets}});
    }
    return list;
  }

  [[nodiscard]] json ps() const {
    json list = json::array();
    for (const PState& p : model_.ps) {
      list.push_back({{"g", number_of(p.g)},
                      {"remembered_by", number_of(p.remembered_by)},
                      {"hits", hits(p.hits)},
                      {"puts", p.puts},
                      {"steals_from", p.steals_from}});
    }
    return list;
  }

  [[nodiscard]] json stop(const StopState& s) const {
    if (s.phase == StopState::Phase::kNone) return nullptr;
    const auto reached = [&](StopState::Phase phase, std::int64_t time_ns) {
      return s.phase >= phase ? json(at(time_ns)) : json(nullptr);
    };
    return {{"phase", word_of(s.phase)},
            {"cause", word_of(s.cause)},
            {"number", s.number},
            {"procs_before", s.procs_before},
            {"wanted_procs", s.wanted_procs},
            {"requested_ns", at(s.requested_ns)},
            {"stopped_ns", reached(StopState::Phase::kStopped, s.stopped_ns)},
            {"started_ns", reached(StopState::Phase::kStarted, s.started_ns)},
            {"waited_for", numbers_of(s.waited_for)},
            {"dropped", s.dropped},
            {"in_use", s.in_use}};
  }

  [[nodiscard]] json divergences() const {
    json list = json::array();
    for (const Divergence& d : model_.divergence_list) {
      list.push_back({{"seq", number(d.seq)}, {"time_ns", at(d.time_ns)}, {"what", d.what}});
    }
    return list;
  }

  const Model& model_;
  Origin origin_;
};

}  // namespace

json dump_json(const Model& model, Origin origin) { return JsonDump(model, origin).all(); }

}  // namespace poolscope
