#include "app/export/session_view.h"

#include <array>
#include <utility>

#include "app/locale/translate.h"
#include "app/platform/files.h"

namespace poolscope::exporting {
namespace {

constexpr std::array kThemes = {
    std::pair{theme::ThemeName::kDark, std::string_view("dark")},
    std::pair{theme::ThemeName::kLight, std::string_view("light")},
    std::pair{theme::ThemeName::kContrast, std::string_view("contrast")},
};
constexpr std::array kLayouts = {
    std::pair{theme::LayoutKind::kLecture, std::string_view("lecture")},
    std::pair{theme::LayoutKind::kWorkbench, std::string_view("workbench")},
};

views::Mode mode_of(ViewMode mode) {
  switch (mode) {
    case ViewMode::kLive: return views::Mode::kLive;
    case ViewMode::kPaused: return views::Mode::kPaused;
    case ViewMode::kPast: return views::Mode::kPast;
    case ViewMode::kReplay: return views::Mode::kReplay;
    case ViewMode::kStepping: return views::Mode::kStepping;
  }
  return views::Mode::kLive;
}

template <class Table, class Value>
std::string_view name_in(const Table& table, Value value) {
  for (const auto& [known, name] : table) {
    if (known == value) return name;
  }
  return "";
}

template <class Value, std::size_t kSize>
std::optional<Value> value_in(const std::array<std::pair<Value, std::string_view>, kSize>& table,
                              std::string_view wanted) {
  for (const auto& [value, name] : table) {
    if (name == wanted) return value;
  }
  return std::nullopt;
}

}  // namespace

Moment moment_of(const SessionSource& source) {
  const SourceStatus& status = source.status();
  const Capabilities can = source.capabilities();
  Moment moment;
  moment.model = &source.model();
  moment.lanes = source.lanes();
  moment.playhead_time_ns = status.playhead.time_ns;
  views::SessionView& session = moment.session;
  session.mode = mode_of(status.mode);
  session.playing = status.playing;
  session.seq = status.playhead.seq;
  session.first_seq = status.first_seq;
  session.first_time_ns = status.first_time_ns;
  session.last_seq = status.last_seq;
  session.last_time_ns = status.last_time_ns;
  session.speeds = status.speeds;
  session.speed = status.speed;
  session.summed = status.summed;
  session.ops_per_second = status.ops_per_second;
  session.recording = status.recording;
  session.recording_file = status.recording_file;
  session.banner = status.banner;
  session.can_change_pool = can.can_change_pool;
  session.can_record = can.can_record;
  session.can_seek = can.can_seek;
  return moment;
}

views::ViewInput view_input(const Moment& moment, const views::ViewState& state, const Look& look,
                            const platform::Fonts& fonts, views::Labels& labels, int width_px,
                            int height_px) {
  const auto width = static_cast<float>(width_px);
  const auto height = static_cast<float>(height_px);
  return {.model = *moment.model,
          .lanes = *moment.lanes,
          .session = moment.session,
          .state = state,
          .playhead_time_ns = moment.playhead_time_ns,
          .theme = theme::theme_of(look.theme),
          .sizes = theme::sizes_of(state.layout, height, look.scale),
          .fonts = fonts.fonts(),
          .window = {.x = 0, .y = 0, .w = width, .h = height},
          .labels = labels,
          .interactive = look.interactive};
}

void prepare_fonts(platform::Fonts& fonts, const Moment& moment, const views::ViewState& state,
                   const Look& look, int height_px) {
  fonts.need(moment.session.banner);
  fonts.need(moment.session.recording_file);
  fonts.request(theme::font_specs(state.layout, static_cast<float>(height_px), look.scale));
  if (fonts.stale()) fonts.build();
}

platform::ClearColour clear_colour(theme::ThemeName theme) {
  constexpr float kFull = 255;
  const theme::Color bg = theme::theme_of(theme).bg;
  return {static_cast<float>(bg.r) / kFull, static_cast<float>(bg.g) / kFull,
          static_cast<float>(bg.b) / kFull};
}

std::string_view name_of(theme::ThemeName theme) { return name_in(kThemes, theme); }
std::optional<theme::ThemeName> theme_named(std::string_view name) {
  return value_in(kThemes, name);
}
std::string_view name_of(theme::LayoutKind layout) { return name_in(kLayouts, layout); }
std::optional<theme::LayoutKind> layout_named(std::string_view name) {
  return value_in(kLayouts, name);
}

std::filesystem::path catalogue_folder() {
  const std::filesystem::path program = platform::program_folder();
  const std::filesystem::path beside = program / "locale";
  std::error_code ignored;
  return std::filesystem::is_directory(beside, ignored) ? beside
                                                        : program.parent_path() / "share/locale";
}

Expected<void> set_language(std::string_view code, platform::Fonts& fonts) {
  const locale::Language wanted = locale::language_of_code(code);
  const std::filesystem::path catalogues = catalogue_folder();
  fonts.need("中文");  // the button that leads there says so in every language
  if (auto set = locale::set_language(wanted, catalogues); !set) {
    return failed("Chinese is not there, so texts are English: " + set.error().message);
  }
  if (wanted == locale::Language::kEnglish) return {};
  if (!fonts.files().chinese) {
    static_cast<void>(locale::set_language(locale::Language::kEnglish, catalogues));
    return failed("Chinese is not there, so texts are English: " + fonts.files().sentence());
  }
  // The compiled catalogue has other bytes in it too, but no text that is not shown.
  fonts.need(platform::read_whole(catalogues / "zh_CN/LC_MESSAGES/poolscope.mo").value_or(""));
  return {};
}

}  // namespace poolscope::exporting
