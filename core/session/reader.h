#pragma once

// Reads a .poolscope file: its configuration, events and keyframes, and from them the state after
// any of its events. Chunks are decoded when they are asked for, and the last few kept.
//
// Thread safety: one thread at a time. The chunks that it gives out are immutable and may go
// anywhere.
// Invariants: what is told of the file is what it held when it was opened; a recording that goes on
// meanwhile does not disturb, and is not followed. The file is never changed, but for what SQLite
// itself rolls back after a program that was killed.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/model/dump.h"
#include "core/model/model.h"
#include "core/session/annotations.h"
#include "core/session/chunk_info.h"
#include "core/session/compression.h"
#include "core/session/event_codec.h"
#include "core/session/held_file.h"
#include "core/trace/event.h"

namespace SQLite {
class Database;
}  // namespace SQLite

namespace poolscope {

struct KeyframeInfo {
  std::uint64_t seq = 0;  // the last event before it
  std::int64_t time_ns = 0;
};

class Reader {
 public:
  using Events = std::shared_ptr<const std::vector<Event>>;

  /// Opens the file at `path`. Bad input: it is missing, no session, or of a newer format; failed:
  /// it is damaged or cannot be read.
  static Expected<std::unique_ptr<Reader>> open(const std::filesystem::path& path);
  ~Reader();
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::uint32_t format() const { return format_; }
  /// The program that wrote it, e.g. "poolscope 0.1.0".
  [[nodiscard]] const std::string& program() const { return program_; }
  /// When that began to write it: UTC, "2026-01-31T14:25:00Z"; empty where the file does not say.
  [[nodiscard]] const std::string& started() const { return started_; }
  /// False: its recording was cut off, or still goes on.
  [[nodiscard]] bool closed_cleanly() const { return closed_cleanly_; }
  /// Who recorded into it when it was opened.
  [[nodiscard]] const std::optional<RecordedBy>& recorded_by() const { return recorded_by_; }

  /// The state before the first event; its config is that of the first segment.
  [[nodiscard]] const Model& base() const { return base_; }
  [[nodiscard]] const SessionConfig& config() const { return base_.config; }
  /// What the file's event numbers (#1 is its first event) and times count from.
  [[nodiscard]] Origin origin() const { return Origin{base_.seq, base_.time_ns}; }

  [[nodiscard]] std::uint64_t event_count() const { return event_count_; }
  /// Of the last event, or of the last segment's start where nothing has happened since.
  [[nodiscard]] std::uint64_t last_seq() const;
  [[nodiscard]] std::int64_t last_time_ns() const;
  [[nodiscard]] std::int64_t duration_ns() const { return last_time_ns() - base_.time_ns; }

  /// In the order of seq.
  [[nodiscard]] const std::vector<ChunkInfo>& chunks() const { return chunks_; }
  /// In the order of seq; the first is base().
  [[nodiscard]] const std::vector<KeyframeInfo>& keyframes() const { return keyframes_; }
  /// In the order of seq.
  [[nodiscard]] const std::vector<Marker>& markers() const { return markers_; }
  /// The view track, in the order of seq.
  [[nodiscard]] const std::vector<ViewChange>& views() const { return views_; }
  /// In the order of what they are of, then of the numbers.
  [[nodiscard]] const std::vector<Name>& names() const { return names_; }
  /// In the order of seq; the first starts at the origin.
  [[nodiscard]] const std::vector<Segment>& segments() const { return segments_; }
  /// The one of segments() that the state after `seq` lies in.
  [[nodiscard]] const Segment& segment_at(std::uint64_t seq) const {
    return segments_[segment_of(segments_, seq)];
  }

  /// The events of chunks()[index]; an error that says which chunk is damaged, and how.
  Expected<Events> chunk(std::size_t index);
  /// The same as the file has them, in its own format; only their checksum and their number are
  /// looked at.
  Expected<Bytes> packed_chunk(std::size_t index);
  /// The model of keyframes()[index].
  Expected<Model> keyframe(std::size_t index);
  /// The state with which a segment starts.
  Expected<Model> first_of(const Segment& segment);

  /// The first chunk that holds an event after `seq`; chunks().size() where there is none.
  [[nodiscard]] std::size_t chunk_after(std::uint64_t seq) const;

  /// The number of the state that comes next after that of `seq`: of the next event, or of the
  /// start of the next segment. last_seq() where there is none.
  [[nodiscard]] std::uint64_t next_seq(std::uint64_t seq) const;

  /// Hands the events with first_seq <= seq <= last_seq to `take`, in order, in runs.
  Expected<void> each_run(std::uint64_t first_seq, std::uint64_t last_seq,
                          const std::function<void(std::span<const Event>)>& take);
  /// All the events in order, and the first state of each later segment before its events.
  Expected<void> each_part(const std::function<void(const Model&)>& starts,
                           const std::function<void(std::span<const Event>)>& take);

  /// The state after the event `seq`, clamped to what the file has.
  Expected<Model> model_at(std::uint64_t seq);

  /// The last event, or start of a segment, at or before `time_ns` of session time; the origin's
  /// seq where there is none.
  Expected<std::uint64_t> seq_at_time(std::int64_t time_ns);

 private:
  static constexpr std::size_t kChunksKept = 8;

  explicit Reader(std::filesystem::path path);

  Expected<void> read_header();
  Expected<void> connect();
  void read_meta();
  void read_index();
  void read_markers();
  void read_tables_of_3();
  void begin_segments();
  [[nodiscard]] Expected<void> check_index() const;
  [[nodiscard]] Expected<void> check_segments() const;
  Expected<Bytes> blob(const char* sql, std::uint64_t key);
  [[nodiscard]] std::string chunk_name(std::size_t index) const;
  Expected<Events> decode_chunk(std::size_t index);
  Expected<std::uint64_t> event_at_time(std::int64_t time_ns);

  std::filesystem::path path_;
  std::unique_ptr<HeldFile> held_;  // before the database: it goes after it
  std::unique_ptr<SQLite::Database> database_;
  std::uint32_t format_ = 0;
  std::string program_;
  std::string started_;
  bool closed_cleanly_ = false;
  std::optional<RecordedBy> recorded_by_;
  Model base_;
  std::uint64_t event_count_ = 0;
  std::vector<ChunkInfo> chunks_;
  std::vector<KeyframeInfo> keyframes_;
  std::vector<Marker> markers_;
  std::vector<ViewChange> views_;
  std::vector<Name> names_;
  std::vector<Segment> segments_;
  std::deque<std::pair<std::size_t, Events>> kept_;  // newest first
  std::unique_ptr<EventUnpacker> unpacker_;          // of the file's format
  Decompressor decompressor_;
};

}  // namespace poolscope
