#include "core/session/recorder.h"

#include <utility>

#include "core/base/check.h"
#include "core/session/session_writer.h"

namespace poolscope {

Expected<std::unique_ptr<Recorder>> Recorder::create(const std::filesystem::path& path,
                                                     bool overwrite, const Model& base,
                                                     RecorderOptions options) {
  auto writer = SessionWriter::create(path, overwrite, base, options.session);
  if (!writer) return tl::make_unexpected(writer.error());
  return std::unique_ptr<Recorder>(new Recorder(std::move(*writer), std::move(options)));
}

Recorder::Recorder(std::unique_ptr<SessionWriter> writer, RecorderOptions options)
    : options_(std::move(options)),
      begin_ns_(writer->model().time_ns),
      writer_(std::move(writer)),
      queue_(options_.queue_bytes),
      committed_seq_(writer_->model().seq) {
  thread_ = std::jthread([this] { work(); });
}

Recorder::~Recorder() {
  if (thread_.joinable()) static_cast<void>(close());
}

void Recorder::add_marker(Marker marker) {
  const std::scoped_lock lock(mutex_);
  markers_.push_back(std::move(marker));
}

Expected<Recorder::Summary> Recorder::close() {
  check(thread_.joinable(), "a recorder is closed once");
  queue_.close();
  thread_.join();
  if (auto problem = error()) {
    writer_->abandon();
    return tl::make_unexpected(*problem);
  }
  return Summary{writer_->events(), writer_->file_bytes(), model().time_ns - begin_ns_, waited()};
}

std::optional<Error> Recorder::error() const {
  const std::scoped_lock lock(mutex_);
  return error_;
}

const std::filesystem::path& Recorder::path() const { return writer_->path(); }
const Model& Recorder::model() const { return writer_->model(); }
Origin Recorder::origin() const { return writer_->origin(); }

void Recorder::fail(Error error) {
  {
    const std::scoped_lock lock(mutex_);
    if (!error_) error_ = std::move(error);
  }
  queue_.close();
}

void Recorder::work() {
  if (auto worked = write_all(); !worked) fail(worked.error());
}

Expected<void> Recorder::write_all() {
  auto next_commit = EventQueue::Clock::now() + options_.commit_every;
  while (!queue_.closed_and_empty()) {
    EventQueue::Block events = queue_.pop(next_commit);
    if (events.capacity() > 0) {
      const auto taken = writer_->append(events);
      queue_.give_back(std::move(events));
      if (!taken) return taken;
    }
    if (EventQueue::Clock::now() < next_commit) continue;
    next_commit = EventQueue::Clock::now() + options_.commit_every;
    if (const auto committed = commit(); !committed) return committed;
  }
  if (const auto committed = commit(); !committed) return committed;
  return writer_->close();
}

Expected<void> Recorder::put_markers() {
  std::vector<Marker> markers;
  {
    const std::scoped_lock lock(mutex_);
    markers.swap(markers_);
  }
  for (const Marker& marker : markers) {
    if (auto put = writer_->add_marker(marker); !put) return put;
  }
  return {};
}

Expected<void> Recorder::commit() {
  if (auto put = put_markers(); !put) return put;
  if (auto committed = writer_->commit(); !committed) return committed;
  const std::uint64_t seq = model().seq;
  if (seq != committed_seq_ && options_.on_commit) {
    options_.on_commit(seq - origin().seq, model().time_ns - origin().time_ns);
  }
  committed_seq_ = seq;
  return {};
}

}  // namespace poolscope
