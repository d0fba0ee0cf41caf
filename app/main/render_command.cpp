#include "app/main/render_command.h"

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "app/cli/interruption.h"
#include "app/cli/named_pool.h"
#include "app/cli/options.h"
#include "app/cli/passing_folder.h"
#include "app/cli/progress_line.h"
#include "app/cli/report.h"
#include "app/cli/session_text.h"
#include "app/control/script_recording.h"
#include "app/export/render.h"
#include "app/locale/translate.h"
#include "app/main/sessions.h"
#include "app/main/values.h"
#include "app/theme/names.h"
#include "app/views/words/file_words.h"
#include "core/script/lesson.h"

namespace poolscope::app {
namespace {

constexpr double kMostFps = 240;
constexpr double kMostSpeed = 1e6;
constexpr double kMostSteps = 1000;

/// Where pictures are taken.
struct RenderAt {
  std::optional<WantedMoment> moment;
  bool markers = false;
};

struct RenderArgs {
  std::filesystem::path file;
  exporting::RenderOptions options;
  SizePx size{1280, 720};
  std::string theme = "dark";
  std::string layout = "lecture";
  std::string view = "default";
  std::string pool;      // its name; empty: none is meant
  std::string language;  // empty: the environment's
  RenderAt at;
  bool each_step = false;
  bool progress = false;
  WantedMoment from{.kind = WantedMoment::Kind::kTime, .time_ns = 0, .number = 0};
  WantedMoment to;
};

/// "G3" or "3".
Expected<std::uint64_t> parse_goroutine(std::string_view text) {
  const bool named = !text.empty() && text.front() == 'G';
  return cli::parse_number(named ? text.substr(1) : text, 0, GId::none().value - 1);
}

std::string language_of(const RenderArgs& args) {
  return args.language.empty() ? std::string(locale::code_of(locale::language_of_environment()))
                               : args.language;
}

/// "markers", or a moment.
Expected<RenderAt> parse_at(std::string_view text) {
  if (text == "markers") return RenderAt{.moment = {}, .markers = true};
  const auto moment = cli::parse_moment(text);
  if (!moment) return bad_input(moment.error().message + ", or markers");
  return RenderAt{.moment = *moment, .markers = false};
}

exporting::Pictures pictures_of(const RenderArgs& args) {
  if (args.each_step) return exporting::Pictures::kEachStep;
  return args.at.markers ? exporting::Pictures::kAtMarkers : exporting::Pictures::kOne;
}

Expected<PoolId> pool_of(const SessionSource& session, const RenderArgs& args) {
  const SessionNames* names = session.status().names.get();
  return cli::find_pool(args.file.string(), args.pool,
                        names == nullptr ? std::vector<std::string>() : names->pools,
                        session.model().pools.size());
}

int render_session(const RenderArgs& args, const std::filesystem::path& file) {
  cli::Interruption interruption;
  auto session = open_recording(file);
  if (!session) return cli::report(session.error());
  const auto& status = (*session)->status();
  for (const WantedMoment& moment : {args.at.moment.value_or(WantedMoment{}), args.from, args.to}) {
    const auto checked = cli::check_moment(args.file, status.last.time_ns - status.origin.time_ns,
                                           status.last.seq - status.origin.seq, moment);
    if (!checked) return cli::report(checked.error());
  }
  exporting::RenderOptions options = args.options;
  if (!args.pool.empty()) {
    const auto pool = pool_of(**session, args);
    if (!pool) return cli::report(pool.error());
    options.pool = *pool;
  }
  options.width_px = args.size.width;
  options.height_px = args.size.height;
  options.theme = theme::theme_named(args.theme).value_or(theme::ThemeName::kDark);
  options.layout = theme::layout_named(args.layout).value_or(theme::LayoutKind::kLecture);
  options.language = language_of(args);
  options.recorded_view = args.view == "recorded";
  options.notice = [](const Error& error) { cli::report(error); };
  options.pictures = pictures_of(args);
  options.at = args.at.moment;
  options.from = args.from;
  options.to = args.to;
  std::optional<cli::ProgressLine> line;
  line.emplace(args.progress);
  options.progress = [&line](std::size_t done, std::size_t all) { line->show(done, all); };
  options.expected_size = [&](std::uint64_t bytes, std::size_t frames) {
    const std::string size = fmt::format("about {}", views::size_text(bytes));
    fmt::print(stderr, "{}: {} in {} frames\n", options.output.string(), size, frames);
    line->add(size);
  };
  const auto rendered = exporting::render(
      **session, options, [&] { return interruption.wait_for(std::chrono::milliseconds(0)); });
  line.reset();
  (*session)->close();
  if (interruption.came()) return cli::kInterrupted;
  return rendered ? 0 : cli::report(rendered.error());
}

/// A script is recorded first, beside. Its steps are its lines: there its markers are.
int render_script(RenderArgs args) {
  const auto draft = script::read_draft(args.file.string());
  if (!draft) return cli::report_script(draft.error());
  const auto folder = cli::PassingFolder::in(std::filesystem::temp_directory_path());
  if (!folder) return cli::report(folder.error());
  const std::filesystem::path session =
      folder->path() / args.file.filename().replace_extension(".poolscope");
  const auto recorded = record_script(draft->lesson, session, {.language = language_of(args)});
  if (!recorded) return cli::report(recorded.error());
  if (recorded->wrong) return cli::report_script(*recorded->wrong);
  args.at.markers = args.at.markers || args.each_step;
  args.each_step = false;
  return render_session(args, session);
}

int run_render(const RenderArgs& args) {
  return is_script(args.file) ? render_script(args) : render_session(args, args.file);
}

void add_positive(CLI::App& app, const std::string& flag, double& target, const std::string& help,
                  const std::string& type, double most) {
  cli::add_parsed(app, flag, target, help, type,
                  [most](std::string_view text) { return parse_positive(text, most); });
}

}  // namespace

void add_render_command(CLI::App& app, std::function<int()>& chosen) {
  CLI::App* command =
      app.add_subcommand("render",
                         "Draw a session or a script to a picture (.png) or a video "
                         "(.mp4, .webm, .gif; needs ffmpeg)");
  const auto args = std::make_shared<RenderArgs>();
  exporting::RenderOptions& options = args->options;
  command->add_option("FILE", args->file, "The session, or a script (.ops)")
      ->required()
      ->type_name("");
  command->add_option("-o,--output", options.output, "The picture or video to make")
      ->required()
      ->type_name("FILE");
  command->add_flag("--overwrite", options.overwrite, "Replace the output if it is there");
  auto* at = cli::add_parsed(
      *command, "--at", args->at,
      "Of a picture: the moment (default: the last with all goroutines). markers: one at each "
      "marker, FILE-01.png and so on",
      "TIME|#SEQ|markers", &parse_at);
  command
      ->add_flag("--each-step", args->each_step,
                 "A picture of each step, FILE-01.png and so on; of a script, each line's end")
      ->excludes(at);
  cli::add_moment(*command, "--from", args->from, "Where a video or a series begins (default: 0s)");
  cli::add_moment(*command, "--to", args->to, "Where it ends (default: end)");
  add_positive(*command, "--fps", options.fps, "Frames a second (default: 30)", "N", kMostFps);
  add_positive(*command, "--speed", options.speed,
               "Seconds of the session in a second of the video (default: 1)", "X", kMostSpeed);
  add_positive(*command, "--by-step", options.steps_per_second,
               "So many steps a second, each as long as any other", "N", kMostSteps);
  command->get_option("--by-step")->excludes("--speed");
  command
      ->add_option_function<std::string>(
          "--captions",
          [&options](const std::string& kind) {
            options.captions =
                kind == "vtt" ? exporting::Captions::kVtt : exporting::Captions::kSrt;
          },
          "What is said in a video, in a file beside it too")
      ->expected(0, 1)
      ->default_str("srt")
      ->check(CLI::IsMember({"srt", "vtt"}))
      ->type_name("srt|vtt");
  command->add_flag("--progress", args->progress,
                    "Print 'progress: N of M' on stderr, ten times a second at most");
  command->add_flag("--audio", options.silent_audio,
                    "A track without a sound, for players that want one");
  cli::add_parsed(*command, "--size", args->size, "Pixels (default: 1280x720)", "WxH", &parse_size);
  cli::add_parsed(*command, "--follow", options.followed, "Tell of this goroutine", "G",
                  [](std::string_view text) -> Expected<GId> {
                    const auto number = parse_goroutine(text);
                    if (!number) return tl::make_unexpected(number.error());
                    return GId{static_cast<GId::rep>(*number)};
                  });
  command->add_option("--pool", args->pool, "Show this pool (default: the first)")
      ->type_name("NAME");
  cli::add_choice(*command, "--theme", args->theme, {"dark", "light", "contrast"}, "Colours");
  cli::add_choice(*command, "--layout", args->layout, {"lecture", "workbench"},
                  "What stands where");
  cli::add_choice(*command, "--view", args->view, {"recorded", "default"},
                  "Of the session: what its lecturer saw then, or the same all the time");
  cli::add_choice(*command, "--lang", args->language, {"en", "zh"}, "Language");
  command->callback([args, &chosen] { chosen = [args] { return run_render(*args); }; });
}

}  // namespace poolscope::app
