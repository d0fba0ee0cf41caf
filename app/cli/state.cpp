// `poolscope state`.

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/cli/report.h"
#include "app/cli/session_text.h"
#include "core/model/dump.h"
#include "core/session/reader.h"

namespace poolscope::cli {

int run_state(const StateArgs& args) {
  auto reader = Reader::open(args.file);
  if (!reader) return report(reader.error());
  const auto seq = seq_at(**reader, args.at);
  if (!seq) return report(seq.error());
  const auto model = (*reader)->model_at(*seq);
  if (!model) return report(model.error());
  const Origin origin = (*reader)->origin();
  fmt::print("{}",
             args.json ? dump_json(*model, origin).dump(2) + "\n" : dump_text(*model, origin));
  return 0;
}

}  // namespace poolscope::cli
