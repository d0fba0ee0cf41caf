#include "app/frame/frame.h"

#include <filesystem>

#include "app/locale/translate.h"
#include "app/platform/files.h"
#include "assets/embedded.h"

namespace poolscope::frame {

Moment moment_of(const SessionSource& source) {
  return {.model = &source.model(),
          .told = &source.told(),
          .lanes = source.lanes(),
          .statistics = source.statistics(),
          .session = source.status(),
          .other = source.other_side(),
          .message = {}};
}

views::ViewInput view_input(const Moment& moment, const views::ViewState& state, const Look& look,
                            const platform::Fonts& fonts, views::Labels& labels, int width_px,
                            int height_px) {
  const auto width = static_cast<float>(width_px);
  const auto height = static_cast<float>(height_px);
  return {.model = *moment.model,
          .told = *moment.told,
          .lanes = *moment.lanes,
          .session = moment.session,
          .message = moment.message,
          .state = state,
          .theme = theme::theme_of(look.theme),
          .sizes = theme::sizes_of(state.layout, height, look.scale, look.zoom),
          .fonts = fonts.fonts(),
          .window = {.x = 0, .y = 0, .w = width, .h = height},
          .labels = labels,
          .interactive = look.interactive,
          .lane_details = moment.lane_details,
          .statistics = moment.statistics.get(),
          .life = moment.life,
          .life_progress = moment.life_progress,
          .padding_cost = moment.padding_cost,
          .other = moment.other,
          .pools = moment.pools};
}

void prepare_fonts(platform::Fonts& fonts, const Moment& moment, const views::ViewState& state,
                   const Look& look, int height_px) {
  if (state.lessons != nullptr) {
    for (const script::Lesson& lesson : *state.lessons) {
      fonts.need(lesson.title.in(state.language));
      fonts.need(lesson.question.in(state.language));
    }
  }
  if (state.first_lesson != nullptr) fonts.need(state.first_lesson->title.in(state.language));
  fonts.need(moment.message.text);
  for (const views::Message::Answer& answer : moment.message.answers) fonts.need(answer.text);
  fonts.need(moment.session.recording_file);
  fonts.request(
      theme::font_specs(state.layout, static_cast<float>(height_px), look.scale, look.zoom));
  if (fonts.stale()) fonts.build();
}

void need_markers(platform::Fonts& fonts, const ListedMarkers& markers) {
  for (const ListedMarker& marker : markers) {
    fonts.need(marker.title);
    fonts.need(marker.note);
  }
}

void need_names(platform::Fonts& fonts, const SessionNames* names) {
  if (names == nullptr) return;
  for (const std::string& name : names->pools) fonts.need(name);
  for (const std::string& name : names->goroutines) fonts.need(name);
}

void need_lesson(platform::Fonts& fonts, const script::Lesson& lesson) {
  const auto need = [&fonts](const script::LessonText& text) {
    fonts.need(text.en);
    if (fonts.files().chinese) fonts.need(text.zh);
  };
  need(lesson.title);
  need(lesson.question);
  need(lesson.takeaway);
  need(lesson.exploration_text);
  for (const script::LessonLine& line : lesson.lines) {
    need(line.caption);
    need(line.note);
    if (!line.ask) continue;
    need(line.ask->text);
    for (const script::LessonChoice& choice : line.ask->choices) {
      need(choice.text);
      need(choice.why);
    }
  }
}

namespace {

platform::ClearColour cleared_with(theme::Color color) {
  constexpr float kFull = 255;
  return {static_cast<float>(color.r) / kFull, static_cast<float>(color.g) / kFull,
          static_cast<float>(color.b) / kFull};
}

}  // namespace

platform::ClearColour clear_colour(theme::ThemeName theme) {
  return cleared_with(theme::theme_of(theme).bg);
}

platform::ClearColour clear_colour(theme::ThemeName theme, const views::ViewState& state) {
  return state.black ? cleared_with(theme::kBlack) : clear_colour(theme);
}

Expected<void> set_language(std::string_view code, platform::Fonts& fonts) {
  const locale::Language wanted = locale::language_of_code(code);
  const std::filesystem::path catalogues = locale::catalogue_folder(platform::program_folder());
  fonts.need("中文");  // the button that leads there says so in every language
  if (auto set = locale::set_language(wanted, catalogues); !set) {
    return failed("Chinese is not there, so texts are English: " + set.error().message);
  }
  if (wanted == locale::Language::kEnglish) return {};
  if (!fonts.files().chinese) {
    static_cast<void>(locale::set_language(locale::Language::kEnglish, catalogues));
    return failed("Chinese is not there, so texts are English: " + fonts.files().sentence());
  }
  need_language(fonts);
  // The comments of the Go text.
  for (const EmbeddedFile& file : embedded_files()) {
    if (file.path.starts_with("assets/source/")) fonts.need(file.text);
  }
  return {};
}

void need_language(platform::Fonts& fonts) {
  if (locale::current_language() == locale::Language::kEnglish) return;
  const std::filesystem::path catalogues = locale::catalogue_folder(platform::program_folder());
  // The compiled catalogue has other bytes in it too, but no text that is not shown.
  fonts.need(platform::read_whole(catalogues / "zh_CN/LC_MESSAGES/poolscope.mo").value_or(""));
}

}  // namespace poolscope::frame
