// The program: its command line, and the window or the command that this asks for.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/interruption.h"
#include "app/cli/options.h"
#include "app/cli/report.h"
#include "app/cli/workload_flags.h"
#include "app/locale/translate.h"
#include "app/main/compare_command.h"
#include "app/main/render_command.h"
#include "app/main/session_window.h"
#include "app/main/sessions.h"
#include "app/main/settings.h"
#include "app/main/window_flags.h"
#include "app/platform/files.h"

namespace poolscope::app {
namespace {

// A sound disk takes milliseconds.
constexpr std::chrono::seconds kFlightEndMost{5};
const char* const kProgram = "poolscope " POOLSCOPE_VERSION;

struct WindowArgs {
  WindowFlags flags;
  SimulationOptions session = first_session();
  std::filesystem::path file;  // a recording or a script
  CompareArgs compared;
  bool compares = false;                    // `compared` is shown
  std::vector<const CLI::Option*> of_live;  // the flags that only a live session has
  [[nodiscard]] bool live() const { return file.empty() && !compares; }
};

/// The exit code of a loop that has ended.
int exit_code_of(const Expected<void>& outcome, const cli::Interruption& interruption) {
  if (!outcome) return cli::report(outcome.error());
  return interruption.came() ? cli::kInterrupted : 0;
}

/// Whether the flags go with what is shown.
Expected<void> check_flags(const WindowArgs& args) {
  if (args.compares && !args.flags.record.empty()) {
    return bad_input("--record: what is compared has happened; leave it out");
  }
  if (!args.file.empty() && !args.flags.record.empty()) {
    return bad_input(is_script(args.file)
                         ? "--record: a script is its own recording; leave it out, or the file"
                         : "--record: a replay is recorded already; leave it out, or the file");
  }
  for (const CLI::Option* flag : args.of_live) {
    if (args.live() || flag->count() == 0) continue;
    if (args.compares) {
      return bad_input(flag->get_name() +
                       ": stands before compare: write it behind, or leave it out");
    }
    return bad_input(flag->get_name() + ": a session that is over is as it was; leave it out");
  }
  if (!args.flags.transcript.empty() && !is_script(args.file)) {
    return bad_input("--transcript: only a script (FILE.ops) has one; give one, or leave it out");
  }
  return {};
}

/// The one of the live sessions; nullptr: another is shown, or none is wanted.
std::shared_ptr<FlightRecorder> flight_recorder(const WindowArgs& args) {
  if (!args.live() || args.flags.flight_mib == 0) return nullptr;
  return std::make_shared<FlightRecorder>(platform::state_folder(),
                                          flight_options(kProgram, args.flags.flight_mib));
}

/// An error of a script names its line, as a compiler would.
int report_unopened(const WindowArgs& args, const Error& error) {
  const auto is_of = [&](const std::filesystem::path& file) {
    return is_script(file) && error.message.starts_with(file.string() + ":");
  };
  const bool of_script = is_of(args.file) || std::ranges::any_of(args.compared.files, is_of);
  return of_script ? cli::report_script(error) : cli::report(error);
}

int run_window(const WindowArgs& args) {
  cli::Interruption interruption;
  if (auto checked = check_flags(args); !checked) return cli::report(checked.error());
  if (auto checked = check_outputs(args.flags); !checked) return cli::report(checked.error());
  // A file is opened before the window; a live session is started after it, so that without a
  // window nothing runs and no file is made.
  Expected<std::unique_ptr<SessionSource>> opened;
  if (args.compares) opened = open_comparison(args.compared);
  if (!args.file.empty()) opened = open_session(args.file);
  if (!opened) return report_unopened(args, opened.error());
  Viewer viewer = first_viewer(args.flags, load_settings(settings_file()));
  if (args.live() && !has_settings(settings_file())) offer_first_choices(viewer);
  // A first start stays one: it has stored nothing.
  if (!args.file.empty() && has_settings(settings_file())) {
    note_opened(viewer.settings, std::filesystem::absolute(args.file).string());
    // Not kept: then the file is only not offered.
    static_cast<void>(save_settings(settings_file(), viewer.settings));
  }
  const auto flight = flight_recorder(args);
  auto window = SessionWindow::open(
      window_request(args.flags), std::move(viewer),
      {.open = &open_session,
       .start =
           [flight](const SimulationOptions& session, std::shared_ptr<LiveRecording> going_on) {
             return start_live(session, {}, kProgram, flight, std::move(going_on));
           },
       .live = args.session},
      {.flight = flight,
       .rescue =
           std::make_unique<Rescue>(platform::state_folder(), platform::data_folder(), kProgram),
       .recordings = platform::data_folder()});
  if (!window) return cli::report(window.error());
  auto source =
      *opened ? std::move(opened) : start_live(args.session, args.flags.record, kProgram, flight);
  if (!source) return cli::report(source.error());
  const int code = exit_code_of((*window)->run(std::move(*source), interruption), interruption);
  // A disk that stands still would keep the program too: what waits for it is left behind.
  const bool flight_ended = !flight || flight->end(kFlightEndMost);
  if (!flight_ended || (*window)->waits_for_a_disk()) std::_Exit(code);
  return code;
}

void add_window_arguments(CLI::App& app, WindowArgs& args, std::function<int()>& chosen) {
  add_window_flags(app, args.flags);
  const std::size_t before = app.get_options().size();
  cli::add_workload_flags(app, args.session);
  const std::vector<CLI::Option*> flags = app.get_options();
  args.of_live.assign(flags.begin() + static_cast<std::ptrdiff_t>(before), flags.end());
  app.add_option("FILE", args.file,
                 "A recorded session (.poolscope) to replay, or a script (.ops) to step through")
      ->type_name("");

  CLI::App* open = app.add_subcommand("open", "Replay a recorded session in the window");
  open->add_option("FILE", args.file, "The session (.poolscope) or script (.ops)")
      ->required()
      ->type_name("");
  add_window_flags(*open, args.flags);
  open->callback([&] { chosen = [&args] { return run_window(args); }; });
  add_compare_command(app, args.compared, args.flags, chosen, [&args] {
    args.compares = true;
    return run_window(args);
  });
}

/// What stands before a command is for the window. `open` and `compare` show one too.
Expected<void> check_place_of_flags(const CLI::App& app) {
  const std::vector<CLI::App*> commands = app.get_subcommands();
  if (commands.empty()) return {};
  const std::string name = commands.front()->get_name();
  if (name == "open" || name == "compare") return {};
  for (const CLI::Option* flag : app.get_options()) {
    if (flag->count() == 0) continue;
    return bad_input(fmt::format("{}: stands before {}, where it means the window: write it behind",
                                 flag->get_name(), name));
  }
  return {};
}

int run(int argc, char** argv) {
  CLI::App app{"Shows Go's sync.Pool at work: live, recorded, replayed.", "poolscope"};
  app.set_version_flag("--version", kProgram);
  app.require_subcommand(0, 1);
  WindowArgs window;
  std::function<int()> chosen = [&window] { return run_window(window); };
  add_window_arguments(app, window, chosen);
  cli::add_commands(app, kProgram, locale::catalogue_folder(platform::program_folder()), chosen);
  add_render_command(app, chosen);
  const std::vector<std::string> words(argv, argv + argc);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return cli::report_parse_error(app, error, std::span(words).subspan(1));
  }
  if (auto checked = cli::check_command_or_file(app); !checked) {
    return cli::report(checked.error());
  }
  if (auto checked = check_place_of_flags(app); !checked) return cli::report(checked.error());
  const int code = chosen();
  // What a disk that is full has not taken.
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
    return std::max(code, cli::report({Error::Kind::kFailed, "stdout: cannot be written"}));
  }
  return code;
}

}  // namespace
}  // namespace poolscope::app

int main(int argc, char** argv) {
  try {
    return poolscope::app::run(argc, argv);
  } catch (const std::exception& error) {
    // Nothing of ours throws; a library may, when memory or the disk is at its end.
    return poolscope::cli::report({poolscope::Error::Kind::kFailed, error.what()});
  }
}
