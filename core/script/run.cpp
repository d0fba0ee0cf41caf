#include "core/script/run.h"

#include <fmt/format.h>

#include "core/model/local_layout.h"
#include "core/pool/classic_pool.h"
#include "core/pool/modern_pool.h"
#include "core/script/gate_env.h"
#include "core/script/runner.h"
#include "core/script/script_probe.h"

namespace poolscope::script {

namespace {

constexpr std::size_t kScriptPadding = 128;

template <class Env>
Expected<std::string> run_in(const Script& script, const RunOptions& options) {
  if (script.variant == PoolKind::kModern) {
    return Runner<ModernPool<Env, kScriptPadding>>(script, options).run();
  }
  return Runner<ClassicPool<Env, kScriptPadding>>(script, options).run();
}

}  // namespace

Expected<void> check_runnable(const Script& script) {
  for (const Command& command : script.commands) {
    if (command.kind == Command::Kind::kTogether) {
      return bad_input(fmt::format("{}:{}: together is for poolscope explore, run cannot do it",
                                   script.file, command.line));
    }
  }
  return {};
}

Expected<std::string> run_script(const Script& script, const RunOptions& options) {
  if (auto runnable = check_runnable(script); !runnable) {
    return tl::make_unexpected(runnable.error());
  }
  // Without an audience the probe of exploration is enough.
  if (options.audience == nullptr) return run_in<GateEnv<false>>(script, options);
  return run_in<GateEnv<false, ScriptProbe>>(script, options);
}

SessionConfig config_of(const Script& script) {
  using Env = GateEnv<false, ScriptProbe>;
  SessionConfig config;
  config.pool = script.variant;
  config.padding = kScriptPadding;
  config.pools = static_cast<std::uint32_t>(script.pools.size());
  config.procs = script.procs;
  config.workers = 0;
  config.step_time_ns = ScriptEvents::kStep_ns;
  config.double_put = true;
  if (script.variant == PoolKind::kModern) {
    describe_layout<ModernPoolLocal<Env, kScriptPadding>, ModernPoolLocal<Env, 0>,
                    ModernPoolLocal<Env, kScriptPadding>>(config);
  } else {
    describe_layout<ClassicPoolLocal<kScriptPadding>, ClassicPoolLocal<0>,
                    ClassicPoolLocal<kScriptPadding>>(config);
  }
  return config;
}

}  // namespace poolscope::script
