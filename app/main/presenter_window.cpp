#include "app/main/presenter_window.h"

#include <algorithm>

#include "app/locale/translate.h"
#include "app/views/presenter_window.h"

namespace poolscope::app {
namespace {

constexpr int kPresenterWidth_px = 960;
constexpr int kPresenterHeight_px = 600;
// It holds few words, and is read at a glance.
constexpr float kPresenterZoom = 1.3F;
// ImGui shows the effect of an input in the frame after it, at times only in the next.
constexpr int kPresenterFrames = 2;

}  // namespace

Expected<std::unique_ptr<PresenterWindow>> PresenterWindow::open(const platform::Window& first,
                                                                 const platform::FontFiles& files) {
  auto window = platform::Window::open({.title = "presenter - poolscope",
                                        .width_px = kPresenterWidth_px,
                                        .height_px = kPresenterHeight_px,
                                        .beside = &first});
  if (!window) return tl::make_unexpected(window.error());
  std::unique_ptr<PresenterWindow> opened(new PresenterWindow(files));
  opened->window_ = std::move(*window);
  return opened;
}

bool PresenterWindow::show(const frame::Moment& moment, const Viewer& viewer,
                           const views::PresenterTexts& texts) {
  if (window_->take_input()) frames_due_ = kPresenterFrames;
  if (texts != shown_ || viewer.theme != theme_) frames_due_ = std::max(frames_due_, 1);
  if (frames_due_ <= 0) return false;
  --frames_due_;
  const bool news = texts != shown_;
  shown_ = texts;
  theme_ = viewer.theme;
  window_->set_title(std::string(locale::tr("presenter")) + " - poolscope");

  views::ViewState state = viewer.state;
  state.layout = theme::LayoutKind::kLecture;  // its type grows with the window
  const frame::Look look{.theme = viewer.theme,
                         .scale = window_->content_scale(),
                         .zoom = kPresenterZoom,
                         .interactive = true};
  window_->make_current();
  need_characters(moment, state);
  frame::prepare_fonts(fonts_, moment, state, look, window_->height_px());
  window_->begin_frame();
  labels_.begin_frame();
  const views::ViewInput input = frame::view_input(moment, state, look, fonts_, labels_,
                                                   window_->width_px(), window_->height_px());
  if (views::draw_presenter_window(input, shown_)) restarted_ = true;
  window_->draw_frame(frame::clear_colour(viewer.theme));
  window_->show_frame();
  return news;
}

// Of all that it may say in this language and this lesson, so that the atlas is made once for them.
void PresenterWindow::need_characters(const frame::Moment& moment, const views::ViewState& state) {
  if (language_ != state.language) frame::need_language(fonts_);
  language_ = state.language;
  const LessonStatus* lesson = moment.session.lesson.get();
  const script::Lesson* played = lesson == nullptr ? nullptr : lesson->lesson.get();
  if (played != nullptr && played != lesson_.get()) frame::need_lesson(fonts_, *played);
  lesson_ = lesson == nullptr ? nullptr : lesson->lesson;
  // Names that others have given.
  for (const std::string* text : {&shown_.title, &shown_.now, &shown_.under, &shown_.next}) {
    fonts_.need(*text);
  }
}

}  // namespace poolscope::app
