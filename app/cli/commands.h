#pragma once

// The commands that need no drawing, as functions and as subcommands of a command line.
//
// Each writes data to stdout and one-line errors, "poolscope: WHAT: WHERE: WHAT TO DO", to stderr,
// and gives the exit code: 0 done, 1 failed or found a fault, 2 bad usage or input, 130
// interrupted.
//
// Thread safety: called from the main thread, before it has started any other.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/cli/threshold.h"
#include "app/cli/values.h"
#include "app/cli/workload_flags.h"

namespace CLI {
class App;
}

namespace poolscope::cli {

struct RecordArgs {
  std::string program;  // the writer, e.g. "poolscope 0.1.0"
  std::filesystem::path output;
  bool overwrite = false;
  SimulationOptions session = default_session();
  std::optional<std::int64_t> for_ns;   // none: until the events are there, or it is interrupted
  std::optional<std::uint64_t> events;  // none: any number
  std::int64_t keep_last_ns = 0;        // 0: keep all; the flag takes no 0
  bool progress = false;
};
/// A live session without a window, recorded. SIGINT and SIGTERM close the file cleanly.
int run_record(const RecordArgs& args);

struct InfoArgs {
  std::filesystem::path file;
  bool json = false;
};
/// What is in a session.
int run_info(const InfoArgs& args);

struct VerifyArgs {
  std::filesystem::path file;
};
/// Replays all of a session and holds the model against its checkpoints, and against its keyframes.
int run_verify(const VerifyArgs& args);

struct StateArgs {
  std::filesystem::path file;
  WantedMoment at;
  bool json = false;
};
/// The model after one event.
int run_state(const StateArgs& args);

struct StatsArgs {
  std::vector<std::filesystem::path> files;  // one or two
  std::optional<WantedMoment> from;          // none: all of it
  std::optional<WantedMoment> to;
  std::string pool;  // of that one alone, by its name; "": of all
  bool json = false;
  std::vector<Threshold> fail_if;
};
/// Where Gets got their object, what was dropped, what was waited for, and what stands out. 1: a
/// condition of --fail-if holds.
int run_stats(const StatsArgs& args);

struct CutArgs {
  std::string program;  // the writer, e.g. "poolscope 0.1.0"
  std::filesystem::path file;
  std::optional<WantedMoment> from;  // none: from its beginning
  std::optional<WantedMoment> to;    // none: to its end
  bool leave_out = false;            // the new session has all but that stretch
  std::filesystem::path output;
  bool overwrite = false;
};
/// A stretch of a session as a session of its own, or the session without it.
int run_cut(const CutArgs& args);

struct CatArgs {
  std::string program;  // the writer, e.g. "poolscope 0.1.0"
  std::vector<std::filesystem::path> files;
  std::filesystem::path output;
  bool overwrite = false;
};
/// Sessions, one after the other, as one.
int run_cat(const CatArgs& args);

struct ExportArgs {
  std::filesystem::path file;
  std::string to;                // html, chrome, jsonl or csv
  std::filesystem::path output;  // empty: stdout
  bool overwrite = false;
  // html only
  std::string language;               // en, zh; empty: the environment's
  std::filesystem::path catalogues;   // the folder of the translations
  std::optional<WantedMoment> from;   // none: from its beginning
  std::optional<WantedMoment> until;  // none: to its end
};
/// A session as a page, or its events for other programs.
int run_export(const ExportArgs& args);

struct RunArgs {
  std::string program;  // the writer, e.g. "poolscope 0.1.0"
  std::vector<std::filesystem::path> files;
  bool core = false;
  std::filesystem::path record;  // of one script; empty: it is not recorded
  bool overwrite = false;        // of `record`
};
/// The transcripts of scripts, run on real threads of the core; one of them recorded as a session.
int run_run(const RunArgs& args);

struct ExploreArgs {
  std::filesystem::path file;
  std::uint64_t most = UINT64_MAX;  // schedules
};
/// Every interleaving of a script's tasks, at the breakpoints, on real threads. 1: an invariant of
/// the pools is broken. 130: interrupted; what was found by then is printed.
int run_explore(const ExploreArgs& args);

struct LessonsArgs {
  std::vector<std::filesystem::path> files;  // none: the lessons that the program carries with it
  bool check = false;
  std::string language;  // en, zh; empty: the environment's
};
/// The lessons by number, topic and title; or what is wrong with them or missing in them, a line
/// each on stderr (2).
int run_lessons(const LessonsArgs& args);

struct ImportArgs {
  std::string program;  // the writer, e.g. "poolscope 0.1.0"
  std::vector<std::filesystem::path> logs;
  std::filesystem::path output;
  std::filesystem::path executable;  // empty: the one that the log names
  bool overwrite = false;
};
/// Logs of Go programs, each as a session.
int run_import(const ImportArgs& args);

struct GoRecordArgs {
  std::string program;  // the writer, e.g. "poolscope 0.1.0"
  std::filesystem::path output;
  bool overwrite = false;
  std::uint64_t log_bytes = 0;  // that a process may record; 0: the recorder's own bound
  bool exact_order = false;     // records are numbered in one sequence, not stamped with the time
  std::string level = "slots";  // or all: also when each Put and Get was called and returned
  std::vector<std::string> command;
};
/// Runs a command that calls go, and makes a session of each process that used pools. The exit code
/// of the command where it failed.
int run_go_record(const GoRecordArgs& args);

struct GoBuildArgs {
  std::vector<std::string> arguments;  // of `go build`
};
/// `go build` with the recorder in it. The exit code is its.
int run_go_build(const GoBuildArgs& args);

struct GoCheckArgs {
  std::string program;
};
/// Whether the Go in PATH can be recorded. 1: what a stress of a second recorded does not hold.
int run_go_check(const GoCheckArgs& args);

/// Adds the subcommands record, info, verify, state, stats, export, import, go, run, explore and
/// lessons to `app`. When one of them has been parsed, `chosen` runs it and gives the exit code.
/// `chosen` outlives the parse; `program` is for recordings, e.g. "poolscope 0.1.0"; `catalogues`
/// is the folder of the translations.
void add_commands(CLI::App& app, const std::string& program,
                  const std::filesystem::path& catalogues, std::function<int()>& chosen);

}  // namespace poolscope::cli
