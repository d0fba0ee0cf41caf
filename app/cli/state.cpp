// `poolscope state`.

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/cli/report.h"
#include "app/cli/session_text.h"
#include "core/model/dump.h"
#include "core/session/reader.h"

namespace poolscope::cli {
namespace {

/// The state with the names that the session gives its pools; else they have their letters alone.
nlohmann::json with_names(nlohmann::json state, const Reader& reader) {
  nlohmann::json& pools = state.at("pools");
  for (const Name& name : reader.names()) {
    if (name.of == Name::Of::kPool && name.id < pools.size()) {
      pools[name.id]["full_name"] = name.text;
    }
  }
  return state;
}

}  // namespace

int run_state(const StateArgs& args) {
  auto reader = Reader::open(args.file);
  if (!reader) return report(reader.error());
  const auto seq = seq_at(**reader, args.at);
  if (!seq) return report(seq.error());
  const auto model = (*reader)->model_at(*seq);
  if (!model) return report(model.error());
  const Origin origin = (*reader)->origin();
  if (args.json) {
    const nlohmann::json state = with_names(dump_json(*model, origin), **reader);
    fmt::print("{}\n", state.dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
  } else {
    fmt::print("{}", dump_text(*model, origin));
  }
  return 0;
}

}  // namespace poolscope::cli
