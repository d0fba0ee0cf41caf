#include "core/script/run.h"

#include <fmt/format.h>

#include "core/pool/classic_pool.h"
#include "core/pool/modern_pool.h"
#include "core/script/gate_env.h"
#include "core/script/runner.h"

namespace poolscope::script {

Expected<std::string> run_script(const Script& script, const RunOptions& options) {
  for (const Command& command : script.commands) {
    if (command.kind == Command::Kind::kTogether) {
      return bad_input(fmt::format("{}:{}: together is for poolscope explore, run cannot do it",
                                   script.file, command.line));
    }
  }
  using Env = GateEnv<false>;
  if (script.variant == Variant::kModern) {
    return Runner<ModernPool<Env, 128>>(script, options).run();
  }
  return Runner<ClassicPool<Env, 128>>(script, options).run();
}

}  // namespace poolscope::script
