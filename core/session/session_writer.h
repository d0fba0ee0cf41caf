#pragma once

// Writes a session into a new .poolscope file, as its events come: chunks that grow, keyframes
// where they are due, markers, commits. Recorder puts a queue and a thread in front of it; what
// edits recordings needs neither.
//
// Thread safety: one thread at a time.
// Invariants: after commit() the file holds every event that was appended, unless keep_last let it
// go. After an error the writer takes no more; what was committed stays.

#include <cstdint>
#include <deque>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/model/dump.h"
#include "core/model/model.h"
#include "core/session/annotations.h"
#include "core/trace/event.h"

namespace poolscope {

class FileWriter;

struct SessionWriterOptions {
  /// Who writes, e.g. "poolscope 0.1.0".
  std::string program = "poolscope";
  /// Only about so much of the end of the session stays in the file; 0: all of it.
  std::int64_t keep_last_ns = 0;
  /// Which facts its events carry.
  Details details;
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
  /// A note at any moment of the session.
  Expected<void> add_marker(const Marker& marker);
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

  /// The state after the last event.
  [[nodiscard]] const Model& model() const { return model_; }
  /// What the file's event numbers and times count from.
  [[nodiscard]] Origin origin() const { return keyframes_.front(); }
  /// Events that were appended.
  [[nodiscard]] std::uint64_t events() const { return events_; }
  /// The absolute path of the file.
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  /// Of the file after the last commit.
  [[nodiscard]] std::uint64_t file_bytes() const;

 private:
  SessionWriter(std::unique_ptr<FileWriter> file, const Model& base, SessionWriterOptions options);

  Expected<void> store_tail();
  Expected<void> seal_tail();
  [[nodiscard]] bool keyframe_due() const;
  [[nodiscard]] bool keyframe_wanted_for_keep_last() const;
  Expected<void> put_keyframe();
  Expected<void> drop_old();

  const SessionWriterOptions options_;
  std::filesystem::path path_;
  std::unique_ptr<FileWriter> file_;

  Model model_;
  std::uint64_t events_ = 0;
  std::vector<Event> tail_;         // the chunk that grows
  std::size_t tail_stored_ = 0;     // how many of its events the file has
  std::deque<Origin> keyframes_;    // those in the file, oldest first
  std::size_t keyframe_bytes_ = 0;  // of the newest
  std::size_t bytes_since_keyframe_ = 0;
  std::uint64_t events_since_keyframe_ = 0;
};

}  // namespace poolscope
