#include <iterator>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/model/dump.h"
#include "core/model/words.h"

namespace poolscope {
namespace {

using Out = std::back_insert_iterator<std::string>;

void write_local(Out out, const std::string& pool, std::size_t index, const LocalState& local) {
  std::vector<std::string> cells;
  for (const ObjectId object : local.shared.cells()) cells.push_back(object_name(object));
  fmt::format_to(out, "  {}[{}] private={} shared=[{}]\n", pool, index,
                 object_name(local.private_object), fmt::join(cells, " "));
}

void write_pool(Out out, const Model& model, const PoolState& pool) {
  const std::string name = pool_name(pool.id);
  fmt::format_to(out, "  {} local={} localSize={}\n", name, pool.local.valid() ? "set" : "nil",
                 pool.local_size);
  const ArrayState* array = model.local_of(pool.id);
  if (array == nullptr) return;
  for (std::size_t i = 0; i < array->locals.size(); ++i) {
    write_local(out, name, i, array->locals[i]);
  }
}

}  // namespace

std::string dump_text(const Model& model, Origin /*origin*/) {
  std::string text = "dump\n";
  const Out out(text);
  std::vector<std::string> all_pools;
  for (const PoolId pool : model.all_pools) all_pools.push_back(pool_name(pool));
  fmt::format_to(out, "  procs={} allPools=[{}] oldPools=[]\n", model.procs,
                 fmt::join(all_pools, " "));
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
