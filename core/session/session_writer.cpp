#include "core/session/session_writer.h"

#include <utility>

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
  auto file = FileWriter::create(path, overwrite, base, options.program, options.details);
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
      keyframes_{Origin{base.seq, base.time_ns}} {
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
  for (const Event& event : events) {
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

/// Brings the file up to the end of the tail.
Expected<void> SessionWriter::store_tail() {
  if (tail_.size() == tail_stored_) return {};
  const auto size = file_->put_chunk(tail_);
  if (!size) return tl::make_unexpected(size.error());
  bytes_since_keyframe_ += *size;
  tail_stored_ = tail_.size();
  return {};
}

/// Ends the chunk, with a keyframe behind it where one is due.
Expected<void> SessionWriter::seal_tail() {
  if (auto stored = store_tail(); !stored) return stored;
  tail_.clear();
  tail_stored_ = 0;
  if (!keyframe_due()) return {};
  return put_keyframe();
}

bool SessionWriter::keyframe_wanted_for_keep_last() const {
  return options_.keep_last_ns > 0 && events_since_keyframe_ > 0 &&
         model_.time_ns - keyframes_.back().time_ns >= options_.keep_last_ns / kKeyframesInKept;
}

bool SessionWriter::keyframe_due() const {
  return keyframe_wanted_for_keep_last() ||
         (events_since_keyframe_ >= kKeyframeEvents &&
          bytes_since_keyframe_ >= kKeyframeShare * keyframe_bytes_);
}

Expected<void> SessionWriter::put_keyframe() {
  const auto size = file_->put_keyframe(model_);
  if (!size) return tl::make_unexpected(size.error());
  keyframes_.push_back(Origin{model_.seq, model_.time_ns});
  keyframe_bytes_ = *size;
  bytes_since_keyframe_ = 0;
  events_since_keyframe_ = 0;
  return {};
}

/// Lets go of what keep_last no longer wants: all before the newest keyframe that is old enough.
Expected<void> SessionWriter::drop_old() {
  if (options_.keep_last_ns == 0) return {};
  const std::int64_t keep_from_ns = model_.time_ns - options_.keep_last_ns;
  bool dropped = false;
  while (keyframes_.size() > 1 && keyframes_[1].time_ns <= keep_from_ns) {
    keyframes_.pop_front();
    dropped = true;
  }
  return dropped ? file_->drop_before(keyframes_.front().seq) : Expected<void>{};
}

Expected<void> SessionWriter::add_marker(const Marker& marker) { return file_->put_marker(marker); }

Expected<void> SessionWriter::add_view(const ViewChange& change) { return file_->put_view(change); }

Expected<void> SessionWriter::add_name(const Name& name) { return file_->put_name(name); }

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
