#include "app/cli/stats_parts.h"

#include <algorithm>
#include <cstdint>
#include <functional>

#include "app/views/words/finding_text.h"
#include "app/views/words/words.h"
#include "core/story/findings.h"

namespace poolscope::cli {
namespace {

bool is_wanted(const Counted& counted, PoolId pool) {
  return counted.only.empty() || std::ranges::find(counted.only, pool) != counted.only.end();
}

}  // namespace

Counts counts_of(const Counted& counted, PoolId pool) {
  const Counts* counts = counted.tally.by_pool.find(pool.value);
  return counts == nullptr ? Counts() : *counts;
}

std::vector<PoolId> pools_by_number(const Counted& counted) {
  std::vector<PoolId> pools;
  for (const CountsByNumber::Row& row : counted.tally.by_pool.rows()) {
    const PoolId pool{row.number};
    if (is_wanted(counted, pool)) pools.push_back(pool);
  }
  if (pools.empty() && !counted.only.empty()) pools.push_back(counted.only.front());
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
    if (!is_wanted(counted, finding.pool)) continue;
    texts.push_back(views::finding_text(finding));
  }
  return texts;
}

}  // namespace poolscope::cli
