#include "core/session/recorder.h"

#include <algorithm>
#include <utility>

#include "core/base/check.h"
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

Expected<std::unique_ptr<Recorder>> Recorder::create(const std::filesystem::path& path,
                                                     bool overwrite, const Model& base,
                                                     RecorderOptions options) {
  auto writer = FileWriter::create(path, overwrite, base, options.program);
  if (!writer) return tl::make_unexpected(writer.error());
  return std::unique_ptr<Recorder>(new Recorder(std::move(*writer), base, std::move(options)));
}

Recorder::Recorder(std::unique_ptr<FileWriter> writer, const Model& base, RecorderOptions options)
    : options_(std::move(options)),
      path_(writer->path()),
      writer_(std::move(writer)),
      queue_(options_.queue_bytes),
      model_(base),
      begin_ns_(base.time_ns),
      committed_seq_(base.seq),
      keyframes_{Origin{base.seq, base.time_ns}} {
  tail_.reserve(format::kChunkEvents);
  thread_ = std::jthread([this] { work(); });
}

Recorder::~Recorder() {
  if (thread_.joinable()) static_cast<void>(close());
}

void Recorder::add_marker(std::uint64_t seq, std::int64_t time_ns, std::string text) {
  const std::scoped_lock lock(mutex_);
  markers_.push_back({seq, time_ns, std::move(text)});
}

Expected<Recorder::Summary> Recorder::close() {
  check(thread_.joinable(), "a recorder is closed once");
  queue_.close();
  thread_.join();
  if (!error()) {
    if (auto closed = writer_->close(); !closed) fail(closed.error());
  }
  const Summary summary{events_, writer_->file_bytes(), model_.time_ns - begin_ns_, waited()};
  writer_.reset();
  if (auto problem = error()) return tl::make_unexpected(*problem);
  return summary;
}

std::optional<Error> Recorder::error() const {
  const std::scoped_lock lock(mutex_);
  return error_;
}

void Recorder::fail(Error error) {
  {
    const std::scoped_lock lock(mutex_);
    if (!error_) error_ = std::move(error);
  }
  queue_.close();
}

void Recorder::work() {
  auto next_commit = EventQueue::Clock::now() + options_.commit_every;
  while (!queue_.closed_and_empty()) {
    EventQueue::Block events = queue_.pop(next_commit);
    if (events.capacity() > 0) {
      const auto taken = take(events);
      queue_.give_back(std::move(events));
      if (!taken) return fail(taken.error());
    }
    if (EventQueue::Clock::now() < next_commit) continue;
    next_commit = EventQueue::Clock::now() + options_.commit_every;
    if (const auto committed = commit(); !committed) return fail(committed.error());
  }
  if (const auto committed = commit(); !committed) fail(committed.error());
}

Expected<void> Recorder::take(std::span<const Event> events) {
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
Expected<void> Recorder::store_tail() {
  if (tail_.size() == tail_stored_) return {};
  const auto size = writer_->put_chunk(tail_);
  if (!size) return tl::make_unexpected(size.error());
  bytes_since_keyframe_ += *size;
  tail_stored_ = tail_.size();
  return {};
}

/// Ends the chunk, with a keyframe behind it where one is due.
Expected<void> Recorder::seal_tail() {
  if (auto stored = store_tail(); !stored) return stored;
  tail_.clear();
  tail_stored_ = 0;
  if (!keyframe_due()) return {};
  return put_keyframe();
}

bool Recorder::keyframe_wanted_for_keep_last() const {
  return options_.keep_last_ns > 0 && events_since_keyframe_ > 0 &&
         model_.time_ns - keyframes_.back().time_ns >= options_.keep_last_ns / kKeyframesInKept;
}

bool Recorder::keyframe_due() const {
  return keyframe_wanted_for_keep_last() ||
         (events_since_keyframe_ >= kKeyframeEvents &&
          bytes_since_keyframe_ >= kKeyframeShare * keyframe_bytes_);
}

Expected<void> Recorder::put_keyframe() {
  const auto size = writer_->put_keyframe(model_);
  if (!size) return tl::make_unexpected(size.error());
  keyframes_.push_back(Origin{model_.seq, model_.time_ns});
  keyframe_bytes_ = *size;
  bytes_since_keyframe_ = 0;
  events_since_keyframe_ = 0;
  return {};
}

Expected<void> Recorder::put_markers() {
  std::vector<Marker> markers;
  {
    const std::scoped_lock lock(mutex_);
    markers.swap(markers_);
  }
  for (const Marker& marker : markers) {
    if (auto put = writer_->put_marker(marker.seq, marker.time_ns, marker.text); !put) return put;
  }
  return {};
}

/// Lets go of what keep_last no longer wants: all before the newest keyframe that is old enough.
Expected<void> Recorder::drop_old() {
  if (options_.keep_last_ns == 0) return {};
  const std::int64_t keep_from_ns = model_.time_ns - options_.keep_last_ns;
  bool dropped = false;
  while (keyframes_.size() > 1 && keyframes_[1].time_ns <= keep_from_ns) {
    keyframes_.pop_front();
    dropped = true;
  }
  return dropped ? writer_->drop_before(keyframes_.front().seq) : Expected<void>{};
}

Expected<void> Recorder::commit() {
  if (auto put = put_markers(); !put) return put;
  const bool seals = tail_.size() >= kSealEvents || keyframe_wanted_for_keep_last();
  if (auto stored = seals ? seal_tail() : store_tail(); !stored) return stored;
  if (auto dropped = drop_old(); !dropped) return dropped;
  if (auto committed = writer_->commit(); !committed) return committed;
  if (model_.seq != committed_seq_ && options_.on_commit) {
    options_.on_commit(model_.seq - origin().seq, model_.time_ns - origin().time_ns);
  }
  committed_seq_ = model_.seq;
  return {};
}

}  // namespace poolscope
