#pragma once

// From a session, live or replayed, to what the views draw.
//
// Thread safety: the thread of the session source.
// Invariants: a Moment belongs to the source's last update and is thrown away before the next.

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "app/control/session_source.h"
#include "app/frame/view_input.h"
#include "app/platform/fonts.h"
#include "app/platform/gui_context.h"
#include "core/base/error.h"
#include "core/story/pool_figures.h"

namespace poolscope::frame {

/// What is shown of a session now; model and told stay the source's.
struct Moment {
  const Model* model = nullptr;
  const Told* told = nullptr;
  std::shared_ptr<const Lanes> lanes;
  const Lanes* lane_details = nullptr;  // outlives the moment
  std::shared_ptr<const Statistics> statistics;
  const ObjectLife* life = nullptr;  // outlives the moment
  double life_progress = 1;
  std::optional<PaddingCost> padding_cost;          // where it was measured
  const std::vector<PoolFigures>* pools = nullptr;  // outlives the moment
  SessionStatus session;
  std::optional<OtherSide> other;  // stays the source's
  views::Message message;
};
Moment moment_of(const SessionSource& source);

/// How it is shown.
struct Look {
  theme::ThemeName theme = theme::ThemeName::kDark;
  float scale = 1;  // the display's content scale
  float zoom = 1;   // the viewer's
  bool interactive = true;
};

/// What a frame of that size is drawn from. Everything given must outlive the result.
views::ViewInput view_input(const Moment& moment, const views::ViewState& state, const Look& look,
                            const platform::Fonts& fonts, views::Labels& labels, int width_px,
                            int height_px);

/// Asks `fonts` for what a frame of that height shows in this language, and builds them if they
/// lack something. Not within a frame.
void prepare_fonts(platform::Fonts& fonts, const Moment& moment, const views::ViewState& state,
                   const Look& look, int height_px);

/// The words of a lesson may be shown, in either language.
void need_lesson(platform::Fonts& fonts, const script::Lesson& lesson);
/// The letters of what is shown of markers, each time their list has changed.
void need_markers(platform::Fonts& fonts, const ListedMarkers& markers);
/// The letters of a session's names, when it is opened.
void need_names(platform::Fonts& fonts, const SessionNames* names);

/// What lies behind all panels.
platform::ClearColour clear_colour(theme::ThemeName theme);
/// The same where the viewer may have made the picture black.
platform::ClearColour clear_colour(theme::ThemeName theme, const views::ViewState& state);

/// Takes the characters of the texts of the current language into `fonts`.
void need_language(platform::Fonts& fonts);

/// Sets the language of all texts, "en" or "zh", and takes the characters that it needs into
/// `fonts`. Where its catalogue or its font is not there, the texts are English, and the error says
/// which of them it was.
Expected<void> set_language(std::string_view code, platform::Fonts& fonts);

}  // namespace poolscope::frame
