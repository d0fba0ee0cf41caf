#include "app/main/comparisons.h"

#include <string>
#include <utility>

#include "app/control/compared_side.h"
#include "app/control/comparison_source.h"
#include "app/control/session_file.h"
#include "core/sim/workload.h"

namespace poolscope::app {
namespace {

using Made = Expected<std::unique_ptr<SessionSource>>;

Made beside(Expected<ComparedSide> a, Expected<ComparedSide> b) {
  if (!a) return tl::make_unexpected(a.error());
  if (!b) return tl::make_unexpected(b.error());
  return std::make_unique<ComparisonSource>(std::move(*a), std::move(*b));
}

Made on_both(const CallList& list) {
  return beside(make_side(list, PoolKind::kClassic), make_side(list, PoolKind::kModern));
}

}  // namespace

SeededCalls calls_like(const SimulationOptions& session) {
  const SessionConfig& config = session.config;
  SeededCalls calls{
      .seed = config.seed, .procs = config.procs, .workers = config.workers, .pools = config.pools};
  if (!config.workload) return calls;
  calls.workload = workload_of(config.workload->name).value_or(calls.workload);
  calls.held = config.workload->held;
  return calls;
}

Made compare_pools(const SeededCalls& calls) {
  const CallList list = seeded_calls(calls);
  if (list.calls.empty()) {
    return bad_input("The workload idle makes no calls: choose another one to compare the pools");
  }
  return on_both(list);
}

Made compare_pools(const script::Script& script) {
  const auto list = calls_of(script);
  if (!list) return tl::make_unexpected(list.error());
  return on_both(*list);
}

Made compare_files(const std::vector<std::filesystem::path>& files) {
  if (files.size() == 2) return beside(open_side(files[0]), open_side(files[1]));
  if (files.size() != 1) return bad_input("compare: name two sessions, or one of any kind");
  if (!is_script(files[0])) {
    auto sides = on_the_other_pool(files[0]);
    if (!sides) return tl::make_unexpected(sides.error());
    return beside(std::move(sides->classic), std::move(sides->modern));
  }
  const auto script = script::read_script(files[0].string());
  if (!script) return tl::make_unexpected(script.error());
  return compare_pools(*script);
}

}  // namespace poolscope::app
