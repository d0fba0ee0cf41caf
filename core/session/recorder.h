#pragma once

// Records a session into a new .poolscope file while it goes on: takes the events as they come, and
// has a SessionWriter write them on a thread of its own, which commits several times a second.
//
// Thread safety: append(), offer() and begin_session() from one thread (the collector's);
// add_marker(), add_view(), add_name(), error(), waited(), appended() and committed() from any;
// close() once, from a thread that is not in append(); model() and origin() after close().
// Invariants: every event appended before close() is in the file once close() has succeeded, unless
// keep_last let it go. A full queue makes append() wait; nothing is dropped. After an error of the
// file the recorder takes no more: error() says so, and what was committed stays.

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <variant>

#include "core/base/error.h"
#include "core/model/dump.h"
#include "core/model/model.h"
#include "core/session/event_queue.h"
#include "core/session/session_writer.h"
#include "core/trace/event.h"

namespace poolscope {

struct RecorderOptions {
  SessionWriterOptions session;
  std::size_t queue_bytes = std::size_t{256} << 20U;
  /// From one commit to the next; what the disk takes for it comes on top.
  std::chrono::milliseconds commit_every{200};
  /// Called on the recorder's thread after each commit, with the last event in the file: its number
  /// (#1 is the file's first) and its time since the file's origin.
  std::function<void(std::uint64_t number, std::int64_t time_ns)> on_commit;
};

class Recorder {
 public:
  struct Summary {
    std::uint64_t events = 0;            // appended
    std::uint64_t bytes = 0;             // of the file
    std::int64_t duration_ns = 0;        // session time from the begin to the last event
    std::chrono::nanoseconds waited{0};  // append() in all, for room in the queue
  };

  /// Makes the file with `base`, the model before the first event that will come. Errors as of
  /// FileWriter::create; nothing is left behind.
  static Expected<std::unique_ptr<Recorder>> create(const std::filesystem::path& path,
                                                    bool overwrite, const Model& base,
                                                    RecorderOptions options);
  /// Closes the file where close() has not been called; an error then is lost.
  ~Recorder();
  Recorder(const Recorder&) = delete;
  Recorder& operator=(const Recorder&) = delete;

  /// Takes the next events of the session; waits while the queue is full.
  void append(std::span<const Event> events) {
    queue_.push(events);
    appended_.fetch_add(events.size());
  }

  /// The same without waiting: false, and nothing of them is taken, where the queue has no room.
  bool offer(std::span<const Event> events) {
    if (!queue_.try_push(events)) return false;
    appended_.fetch_add(events.size());
    return true;
  }

  /// How many events were appended so far, and how many of them the last commit has made part of
  /// the file.
  [[nodiscard]] std::uint64_t appended() const { return appended_.load(); }
  [[nodiscard]] std::uint64_t committed() const { return committed_.load(); }

  /// The same of what was noted: segments, markers, views, names.
  [[nodiscard]] std::uint64_t noted() const { return noted_.load(); }
  [[nodiscard]] std::uint64_t committed_notes() const { return committed_notes_.load(); }

  /// What is appended from here on belongs to a segment that starts with `base`, as of
  /// SessionWriter::begin_session.
  void begin_session(Model base);

  /// A note of the viewer at that moment of the segment that has begun last; so with a step of the
  /// view track.
  void add_marker(Marker marker);
  /// Makes these the markers of that session, in the place of all that it had: see SessionWriter.
  void set_markers(std::vector<Marker> markers);
  void add_view(ViewChange change);
  void add_name(Name name);

  /// Writes what is left, marks the file as closed cleanly, ends the thread.
  Expected<Summary> close();

  /// The failure that ended the recording early, if one did.
  [[nodiscard]] std::optional<Error> error() const;
  [[nodiscard]] std::chrono::nanoseconds waited() const { return queue_.waited(); }
  /// The absolute path of the file.
  [[nodiscard]] const std::filesystem::path& path() const;

  /// The state after the last event.
  [[nodiscard]] const Model& model() const;
  /// What the file's event numbers and times count from.
  [[nodiscard]] Origin origin() const;

 private:
  struct SegmentStart {
    Model base;
  };
  /// What is to be written between two events.
  struct Note {
    std::uint64_t after = 0;  // events that were appended before it
    std::variant<SegmentStart, Marker, std::vector<Marker>, ViewChange, Name> what;
  };

  Recorder(std::unique_ptr<SessionWriter> writer, RecorderOptions options);

  void note(decltype(Note::what) what);

  // All of the following belong to thread_.
  void work();
  Expected<void> write_all();
  Expected<void> write(std::span<const Event> events);
  std::optional<Note> take_note(std::uint64_t until);
  Expected<void> put(const Note& note);
  Expected<void> commit();
  void fail(Error error);

  const RecorderOptions options_;
  const std::int64_t begin_ns_;
  const std::unique_ptr<SessionWriter> writer_;
  EventQueue queue_;
  std::atomic<std::uint64_t> appended_ = 0;   // events; written by append()'s thread
  std::uint64_t written_ = 0;                 // events; thread_'s
  std::atomic<std::uint64_t> committed_ = 0;  // of written_
  std::uint64_t committed_seq_;
  std::atomic<std::uint64_t> noted_ = 0;
  std::uint64_t written_notes_ = 0;  // thread_'s
  std::atomic<std::uint64_t> committed_notes_ = 0;

  mutable std::mutex mutex_;  // guards what stands below
  std::deque<Note> notes_;    // not yet in the file, in order
  std::optional<Error> error_;

  std::jthread thread_;  // last: it ends before what it uses
};

}  // namespace poolscope
