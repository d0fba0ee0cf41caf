#pragma once

// The viewer's side of the window: what is followed, which layout, theme, language and size, and
// what each intent does to that.
//
// Thread safety: none.
// Invariants: a choice that the viewer makes is in `settings` at once; a choice made by a flag is
// not, so that it lasts for one start.

#include <string>

#include "app/frame/view_input.h"
#include "app/intents/intents.h"
#include "app/layout/timeline_axis.h"
#include "app/main/settings.h"
#include "app/theme/tokens.h"

namespace poolscope::app {

struct Viewer {
  views::ViewState state;
  theme::ThemeName theme = theme::ThemeName::kDark;
  int zoom_percent = 100;
  Settings settings;  // as they are to be stored
};

inline constexpr int kZoomUsual_percent = 100;
inline constexpr int kZoomLeast_percent = 50;
inline constexpr int kZoomMost_percent = 300;
inline constexpr int kZoomStep_percent = 10;

/// What an intent to the session means for what is in sight. Of the timeline: scrubbing holds what
/// is shown, every other movement of the playhead brings it into sight again. Of the source: the
/// line of a goroutine that is sent on is.
void note_intent(Viewer& viewer, const intents::ToSession& intent,
                 const layout::SessionTimes& session);

/// The intent as the session is to have it: a new marker keeps what is shown, and the speed.
intents::ToSession with_what_is_shown(intents::ToSession intent, const views::ViewState& state,
                                      const SessionStatus& session);

/// The session `next` is shown from here: nothing of the last one is followed, lit or held in
/// sight, and a lesson's lines are.
void begin_session(Viewer& viewer, const SessionStatus& next);

/// What a key asks for: while false sharing is explained, those that lead a step or a line on or
/// back do so there.
intents::Intent with_explained(const views::ViewState& state, const intents::Intent& intent);

/// Nobody has used the program here before: it offers three things to click.
void offer_first_choices(Viewer& viewer);

/// Carries out what the viewer asks of its own state.
void apply(Viewer& viewer, const intents::ToViewer& intent, const layout::SessionTimes& session);

}  // namespace poolscope::app
