#pragma once

// All that a view gets: the model, the time that is shown, what the viewer has chosen, and what to
// draw with. A picture is a function of these values and of nothing else, so that the same moment
// gives the same picture live, in a replay, scrubbed backwards and in a video.
//
// Thread safety: values and references to values that do not change during a frame.
// Invariants: `model` holds exactly the events up to session.playhead.seq; session.playhead.time_ns
// is the time that the picture shows, at or after model.time_ns and before the next event. What
// moves is drawn at session.motion_ns.

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/control/session_file.h"
#include "app/control/session_status.h"
#include "app/frame/draw_log.h"
#include "app/frame/labels.h"
#include "app/intents/file_kinds.h"
#include "app/intents/intents.h"
#include "app/layout/rect.h"
#include "app/layout/timeline_axis.h"
#include "app/theme/tokens.h"
#include "app/theme/type.h"
#include "core/model/model.h"
#include "core/sim/padding_cost.h"
#include "core/story/lanes.h"
#include "core/story/object_life.h"
#include "core/story/pool_figures.h"
#include "core/story/statistics.h"
#include "core/story/told.h"

struct ImFont;

namespace poolscope::views {

/// A line of the program to the viewer, shown in the caption's second line; mostly empty.
struct Message {
  enum class Kind : std::uint8_t { kProblem, kNews };
  /// A button behind the line, for what can be answered to it.
  struct Answer {
    std::string_view label;  // in --ui-dump
    std::string text;        // in the viewer's language
    intents::Intent intent;
  };
  std::string text;  // a msgid, or a text as it is
  Kind kind = Kind::kProblem;
  std::vector<Answer> answers = {};
};

enum class TimelineAxis : std::uint8_t { kTime, kStep };

/// How much of the session goes into a file.
enum class SaveExtent : std::uint8_t {
  kAll,
  kLoop,       // from the loop's beginning to its end
  kAllButLoop  // what lies before it and behind it
};

/// The file that is to be made of the session.
struct SaveAs {
  intents::FileKind kind = intents::FileKind::kSession;
  SaveExtent wanted_extent = SaveExtent::kAll;
  std::string path;
  bool path_typed = false;  // by the viewer: it stays when another kind is chosen
  std::string then;         // another recording, which follows in the file; "": none
  std::size_t size = 0;     // of kPictureSizes
  bool fast = false;        // a film has 60 frames a second, not 30
  bool captions = false;    // of a film stand in a file beside it

  /// How much of `session` goes into it: a loop must be set, and not each kind takes a part.
  [[nodiscard]] SaveExtent extent(const SessionStatus& session) const {
    if (!session.loop.whole() || !intents::takes_part(kind)) return SaveExtent::kAll;
    const bool leaves_out = wanted_extent == SaveExtent::kAllButLoop;
    return leaves_out && !intents::is_cut(kind) ? SaveExtent::kAll : wanted_extent;
  }
  /// Whether another recording can follow.
  [[nodiscard]] bool can_join(const SessionStatus& session) const {
    return intents::is_cut(kind) && extent(session) == SaveExtent::kAll;
  }
};

/// What lies over the stage: one at a time, or none could keep the keyboard.
enum class Dialog : std::uint8_t {
  kNone,
  kHelp,
  kWorkload,  // the panel that changes it
  kMarkers,   // the list of them
  kPools,     // the list of them
  kOpen,      // what chooses a file
  kSaveAs,    // what makes a file of the session
  kLessons,   // the list of them
  kExplained  // false sharing, step by step
};

/// Whether Esc closes it from its text field too. In the list of markers Esc ends the text first.
constexpr bool closes_from_field(Dialog dialog) {
  return dialog != Dialog::kNone && dialog != Dialog::kMarkers;
}

/// What the viewer has chosen. Changed by the composition root from intents, never by a view.
struct ViewState {
  GId followed;  // none: the sentence is about the spotlight
  ObjectId followed_object;
  std::size_t side = 0;  // of a comparison: whose they are
  PId focus;
  std::optional<PoolId> pool;  // whose array is shown; none: see shown_pool
  intents::Tab tab = intents::Tab::kTimeline;
  theme::LayoutKind layout = theme::LayoutKind::kLecture;
  bool enlarged = false;      // the chosen panel has the stage's place
  bool follows_track = true;  // a replay shows what was shown when it was recorded
  bool motion = true;
  Dialog dialog = Dialog::kNone;
  std::string pools_search;
  intents::PoolsListed pools_listed = intents::PoolsListed::kAll;
  PoolId pool_marked;              // that Enter shows; none: the first of the list
  std::size_t explained_step = 0;  // of what explains false sharing
  /// How long that step has been shown, as far as its motion goes.
  std::int64_t explained_for_ns = 0;
  std::string open_path;                    // that is being typed there
  std::optional<std::size_t> open_marked;   // the row that Enter opens; none: see marked_row
  std::shared_ptr<const FoundFiles> files;  // for an older text maybe; nullptr: none yet
  SaveAs save_as;
  /// The label of the control that the keyboard is at, "" while it is at none; how many controls on
  /// it is to go, and whether it presses this one, when the next frame is drawn.
  std::string control;
  int control_by = 0;
  bool control_pressed = false;
  bool black = false;  // nothing is drawn
  bool laser = false;  // a spot is drawn at the pointer
  /// What a first start shows: three things to click, one of them this lesson; nullptr: nothing.
  std::shared_ptr<const script::Lesson> first_lesson;
  /// The lessons that the program carries with it; nullptr: their list is closed.
  std::shared_ptr<const std::vector<script::Lesson>> lessons;
  std::string lessons_search;
  intents::ConservationPart lit = intents::ConservationPart::kNone;
  TimelineAxis axis = TimelineAxis::kTime;
  std::int64_t timeline_span_ns = 0;   // shown width of the timeline; 0: the whole session
  std::int64_t timeline_begin_ns = 0;  // left edge, where a span is set and it does not follow
  bool timeline_follows = true;        // the playhead stays in sight
  // The line in the middle of Go's text and of the C++; none: that of whoever is followed.
  std::array<std::optional<std::size_t>, 2> source_middle;
  std::string_view language = "en";  // en, zh
};

/// One font for each theme::FontRole, at exactly the size of theme::font_specs.
using Fonts = std::array<ImFont*, theme::kFontRoles>;

struct ViewInput {
  const Model& model;
  const Told& told;
  const Lanes& lanes;
  const SessionStatus& session;
  const Message& message;
  const ViewState& state;
  const theme::Theme& theme;
  theme::Sizes sizes;  // theme::sizes_of the layout and the window
  const Fonts& fonts;
  /// The size of text, of that of its fonts. In a picture smaller than these are made for the texts
  /// keep their room, and none is drawn.
  float text_scale = 1;
  layout::Rect window;  // the whole window, from 0, 0
  Labels& labels;
  bool interactive = true;              // false in renders: no toolbar buttons, no hover, no labels
  const Lanes* lane_details = nullptr;  // what the timeline shows, span by span; nullptr: lanes
  const Statistics* statistics = nullptr;  // nullptr: nothing is counted
  const ObjectLife* life = nullptr;        // of the followed object; nullptr: nobody has looked yet
  double life_progress = 1;                // how much of the session has been looked through for it
  std::optional<PaddingCost> padding_cost = {};  // where it was measured
  DrawLog* drawn = nullptr;                      // is told of all that is drawn; nullptr: nobody is
  std::optional<OtherSide> other = {};           // of a comparison; outlives the frame
  /// Of all pools, the busiest first; nullptr: their list is closed.
  const std::vector<PoolFigures>* pools = nullptr;
};

/// What of the timeline is chosen and what there is, in the words of the layout.
inline layout::TimelineChoice timeline_choice(const ViewState& state) {
  return {.span_ns = state.timeline_span_ns,
          .begin_ns = state.timeline_begin_ns,
          .follows = state.timeline_follows};
}
/// Of a live session the timeline shows all of it, also what has been forgotten at full rate and
/// cannot be gone back to.
inline layout::SessionTimes session_times(const SessionStatus& session) {
  return {.first_ns = session.live() ? session.origin.time_ns : session.first.time_ns,
          .last_ns = std::max(session.last.time_ns, session.playhead.time_ns),
          .playhead_ns = session.playhead.time_ns,
          .live = session.live()};
}
inline layout::SessionTimes session_times(const ViewInput& input) {
  return session_times(input.session);
}

/// What the sentence is about while nobody is followed: of a step that the viewer has made, that
/// step. Of a lesson, what its line has done last, or nothing where it has changed nothing.
inline const Spotlight& spotlight_of(const ViewInput& input) {
  if (const LessonStatus* lesson = input.session.lesson.get(); lesson != nullptr) {
    static const Spotlight kNothing;
    const PlayedLine* line = lesson->line();
    return line != nullptr && line->changed_state ? input.told.latest : kNothing;
  }
  if (const auto& comparison = input.session.comparison;
      comparison && comparison->of->by_operation) {
    static const Spotlight kNothing;
    const SeenCall* call = comparison->call();
    return call != nullptr && call->any_event() ? input.told.latest : kNothing;
  }
  return input.session.stepped ? input.told.latest : input.told.spotlight;
}

/// The pool whose array the picture shows: the chosen one, or that of a lesson's line or of a
/// comparison's call, or the first where a session has no such.
inline PoolId shown_pool(const ViewInput& input) {
  const LessonStatus* lesson = input.session.lesson.get();
  PoolId usual = lesson == nullptr ? PoolId{0} : lesson->pool();
  if (const auto& comparison = input.session.comparison;
      comparison && comparison->call() != nullptr) {
    usual = comparison->call()->call.pool;
  }
  const PoolId wanted = input.state.pool.value_or(usual);
  return wanted.value < input.model.pools.size() ? wanted : PoolId{0};
}

/// The goroutine whose operation is to be explained: the followed one, else that of the P in focus;
/// nullptr: nobody's.
inline const GState* explained(const ViewInput& input) {
  const Model& model = input.model;
  const ViewState& state = input.state;
  if (state.followed.valid()) return model.gs.find(state.followed);
  if (state.followed_object.valid() || state.focus.value >= model.ps.size()) return nullptr;
  const PState& p = model.ps[state.focus.value];
  return model.gs.find(p.g.valid() ? p.g : p.remembered_by);
}

/// Its operation under way, or the last one.
inline const Operation& explained_operation(const GState& g) {
  return g.op.kind != Operation::Kind::kNone ? g.op : g.last_op;
}

}  // namespace poolscope::views
