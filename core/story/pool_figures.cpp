#include "core/story/pool_figures.h"

#include <algorithm>

namespace poolscope {

std::vector<PoolFigures> pools_by_gets(const Statistics& statistics, std::size_t pools) {
  // Thousands of pools: their rows are added where they stand, not sorted into a growing list.
  std::vector<PoolFigures> figures(pools);
  for (std::size_t i = 0; i < pools; ++i) {
    figures[i].pool = PoolId{static_cast<PoolId::rep>(i)};
  }
  for (const Tally& stretch : statistics.stretches()) {
    for (const auto& [number, counts] : stretch.by_pool.rows()) {
      if (number < pools) figures[number].counts += counts;
    }
  }
  std::ranges::stable_sort(figures, [](const PoolFigures& a, const PoolFigures& b) {
    return a.counts.gets() > b.counts.gets();
  });
  return figures;
}

}  // namespace poolscope
