#pragma once

// A stage without a window: the scene of a model at a moment, laid out with real fonts of the right
// sizes, drawn by nobody.
//
// Thread safety: none; there is one ImGui context.

#include <cmath>
#include <cstdint>
#include <memory>
#include <utility>

#include <imgui.h>

#include "app/frame/view_input.h"
#include "app/gui/imgui_versions.h"
#include "app/layout/window_layout.h"
#include "app/views/paint/paint.h"
#include "app/views/stage/scene.h"
#include "app/views/stage/stage.h"

namespace poolscope::views::testing {

class Drawing {
 public:
  Drawing(float w, float h, theme::LayoutKind kind = theme::LayoutKind::kLecture)
      : window_{0, 0, w, h}, specs_(theme::font_specs(kind, h, 1)) {
    state_.layout = kind;
    ImGui::CreateContext();
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.DisplaySize = {w, h};
    for (std::size_t i = 0; i < fonts_.size(); ++i) {
      ImFontConfig config;
      config.SizePixels = specs_[i].size_px;
      fonts_[i] = io.Fonts->AddFontDefault(&config);
    }
    gui::finish_atlas_undrawn();
    ImGui::NewFrame();
    ImGui::Begin("stage");
  }
  ~Drawing() {
    ImGui::End();
    ImGui::EndFrame();
    ImGui::DestroyContext();
  }
  Drawing(const Drawing&) = delete;
  Drawing& operator=(const Drawing&) = delete;

  /// From here on the moments are of a lesson that stands so.
  void play(std::shared_ptr<const LessonStatus> lesson) { lesson_ = std::move(lesson); }

  /// Calls `look` with the scene of that moment.
  template <class Look>
  void at(const Model& model, const Told& told, std::int64_t now_ns, const Look& look) {
    SessionStatus session;
    session.playhead.time_ns = now_ns;
    session.motion_ns = now_ns;
    session.lesson = lesson_;
    const Lanes lanes;
    const Message message;
    Labels labels;
    const ViewInput input{.model = model,
                          .told = told,
                          .lanes = lanes,
                          .session = session,
                          .message = message,
                          .state = state_,
                          .theme = theme::theme_of(theme::ThemeName::kDark),
                          .sizes = theme::sizes_of(state_.layout, window_.h, 1),
                          .fonts = fonts_,
                          .window = window_,
                          .labels = labels,
                          .interactive = false};
    const layout::Content content{.timeline = true, .stage = shape_of(input)};
    const layout::WindowLayout at =
        layout::window_layout(state_.layout, window_, input.sizes, specs_, content);
    const Painter painter(input);
    look(make_scene(painter, at.stage));
  }

 private:
  layout::Rect window_;
  theme::FontSpecs specs_;
  Fonts fonts_{};
  ViewState state_;
  std::shared_ptr<const LessonStatus> lesson_;
};

}  // namespace poolscope::views::testing
