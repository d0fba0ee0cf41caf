#include "app/main/frame_stats.h"

#include <algorithm>
#include <cmath>

#include <nlohmann/json.hpp>

namespace poolscope::app {
namespace {

/// The smallest value that at least `share` of all do not exceed.
std::int64_t percentile(std::vector<std::int64_t> values, double share) {
  if (values.empty()) return 0;
  const auto rank =
      static_cast<std::ptrdiff_t>(std::ceil(share * static_cast<double>(values.size()))) - 1;
  const auto at = values.begin() + std::max<std::ptrdiff_t>(rank, 0);
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

nlohmann::json summary(const std::vector<std::int64_t>& values_ns) {
  constexpr double kNsPerMs = 1e6;
  const auto ms = [&](double share) {
    return static_cast<double>(percentile(values_ns, share)) / kNsPerMs;
  };
  return {{"p50", ms(0.50)}, {"p99", ms(0.99)}};
}

}  // namespace

void FrameStats::add(std::int64_t build_ns, std::int64_t draw_ns) {
  build_ns_.push_back(build_ns);
  draw_ns_.push_back(draw_ns);
}

std::string FrameStats::json() const {
  const nlohmann::json stats = {{"build_ms", summary(build_ns_)},
                                {"draw_ms", summary(draw_ns_)},
                                {"frames", build_ns_.size()}};
  return stats.dump(2) + "\n";
}

}  // namespace poolscope::app
