#include "app/main/window_flags.h"

#include <algorithm>
#include <system_error>

#include "app/cli/options.h"
#include "app/locale/translate.h"
#include "app/theme/names.h"
#include "core/session/held_file.h"

namespace poolscope::app {
namespace {

std::string first_given(const std::string& flag, const std::optional<std::string>& setting,
                        std::string_view otherwise) {
  if (!flag.empty()) return flag;
  return setting ? *setting : std::string(otherwise);
}

}  // namespace

void add_window_flags(CLI::App& app, WindowFlags& flags) {
  cli::add_parsed(app, "--size", flags.size, "Size of the window in pixels", "WxH", &parse_size);
  cli::add_parsed(app, "--scale", flags.scale, "Size of everything, instead of the display's scale",
                  "S", &parse_scale);
  cli::add_choice(app, "--theme", flags.theme, {"dark", "light", "contrast"}, "Colours");
  cli::add_choice(app, "--lang", flags.language, {"en", "zh"}, "Language");
  cli::add_choice(app, "--layout", flags.layout, {"lecture", "workbench"}, "What stands where");
  app.add_flag("--presenter", flags.presenter,
               "Open the lecturer's window too: caption, next caption, note and clock");
  app.add_option("--record", flags.record, "Record to this file from the start")->type_name("FILE");
  cli::add_parsed(app, "--exit-after", flags.exit_after_ns, "End after this time", "TIME",
                  &cli::parse_duration);
  app.add_option("--screenshot", flags.screenshot, "Write the last frame to this PNG file")
      ->type_name("FILE.png");
  app.add_option("--frame-stats", flags.frame_stats, "Write how long frames took (JSON)")
      ->type_name("FILE");
  app.add_option("--state-dump", flags.state_dump,
                 "Write the model when a recording stops and at the end (JSON)")
      ->type_name("FILE");
  app.add_option("--ui-dump", flags.ui_dump, "Keep writing where the controls are (JSON)")
      ->type_name("FILE");
  cli::add_number(app, "--flight-mib", flags.flight_mib, 0, 1'048'576,
                  "The last 30 min of a live session are always kept, in so many MiB at most "
                  "(1024); Ctrl+Shift+S saves the last 5 min; 0: nothing is kept");
  app.add_option("--transcript", flags.transcript, "Write at the end what the script has answered")
      ->type_name("FILE");
}

Expected<void> check_outputs(const WindowFlags& flags) {
  for (const std::filesystem::path& file :
       {flags.screenshot, flags.frame_stats, flags.state_dump, flags.ui_dump, flags.transcript}) {
    if (auto checked = refuse_while_recorded(file); !checked) return checked;
    std::error_code ignored;
    const std::filesystem::path folder = file.parent_path();
    if (!folder.empty() && !std::filesystem::is_directory(folder, ignored)) {
      return failed(file.string() + ": there is no folder " + folder.string() + "; make it first");
    }
  }
  return {};
}

WindowRequest window_request(const WindowFlags& flags) {
  WindowRequest request;
  if (flags.size) {
    request.width_px = flags.size->width;
    request.height_px = flags.size->height;
    request.size_is_exact = true;
  }
  request.scale = flags.scale;
  request.presenter = flags.presenter;
  request.exit_after_ns = flags.exit_after_ns;
  request.screenshot = flags.screenshot;
  request.frame_stats = flags.frame_stats;
  request.state_dump = flags.state_dump;
  request.ui_dump = flags.ui_dump;
  request.transcript = flags.transcript;
  return request;
}

Viewer first_viewer(const WindowFlags& flags, const Settings& settings) {
  Viewer viewer;
  viewer.settings = settings;
  viewer.theme = theme::theme_named(first_given(flags.theme, settings.theme, "dark"))
                     .value_or(theme::ThemeName::kDark);
  // A class sees the stage, whatever its lecturer works in otherwise.
  const std::optional<std::string> layout = flags.presenter ? "lecture" : settings.layout;
  viewer.state.layout = theme::layout_named(first_given(flags.layout, layout, "lecture"))
                            .value_or(theme::LayoutKind::kLecture);
  viewer.state.motion = settings.motion.value_or(true);
  viewer.state.language = locale::code_of(locale::language_of_code(first_given(
      flags.language, settings.language, locale::code_of(locale::language_of_environment()))));
  viewer.zoom_percent = std::clamp(settings.zoom_percent.value_or(kZoomUsual_percent),
                                   kZoomLeast_percent, kZoomMost_percent);
  return viewer;
}

}  // namespace poolscope::app
