#pragma once

// Recording of a live session, begun and ended by the viewer while the session goes on.
//
// The file is made beside the running session: its base is the state of a moment ago, and what has
// happened since is taken from the timeline at the moment when the recorder is hooked in. Ending it
// is done by a thread of its own, since the disk may be slow.
//
// Thread safety: take() from the collector's thread, the rest from the window's.
// Invariants: the file has every event from its base to the end, once. While it is being closed it
// still counts as recording.

#include <atomic>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <thread>

#include "app/control/session_source.h"
#include "core/base/error.h"
#include "core/model/timeline.h"
#include "core/session/recorder.h"

namespace poolscope {

class LiveRecording {
 public:
  explicit LiveRecording(std::string program) : program_(std::move(program)) {}
  ~LiveRecording();
  LiveRecording(const LiveRecording&) = delete;
  LiveRecording& operator=(const LiveRecording&) = delete;

  /// The next events of the session, which `timeline` takes too.
  void take(Timeline& timeline, std::span<const Event> events);

  /// Begins a recording at the end of `timeline`. `overwrite` as of Recorder.
  Expected<void> begin(const std::filesystem::path& file, bool overwrite, const Timeline& timeline);
  /// Ends it; done() tells when the file is whole.
  void end();
  /// As end(), and waits.
  void finish();

  [[nodiscard]] bool under_way() const { return hooked_ || closing_.joinable(); }
  /// Of the recording under way, or of the last one.
  [[nodiscard]] const std::string& file() const { return file_; }

  /// Ends a recording whose file has failed and takes in one that has been closed. An error is told
  /// once.
  Expected<void> update();
  std::optional<EndedRecording> take_ended();

 private:
  void close(std::unique_ptr<Recorder> recorder);
  void join();

  const std::string program_;
  std::string file_;
  bool hooked_ = false;  // the window's side of recorder_
  std::optional<EndedRecording> ended_;

  std::mutex mutex_;  // guards recorder_, and orders take() and begin()
  std::unique_ptr<Recorder> recorder_;

  std::atomic<bool> closed_{false};  // the thread has written what stands below
  std::optional<EndedRecording> closed_recording_;
  std::optional<Error> close_error_;
  std::jthread closing_;
};

/// A file name for a recording that begins now: session-20240131-142500.poolscope; -2 and so on
/// where `folder` has that one already. Makes the folder.
std::filesystem::path recording_name(const std::filesystem::path& folder);

}  // namespace poolscope
