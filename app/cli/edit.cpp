// `poolscope cut` and `poolscope cat`.

#include <chrono>
#include <memory>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/interruption.h"
#include "app/cli/report.h"
#include "app/cli/session_text.h"
#include "core/session/copy.h"
#include "core/session/reader.h"

namespace poolscope::cli {
namespace {

namespace fs = std::filesystem;

Expected<void> check_is_another(const fs::path& output, const fs::path& input) {
  std::error_code neither_exists;
  if (!fs::equivalent(output, input, neither_exists)) return {};
  return bad_input(
      fmt::format("{}: is a session that is read here: name another file", output.string()));
}

/// Says what the new file holds, in words that `done` begins.
Expected<void> report_new_session(const std::string& done, const fs::path& output) {
  const auto made = Reader::open(output);
  if (!made) return tl::make_unexpected(made.error());
  fmt::print("{}{} events, {}\n", done, (*made)->event_count(), seconds((*made)->duration_ns()));
  std::fflush(stdout);
  return {};
}

/// The exit code of a command whose copy has ended so.
int exit_code(const Expected<void>& done, const Interruption& interruption) {
  if (done) return 0;
  if (interruption.came()) return kInterrupted;
  return report(done.error());
}

CopyOptions options_for(std::string program, bool overwrite, Interruption& interruption) {
  return {.overwrite = overwrite, .program = std::move(program), .goes_on = [&interruption] {
            return !interruption.wait_for(std::chrono::milliseconds(0));
          }};
}

/// What a cut of `stretch` keeps: it, or what lies before and behind it.
Expected<std::vector<SessionPart>> kept_parts(Reader& session, Stretch stretch, bool leave_out) {
  if (!leave_out && stretch.first == stretch.last && session.event_count() != 0) {
    return bad_input(fmt::format("{}: no event lies between --from and --to: move them apart",
                                 session.path().string()));
  }
  if (!leave_out) return std::vector<SessionPart>{{&session, stretch}};
  std::vector<SessionPart> kept;
  const Stretch all = all_of(session).stretch;
  if (stretch.first > all.first) kept.push_back({&session, {all.first, stretch.first}});
  if (stretch.last < all.last) kept.push_back({&session, {stretch.last, all.last}});
  if (kept.empty()) {
    return bad_input(fmt::format("{}: --leave-out leaves nothing of it: give --from or --to",
                                 session.path().string()));
  }
  return kept;
}

}  // namespace

int run_cut(const CutArgs& args) {
  Interruption interruption;
  const auto cut = [&]() -> Expected<void> {
    if (auto checked = check_is_another(args.output, args.file); !checked) return checked;
    const auto reader = Reader::open(args.file);
    if (!reader) return tl::make_unexpected(reader.error());
    const auto stretch = stretch_of(**reader, args.from, args.to);
    if (!stretch) return tl::make_unexpected(stretch.error());
    const auto kept = kept_parts(**reader, *stretch, args.leave_out);
    if (!kept) return tl::make_unexpected(kept.error());
    const auto copied =
        join_parts(*kept, args.output, options_for(args.program, args.overwrite, interruption));
    if (!copied) return copied;
    return report_new_session("cut ", args.output);
  };
  return exit_code(cut(), interruption);
}

int run_cat(const CatArgs& args) {
  Interruption interruption;
  const auto join = [&]() -> Expected<void> {
    std::vector<std::unique_ptr<Reader>> sessions;
    std::vector<SessionPart> parts;
    for (const fs::path& file : args.files) {
      if (auto checked = check_is_another(args.output, file); !checked) return checked;
      auto reader = Reader::open(file);
      if (!reader) return tl::make_unexpected(reader.error());
      parts.push_back(all_of(**reader));
      sessions.push_back(std::move(*reader));
    }
    const auto joined =
        join_parts(parts, args.output, options_for(args.program, args.overwrite, interruption));
    if (!joined) return joined;
    return report_new_session(fmt::format("joined {} sessions: ", sessions.size()), args.output);
  };
  return exit_code(join(), interruption);
}

}  // namespace poolscope::cli
