#include "app/cli/commands.h"

#include <memory>

#include "app/cli/options.h"

namespace poolscope::cli {
namespace {

void add_file(CLI::App& command, std::filesystem::path& file) {
  command.add_option("FILE", file, "The session, a .poolscope file")->required();
}

void add_output(CLI::App& command, std::filesystem::path& output, bool& overwrite,
                const std::string& help) {
  command.add_option("-o,--output", output, help)->type_name("FILE");
  command.add_flag("--overwrite", overwrite, "Replace the output when it exists");
}

void add_record(CLI::App& app, const std::string& program, std::function<int()>& chosen) {
  auto args = std::make_shared<RecordArgs>();
  args->program = program;
  CLI::App* command = app.add_subcommand("record", "Record a live session without a window");
  add_output(*command, args->output, args->overwrite, "The session file to make");
  command->get_option("--output")->required();
  add_duration(*command, "--for", args->for_ns, "How long, e.g. 10s; else until interrupted");
  add_number(*command, "--events", args->events, 0, UINT64_MAX, "How many events");
  add_period(*command, "--gc-every", args->session.gc_every_ns, "A GC so often");
  add_period(*command, "--resize-every", args->session.resize_every_ns,
             "A new GOMAXPROCS so often, 1 to twice --procs, by the seed");
  add_period(*command, "--keep-last", args->keep_last_ns, "Keep only the end of the session");
  command->add_flag("--progress", args->progress,
                    "Print 'committed #SEQ T_ns' on stderr after each commit");
  add_workload_flags(*command, args->session);
  command->callback([args, &chosen] { chosen = [args] { return run_record(*args); }; });
}

void add_info(CLI::App& app, std::function<int()>& chosen) {
  auto args = std::make_shared<InfoArgs>();
  CLI::App* command = app.add_subcommand("info", "Tell what is in a session");
  add_file(*command, args->file);
  command->add_flag("--json", args->json, "As JSON");
  command->callback([args, &chosen] { chosen = [args] { return run_info(*args); }; });
}

void add_verify(CLI::App& app, std::function<int()>& chosen) {
  auto args = std::make_shared<VerifyArgs>();
  CLI::App* command =
      app.add_subcommand("verify", "Replay a session and hold it against its checkpoints");
  add_file(*command, args->file);
  command->callback([args, &chosen] { chosen = [args] { return run_verify(*args); }; });
}

void add_state(CLI::App& app, std::function<int()>& chosen) {
  auto args = std::make_shared<StateArgs>();
  CLI::App* command = app.add_subcommand("state", "Print the pools after one event of a session");
  add_file(*command, args->file);
  add_moment(*command, "--at", args->at, "3.2s, 500ms, 01:23.456, end, or #1 for the first event");
  command->add_flag("--json", args->json, "As JSON");
  command->callback([args, &chosen] { chosen = [args] { return run_state(*args); }; });
}

void add_stats(CLI::App& app, std::function<int()>& chosen) {
  auto args = std::make_shared<StatsArgs>();
  CLI::App* command = app.add_subcommand(
      "stats", "Count where Gets got their object, what was dropped and what was waited for");
  command->add_option("FILE", args->files, "A session, or two to compare")
      ->required()
      ->expected(1, 2);
  add_moment(*command, "--from", args->from, "Count from there on; a moment as of --to");
  add_moment(*command, "--to", args->to,
             "Count up to there: 3.2s, 500ms, 01:23.456, end, or #1 for the first event");
  command
      ->add_option("--pool", args->pool,
                   "Only of that pool, e.g. fmt.ppFree: its figures, findings")
      ->type_name("NAME");
  command->add_flag("--json", args->json, "As JSON");
  command
      ->add_option_function<std::vector<std::string>>(
          "--fail-if",
          [args](const std::vector<std::string>& texts) {
            for (const std::string& text : texts) args->fail_if.push_back(*parse_threshold(text));
          },
          fmt::format("Exit with 1 where that is so, e.g. 'news>20%' (of the Gets), of one pool "
                      "'fmt.ppFree:news>20%'; may be given again. The words: {}",
                      threshold_words()))
      ->check(CLI::Validator(
          [](std::string& text) {
            const auto parsed = parse_threshold(text);
            return parsed ? std::string{} : parsed.error().message;
          },
          "", ""))
      ->type_name("CONDITION")
      ->expected(1)
      ->take_all();
  command->callback([args, &chosen] { chosen = [args] { return run_stats(*args); }; });
}

void add_cut(CLI::App& app, const std::string& program, std::function<int()>& chosen) {
  auto args = std::make_shared<CutArgs>();
  args->program = program;
  CLI::App* command = app.add_subcommand("cut", "Make a session of a stretch of another one");
  add_file(*command, args->file);
  add_moment(*command, "--from", args->from, "The first moment that stays; else the beginning");
  add_moment(*command, "--to", args->to,
             "The last one: 3.2s, 500ms, 01:23.456, end, or #1 for the first event; else the end");
  command->add_flag("--leave-out", args->leave_out, "Keep what lies before and behind instead");
  add_output(*command, args->output, args->overwrite, "The session file to make");
  command->get_option("--output")->required();
  command->callback([args, &chosen] { chosen = [args] { return run_cut(*args); }; });
}

void add_cat(CLI::App& app, const std::string& program, std::function<int()>& chosen) {
  auto args = std::make_shared<CatArgs>();
  args->program = program;
  CLI::App* command = app.add_subcommand("cat", "Join sessions, one after the other");
  command->add_option("FILE", args->files, "Sessions, at least two; one may be named twice")
      ->required()
      ->expected(2, -1);
  add_output(*command, args->output, args->overwrite, "The session file to make");
  command->get_option("--output")->required();
  command->callback([args, &chosen] { chosen = [args] { return run_cat(*args); }; });
}

void add_export(CLI::App& app, const std::filesystem::path& catalogues,
                std::function<int()>& chosen) {
  auto args = std::make_shared<ExportArgs>();
  args->catalogues = catalogues;
  CLI::App* command =
      app.add_subcommand("export", "Write a session for a browser or other programs");
  add_file(*command, args->file);
  add_choice(
      *command, "--to", args->to, {"html", "chrome", "jsonl", "csv"},
      "html: one page that any browser replays; chrome: Trace Event JSON, for ui.perfetto.dev")
      ->required();
  add_output(*command, args->output, args->overwrite, "The file to make; else stdout");
  add_choice(*command, "--lang", args->language, {"en", "zh"},
             "html: the language that the page shows first; it has both");
  add_moment(*command, "--from", args->from, "html: the first moment; else the beginning");
  add_moment(*command, "--until", args->until, "html: the last one; else the end");
  command->callback([args, &chosen] { chosen = [args] { return run_export(*args); }; });
}

void add_import(CLI::App& app, const std::string& program, std::function<int()>& chosen) {
  auto args = std::make_shared<ImportArgs>();
  args->program = program;
  CLI::App* command =
      app.add_subcommand("import", "Make sessions of the logs that Go programs have written");
  command->add_option("LOG", args->logs, "Logs, each of one process")->required();
  add_output(*command, args->output, args->overwrite,
             "The session to make; of more than one log also FILE-2, FILE-3, ...");
  command->get_option("--output")->required();
  command
      ->add_option("--executable", args->executable,
                   "The program, for the names of its pools; else where it was when it ran")
      ->type_name("FILE");
  command->callback([args, &chosen] { chosen = [args] { return run_import(*args); }; });
}

void add_go_record(CLI::App& go, const std::string& program, std::function<int()>& chosen) {
  auto args = std::make_shared<GoRecordArgs>();
  args->program = program;
  CLI::App* command = go.add_subcommand("record", "Run a Go program or its tests, recorded");
  add_output(*command, args->output, args->overwrite,
             "The session to make; of more than one process also FILE-2, FILE-3, ...");
  command->get_option("--output")->required();
  add_number(*command, "--log-bytes", args->log_bytes, 1, UINT64_MAX,
             "Record no more than that of a process; 32 bytes an event");
  add_choice(
      *command, "--level", args->level, {"slots", "all"},
      "slots: what became of each place; all: also when each Put and Get was called and when "
      "it returned; slower");
  command->add_flag(
      "--exact-order", args->exact_order,
      "Number all records in one sequence, where else their times order them; slower");
  command->add_option("COMMAND", args->command, "After --: go run ..., go test ..., a script")
      ->required();
  command->footer("poolscope go record -o x.poolscope -- go test -run Decode ./...");
  command->callback([args, &chosen] { chosen = [args] { return run_go_record(*args); }; });
}

void add_go(CLI::App& app, const std::string& program, std::function<int()>& chosen) {
  CLI::App* go = app.add_subcommand("go", "Record the sync.Pools of a Go program");
  go->require_subcommand(1);
  add_go_record(*go, program, chosen);

  auto build_args = std::make_shared<GoBuildArgs>();
  CLI::App* build = go->add_subcommand(
      "build",
      "Build a Go program that records itself when it is started with POOLSCOPE_LOG=PREFIX");
  build->add_option("ARGUMENTS", build_args->arguments, "After --: those of go build");
  build->footer("poolscope go build -- -o server ./cmd/server");
  build->callback(
      [build_args, &chosen] { chosen = [build_args] { return run_go_build(*build_args); }; });

  auto check_args = std::make_shared<GoCheckArgs>();
  check_args->program = program;
  CLI::App* check = go->add_subcommand("check", "Find out whether the Go in PATH can be recorded");
  check->callback(
      [check_args, &chosen] { chosen = [check_args] { return run_go_check(*check_args); }; });
}

void add_run(CLI::App& app, const std::string& program, std::function<int()>& chosen) {
  auto args = std::make_shared<RunArgs>();
  args->program = program;
  CLI::App* command = app.add_subcommand("run", "Run scripts and print their transcripts");
  command->add_option("FILE", args->files, "Scripts, .ops files")->required();
  command->add_flag("--core", args->core,
                    "Leave out what only a checker knows: WHERE, tasks, stats");
  CLI::Option* record =
      command->add_option("--record", args->record, "Record what the script does, as a session")
          ->type_name("FILE");
  command->add_flag("--overwrite", args->overwrite, "Replace the session when it exists")
      ->needs(record);
  command->callback([args, &chosen] { chosen = [args] { return run_run(*args); }; });
}

void add_explore(CLI::App& app, std::function<int()>& chosen) {
  auto args = std::make_shared<ExploreArgs>();
  CLI::App* command = app.add_subcommand(
      "explore", "Run a script's tasks after `together` in every order, breakpoint by breakpoint");
  command->add_option("FILE", args->file, "A script, .ops")->required();
  add_number(*command, "--most", args->most, 1, UINT64_MAX,
             "Explore that many schedules and no more; else all");
  command->footer(
      "Eight tasks of five steps have more schedules than can ever be walked: give --most, or\n"
      "interrupt it (Ctrl-C); what was found until then is printed, and the last line says that\n"
      "there are more.\n"
      "A goroutine stays on its P unless a resize takes the P away; then it goes on with P 0.\n"
      "Migrations at other places are for scripts: cont G @pM.");
  command->callback([args, &chosen] { chosen = [args] { return run_explore(*args); }; });
}

void add_lessons(CLI::App& app, std::function<int()>& chosen) {
  auto args = std::make_shared<LessonsArgs>();
  CLI::App* command =
      app.add_subcommand("lessons", "List the lessons, or check those that you write");
  command->add_option("FILE", args->files, "Lessons, .ops files; else those of poolscope");
  command->add_flag("--check", args->check,
                    "Say what is missing, unknown or not what the script does");
  add_choice(*command, "--lang", args->language, {"en", "zh"}, "Language");
  command->footer("assets/lessons/README.md says how a lesson is written.");
  command->callback([args, &chosen] { chosen = [args] { return run_lessons(*args); }; });
}

}  // namespace

void add_commands(CLI::App& app, const std::string& program,
                  const std::filesystem::path& catalogues, std::function<int()>& chosen) {
  add_record(app, program, chosen);
  add_info(app, chosen);
  add_verify(app, chosen);
  add_state(app, chosen);
  add_stats(app, chosen);
  add_cut(app, program, chosen);
  add_cat(app, program, chosen);
  add_export(app, catalogues, chosen);
  add_import(app, program, chosen);
  add_go(app, program, chosen);
  add_run(app, program, chosen);
  add_explore(app, chosen);
  add_lessons(app, chosen);
}

}  // namespace poolscope::cli
