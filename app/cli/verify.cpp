// `poolscope verify`.

#include "core/session/verify.h"

#include <cstdio>
#include <optional>

#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/report.h"
#include "app/cli/session_text.h"

namespace poolscope::cli {
namespace {

void print_divergences(const Verification& found, Origin origin) {
  for (const Divergence& divergence : found.divergence_list) {
    fmt::print("diverged at #{}, {}: {}\n", divergence.seq - origin.seq,
               seconds(divergence.time_ns - origin.time_ns), divergence.what);
  }
}

}  // namespace

int run_verify(const VerifyArgs& args) {
  auto reader = Reader::open(args.file);
  if (!reader) return report(reader.error());
  const Verification found = verify(**reader);
  print_divergences(found, (*reader)->origin());
  if (const auto& by = (*reader)->recorded_by()) {
    fmt::print("still being recorded by {}: these are its events so far\n", by->text());
  } else if (!(*reader)->closed_cleanly()) {
    fmt::print("not closed cleanly: the recording was cut off after the last event here\n");
  }
  if (found.checkpoints == 0) {
    fmt::print("no checkpoint: the events agree with each other, and were compared with no pool\n");
  }
  fmt::print("events {}, checkpoints {}, divergences {}\n", found.events, found.checkpoints,
             found.divergences);
  std::fflush(stdout);
  if (found.damage) return report(*found.damage);
  return found.divergences > 0 ? 1 : 0;
}

}  // namespace poolscope::cli
