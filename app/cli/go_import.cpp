// `poolscope import`.

#include "app/cli/go_import.h"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <string>
#include <system_error>

#include <fmt/format.h>
#include <sys/stat.h>

#include "app/cli/commands.h"
#include "app/cli/report.h"
#include "core/goimport/import.h"
#include "core/goimport/program_symbols.h"
#include "core/session/unfinished_file.h"

namespace poolscope::cli {
namespace {

namespace fs = std::filesystem;

template <std::size_t kSize>
std::string text_of(const std::array<char, kSize>& bytes) {
  return {bytes.data(), strnlen(bytes.data(), bytes.size())};
}

/// Whether an executable is as old as the recording. One that the user names may be a copy.
bool is_older(const GoLog& log, const fs::path& executable, const goimport::FileHeader& header) {
  struct stat status {};
  return log.executable_is_named ||
         (stat(executable.c_str(), &status) == 0 &&
          static_cast<std::uint64_t>(status.st_mtime) <= header.start_wall);
}

/// The symbols of the very build that wrote the log; none where it is not there any more.
Expected<goimport::ProgramSymbols> symbols_of(const GoLog& log,
                                              const goimport::FileHeader& header) {
  const fs::path path = log.executable.empty() ? fs::path(text_of(header.program)) : log.executable;
  const std::string build_id = text_of(header.build_id);
  const auto found = goimport::build_id_of(path);
  if (!found && log.executable_is_named) {
    return bad_input(found.error().message + ": name the program that wrote the log");
  }
  // A log of an older poolscope does not say which build it is of, nor one of a program without ID.
  const bool same = build_id.empty() ? is_older(log, path, header) : found && *found == build_id;
  if (same) return goimport::ProgramSymbols(path, header.text_start);
  if (!log.executable_is_named) return goimport::ProgramSymbols();
  return bad_input(
      fmt::format("{}: is not the build that wrote {}: {} ('go tool buildid'); "
                  "name the program as it was recorded, or leave out --executable",
                  path.string(), log.file.string(),
                  found->empty() ? "it has no Go build ID" : "its Go build ID is another one"));
}

void print(std::FILE* report, const fs::path& output, const goimport::ImportSummary& summary) {
  fmt::print(report, "{}: {} records, {} events in {:.3f} s; {} pools, {} goroutines, {} GCs\n",
             output.string(), summary.records, summary.events,
             static_cast<double>(summary.duration_ns) / 1e9, summary.pools, summary.goroutines,
             summary.cleanups);
  std::fflush(report);
  const auto note = [&output](const std::string& what) {
    fmt::print(stderr, "poolscope: {}: {}\n", output.string(), what);
  };
  if (summary.stopped != goimport::StopReason::kNone) {
    const auto* why = summary.stopped == goimport::StopReason::kLogFull ? "the log was full"
                      : summary.stopped == goimport::StopReason::kDiskFull
                          ? "the disk was full"
                          : "a P beyond the first 1,024 came";
    note(fmt::format("the recording ends at {:.3f} s, because {}; the program went on",
                     static_cast<double>(summary.stopped_ns) / 1e9, why));
  }
  if (summary.cut_checkpoints != 0) {
    note(
        fmt::format("{} of {} checkpoints report only a part, because the pools held more than {} "
                    "objects",
                    summary.cut_checkpoints, summary.cleanups, goimport::kMostCheckItems));
  }
  if (summary.likely != 0) {
    note(
        fmt::format("{} of {} Puts are of an address that was given out before a GC: the object is "
                    "likely the same, not certainly",
                    summary.likely, summary.puts));
  }
}

/// A session that is being made, and the name that it will have.
struct NewSession {
  fs::path unfinished;
  fs::path wanted;
};

/// What has not got its name in the end is removed.
struct Unfinished {
  std::vector<NewSession> files;

  Unfinished() = default;
  Unfinished(const Unfinished&) = delete;
  Unfinished& operator=(const Unfinished&) = delete;
  ~Unfinished() {
    for (const NewSession& session : files) remove_with_companions(session.unfinished);
  }
};

Expected<void> import_one(const GoLog& log, const NewSession& session, const GoImport& wanted,
                          Interruption& interruption) {
  auto file = goimport::LogFile::open(log.file);
  if (!file) return tl::make_unexpected(file.error());
  const auto symbols = symbols_of(log, file->header());
  if (!symbols) return tl::make_unexpected(symbols.error());
  goimport::ImportOptions options;
  options.program = wanted.program;
  options.goes_on = [&interruption] {
    return !interruption.wait_for(std::chrono::milliseconds(0));
  };
  options.symbol = [&symbols](std::uint64_t address) { return symbols->name_at(address); };
  const auto summary = goimport::import_log(*file, session.unfinished, options);
  if (!summary) {
    Error error = of_file(summary.error(), session.unfinished, session.wanted);
    if (error.kind == Error::Kind::kBadInput) {
      error.message = fmt::format("{}: {}", log.file.string(), error.message);
    }
    return tl::make_unexpected(error);
  }
  print(wanted.report, session.wanted, *summary);
  return {};
}

}  // namespace

fs::path numbered(const fs::path& output, std::size_t number) {
  if (number == 0) return output;
  return output.parent_path() /
         fmt::format("{}-{}{}", output.stem().string(), number + 1, output.extension().string());
}

Expected<void> import_logs(const GoImport& wanted, Interruption& interruption) {
  // Every session is whole before the first takes its place: what was there stays until then.
  Unfinished made;
  for (std::size_t i = 0; i < wanted.logs.size(); ++i) {
    const fs::path file = fs::absolute(numbered(wanted.output, i));
    if (auto checked = check_session_output(file, wanted.overwrite); !checked) {
      return tl::make_unexpected(checked.error());
    }
    made.files.push_back({unfinished_session(file), file});
    auto imported = import_one(wanted.logs[i], made.files.back(), wanted, interruption);
    if (!imported) return imported;
  }
  for (const NewSession& session : made.files) {
    auto named = finish_session(session.unfinished, session.wanted, wanted.overwrite);
    if (!named) return named;
  }
  return {};
}

int run_import(const ImportArgs& args) {
  Interruption interruption;
  GoImport wanted{
      .logs = {}, .output = args.output, .overwrite = args.overwrite, .program = args.program};
  for (const fs::path& file : args.logs) {
    wanted.logs.push_back({file, args.executable, !args.executable.empty()});
  }
  const auto imported = import_logs(wanted, interruption);
  if (imported) return 0;
  return interruption.came() ? kInterrupted : report(imported.error());
}

}  // namespace poolscope::cli
