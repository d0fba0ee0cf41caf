#pragma once

// All that a view gets: the model, the time that is shown, what the viewer has chosen, and what to
// draw with. A picture is a function of these values and of nothing else, so that the same moment
// gives the same picture live, in a replay, scrubbed backwards and in a video.
//
// Thread safety: values and references to values that do not change during a frame.
// Invariants: `model` holds exactly the events up to session.seq; playhead_time_ns is at or after
// model.time_ns, and before the next event.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/frame/labels.h"
#include "app/intents/intents.h"
#include "app/layout/rect.h"
#include "app/theme/tokens.h"
#include "app/theme/type.h"
#include "core/model/lanes.h"
#include "core/model/model.h"

struct ImFont;

namespace poolscope::views {

enum class Mode : std::uint8_t { kLive, kPaused, kPast, kReplay, kStepping };

/// What is known of the session besides its model; the composition root fills it from the source.
struct SessionView {
  Mode mode = Mode::kLive;
  bool playing = true;
  std::uint64_t seq = 0;
  std::uint64_t first_seq = 0;
  std::int64_t first_time_ns = 0;
  std::uint64_t last_seq = 0;
  std::int64_t last_time_ns = 0;
  std::vector<std::string> speeds;  // msgids
  int speed = 0;
  bool summed = false;  // more moves than a frame can show: draw sums
  double ops_per_second = 0;
  bool recording = false;
  std::string recording_file;
  std::string banner;  // a problem, or a message of the program; mostly empty
  bool can_change_pool = false;
  bool can_record = false;
  bool can_seek = false;
};

/// The pool whose array is shown.
inline constexpr PoolId kShownPool{0};

enum class TimelineAxis : std::uint8_t { kTime, kStep };

/// What the viewer has chosen. Changed by the composition root from intents, never by a view.
struct ViewState {
  GId followed;  // none: the spotlight of the model is told
  ObjectId followed_object;
  PId focus;
  intents::Tab tab = intents::Tab::kTimeline;
  theme::LayoutKind layout = theme::LayoutKind::kLecture;
  bool motion = true;
  bool help_open = false;
  intents::ConservationPart lit = intents::ConservationPart::kNone;
  TimelineAxis axis = TimelineAxis::kTime;
  std::int64_t timeline_span_ns = 0;   // shown width of the timeline; 0: the whole session
  std::int64_t timeline_begin_ns = 0;  // left edge, where a span is set and it does not follow
  bool timeline_follows = true;        // the playhead stays in sight
  std::string_view language = "en";    // en, zh
};

/// One font for each theme::FontRole, at exactly the size of theme::font_specs.
using Fonts = std::array<ImFont*, theme::kFontRoles>;

struct ViewInput {
  const Model& model;
  const Lanes& lanes;
  const SessionView& session;
  const ViewState& state;
  std::int64_t playhead_time_ns = 0;  // session time that the picture shows
  const theme::Theme& theme;
  theme::Sizes sizes;  // theme::sizes_of(state.layout, window.h, scale)
  const Fonts& fonts;
  layout::Rect window;  // the whole window, from 0, 0
  Labels& labels;
  bool interactive = true;  // false in renders: no toolbar buttons, no hover, no labels
};

}  // namespace poolscope::views
