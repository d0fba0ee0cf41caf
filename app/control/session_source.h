#pragma once

// The one seam between a live session and a replay: the window sees either through this interface
// and does not know which it has but by its status.
//
// Thread safety: all functions belong to the window's thread; a live source synchronises with its
// collector inside.
// Invariants: `model()` is the reduction of exactly the events 1 .. status().playhead.seq, and
// `told()` is the story after them.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "app/control/past_scan.h"
#include "app/control/session_status.h"
#include "app/intents/intents.h"
#include "core/model/dump.h"
#include "core/model/model.h"
#include "core/story/lanes.h"
#include "core/story/statistics.h"
#include "core/story/told.h"

namespace poolscope {

/// The end of a recording: the state after its last event, as `poolscope state FILE --at end` has
/// it.
struct EndedRecording {
  std::string file;
  Model model;
  Origin origin;  // what the file's event numbers and times count from
};

class LiveRecording;

class SessionSource {
 public:
  virtual ~SessionSource() = default;

  /// Moves the playhead to what it is at `host_now_ns` (a steady clock, ns) and takes in what has
  /// happened. Returns whether anything that is drawn may have changed.
  virtual bool update(std::int64_t host_now_ns) = 0;

  /// Carries out what the viewer asks of the session, or ignores it where status().can does not
  /// allow it. An error becomes the problem.
  virtual void apply(const intents::ToSession& intent) = 0;

  [[nodiscard]] virtual const Model& model() const = 0;
  /// The story at the playhead, beside model().
  [[nodiscard]] virtual const Told& told() const = 0;
  [[nodiscard]] virtual const SessionStatus& status() const = 0;

  /// What is shown beside it, until the next update; none where it is no comparison.
  [[nodiscard]] virtual std::optional<OtherSide> other_side() const { return std::nullopt; }

  /// The spans and marks of the timeline; never null. The object may grow between two updates, and
  /// is not changed otherwise.
  [[nodiscard]] virtual std::shared_ptr<const Lanes> lanes() const = 0;

  /// What is counted so far, as the timeline's lanes are; never null.
  [[nodiscard]] virtual std::shared_ptr<const Statistics> statistics() const = 0;

  /// Opens all of the session so far once more, for a scan beside the window. Called at once; what
  /// it returns may be called on any thread, also after the source is gone.
  [[nodiscard]] virtual PastScan::Open past() const = 0;

  /// What has gone wrong since the last call, the newest only: one line, a msgid or an error's
  /// text.
  std::optional<std::string> take_problem() { return std::exchange(problem_, std::nullopt); }
  /// The same of what cannot be done here and now, though nothing has gone wrong.
  std::optional<std::string> take_news() { return std::exchange(news_, std::nullopt); }

  /// A recording that has ended since the last call; after close() also the one that this ended.
  virtual std::optional<EndedRecording> take_ended_recording() { return std::nullopt; }

  /// What is being recorded goes on in the live session that follows this one, which gets what this
  /// returns; then close() does not end it. nullptr: nothing is being recorded.
  virtual std::shared_ptr<LiveRecording> hand_over_recording() { return nullptr; }

  /// Of a script: what it has answered so far, with the counts at its end; the script ends with
  /// this. None where it is no script, or ended with a fault.
  virtual std::optional<std::string> transcript() { return std::nullopt; }

  /// The session of before has ended since this one was opened, and may have written into its file.
  /// Called at most once, before the window has the source, on any thread.
  virtual void read_annotations_again() {}

  /// Whether the files of this session's recordings have the markers and views that the viewer has
  /// chosen. Where not, update() writes them at once, and a later call says so.
  virtual bool hasten_annotations() { return true; }

  /// Ends recording and threads cleanly; called once, before the program ends.
  virtual void close() = 0;

 protected:
  void tell_problem(std::string text) { problem_ = std::move(text); }
  void tell_news(std::string text) { news_ = std::move(text); }

 private:
  std::optional<std::string> problem_;
  std::optional<std::string> news_;
};

}  // namespace poolscope
