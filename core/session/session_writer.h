#pragma once

// Writes a session into a new .poolscope file, as its events come: chunks that grow, keyframes
// where they are due, markers, commits. Recorder puts a queue and a thread in front of it; what
// edits recordings needs neither.
//
// Another session may follow: begin_session(). The numbers and times of the file then go on as
// well, whatever that session's own ones are.
//
// Thread safety: one thread at a time.
// Invariants: after commit() the file holds every event that was appended, unless keep_last let it
// go. After an error the writer takes no more; what was committed stays.

#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/model/dump.h"
#include "core/model/model.h"
#include "core/session/annotations.h"
#include "core/session/bytes.h"
#include "core/session/chunk_info.h"
#include "core/trace/event.h"

namespace poolscope {

class FileWriter;

struct PackedChunk {
  ChunkInfo info;
  Bytes bytes;
};

struct SessionWriterOptions {
  /// Who writes, e.g. "poolscope 0.1.0".
  std::string program = "poolscope";
  /// Only about so much of the end of the session stays in the file; 0: all of it.
  std::int64_t keep_last_ns = 0;
  /// At most about so many bytes of the end of the session stay in the file; 0: all of it.
  std::size_t keep_last_bytes = 0;
  /// Where only the end stays: so many goroutines have names at most, those that were named last.
  /// (A program's pools and types are few.)
  std::size_t goroutine_names_kept = 65'536;
};

class SessionWriter {
 public:
  /// Makes the file with `base`, the model before the first event that will come. Errors as of
  /// FileWriter::create; nothing is left behind.
  static Expected<std::unique_ptr<SessionWriter>> create(const std::filesystem::path& path,
                                                         bool overwrite, const Model& base,
                                                         SessionWriterOptions options);
  ~SessionWriter();
  SessionWriter(const SessionWriter&) = delete;
  SessionWriter& operator=(const SessionWriter&) = delete;

  /// Takes the next events of the session. A gap in their seq is kept as it is.
  Expected<void> append(std::span<const Event> events);
  /// Takes chunks that are packed already, in this program's format, as `next` gives them until it
  /// gives none; then `end`, the state that their events lead to. Nobody unpacks them, so this
  /// takes a hundredth of the time. They have the numbers and times of the file: not where
  /// moves_numbers().
  Expected<void> append_packed(const std::function<Expected<std::optional<PackedChunk>>()>& next,
                               const Model& end);
  /// Starts a segment with `base`, the first state of another session. It gets the number after the
  /// last one, and the time of the last event, and what follows (events, markers, views, segments)
  /// is moved by as much.
  Expected<void> begin_session(const Model& base);
  /// Starts a segment with `base`, a state of the same session that lies after the last event. What
  /// lies between is not known.
  Expected<void> begin_segment(const Model& base);
  /// A note at any moment of the segment.
  Expected<void> add_marker(const Marker& marker);
  /// Makes these the markers of the session that has begun last, in the place of all that it had.
  /// Those that lie before its first state here are left out.
  Expected<void> set_markers(std::span<const Marker> markers);
  /// A step of the view track.
  Expected<void> add_view(const ViewChange& change);
  /// Replaces the name that the same thing had.
  Expected<void> add_name(const Name& name);
  /// Makes what was added since the last commit part of the file, and lets go of what keep_last no
  /// longer wants.
  Expected<void> commit();
  /// Commits, marks the file as closed cleanly and lets go of it. Called once, last.
  Expected<void> close();
  /// Lets go of the file as it is after an error: a recording that was cut off.
  void abandon();

  /// Whether what comes gets other numbers and times than its own, as in a later session.
  [[nodiscard]] bool moves_numbers() const { return moved_by_ != Position{}; }
  /// The state after the last event.
  [[nodiscard]] const Model& model() const { return model_; }
  /// What the file's event numbers and times count from.
  [[nodiscard]] Origin origin() const { return keyframes_.front().at; }
  /// Events that were appended.
  [[nodiscard]] std::uint64_t events() const { return events_; }
  /// The absolute path of the file.
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  /// Of the file after the last commit.
  [[nodiscard]] std::uint64_t file_bytes() const;

 private:
  SessionWriter(std::unique_ptr<FileWriter> file, const Model& base, SessionWriterOptions options);

  /// A keyframe in the file, with what it and the events up to the next one take.
  struct Stretch {
    Origin at;
    std::size_t bytes = 0;
  };

  [[nodiscard]] bool keeps_the_end_only() const {
    return options_.keep_last_ns > 0 || options_.keep_last_bytes > 0;
  }
  Expected<void> store_tail();
  Expected<void> seal_tail();
  [[nodiscard]] bool keyframe_due() const;
  [[nodiscard]] bool keyframe_wanted_for_keep_last() const;
  Expected<void> put_keyframe();
  void begin_stretch(std::size_t keyframe_bytes);
  Expected<void> drop_old();
  Expected<void> put_segment(Model first);

  const SessionWriterOptions options_;
  std::filesystem::path path_;
  std::unique_ptr<FileWriter> file_;

  Model model_;
  std::uint64_t events_ = 0;
  std::vector<Event> tail_;        // the chunk that grows
  std::size_t tail_stored_ = 0;    // how many of its events the file has
  std::size_t tail_bytes_ = 0;     // what they take there
  Position moved_by_;              // from the session's own numbers and times to the file's
  std::uint64_t session_seq_ = 0;  // of the first state of the session that has begun last
  std::deque<Stretch> keyframes_;  // those in the file, oldest first
  std::size_t kept_bytes_ = 0;     // of all stretches
  // Of the segments in the file, by the seq at which they start.
  std::deque<std::pair<std::uint64_t, SessionConfig>> configs_;
  // The goroutines that have names in the file, the first named first, where only the end stays.
  std::deque<std::uint64_t> named_;
  std::unordered_set<std::uint64_t> is_named_;
  std::size_t keyframe_bytes_ = 0;  // of the newest
  std::size_t bytes_since_keyframe_ = 0;
  std::uint64_t events_since_keyframe_ = 0;
};

}  // namespace poolscope
