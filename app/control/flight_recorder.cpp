#include "app/control/flight_recorder.h"

#include <thread>
#include <utility>

#include <fmt/format.h>

#include "app/control/is_ready.h"
#include "app/control/leftovers.h"
#include "app/control/live_recording.h"
#include "core/session/copy.h"
#include "core/session/reader.h"
#include "core/session/unfinished_file.h"

namespace poolscope {
namespace {

using namespace std::chrono_literals;

// A crash costs so much at most, and a quiet session writes no more often.
constexpr std::chrono::milliseconds kCommitEvery = 1s;
// How long what has happened may be on its way to the file before saving is given up.
constexpr std::chrono::seconds kCommitMost = 30s;
constexpr std::chrono::milliseconds kCommitPoll = 20ms;
// The oldest part of the file may go while it is being copied.
constexpr int kSaveTries = 4;

}  // namespace

RecorderOptions flight_options(std::string program, std::size_t mib) {
  RecorderOptions options;
  options.session.program = std::move(program);
  options.session.keep_last_ns = kFlight_ns;
  options.session.keep_last_bytes = mib << 20U;
  options.commit_every = kCommitEvery;
  return options;
}

FlightRecorder::FlightRecorder(std::filesystem::path folder, RecorderOptions options)
    : folder_(std::move(folder)), options_(std::move(options)) {}

FlightRecorder::~FlightRecorder() {
  while (!end(1h)) {
  }
}

void FlightRecorder::begin_session(const Model& base) {
  const std::scoped_lock lock(mutex_);
  if (ended_) return;
  if (recorder_ != nullptr) return recorder_->begin_session(base);
  parts_.push_back({base, {}, {}, {}});
  if (opening_.valid()) return;
  opening_ = std::async(std::launch::async, [this, base] { open(base); });
}

void FlightRecorder::take(std::span<const Event> events) {
  const std::scoped_lock lock(mutex_);
  if (ended_) return;
  if (recorder_ != nullptr) {
    if (!recorder_->offer(events)) fail_to_keep_up();
    return;
  }
  if (parts_.empty()) return;
  part_events_ += events.size();
  if (part_events_ * sizeof(Event) > options_.queue_bytes) {
    return fail(folder_.string() + ": the disk does not answer");
  }
  std::vector<Event>& part = parts_.back().events;
  part.insert(part.end(), events.begin(), events.end());
}

void FlightRecorder::set_markers(std::vector<Marker> markers) {
  const std::scoped_lock lock(mutex_);
  if (ended_) return;
  if (recorder_ != nullptr) return recorder_->set_markers(std::move(markers));
  if (!parts_.empty()) parts_.back().markers = std::move(markers);
}

void FlightRecorder::add_view(const ViewChange& change) {
  const std::scoped_lock lock(mutex_);
  if (ended_) return;
  if (recorder_ != nullptr) return recorder_->add_view(change);
  if (!parts_.empty()) parts_.back().views.push_back(change);
}

/// Makes the file, and hands over what has happened meanwhile.
void FlightRecorder::open(const Model& base) {
  auto made = Recorder::create(flight_name(folder_), false, base, options_);
  const std::scoped_lock lock(mutex_);
  if (!made) return fail(made.error().message);
  recorder_ = std::move(*made);
  if (ended_) return;
  feed_parts(*recorder_);
  running_ = !ended_;
}

void FlightRecorder::feed_parts(Recorder& recorder) {
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    if (i > 0) recorder.begin_session(parts_[i].base);
    if (!recorder.offer(parts_[i].events)) return fail_to_keep_up();
    for (const ViewChange& change : parts_[i].views) recorder.add_view(change);
    if (!parts_[i].markers.empty()) recorder.set_markers(std::move(parts_[i].markers));
  }
  parts_.clear();
}

/// Ends it; update() has the file closed. With the mutex held.
void FlightRecorder::fail(const std::string& why) {
  if (std::exchange(ended_, true)) return;
  running_ = false;
  failure_ = why;
  parts_.clear();
}

/// The recorder does not take what has happened. With the mutex held.
void FlightRecorder::fail_to_keep_up() {
  const auto error = recorder_->error();
  fail(error ? error->message : recorder_->path().string() + ": the disk does not keep up");
}

std::optional<std::string> FlightRecorder::take_failure() {
  const std::scoped_lock lock(mutex_);
  return std::exchange(failure_, std::nullopt);
}

void FlightRecorder::update() {
  bool ended = false;
  {
    const std::scoped_lock lock(mutex_);
    if (recorder_ != nullptr && !ended_) {
      if (auto error = recorder_->error()) fail(error->message);
    }
    ended = ended_;
  }
  if (ended) begin_closing();
  if (!is_ready(saving_)) return;
  auto saved = saving_.get();
  if (saved) {
    saved_ = std::move(*saved);
  } else {
    problem_ = saved.error().message;
  }
}

void FlightRecorder::begin_closing() {
  if (closing_.valid()) return;
  closing_ = std::async(std::launch::async, [this] { close(); });
}

/// The file is of no use any more.
void FlightRecorder::close() {
  if (opening_.valid()) opening_.wait();
  std::shared_ptr<Recorder> recorder;
  {
    const std::scoped_lock lock(mutex_);
    recorder = recorder_;
  }
  if (recorder == nullptr) return;
  const std::filesystem::path file = recorder->path();
  // What cannot be written at its end is not wanted either.
  static_cast<void>(recorder->close());
  remove_with_companions(file);
}

bool FlightRecorder::end(std::chrono::milliseconds most) {
  const auto until = std::chrono::steady_clock::now() + most;
  {
    const std::scoped_lock lock(mutex_);
    ended_ = true;
    running_ = false;
    parts_.clear();
  }
  given_up_ = true;
  if (saving_.valid() && saving_.wait_until(until) != std::future_status::ready) return false;
  begin_closing();
  return closing_.wait_until(until) == std::future_status::ready;
}

void FlightRecorder::save_last(const std::filesystem::path& folder, std::int64_t length_ns) {
  if (saving() || !running()) return;
  std::shared_ptr<Recorder> recorder;
  Until until;
  {
    const std::scoped_lock lock(mutex_);
    recorder = recorder_;
    until = {recorder->appended(), recorder->noted()};
  }
  saving_ = std::async(std::launch::async, [this, recorder, until, folder, length_ns] {
    return save(recorder, until, folder, length_ns);
  });
}

Expected<std::string> FlightRecorder::save(const std::shared_ptr<Recorder>& recorder, Until until,
                                           const std::filesystem::path& folder,
                                           std::int64_t length_ns) const {
  const auto late = std::chrono::steady_clock::now() + kCommitMost;
  while (recorder->committed() < until.events || recorder->committed_notes() < until.notes) {
    if (auto error = recorder->error()) return tl::make_unexpected(*error);
    if (given_up_ || std::chrono::steady_clock::now() > late) {
      return failed(recorder->path().string() + ": its disk does not take what has happened last");
    }
    std::this_thread::sleep_for(kCommitPoll);
  }
  Expected<std::string> saved;
  for (int i = 0; i < kSaveTries && !given_up_; ++i) {
    auto reader = Reader::open(recorder->path());
    if (!reader) return tl::make_unexpected(reader.error());
    const auto first = (*reader)->seq_at_time((*reader)->last_time_ns() - length_ns);
    if (!first) {
      saved = tl::make_unexpected(first.error());
      continue;
    }
    const std::filesystem::path file = recording_name(folder);
    const auto copied = copy_stretch(
        **reader, {*first, (*reader)->last_seq()}, file,
        {.program = options_.session.program, .goes_on = [this] { return !given_up_; }});
    if (copied) return file.string();
    saved = tl::make_unexpected(copied.error());
  }
  return saved;
}

}  // namespace poolscope
