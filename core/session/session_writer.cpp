#include "core/session/session_writer.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/base/check.h"
#include "core/model/move.h"
#include "core/model/reduce.h"
#include "core/session/file_writer.h"
#include "core/session/format.h"

namespace poolscope {
namespace {

// A chunk that is smaller than this at a commit is written again, longer, at the next one: a slow
// session does not become thousands of tiny chunks.
constexpr std::size_t kSealEvents = 4096;

// Seeking reduces half of this many events on average.
constexpr std::uint64_t kKeyframeEvents = 131'072;
// A large model is stored less often: keyframes take a fifth of the file at most.
constexpr std::size_t kKeyframeShare = 4;
// With keep_last the file begins at a keyframe, so it is that much longer than asked for.
constexpr std::int64_t kKeyframesInKept = 8;

}  // namespace

Expected<std::unique_ptr<SessionWriter>> SessionWriter::create(const std::filesystem::path& path,
                                                               bool overwrite, const Model& base,
                                                               SessionWriterOptions options) {
  auto file = FileWriter::create(path, overwrite, base, options.program);
  if (!file) return tl::make_unexpected(file.error());
  return std::unique_ptr<SessionWriter>(
      new SessionWriter(std::move(*file), base, std::move(options)));
}

SessionWriter::SessionWriter(std::unique_ptr<FileWriter> file, const Model& base,
                             SessionWriterOptions options)
    : options_(std::move(options)),
      path_(file->path()),
      file_(std::move(file)),
      model_(base),
      keyframes_{{Origin{base.seq, base.time_ns}}},
      configs_{{base.seq, base.config}} {
  tail_.reserve(format::kChunkEvents);
}

SessionWriter::~SessionWriter() = default;

std::uint64_t SessionWriter::file_bytes() const {
  std::error_code ignored;
  const auto size = std::filesystem::file_size(path_, ignored);
  return ignored ? 0 : size;
}

void SessionWriter::abandon() { file_.reset(); }

Expected<void> SessionWriter::append(std::span<const Event> events) {
  for (Event event : events) {
    event.set_seq(event.seq + moved_by_.seq);
    event.time_ns += moved_by_.time_ns;
    // A gap in seq ends a chunk: within one, seq is dense.
    const bool gap = !tail_.empty() && event.seq != tail_.back().seq + 1;
    if (gap || tail_.size() == format::kChunkEvents) {
      if (auto sealed = seal_tail(); !sealed) return sealed;
    }
    tail_.push_back(event);
    reduce(model_, event);
    ++events_;
    ++events_since_keyframe_;
  }
  return {};
}

Expected<void> SessionWriter::append_packed(
    const std::function<Expected<std::optional<PackedChunk>>()>& next, const Model& end) {
  check(!moves_numbers(), "packed events keep their numbers");
  if (auto sealed = seal_tail(); !sealed) return sealed;
  for (;;) {
    const auto chunk = next();
    if (!chunk) return tl::make_unexpected(chunk.error());
    if (!*chunk) break;
    if (auto put = file_->put_packed_chunk((*chunk)->info, (*chunk)->bytes); !put) return put;
    keyframes_.back().bytes += (*chunk)->bytes.size();
    kept_bytes_ += (*chunk)->bytes.size();
    events_ += (*chunk)->info.count;
  }
  model_ = end;
  return put_keyframe();
}

Expected<void> SessionWriter::begin_session(const Model& base) {
  if (auto sealed = seal_tail(); !sealed) return sealed;
  // Modulo 2^64: a session may have begun with a higher number.
  moved_by_ = {model_.seq + 1 - base.seq, model_.time_ns - base.time_ns};
  Model first = base;
  move_by(first, moved_by_);
  session_seq_ = first.seq;
  return put_segment(std::move(first));
}

Expected<void> SessionWriter::begin_segment(const Model& base) {
  if (auto sealed = seal_tail(); !sealed) return sealed;
  Model first = base;
  move_by(first, moved_by_);
  if (first.seq <= model_.seq || first.time_ns < model_.time_ns) {
    return failed(
        fmt::format("{}: a segment may not begin at event {}, before the last one, {}: "
                    "please report this",
                    path_.string(), first.seq, model_.seq));
  }
  return put_segment(std::move(first));
}

/// With the numbers and times of the file.
Expected<void> SessionWriter::put_segment(Model first) {
  const auto size = file_->put_segment({first.seq, first.time_ns, first.config.details}, first);
  if (!size) return tl::make_unexpected(size.error());
  model_ = std::move(first);
  begin_stretch(*size);
  configs_.push_back({model_.seq, model_.config});
  return {};
}

/// Brings the file up to the end of the tail.
Expected<void> SessionWriter::store_tail() {
  if (tail_.size() == tail_stored_) return {};
  const auto size = file_->put_chunk(tail_);
  if (!size) return tl::make_unexpected(size.error());
  // It takes the place of the shorter one.
  const std::size_t more = *size - std::min(*size, tail_bytes_);
  bytes_since_keyframe_ += more;
  keyframes_.back().bytes += more;
  kept_bytes_ += more;
  tail_bytes_ = *size;
  tail_stored_ = tail_.size();
  return {};
}

/// Ends the chunk, with a keyframe behind it where one is due.
Expected<void> SessionWriter::seal_tail() {
  if (auto stored = store_tail(); !stored) return stored;
  tail_.clear();
  tail_stored_ = 0;
  tail_bytes_ = 0;
  if (!keyframe_due()) return {};
  return put_keyframe();
}

bool SessionWriter::keyframe_wanted_for_keep_last() const {
  if (events_since_keyframe_ == 0) return false;
  const std::int64_t length_ns = model_.time_ns - keyframes_.back().at.time_ns;
  return (options_.keep_last_ns > 0 && length_ns >= options_.keep_last_ns / kKeyframesInKept) ||
         (options_.keep_last_bytes > 0 &&
          bytes_since_keyframe_ >= options_.keep_last_bytes / kKeyframesInKept);
}

bool SessionWriter::keyframe_due() const {
  return keyframe_wanted_for_keep_last() ||
         (events_since_keyframe_ >= kKeyframeEvents &&
          bytes_since_keyframe_ >= kKeyframeShare * keyframe_bytes_);
}

Expected<void> SessionWriter::put_keyframe() {
  const auto size = file_->put_keyframe(model_);
  if (!size) return tl::make_unexpected(size.error());
  begin_stretch(*size);
  return {};
}

/// Counts from the keyframe of model_, which the file has got.
void SessionWriter::begin_stretch(std::size_t keyframe_bytes) {
  keyframes_.push_back({Origin{model_.seq, model_.time_ns}, keyframe_bytes});
  kept_bytes_ += keyframe_bytes;
  keyframe_bytes_ = keyframe_bytes;
  bytes_since_keyframe_ = 0;
  events_since_keyframe_ = 0;
}

/// Lets go of what keep_last no longer wants: all before the newest keyframe that is old enough,
/// and of as many of the oldest stretches as are too much.
Expected<void> SessionWriter::drop_old() {
  const std::int64_t keep_from_ns = model_.time_ns - options_.keep_last_ns;
  const auto front_may_go = [&] {
    return (options_.keep_last_ns > 0 && keyframes_[1].at.time_ns <= keep_from_ns) ||
           (options_.keep_last_bytes > 0 && kept_bytes_ > options_.keep_last_bytes);
  };
  bool dropped = false;
  while (keyframes_.size() > 1 && front_may_go()) {
    kept_bytes_ -= keyframes_.front().bytes;
    keyframes_.pop_front();
    dropped = true;
  }
  if (!dropped) return {};
  if (auto done = file_->drop_before(origin().seq); !done) return done;
  const auto outlived = [&] { return configs_.size() > 1 && configs_[1].first <= origin().seq; };
  if (!outlived()) return {};
  while (outlived()) configs_.pop_front();
  return file_->put_config(configs_.front().second);
}

Expected<void> SessionWriter::add_marker(const Marker& marker) {
  Marker moved = marker;
  moved.seq += moved_by_.seq;
  moved.time_ns += moved_by_.time_ns;
  return file_->put_marker(moved);
}

Expected<void> SessionWriter::set_markers(std::span<const Marker> markers) {
  const std::uint64_t first = std::max(session_seq_, origin().seq);
  if (auto dropped = file_->drop_markers_from(first); !dropped) return dropped;
  for (const Marker& marker : markers) {
    if (marker.seq + moved_by_.seq < first) continue;
    if (auto put = add_marker(marker); !put) return put;
  }
  return {};
}

Expected<void> SessionWriter::add_view(const ViewChange& change) {
  ViewChange moved = change;
  moved.seq += moved_by_.seq;
  moved.time_ns += moved_by_.time_ns;
  return file_->put_view(moved);
}

Expected<void> SessionWriter::add_name(const Name& name) {
  if (auto put = file_->put_name(name); !put) return put;
  if (!keeps_the_end_only() || name.of != Name::Of::kGoroutine) return {};
  if (!is_named_.insert(name.id).second) return {};
  named_.push_back(name.id);
  if (named_.size() <= options_.goroutine_names_kept) return {};
  const std::uint64_t oldest = named_.front();
  named_.pop_front();
  is_named_.erase(oldest);
  return file_->drop_name(Name::Of::kGoroutine, oldest);
}

Expected<void> SessionWriter::commit() {
  const bool seals = tail_.size() >= kSealEvents || keyframe_wanted_for_keep_last();
  if (auto stored = seals ? seal_tail() : store_tail(); !stored) return stored;
  if (auto dropped = drop_old(); !dropped) return dropped;
  return file_->commit();
}

Expected<void> SessionWriter::close() {
  if (auto committed = commit(); !committed) return committed;
  return file_->close();
}

}  // namespace poolscope
