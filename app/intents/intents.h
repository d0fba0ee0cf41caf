#pragma once

// What a view may ask for. A view is a function from values to a picture and a list of intents; the
// composition root hands each intent to the session's controller, the viewer's state or the
// program.
//
// Thread safety: values.

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "core/base/ids.h"
#include "core/model/session_config.h"

namespace poolscope::intents {

// To the session (live: the simulation; replay: the playhead; what does not exist is ignored).
struct RunGc {};
struct SetProcs {
  std::uint32_t procs = 1;
};  // GOMAXPROCS(procs)
struct ChangeProcs {
  int by = 1;
};
struct TogglePlay {};
struct StepForward {
  double fraction_of_session = 0;
};  // 0: one step, else that part of it
struct StepBack {
  double fraction_of_session = 0;
};
struct EventForward {};
struct EventBack {};
struct GoToStart {};
struct GoToNow {};
struct SeekTime {
  std::int64_t time_ns = 0;
};
struct SeekSeq {
  std::uint64_t seq = 0;
};
struct ChangeSpeed {
  int by = 1;
};  // -1 slower, 1 faster
struct SetSpeed {
  int index = 0;
};  // index into the source's list of speeds
struct ToggleRecord {};

// To the program.
struct ChoosePool {
  PoolKind pool = PoolKind::kClassic;
};  // the same workload once more, over the other pool

// To the viewer's state.
struct FollowGoroutine {
  GId g;
};  // none: follow nobody
struct FollowObject {
  ObjectId object;
};
struct FocusP {
  PId p;
};  // none: no focus
enum class ConservationPart : std::uint8_t { kNone, kInUse, kInFlight, kPooled, kDropped };
struct LightPart {
  ConservationPart part = ConservationPart::kNone;
};
enum class Tab : std::uint8_t { kMemory, kTimeline };
struct SelectTab {
  Tab tab = Tab::kMemory;
};
struct ToggleLayout {};    // lecture, workbench
struct NextTheme {};       // dark, light, contrast
struct ToggleLanguage {};  // en, zh
struct ToggleMotion {};
struct ToggleTimelineAxis {};  // by time, by step
struct ZoomTimeline {
  double factor = 1;
  std::int64_t around_ns = 0;
};
struct PanTimeline {
  std::int64_t by_ns = 0;
};
struct ToggleHelp {};
struct ChangeZoom {
  int by = 0;
};  // 0: back to 100 %
struct ToggleFullScreen {};

using Intent = std::variant<RunGc, SetProcs, ChangeProcs, TogglePlay, StepForward, StepBack,
                            EventForward, EventBack, GoToStart, GoToNow, SeekTime, SeekSeq,
                            ChangeSpeed, SetSpeed, ToggleRecord, ChoosePool, FollowGoroutine,
                            FollowObject, FocusP, LightPart, SelectTab, ToggleLayout, NextTheme,
                            ToggleLanguage, ToggleMotion, ToggleTimelineAxis, ZoomTimeline,
                            PanTimeline, ToggleHelp, ChangeZoom, ToggleFullScreen>;

using Intents = std::vector<Intent>;

}  // namespace poolscope::intents
