#pragma once

// What a row of noisy numbers comes to.
//
// Thread safety: functions of their arguments. Invariants: low <= median <= high.

#include <algorithm>
#include <cstddef>
#include <vector>

namespace poolscope::bench {

struct Quartiles {
  double low = 0;
  double median = 0;
  double high = 0;
};

/// Of one number at least.
inline Quartiles quartiles_of(std::vector<double> values) {
  std::ranges::sort(values);
  const std::size_t last = values.size() - 1;
  return {values[last / 4], values[values.size() / 2], values[last - last / 4]};
}

}  // namespace poolscope::bench
