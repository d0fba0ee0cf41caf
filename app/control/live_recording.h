#pragma once

// Recording of a live session, started and ended by the viewer while the session goes on.
//
// A disk may be slow or stand still, and the window must not wait for it. So the file is made, and
// closed, on a thread of its own. Making it: its base is the state of a moment ago, and what has
// happened since is taken from the timeline when the recorder is hooked in.
//
// It can be handed over from a live session to the next: then it goes on in the same file.
//
// Thread safety: take() from the collector's thread, the rest from the window's; while a session is
// being ended or started, from the thread beside that does it (current_session.h).
// Invariants: the file has every event from its base to the end, once. While it is being made or
// closed it counts as recording. The window's thread never takes mutex_ but by trying: the
// collector holds it while it waits for the disk.

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "app/control/session_source.h"
#include "core/base/error.h"
#include "core/base/position.h"
#include "core/model/timeline.h"
#include "core/session/recorder.h"

namespace poolscope {

class LiveRecording {
 public:
  explicit LiveRecording(RecorderOptions options) : options_(std::move(options)) {}
  ~LiveRecording();
  LiveRecording(const LiveRecording&) = delete;
  LiveRecording& operator=(const LiveRecording&) = delete;

  /// The next events of the session, which `timeline` takes too. Waits while the recorder's queue
  /// is full.
  void take(Timeline& timeline, std::span<const Event> events);

  /// Starts a recording at the end of `timeline` and waits until its file is there. `overwrite` as
  /// of Recorder.
  Expected<void> begin_now(const std::filesystem::path& file, bool overwrite,
                           const Timeline& timeline);
  /// The same in a new file of `folder`, without waiting. `timeline` outlives this.
  void begin(const std::filesystem::path& folder, const Timeline& timeline);
  /// The markers of the session, as they are now.
  void set_markers(std::vector<Marker> markers);
  /// What the viewer has changed in the view just now.
  void add_view(ViewChange change);

  /// Whether it can go on in the file in another session.
  [[nodiscard]] bool can_go_on() const { return stage_ == Stage::kHooked; }
  /// The session that is recorded has ended at `last`, and its markers are these; `marked`: one was
  /// ever set, and may be gone again. Only where it can go on; begin_session() follows.
  void end_session(Position last, std::vector<Marker> markers, bool marked);
  /// What is taken from here on is of the session that starts with `base`, as a segment of its own.
  void begin_session(const Model& base);
  /// By how much the numbers and times of the session are moved in the file.
  [[nodiscard]] const Position& moved_by() const { return moved_by_; }
  /// The markers of the sessions before in this file, with the file's numbers and times.
  [[nodiscard]] const std::vector<Marker>& earlier_markers() const { return earlier_markers_; }

  [[nodiscard]] bool marked_earlier() const { return marked_earlier_; }

  /// Ends it, without waiting: take_ended() has it when the file is whole.
  void end();
  /// As end(), and waits. The error that closing or making the file gave.
  Expected<void> finish();

  [[nodiscard]] bool under_way() const { return stage_ != Stage::kNone; }
  /// For how long it has been under way, as far as pass() has said: on the host's clock.
  [[nodiscard]] std::int64_t length_ns() const { return length_ns_; }
  void pass(std::int64_t ns) { length_ns_ = under_way() ? length_ns_ + ns : 0; }
  /// Of the recording under way, or of the last one; "" while the file is being made.
  [[nodiscard]] const std::string& file() const { return file_; }

  /// Takes in what the thread beside has done, and ends a recording whose file has failed. An error
  /// is reported once.
  Expected<void> update();
  std::optional<EndedRecording> take_ended();

 private:
  enum class Stage : std::uint8_t { kNone, kOpening, kHooked, kClosing };

  struct Notes {
    std::vector<ViewChange> views;
    std::optional<std::vector<Marker>> markers;  // all of the session's; nullopt: as before
  };

  /// What the thread beside leaves behind.
  struct Outcome {
    std::optional<Error> error;
    std::string file;                     // of an opened recording
    std::optional<EndedRecording> ended;  // of a closed one
  };

  // On either thread.
  Expected<std::string> hook_in(const std::filesystem::path& file, bool overwrite,
                                const Timeline& timeline);
  // On the thread beside.
  void open(const std::filesystem::path& folder, const Timeline& timeline);
  void close(Notes notes);

  void start_beside(Stage stage, std::function<void()> work);
  Expected<void> take_outcome();

  void start_file();
  void hand_on_notes();
  static void note_in(Recorder& recorder, Notes notes);

  const RecorderOptions options_;
  std::string file_;
  std::int64_t length_ns_ = 0;
  Position moved_by_;
  Position ended_at_;  // in the file: where the session before has ended
  std::vector<Marker> earlier_markers_;
  bool marked_earlier_ = false;
  Notes notes_;  // that the recorder has not yet
  Stage stage_ = Stage::kNone;
  bool end_wanted_ = false;  // while the file is still being made
  std::optional<EndedRecording> ended_;

  std::mutex mutex_;  // guards recorder_, and orders take() and hook_in()
  std::unique_ptr<Recorder> recorder_;

  Outcome outcome_;  // the thread's until done_, then the window's
  std::atomic<bool> done_{false};
  std::jthread beside_;  // last: it ends before what it uses
};

/// A file name for a recording that starts now: session-20240131-142500.poolscope; -2 and so on
/// where `folder` has that one already. Makes the folder.
std::filesystem::path recording_name(const std::filesystem::path& folder);

}  // namespace poolscope
