#include "app/main/viewer.h"

#include <algorithm>
#include <type_traits>

#include "app/export/session_view.h"

namespace poolscope::app {
namespace {

template <class... Functions>
struct Overloaded : Functions... {
  using Functions::operator()...;
};

constexpr std::int64_t kNarrowestTimeline_ns = 10'000;

theme::ThemeName after(theme::ThemeName theme) {
  switch (theme) {
    case theme::ThemeName::kDark: return theme::ThemeName::kLight;
    case theme::ThemeName::kLight: return theme::ThemeName::kContrast;
    case theme::ThemeName::kContrast: return theme::ThemeName::kDark;
  }
  return theme::ThemeName::kDark;
}

void zoom_timeline(views::ViewState& state, const intents::ZoomTimeline& zoom,
                   TimelineExtent session) {
  const std::int64_t whole = std::max(session.last_ns - session.first_ns, kNarrowestTimeline_ns);
  const bool shows_all = state.timeline_span_ns == 0;
  const std::int64_t span = shows_all ? whole : state.timeline_span_ns;
  const std::int64_t begin = shows_all ? session.first_ns : state.timeline_begin_ns;
  const auto wanted = static_cast<double>(span) / std::max(zoom.factor, 0.01);
  if (wanted >= static_cast<double>(whole)) {
    state.timeline_span_ns = 0;
    state.timeline_begin_ns = session.first_ns;
    state.timeline_follows = true;
    return;
  }
  state.timeline_span_ns = std::max(static_cast<std::int64_t>(wanted), kNarrowestTimeline_ns);
  // What lies under the pointer stays there.
  const double share = static_cast<double>(zoom.around_ns - begin) / static_cast<double>(span);
  state.timeline_begin_ns =
      zoom.around_ns -
      static_cast<std::int64_t>(share * static_cast<double>(state.timeline_span_ns));
}

void pan_timeline(views::ViewState& state, std::int64_t by_ns, TimelineExtent session) {
  if (state.timeline_span_ns == 0) return;
  state.timeline_follows = false;
  const std::int64_t last_begin =
      std::max(session.first_ns, session.last_ns - state.timeline_span_ns);
  state.timeline_begin_ns =
      std::clamp(state.timeline_begin_ns + by_ns, session.first_ns, last_begin);
}

/// The wanted one, or none where it is chosen already: a second click lets go.
template <class Id>
Id toggled(Id now, Id wanted) {
  return now == wanted ? Id::none() : wanted;
}

}  // namespace

Addressee addressee_of(const intents::Intent& intent) {
  using namespace intents;
  return std::visit(Overloaded{
                        [](const ToggleFullScreen&) { return Addressee::kWindow; },
                        []<class Kind>(const Kind&) {
                          constexpr bool kOfSession =
                              std::is_same_v<Kind, RunGc> || std::is_same_v<Kind, SetProcs> ||
                              std::is_same_v<Kind, ChangeProcs> ||
                              std::is_same_v<Kind, TogglePlay> ||
                              std::is_same_v<Kind, StepForward> || std::is_same_v<Kind, StepBack> ||
                              std::is_same_v<Kind, EventForward> ||
                              std::is_same_v<Kind, EventBack> || std::is_same_v<Kind, GoToStart> ||
                              std::is_same_v<Kind, GoToNow> || std::is_same_v<Kind, SeekTime> ||
                              std::is_same_v<Kind, SeekSeq> || std::is_same_v<Kind, ChangeSpeed> ||
                              std::is_same_v<Kind, SetSpeed> || std::is_same_v<Kind, ToggleRecord>;
                          return kOfSession ? Addressee::kSession : Addressee::kViewer;
                        },
                    },
                    intent);
}

void apply(Viewer& viewer, const intents::Intent& intent, TimelineExtent session) {
  using namespace intents;
  views::ViewState& state = viewer.state;
  Settings& settings = viewer.settings;
  std::visit(Overloaded{
                 [&](const FollowGoroutine& i) {
                   state.followed = toggled(state.followed, i.g);
                   state.followed_object = ObjectId::none();
                 },
                 [&](const FollowObject& i) {
                   state.followed_object = toggled(state.followed_object, i.object);
                   state.followed = GId::none();
                 },
                 [&](const FocusP& i) { state.focus = toggled(state.focus, i.p); },
                 [&](const LightPart& i) {
                   state.lit = state.lit == i.part ? ConservationPart::kNone : i.part;
                 },
                 [&](const SelectTab& i) { state.tab = i.tab; },
                 [&](const ToggleLayout&) {
                   state.layout = state.layout == theme::LayoutKind::kLecture
                                      ? theme::LayoutKind::kWorkbench
                                      : theme::LayoutKind::kLecture;
                   settings.layout = exporting::name_of(state.layout);
                 },
                 [&](const NextTheme&) {
                   viewer.theme = after(viewer.theme);
                   settings.theme = exporting::name_of(viewer.theme);
                 },
                 [&](const ToggleLanguage&) {
                   state.language = state.language == "zh" ? "en" : "zh";
                   settings.language = state.language;
                 },
                 [&](const ToggleMotion&) {
                   state.motion = !state.motion;
                   settings.motion = state.motion;
                 },
                 [&](const ToggleTimelineAxis&) {
                   state.axis = state.axis == views::TimelineAxis::kTime
                                    ? views::TimelineAxis::kStep
                                    : views::TimelineAxis::kTime;
                 },
                 [&](const ZoomTimeline& i) { zoom_timeline(state, i, session); },
                 [&](const PanTimeline& i) { pan_timeline(state, i.by_ns, session); },
                 [&](const ToggleHelp&) { state.help_open = !state.help_open; },
                 [&](const ChangeZoom& i) {
                   viewer.zoom_percent =
                       i.by == 0 ? kZoomUsual_percent
                                 : std::clamp(viewer.zoom_percent + i.by * kZoomStep_percent,
                                              kZoomLeast_percent, kZoomMost_percent);
                   settings.zoom_percent = viewer.zoom_percent;
                 },
                 [](const auto&) {},
             },
             intent);
}

}  // namespace poolscope::app
