#pragma once

// How a session stands, live or replayed: one value, made by its source and handed to the views as
// it is.
//
// Thread safety: a value.
// Invariants: first <= playhead <= last. A playhead between two events has the earlier one's seq.

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/control/comparison_status.h"
#include "app/control/lesson_status.h"
#include "app/control/listed_marker.h"
#include "app/control/session_names.h"
#include "core/base/array_address.h"
#include "core/base/ids.h"
#include "core/base/position.h"
#include "core/session/annotations.h"

namespace poolscope {

struct Model;
struct Told;

/// Which time one sees; the place in the toolbar that says so is always there.
enum class ViewMode : std::uint8_t { kLive, kPaused, kPast, kReplay, kStepping };

/// What the viewer may ask of the source.
struct Capabilities {
  bool can_change_pool = false;  // GC, GOMAXPROCS
  bool can_record = false;
  bool can_save_last = false;  // what was not recorded on purpose
  bool can_seek = false;
  bool can_hold = false;  // one goroutine by hand
  bool can_mark = false;  // set markers, and change them
  bool can_retake_view = false;
};

/// A stretch of the past that is played again and again: from `in` to `out`. With one of them alone
/// nothing is repeated.
struct Loop {
  std::optional<Position> in;
  std::optional<Position> out;
  [[nodiscard]] bool whole() const { return in && out && in->time_ns < out->time_ns; }
  bool operator==(const Loop&) const = default;
};

/// What of a live session's workload changes while it runs.
struct LiveWorkload {
  double rate_per_s = 0;   // operations of each goroutine; 0: as many as it can
  std::uint32_t held = 0;  // objects that a goroutine keeps in use at most
  int speed = 0;           // into live_speeds(), also while the viewer looks back
};

struct SessionStatus {
  std::string name;  // of the file that is replayed; of a live session ""
  std::string file;  // the path of the recording that is replayed; else ""
  ViewMode mode = ViewMode::kLive;
  bool playing = true;
  Position playhead;                // what the picture shows
  std::int64_t motion_ns = 0;       // the time that motion is drawn at: see app/control/settling.h
  bool settling = false;            // motion_ns still runs while the playhead stands
  bool stepped = false;             // the viewer has stepped here: the sentence is about that step
  Position first;                   // of what can be sought
  Position last;                    // of the session so far, or of the file
  Position origin;                  // what a reader's numbers and times count from
  std::vector<std::string> speeds;  // names, untranslated msgids, e.g. "Lecture"
  int speed = 0;                    // index into speeds
  bool summed = false;              // more moves happen than a frame can show (Full rate)
  double ops_per_second = 0;        // in the last moments, for the sums
  std::uint32_t procs_target = 0;   // GOMAXPROCS once the world stops; 0: no change waits
  std::vector<GId> held;            // by hand, in the order of their numbers
  bool recording = false;
  std::string recording_file;            // of the recording under way, or the last one
  std::int64_t recording_ns = 0;         // for how long it has been under way, on the host's clock
  std::optional<LiveWorkload> workload;  // none: no workload runs here
  Capabilities can;
  std::shared_ptr<const LessonStatus> lesson;  // nullptr: it is none
  std::optional<ComparisonStatus> comparison;  // none: it is no side of one
  std::shared_ptr<const SessionNames> names;   // of a recorded program; nullptr: only numbers
  /// In the order of their places; never null.
  std::shared_ptr<const ListedMarkers> markers = std::make_shared<ListedMarkers>();
  bool can_undo_marker = false;            // the last change of one
  std::optional<std::size_t> at_marker;    // where the playhead stands, by its number there
  std::optional<std::size_t> next_marker;  // where PgDn leads
  /// Of a recording: what was shown when; never null.
  std::shared_ptr<const std::vector<ViewChange>> views =
      std::make_shared<const std::vector<ViewChange>>();
  bool retaking_view = false;  // what is shown takes its place
  bool can_undo_view = false;  // that was the last change
  bool skips_waits = false;    // where nothing happens for long
  Loop loop;                   // that the playhead plays again and again
  /// Where the newest arrays of a live session lie; nullptr: that is not known here.
  std::shared_ptr<const ArrayAddresses> addresses;

  /// Where that array lies; 0: that is not known.
  [[nodiscard]] std::uint64_t address_of(ArrayId array) const {
    if (addresses == nullptr) return 0;
    const auto found = std::ranges::find(*addresses, array, &ArrayAddress::array);
    return found == addresses->end() ? 0 : found->address;
  }

  /// The marker at which the playhead stands; nullptr: it stands at none, or moves.
  [[nodiscard]] const ListedMarker* marker() const {
    return at_marker ? &(*markers)[*at_marker] : nullptr;
  }

  /// Whether the picture changes by itself.
  [[nodiscard]] bool moves() const { return playing || settling; }

  /// Whether the session may still grow.
  [[nodiscard]] bool live() const {
    return mode != ViewMode::kReplay && mode != ViewMode::kStepping;
  }
};

/// The second session of a comparison, as a SessionSource has the first.
struct OtherSide {
  const Model* model = nullptr;
  const Told* told = nullptr;
  const SessionStatus* status = nullptr;
};

}  // namespace poolscope
