#include <iterator>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/model/dump.h"
#include "core/model/words.h"

namespace poolscope {
namespace {

using Out = std::back_insert_iterator<std::string>;

/// One row of `array`, as A[2], or of a victim, as A.v[2].
void write_local(Out out, const std::string& array, std::size_t index, const LocalState& local) {
  std::vector<std::string> cells;
  for (const ObjectId object : local.shared.cells()) cells.push_back(object_name(object));
  fmt::format_to(out, "  {}[{}] private={} shared=[{}]", array, index,
                 object_name(local.private_object), fmt::join(cells, " "));
  if (!local.chain.empty()) {
    std::vector<std::string> chain;
    chain.reserve(local.chain.size());
    for (const DequeueState& d : local.chain) {
      chain.push_back(fmt::format("{}:{}", d.length, d.count));
    }
    fmt::format_to(out, " chain=[{}]", fmt::join(chain, " "));
  }
  fmt::format_to(out, "\n");
}

void write_locals(Out out, const std::string& name, const ArrayState* array) {
  if (array == nullptr) return;
  for (std::size_t i = 0; i < array->locals.size(); ++i) {
    write_local(out, name, i, array->locals[i]);
  }
}

void write_pool(Out out, const Model& model, const PoolState& pool) {
  const std::string name = pool_name(pool.id);
  fmt::format_to(out, "  {} local={} localSize={}", name, pool.local.valid() ? "set" : "nil",
                 pool.local_size);
  if (model.config.pool == PoolKind::kModern) {
    fmt::format_to(out, " victim={} victimSize={}", pool.victim.valid() ? "set" : "nil",
                   pool.victim_size);
  }
  fmt::format_to(out, "\n");
  write_locals(out, name, model.local_of(pool.id));
  write_locals(out, name + ".v", model.victim_of(pool.id));
}

std::string names_of(const std::vector<PoolId>& pools) {
  std::vector<std::string> names;
  names.reserve(pools.size());
  for (const PoolId pool : pools) names.push_back(pool_name(pool));
  return fmt::format("{}", fmt::join(names, " "));
}

}  // namespace

std::string dump_text(const Model& model, Origin /*origin*/) {
  std::string text = "dump\n";
  const Out out(text);
  fmt::format_to(out, "  procs={} allPools=[{}] oldPools=[{}]\n", model.procs,
                 names_of(model.all_pools), names_of(model.old_pools));
  for (const PoolState& pool : model.pools) write_pool(out, model, pool);
  fmt::format_to(out, "  tasks=[{}]\n", fmt::join(task_names(model), " "));
  fmt::format_to(out, "  inuse=[{}] inflight=[{}] stale=[{}] lost=[{}]\n",
                 fmt::join(in_use_names(model), " "), fmt::join(in_flight_names(model), " "),
                 fmt::join(stale_names(model), " "), fmt::join(lost_names(model), " "));
  const Totals& t = model.totals;
  fmt::format_to(out,
                 "  created={} in_use={} in_flight={} pooled={} stale={} dropped={} freed={}\n",
                 t.created, t.in_use, t.in_flight, t.pooled, t.stale, t.dropped(), t.freed);
  return text + "end\n";
}

}  // namespace poolscope
