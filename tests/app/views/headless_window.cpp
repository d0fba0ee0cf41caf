#include "tests/app/views/headless_window.h"

#include <stdexcept>

#include <imgui.h>

#include "app/locale/translate.h"
#include "app/platform/files.h"
#include "app/views/window.h"

namespace poolscope::views::testing {
namespace {

const char* const kChinese = POOLSCOPE_CATALOGUES "/zh_CN/LC_MESSAGES/poolscope.mo";

}  // namespace

HeadlessWindow::HeadlessWindow() : fonts_(platform::find_fonts()) {
  ImGui::CreateContext();
  ImGui::GetIO().IniFilename = nullptr;
  fonts_.need("中文");
  fonts_.need(platform::read_whole(kChinese).value_or(""));
}

HeadlessWindow::~HeadlessWindow() {
  static_cast<void>(locale::set_language(locale::Language::kEnglish, POOLSCOPE_CATALOGUES));
  ImGui::DestroyContext();
}

std::string HeadlessWindow::problem() const {
  if (!fonts_.files().chinese) return fonts_.files().sentence();
  return "";
}

const DrawLog& HeadlessWindow::draw(const Canvas& canvas, const Viewing& viewing) {
  return draw(canvas, viewing, [](const ViewInput& input) { draw_window(input); });
}

const DrawLog& HeadlessWindow::draw(const Canvas& canvas, const Viewing& viewing,
                                    const std::function<void(const ViewInput&)>& by) {
  const auto set =
      locale::set_language(locale::language_of_code(canvas.language), POOLSCOPE_CATALOGUES);
  if (!set) throw std::runtime_error(set.error().message);
  fonts_.need(viewing.texts());
  fonts_.request(theme::font_specs(canvas.layout, canvas.h, canvas.scale, canvas.zoom));
  if (fonts_.stale()) fonts_.build();
  ViewState state = viewing.state;
  state.layout = canvas.layout;
  state.language = canvas.language == "zh" ? "zh" : "en";
  labels_ = {};
  const ViewInput input{
      .model = viewing.played->model,
      .told = viewing.told,
      .lanes = viewing.played->lanes,
      .session = viewing.session,
      .message = viewing.message,
      .state = state,
      .theme = theme::theme_of(canvas.theme),
      .sizes = theme::sizes_of(canvas.layout, canvas.h, canvas.scale, canvas.zoom),
      .fonts = fonts_.fonts(),
      .window = {0, 0, canvas.w, canvas.h},
      .labels = labels_,
      .interactive = viewing.interactive,
      .statistics = &viewing.played->statistics,
      .life = viewing.life ? &*viewing.life : nullptr,
      .padding_cost = viewing.padding_cost,
      .drawn = &log_,
      .other = viewing.other};
  // ImGui settles its sizes in the first frame.
  for (int i = 0; i < 2; ++i) {
    ImGui::GetIO().DisplaySize = {canvas.w, canvas.h};
    ImGui::NewFrame();
    log_.begin_frame();
    by(input);
    ImGui::EndFrame();
  }
  return log_;
}

}  // namespace poolscope::views::testing
