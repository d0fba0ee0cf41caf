#include "core/session/recorder.h"

#include <algorithm>
#include <utility>

#include "core/base/check.h"
#include "core/base/overloaded.h"
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

void Recorder::note(decltype(Note::what) what) {
  const std::scoped_lock lock(mutex_);
  notes_.push_back({appended_.load(), std::move(what)});
  ++noted_;
}

void Recorder::begin_session(Model base) { note(SegmentStart{std::move(base)}); }

void Recorder::add_marker(Marker marker) { note(std::move(marker)); }
void Recorder::set_markers(std::vector<Marker> markers) { note(std::move(markers)); }
void Recorder::add_view(ViewChange change) { note(std::move(change)); }
void Recorder::add_name(Name name) { note(std::move(name)); }

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
      auto taken = write(events);
      queue_.give_back(std::move(events));
      if (!taken) return taken;
    }
    if (EventQueue::Clock::now() < next_commit) continue;
    next_commit = EventQueue::Clock::now() + options_.commit_every;
    if (auto committed = commit(); !committed) return committed;
  }
  if (auto committed = commit(); !committed) return committed;
  return writer_->close();
}

/// Takes in the next events, and the notes that belong before, between and behind them.
Expected<void> Recorder::write(std::span<const Event> events) {
  while (const auto note = take_note(written_ + events.size())) {
    // One that another thread has made meanwhile may belong before what is written already.
    const std::size_t before = std::max(note->after, written_) - written_;
    if (auto written = writer_->append(events.first(before)); !written) return written;
    events = events.subspan(before);
    written_ += before;
    if (auto written = put(*note); !written) return written;
    ++written_notes_;
  }
  written_ += events.size();
  return writer_->append(events);
}

/// The next note, if at most `until` events were appended before it.
std::optional<Recorder::Note> Recorder::take_note(std::uint64_t until) {
  const std::scoped_lock lock(mutex_);
  if (notes_.empty() || notes_.front().after > until) return std::nullopt;
  Note note = std::move(notes_.front());
  notes_.pop_front();
  return note;
}

Expected<void> Recorder::put(const Note& note) {
  return std::visit(
      Overloaded{
          [&](const SegmentStart& start) { return writer_->begin_session(start.base); },
          [&](const Marker& marker) { return writer_->add_marker(marker); },
          [&](const std::vector<Marker>& markers) { return writer_->set_markers(markers); },
          [&](const ViewChange& change) { return writer_->add_view(change); },
          [&](const Name& name) { return writer_->add_name(name); },
      },
      note.what);
}

Expected<void> Recorder::commit() {
  if (auto put = write({}); !put) return put;
  if (auto committed = writer_->commit(); !committed) return committed;
  committed_.store(written_);
  committed_notes_.store(written_notes_);
  const std::uint64_t seq = model().seq;
  if (seq != committed_seq_ && options_.on_commit) {
    options_.on_commit(seq - origin().seq, model().time_ns - origin().time_ns);
  }
  committed_seq_ = seq;
  return {};
}

}  // namespace poolscope
