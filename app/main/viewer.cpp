#include "app/main/viewer.h"

#include <algorithm>

#include "app/control/builtin_lessons.h"
#include "app/intents/file_kinds.h"
#include "app/intents/tabs.h"
#include "app/theme/names.h"
#include "app/views/words/padding_words.h"
#include "core/base/overloaded.h"

namespace poolscope::app {
namespace {

theme::ThemeName after(theme::ThemeName theme) {
  switch (theme) {
    case theme::ThemeName::kDark: return theme::ThemeName::kLight;
    case theme::ThemeName::kLight: return theme::ThemeName::kContrast;
    case theme::ThemeName::kContrast: return theme::ThemeName::kDark;
  }
  return theme::ThemeName::kDark;
}

// What the timeline shows is the layout's to compute; kept is only what the viewer chose.
void choose(views::ViewState& state, const layout::TimelineChoice& choice) {
  state.timeline_span_ns = choice.span_ns;
  state.timeline_begin_ns = choice.begin_ns;
  state.timeline_follows = choice.follows;
}

void close_first(Viewer& viewer) {
  viewer.state.first_lesson = nullptr;
  viewer.settings.first_seen = true;
}

void close_dialog(views::ViewState& state) {
  state.dialog = views::Dialog::kNone;
  state.lessons = nullptr;
}

/// Opens that dialog in the place of any other, or closes it. Whether it is open now.
bool toggle_dialog(views::ViewState& state, views::Dialog dialog) {
  const bool opens = state.dialog != dialog;
  close_dialog(state);
  if (opens) state.dialog = dialog;
  return opens;
}

/// The wanted one, or none where it is chosen already: a second click lets go.
template <class Id>
Id toggled(Id now, Id wanted) {
  return now == wanted ? Id::none() : wanted;
}

}  // namespace

void note_intent(Viewer& viewer, const intents::ToSession& intent,
                 const layout::SessionTimes& session) {
  using namespace intents;
  views::ViewState& state = viewer.state;
  if (const auto* move = std::get_if<MovePlayhead>(&intent)) {
    const bool scrubbed =
        std::holds_alternative<SeekTime>(*move) || std::holds_alternative<SeekSeq>(*move);
    if (scrubbed) return choose(state, layout::held(timeline_choice(state), session));
    state.timeline_follows = true;
  }
  if (std::holds_alternative<TogglePlay>(intent)) state.timeline_follows = true;
  if (std::holds_alternative<SendGoroutine>(intent)) state.source_middle = {};
}

intents::ToSession with_what_is_shown(intents::ToSession intent, const views::ViewState& state,
                                      const SessionStatus& session) {
  auto* change = std::get_if<intents::ChangeMarkers>(&intent);
  auto* added = change == nullptr ? nullptr : std::get_if<intents::AddMarker>(change);
  if (added == nullptr) return intent;
  added->followed = state.followed;
  added->followed_object = state.followed_object;
  added->layout = theme::name_of(state.layout);
  added->tab = intents::name_of(state.tab);
  const auto speed = static_cast<std::size_t>(session.speed);
  if (speed < session.speeds.size()) added->speed = session.speeds[speed];
  return intent;
}

void begin_session(Viewer& viewer, const SessionStatus& next) {
  views::ViewState& state = viewer.state;
  if (next.lesson != nullptr) {
    state.tab = intents::Tab::kLesson;
  } else if (state.tab == intents::Tab::kLesson) {
    state.tab = intents::Tab::kTimeline;
  }
  state.followed = GId::none();
  state.followed_object = ObjectId::none();
  state.side = 0;
  state.focus = PId::none();
  state.pool = std::nullopt;
  state.lit = intents::ConservationPart::kNone;
  state.source_middle = {};
  // They are about the session of before.
  using enum views::Dialog;
  if (state.dialog == kMarkers || state.dialog == kPools || state.dialog == kOpen ||
      state.dialog == kSaveAs) {
    close_dialog(state);
  }
  state.save_as = {};
  choose(state, {});
}

intents::Intent with_explained(const views::ViewState& state, const intents::Intent& intent) {
  using namespace intents;
  const auto* to_session = std::get_if<ToSession>(&intent);
  if (state.dialog != views::Dialog::kExplained || to_session == nullptr) return intent;
  if (const auto* move = std::get_if<MovePlayhead>(to_session)) {
    if (std::holds_alternative<StepForward>(*move)) return StepExplained{1};
    if (std::holds_alternative<StepBack>(*move)) return StepExplained{-1};
  }
  if (const auto* play = std::get_if<PlayLesson>(to_session)) {
    if (std::holds_alternative<NextLine>(*play)) return StepExplained{1};
    if (std::holds_alternative<LineBefore>(*play)) return StepExplained{-1};
  }
  return intent;
}

void offer_first_choices(Viewer& viewer) {
  viewer.state.first_lesson = std::make_shared<const script::Lesson>(builtin_lessons().front());
}

void apply(Viewer& viewer, const intents::ToViewer& intent, const layout::SessionTimes& session) {
  using namespace intents;
  views::ViewState& state = viewer.state;
  Settings& settings = viewer.settings;
  std::visit(
      Overloaded{
          [&](const FollowGoroutine& i) {
            state.followed = toggled(state.followed, i.g);
            state.followed_object = ObjectId::none();
            state.source_middle = {};
          },
          [&](const FollowObject& i) {
            state.followed_object = toggled(state.followed_object, i.object);
            state.followed = GId::none();
          },
          [&](const LookAtSide& i) {
            if (state.side == i.side) return;
            state.side = i.side;
            state.followed = GId::none();
            state.followed_object = ObjectId::none();
          },
          [&](const FollowBoth& i) {
            state.followed = i.g;
            state.followed_object = i.object;
            state.source_middle = {};
          },
          [&](const MoveControl& i) { state.control_by += i.by; },
          [&](const PressControl&) { state.control_pressed = !state.control.empty(); },
          [&](const PointControl& i) {
            state.control = i.label;
            state.control_by = 0;
            state.control_pressed = false;
          },
          [&](const LetGo&) {
            state.control.clear();
            state.followed = GId::none();
            state.followed_object = ObjectId::none();
            state.focus = PId::none();
            state.lit = ConservationPart::kNone;
            state.source_middle = {};
          },
          [&](const ShowPool& i) {
            state.pool = i.pool;
            if (state.dialog == views::Dialog::kPools) close_dialog(state);
          },
          [&](const TogglePools&) {
            toggle_dialog(state, views::Dialog::kPools);
            state.pools_search.clear();
            state.pools_listed = PoolsListed::kAll;
            state.pool_marked = PoolId::none();
          },
          [&](const ListPools& i) {
            state.pools_listed = i.listed;
            state.pool_marked = PoolId::none();
          },
          [&](const SearchPools& i) {
            state.pools_search = i.text;
            state.pool_marked = PoolId::none();
          },
          [&](const MarkPool& i) { state.pool_marked = i.pool; },
          [&](const FocusP& i) { state.focus = toggled(state.focus, i.p); },
          [&](const LightPart& i) {
            state.lit = state.lit == i.part ? ConservationPart::kNone : i.part;
          },
          [&](const SelectTab& i) {
            state.tab = i.tab;
            // It stands in the tab's place.
            if (state.first_lesson != nullptr) close_first(viewer);
          },
          [&](const ToggleLayout&) {
            state.layout = state.layout == theme::LayoutKind::kLecture
                               ? theme::LayoutKind::kWorkbench
                               : theme::LayoutKind::kLecture;
            settings.layout = theme::name_of(state.layout);
          },
          [&](const ToggleEnlarged&) { state.enlarged = !state.enlarged; },
          [&](const NextTheme&) {
            viewer.theme = after(viewer.theme);
            settings.theme = theme::name_of(viewer.theme);
          },
          [&](const ToggleLanguage&) {
            state.language = state.language == "zh" ? "en" : "zh";
            settings.language = state.language;
          },
          [&](const ToggleViewTrack&) { state.follows_track = !state.follows_track; },
          [&](const ToggleMotion&) {
            state.motion = !state.motion;
            settings.motion = state.motion;
          },
          [&](const ToggleTimelineAxis&) {
            state.axis = state.axis == views::TimelineAxis::kTime ? views::TimelineAxis::kStep
                                                                  : views::TimelineAxis::kTime;
          },
          [&](const ZoomTimeline& i) {
            choose(state, layout::zoomed(timeline_choice(state), session, i.factor, i.around_ns));
          },
          [&](const PanTimeline& i) {
            choose(state, layout::panned(timeline_choice(state), session, i.by_ns));
          },
          [&](const ShowStretch& i) {
            choose(state, layout::chosen_stretch(session, {i.begin_ns, i.end_ns}));
          },
          [&](const ScrollSource& i) { state.source_middle[i.cpp ? 1 : 0] = i.middle; },
          [&](const CloseDialog&) { close_dialog(state); },
          [&](const ToggleHelp&) { toggle_dialog(state, views::Dialog::kHelp); },
          [&](const ToggleExplained&) {
            toggle_dialog(state, views::Dialog::kExplained);
            state.explained_step = 0;
          },
          [&](const StepExplained& i) {
            if (state.dialog != views::Dialog::kExplained) return;
            const auto last = static_cast<int>(views::kPaddingSteps) - 1;
            state.explained_step = static_cast<std::size_t>(
                std::clamp(static_cast<int>(state.explained_step) + i.by, 0, last));
          },
          [&](const ToggleBlack&) { state.black = !state.black; },
          [&](const PointLaser& i) { state.laser = i.on; },
          [&](const CloseFirst&) { close_first(viewer); },
          [&](const ToggleWorkload&) { toggle_dialog(state, views::Dialog::kWorkload); },
          [&](const ToggleMarkers&) { toggle_dialog(state, views::Dialog::kMarkers); },
          [&](const ToggleOpen&) {
            toggle_dialog(state, views::Dialog::kOpen);
            state.open_path.clear();
            state.open_marked.reset();
            state.files = nullptr;
          },
          [&](const TypePath& i) {
            state.open_path = i.text;
            state.open_marked.reset();
          },
          [&](const MarkFile& i) { state.open_marked = i.row; },
          [&](const ToggleSaveAs&) {
            toggle_dialog(state, views::Dialog::kSaveAs);
            state.save_as.path_typed = false;
            // Whoever has set a loop means that part; without one it is all of the session.
            state.save_as.wanted_extent = views::SaveExtent::kLoop;
          },
          [&](const ChooseFileKind& i) { state.save_as.kind = i.kind; },
          [&](const TypeSavePath& i) {
            state.save_as.path = i.text;
            state.save_as.path_typed = !i.text.empty();
          },
          [&](const NextPictureSize&) {
            state.save_as.size = (state.save_as.size + 1) % kPictureSizes.size();
          },
          [&](const ToggleFilmRate&) { state.save_as.fast = !state.save_as.fast; },
          [&](const ToggleCaptions&) { state.save_as.captions = !state.save_as.captions; },
          [&](const NextSaveExtent&) {
            views::SaveExtent& extent = state.save_as.wanted_extent;
            switch (extent) {
              case views::SaveExtent::kAll: extent = views::SaveExtent::kLoop; break;
              case views::SaveExtent::kLoop:
                extent = is_cut(state.save_as.kind) ? views::SaveExtent::kAllButLoop
                                                    : views::SaveExtent::kAll;
                break;
              case views::SaveExtent::kAllButLoop:
                // Of another kind it is shown as all of it.
                extent =
                    is_cut(state.save_as.kind) ? views::SaveExtent::kAll : views::SaveExtent::kLoop;
                break;
            }
          },
          [&](const TypeSaveThen& i) { state.save_as.then = i.text; },
          [&](const ToggleLessons&) {
            if (toggle_dialog(state, views::Dialog::kLessons)) {
              state.lessons =
                  std::make_shared<const std::vector<script::Lesson>>(builtin_lessons());
            }
            state.lessons_search.clear();
          },
          [&](const SearchLessons& i) { state.lessons_search = i.text; },
          [&](const ChangeZoom& i) {
            viewer.zoom_percent = i.by == 0
                                      ? kZoomUsual_percent
                                      : std::clamp(viewer.zoom_percent + i.by * kZoomStep_percent,
                                                   kZoomLeast_percent, kZoomMost_percent);
            settings.zoom_percent = viewer.zoom_percent;
          },
      },
      intent);
}

}  // namespace poolscope::app
