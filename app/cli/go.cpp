// `poolscope go record`, `go build`, `go check`.

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <map>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "app/cli/commands.h"
#include "app/cli/go_command.h"
#include "app/cli/go_import.h"
#include "app/cli/go_toolchain.h"
#include "app/cli/interruption.h"
#include "app/cli/passing_folder.h"
#include "app/cli/report.h"
#include "assets/embedded.h"
#include "core/goimport/import.h"
#include "core/goimport/log_file.h"
#include "core/session/reader.h"
#include "core/session/unfinished_file.h"
#include "core/session/verify.h"

namespace poolscope::cli {
namespace {

namespace fs = std::filesystem;

/// An overlay of the user's Go, for as long as a command needs it.
struct Overlay {
  GoToolchain go;
  PassingFolder folder;
  fs::path file;
};

Expected<Overlay> make_overlay() {
  auto go = find_go();
  if (!go) return tl::make_unexpected(go.error());
  if (go->flags.find("-overlay") != std::string::npos) {
    return bad_input(
        "GOFLAGS has an -overlay of its own, and go takes only one: unset it to record");
  }
  // GOFLAGS has no way to say a space that all versions understand.
  fs::path parent = fs::temp_directory_path();
  if (parent.string().find(' ') != std::string::npos) parent = "/tmp";
  auto folder = PassingFolder::in(parent);
  if (!folder) return tl::make_unexpected(folder.error());
  auto file = write_overlay(*go, folder->path());
  if (!file) return tl::make_unexpected(file.error());
  return Overlay{std::move(*go), std::move(*folder), std::move(*file)};
}

/// The logs that come into a folder while a command runs, and the executables that write them: `go
/// run` takes its own away when it has ended.
class IncomingLogs {
 public:
  explicit IncomingLogs(fs::path folder) : folder_(std::move(folder)) {}
  ~IncomingLogs() {
    for (const auto& [file, descriptor] : found_) {
      if (descriptor >= 0) close(descriptor);
    }
  }
  IncomingLogs(const IncomingLogs&) = delete;
  IncomingLogs& operator=(const IncomingLogs&) = delete;

  /// The beginning of the logs' names, for POOLSCOPE_LOG.
  [[nodiscard]] std::string prefix() const { return (folder_ / "log").string(); }
  void look() {
    std::error_code ignored;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder_, ignored)) {
      if (found_.contains(entry.path())) continue;
      const std::string pid = entry.path().extension().string();
      const std::string program =
          fmt::format("/proc/{}/exe", pid.substr(std::min<std::size_t>(1, pid.size())));
      found_[entry.path()] = open(program.c_str(), O_RDONLY | O_CLOEXEC);
    }
  }
  /// Those that have records in them, in the order in which the programs began.
  [[nodiscard]] std::vector<GoLog> with_records() const {
    std::vector<std::pair<std::uint64_t, GoLog>> logs;
    for (const auto& [file, descriptor] : found_) {
      const auto log = goimport::LogFile::open(file);
      // One that cannot be read says why when it is imported.
      if (log && log->records() == 0) continue;
      const fs::path program = descriptor < 0 ? "" : fmt::format("/proc/self/fd/{}", descriptor);
      logs.push_back({log ? log->header().start_ns : 0, {file, program}});
    }
    std::ranges::stable_sort(logs, {}, [](const auto& log) { return log.first; });
    std::vector<GoLog> all;
    all.reserve(logs.size());
    for (auto& log : logs) all.push_back(std::move(log.second));
    return all;
  }
  [[nodiscard]] bool none() const { return found_.empty(); }

 private:
  fs::path folder_;
  std::map<fs::path, int> found_;
};

Expected<void> check_command(const std::vector<std::string>& command) {
  const bool is_go = fs::path(command.front()).filename() == "go";
  if (is_go && command.size() > 1 && (command[1] == "build" || command[1] == "install")) {
    return bad_input(fmt::format(
        "'go {}' runs no program that could be recorded: use 'poolscope go build'", command[1]));
  }
  return {};
}

fs::path parent_of(const fs::path& file) {
  return file.has_parent_path() ? file.parent_path() : fs::path(".");
}

Error nothing_recorded(const IncomingLogs& logs, int exit_code) {
  std::string what = "nothing was recorded: ";
  if (exit_code != 0) {
    what += fmt::format("the command ended with exit code {}", exit_code);
  } else if (logs.none()) {
    what += "the command has built and run no Go program";
  } else {
    what += "the program has used no sync.Pool";
  }
  return {Error::Kind::kFailed, what};
}

/// The program that `go check` builds, as a module of its own.
Expected<void> write_program(const fs::path& folder) {
  std::error_code failure;
  fs::create_directory(folder / "logs", failure);
  std::ofstream(folder / "stress.go") << embedded_text("assets/go/stress.go");
  std::ofstream module(folder / "go.mod");
  if (failure || !(module << "module poolscope.example/stress\n\ngo 1.13\n").flush()) {
    return failed(fmt::format("{}: cannot be written", folder.string()));
  }
  return {};
}

/// What a compiler or a program has said first that is no heading.
std::string first_error(const fs::path& file) {
  std::ifstream said(file);
  std::string line;
  while (std::getline(said, line)) {
    if (!line.empty() && !line.starts_with('#')) return line;
  }
  return "it says nothing";
}

/// Whether what was recorded holds.
Expected<Verification> audit(const GoLog& log, const fs::path& session,
                             const std::string& program) {
  auto file = goimport::LogFile::open(log.file);
  if (!file) return tl::make_unexpected(file.error());
  const auto imported = goimport::import_log(*file, session, {.program = program});
  if (!imported) return tl::make_unexpected(imported.error());
  auto reader = Reader::open(session);
  if (!reader) return tl::make_unexpected(reader.error());
  Verification found = verify(**reader);
  if (found.damage) return tl::make_unexpected(*found.damage);
  return found;
}

}  // namespace

int run_go_record(const GoRecordArgs& args) {
  if (auto right = check_command(args.command); !right) return report(right.error());
  if (auto right = check_session_output(args.output, args.overwrite); !right) {
    return report(right.error());
  }
  const auto overlay = make_overlay();
  if (!overlay) return report(overlay.error());
  auto folder = PassingFolder::in(fs::absolute(parent_of(args.output)));
  if (!folder) return report(folder.error());

  IncomingLogs logs(folder->path());
  CommandOptions options;
  options.environment = overlay_environment(overlay->go, overlay->file);
  options.environment["POOLSCOPE_LOG"] = logs.prefix();
  if (args.log_bytes != 0) {
    options.environment["POOLSCOPE_LOG_BYTES"] = fmt::format("{}", args.log_bytes);
  }
  if (args.exact_order) options.environment["POOLSCOPE_ORDER"] = "exact";
  options.environment["POOLSCOPE_LEVEL"] = args.level;
  options.meanwhile = [&logs] { logs.look(); };
  const auto end = run_command(args.command, options);
  if (!end) return report(end.error());
  logs.look();
  const std::vector<GoLog> found = logs.with_records();
  if (found.empty()) return report(nothing_recorded(logs, end->exit_code));
  // stdout is the program's.
  Interruption interruption;
  const auto imported =
      import_logs({found, args.output, args.overwrite, args.program, stderr}, interruption);
  if (!imported) {
    // What was recorded is not lost by what stands in its way.
    folder->keep();
    Error error = imported.error();
    error.message +=
        fmt::format("; the logs are kept in {} for 'poolscope import'", folder->path().string());
    const int code = report(error);
    return interruption.came() ? kInterrupted : code;
  }
  return end->interrupted ? kInterrupted : end->exit_code;
}

int run_go_build(const GoBuildArgs& args) {
  const auto overlay = make_overlay();
  if (!overlay) return report(overlay.error());
  CommandOptions options;
  options.environment = overlay_environment(overlay->go, overlay->file);
  std::vector<std::string> command = {"go", "build"};
  command.insert(command.end(), args.arguments.begin(), args.arguments.end());
  const auto end = run_command(command, options);
  if (!end) return report(end.error());
  if (end->exit_code == 0) {
    fmt::print(
        "built with {}. Start the program with POOLSCOPE_LOG=PREFIX in its environment and it "
        "writes\n"
        "PREFIX.PID; then: poolscope import PREFIX.PID -o FILE.poolscope\n",
        overlay->go.version);
  }
  return end->interrupted ? kInterrupted : end->exit_code;
}

int run_go_check(const GoCheckArgs& args) {
  const auto overlay = make_overlay();
  if (!overlay) return report(overlay.error());
  const auto folder = PassingFolder::in(fs::temp_directory_path());
  if (!folder) return report(folder.error());
  if (auto written = write_program(folder->path()); !written) return report(written.error());

  IncomingLogs logs(folder->path() / "logs");
  CommandOptions options;
  options.folder = folder->path();
  options.environment = overlay_environment(overlay->go, overlay->file);
  options.environment["GOWORK"] = "off";
  options.err = folder->path() / "err";
  auto end = run_command({"go", "build", "-o", "stress", "."}, options);
  if (!end) return report(end.error());
  if (end->exit_code != 0) {
    return report({Error::Kind::kFailed,
                   fmt::format("{} ({}): does not build with the probes: {}", overlay->go.version,
                               overlay->go.platform, first_error(options.err))});
  }
  options.environment["POOLSCOPE_LOG"] = logs.prefix();
  end = run_command({(folder->path() / "stress").string()}, options);
  if (!end) return report(end.error());
  logs.look();
  const std::vector<GoLog> found = logs.with_records();
  if (end->exit_code != 0 || found.size() != 1) {
    return report({Error::Kind::kFailed,
                   fmt::format("{} ({}): the stress ended with exit code {} and {} logs: {}",
                               overlay->go.version, overlay->go.platform, end->exit_code,
                               found.size(), first_error(options.err))});
  }
  const auto checked = audit(found.front(), folder->path() / "stress.poolscope", args.program);
  if (!checked) return report(checked.error());
  fmt::print("{} ({}): {} events, {} checkpoints, {} divergences\n", overlay->go.version,
             overlay->go.platform, checked->events, checked->checkpoints, checked->divergences);
  if (checked->divergences != 0) {
    fmt::print("{}\n", checked->divergence_list.front().what);
  }
  return checked->holds() && checked->checkpoints != 0 ? 0 : 1;
}

}  // namespace poolscope::cli
