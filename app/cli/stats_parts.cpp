#include "app/cli/stats_parts.h"

#include <algorithm>
#include <cstdint>
#include <functional>

#include "app/views/words/finding_text.h"
#include "app/views/words/words.h"
#include "core/story/findings.h"

namespace poolscope::cli {

Counts counts_of(const Counted& counted, PoolId pool) {
  const Counts* counts = counted.tally.by_pool.find(pool.value);
  return counts == nullptr ? Counts() : *counts;
}

std::vector<PoolId> pools_by_number(const Counted& counted) {
  if (counted.only) return {*counted.only};
  std::vector<PoolId> pools;
  for (const CountsByNumber::Row& row : counted.tally.by_pool.rows()) {
    pools.push_back(PoolId{row.number});
  }
  return pools;
}

std::vector<PoolId> pools_by_gets(const Counted& counted) {
  std::vector<PoolId> pools = pools_by_number(counted);
  std::ranges::stable_sort(pools, std::greater(),
                           [&](PoolId pool) { return counts_of(counted, pool).gets(); });
  return pools;
}

std::vector<std::string> findings_text(const Counted& counted) {
  const views::NamesOfScript names({.pools = &counted.pools});
  std::vector<std::string> texts;
  const std::int64_t span_ns = counted.to_ns - counted.from_ns;
  for (const Finding& finding :
       findings_of(counted.tally, span_ns, counted.samples, counted.whole)) {
    if (counted.only && finding.pool != *counted.only) continue;
    texts.push_back(views::finding_text(finding));
  }
  return texts;
}

}  // namespace poolscope::cli
