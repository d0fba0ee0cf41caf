#pragma once

// The one seam between a live session and a replay: the window sees either through this interface
// and does not know which it has but by `status().mode` and what `capabilities()` allow.
//
// Thread safety: all functions belong to the window's thread; a live source synchronises with its
// collector inside.
// Invariants: `model()` is the reduction of exactly the events 1 .. playhead().seq.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/intents/intents.h"
#include "core/model/dump.h"
#include "core/model/lanes.h"
#include "core/model/model.h"

namespace poolscope {

/// Which time one sees; the place in the toolbar that says so is always there.
enum class ViewMode : std::uint8_t { kLive, kPaused, kPast, kReplay, kStepping };

struct Playhead {
  std::uint64_t seq = 0;     // the last event that is applied
  std::int64_t time_ns = 0;  // session time that the picture shows; between the events seq, seq+1
};

struct SourceStatus {
  ViewMode mode = ViewMode::kLive;
  bool playing = true;
  Playhead playhead;
  std::uint64_t first_seq = 0;  // of what can be sought
  std::int64_t first_time_ns = 0;
  std::uint64_t last_seq = 0;  // of the session so far, or of the file
  std::int64_t last_time_ns = 0;
  std::vector<std::string> speeds;  // names, untranslated msgids, e.g. "Lecture"
  int speed = 0;                    // index into speeds
  bool summed = false;              // more moves happen than a frame can show (Full rate)
  double ops_per_second = 0;        // of late, for the sums
  bool recording = false;
  std::string recording_file;  // of the recording under way, or the last one
  std::string banner;          // untranslated problem text for the viewer, mostly empty
};

/// The end of a recording: the state after its last event, as `poolscope state FILE --at end` has
/// it.
struct EndedRecording {
  std::string file;
  Model model;
  Origin origin;  // what the file's event numbers and times count from
};

struct Capabilities {
  bool can_change_pool = false;  // GC, GOMAXPROCS
  bool can_record = false;
  bool can_seek = false;
};

class SessionSource {
 public:
  virtual ~SessionSource() = default;

  /// Moves the playhead to what it is at `host_now_ns` (a steady clock, ns) and takes in what has
  /// happened. Returns whether anything that is drawn may have changed.
  virtual bool update(std::int64_t host_now_ns) = 0;

  /// Carries out what the viewer asks of the session, or ignores it where `capabilities()` do not
  /// allow it. What stood in the banner goes; an error becomes the new one.
  virtual void apply(const intents::ToSession& intent) = 0;

  [[nodiscard]] virtual const Model& model() const = 0;
  [[nodiscard]] virtual const SourceStatus& status() const = 0;
  [[nodiscard]] virtual Capabilities capabilities() const = 0;

  /// The spans and marks of the timeline; never null. The object may grow between two updates, and
  /// is not changed otherwise.
  [[nodiscard]] virtual std::shared_ptr<const Lanes> lanes() const = 0;

  /// What the event numbers and times that a reader sees count from: that of the file in a replay.
  [[nodiscard]] virtual Origin origin() const { return {}; }

  /// A recording that has ended since the last call; after close() also the one that this ended.
  virtual std::optional<EndedRecording> take_ended_recording() { return std::nullopt; }

  /// Ends recording and threads cleanly; called once, before the program ends.
  virtual void close() = 0;
};

}  // namespace poolscope
