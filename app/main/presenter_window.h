#pragma once

// The lecturer's second window: opened, drawn when it says something new, asked for its keys.
//
// Thread safety: the main thread.
// Invariants: while it says the same, nothing is drawn. Closing it ends nothing but itself.

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "app/frame/frame.h"
#include "app/frame/labels.h"
#include "app/main/viewer.h"
#include "app/platform/fonts.h"
#include "app/platform/window.h"
#include "app/views/presenter/presenter.h"
#include "core/base/error.h"

namespace poolscope::app {

class PresenterWindow {
 public:
  /// Beside `first`, on another screen where there is one. `first` and the fonts' files outlive it.
  static Expected<std::unique_ptr<PresenterWindow>> open(const platform::Window& first,
                                                         const platform::FontFiles& files);

  /// Draws and shows it if it says anything new. Whether it did. Another window's frame must not be
  /// under way.
  bool show(const frame::Moment& moment, const Viewer& viewer, const views::PresenterTexts& texts);

  std::vector<platform::KeyPress> take_keys() { return window_->take_keys(); }
  /// Whether the lecturer has closed it.
  bool take_close() { return window_->take_close(); }
  /// Whether the lecturer has clicked the elapsed time, which counts from there on.
  bool take_restart() { return std::exchange(restarted_, false); }
  /// What it says, as it was drawn last.
  [[nodiscard]] const views::PresenterTexts& shown() const { return shown_; }

 private:
  explicit PresenterWindow(const platform::FontFiles& files) : fonts_(files) {}

  void need_characters(const frame::Moment& moment, const views::ViewState& state);

  platform::Fonts fonts_;  // outlives the window's ImGui context
  std::unique_ptr<platform::Window> window_;
  views::Labels labels_;    // of the last frame
  bool restarted_ = false;  // the elapsed time, by a click
  views::PresenterTexts shown_;
  theme::ThemeName theme_ = theme::ThemeName::kDark;
  std::string language_ = "en";                   // whose characters the fonts have
  std::shared_ptr<const script::Lesson> lesson_;  // likewise
  int frames_due_ = 1;
};

}  // namespace poolscope::app
