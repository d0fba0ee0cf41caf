#pragma once

// A window that nobody sees: views are laid out and drawn into it with fonts of the right sizes,
// and what they draw is looked at as vertices.
//
// Thread safety: none; there is one ImGui context.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include <imgui.h>

#include "app/frame/draw_log.h"
#include "app/frame/view_input.h"
#include "app/gui/imgui_versions.h"
#include "app/theme/tokens.h"
#include "app/theme/type.h"

namespace poolscope::views::testing {

class UndrawnWindow {
 public:
  UndrawnWindow(float w, float h, theme::LayoutKind kind = theme::LayoutKind::kLecture)
      : window_{0, 0, w, h}, specs_(theme::font_specs(kind, h, 1)) {
    state.layout = kind;
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
  }
  ~UndrawnWindow() { ImGui::DestroyContext(); }
  UndrawnWindow(const UndrawnWindow&) = delete;
  UndrawnWindow& operator=(const UndrawnWindow&) = delete;

  /// Calls `look` with the input of that moment, within a frame of its own.
  template <class Look>
  void at(const Model& model, const Told& told, std::int64_t now_ns, const Look& look) {
    session.playhead.time_ns = now_ns;
    session.motion_ns = now_ns;
    const Lanes lanes;
    const Message message;
    labels = {};
    log.begin_frame();
    const ViewInput input{.model = model,
                          .told = told,
                          .lanes = lanes,
                          .session = session,
                          .message = message,
                          .state = state,
                          .theme = theme::theme_of(theme::ThemeName::kDark),
                          .sizes = theme::sizes_of(state.layout, window_.h, 1),
                          .fonts = fonts_,
                          .window = window_,
                          .labels = labels,
                          .interactive = interactive,
                          .padding_cost = padding_cost,
                          .drawn = &log};
    ImGui::NewFrame();
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize({window_.w, window_.h});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
    ImGui::Begin("undrawn", nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoBackground);
    look(input);
    ImGui::End();
    ImGui::PopStyleVar();
    ImGui::EndFrame();
  }

  /// The first piece of the last frame that says that; nullptr: none does.
  [[nodiscard]] const DrawLog::Piece* said(std::string_view text) const {
    for (const DrawLog::Piece& piece : log.pieces()) {
      if (piece.kind == DrawLog::Piece::Kind::kText && piece.text == text) return &piece;
    }
    return nullptr;
  }

  /// Within `at`: the area that holds all that was drawn so far.
  static layout::Rect drawn() {
    const ImDrawList& list = *ImGui::GetWindowDrawList();
    if (list.VtxBuffer.empty()) return {};
    ImVec2 low = list.VtxBuffer[0].pos;
    ImVec2 high = low;
    for (const ImDrawVert& vertex : list.VtxBuffer) {
      low = {std::min(low.x, vertex.pos.x), std::min(low.y, vertex.pos.y)};
      high = {std::max(high.x, vertex.pos.x), std::max(high.y, vertex.pos.y)};
    }
    return {low.x, low.y, high.x - low.x, high.y - low.y};
  }

  [[nodiscard]] const layout::Rect& window() const { return window_; }
  [[nodiscard]] const theme::FontSpecs& specs() const { return specs_; }

  ViewState state;
  SessionStatus session;
  std::optional<PaddingCost> padding_cost;
  bool interactive = false;
  Labels labels;  // of the last frame
  DrawLog log;    // of the last frame

 private:
  layout::Rect window_;
  theme::FontSpecs specs_;
  Fonts fonts_{};
};

}  // namespace poolscope::views::testing
