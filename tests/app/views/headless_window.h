#pragma once

// The whole window without a window: drawn by the views with the fonts of the program, by no
// graphics, and taken down piece by piece in a log.
//
// Thread safety: none; there is one ImGui context and one language.

#include <functional>
#include <string>

#include "app/frame/draw_log.h"
#include "app/platform/fonts.h"
#include "app/theme/tokens.h"
#include "tests/app/views/viewing.h"

namespace poolscope::views::testing {

/// What it is drawn on.
struct Canvas {
  float w = 1280;
  float h = 720;
  float scale = 1;
  float zoom = 1;
  theme::LayoutKind layout = theme::LayoutKind::kLecture;
  std::string language = "en";
  theme::ThemeName theme = theme::ThemeName::kDark;
};

class HeadlessWindow {
 public:
  HeadlessWindow();
  ~HeadlessWindow();
  HeadlessWindow(const HeadlessWindow&) = delete;
  HeadlessWindow& operator=(const HeadlessWindow&) = delete;

  /// Why nothing can be drawn as the program does; "": it can.
  [[nodiscard]] std::string problem() const;

  /// The same values give the same log.
  const DrawLog& draw(const Canvas& canvas, const Viewing& viewing);
  /// What `by` draws, in a window of ImGui's.
  const DrawLog& draw(const Canvas& canvas, const Viewing& viewing,
                      const std::function<void(const ViewInput&)>& by);

  /// The last picture, and what could be clicked in it.
  [[nodiscard]] const DrawLog& log() const { return log_; }
  [[nodiscard]] const Labels& labels() const { return labels_; }

 private:
  platform::Fonts fonts_;
  DrawLog log_;
  Labels labels_;
};

}  // namespace poolscope::views::testing
