#include "app/control/live_recording.h"

#include <chrono>
#include <ctime>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "core/base/check.h"

namespace poolscope {

LiveRecording::~LiveRecording() { static_cast<void>(finish()); }

void LiveRecording::take(Timeline& timeline, std::span<const Event> events) {
  const std::scoped_lock lock(mutex_);
  if (recorder_ != nullptr) recorder_->append(events);
  timeline.append(events);
}

Expected<std::string> LiveRecording::hook_in(const std::filesystem::path& file, bool overwrite,
                                             const Timeline& timeline) {
  // Making the file takes a while; the session goes on meanwhile.
  const std::shared_ptr<const Model> base = timeline.head();
  auto recorder = Recorder::create(file, overwrite, *base, options_);
  if (!recorder) return tl::make_unexpected(recorder.error());
  std::string path = (*recorder)->path().string();
  const std::scoped_lock lock(mutex_);
  const TimelinePast past = timeline.past();
  past.each_run(base->seq + 1, past.last(),
                [&](std::span<const Event> events) { (*recorder)->append(events); });
  recorder_ = std::move(*recorder);
  return path;
}

void LiveRecording::start_file() {
  moved_by_ = {};
  earlier_markers_.clear();
  marked_earlier_ = false;
  notes_ = {};
}

void LiveRecording::end_session(Position last, std::vector<Marker> markers, bool marked) {
  ended_at_ = {moved_by_.seq + last.seq, moved_by_.time_ns + last.time_ns};
  marked_earlier_ = marked_earlier_ || marked;
  for (Marker& marker : markers) {
    marker.seq += moved_by_.seq;
    marker.time_ns += moved_by_.time_ns;
    earlier_markers_.push_back(std::move(marker));
  }
  const std::scoped_lock lock(mutex_);
  note_in(*recorder_, std::exchange(notes_, {}));
}

// As SessionWriter::begin_session does: the start takes a number of its own.
void LiveRecording::begin_session(const Model& base) {
  check(can_go_on(), "a recording that was handed over is under way");
  moved_by_ = {ended_at_.seq + 1 - base.seq, ended_at_.time_ns - base.time_ns};
  const std::scoped_lock lock(mutex_);
  recorder_->begin_session(base);
}

Expected<void> LiveRecording::begin_now(const std::filesystem::path& file, bool overwrite,
                                        const Timeline& timeline) {
  start_file();
  auto hooked = hook_in(file, overwrite, timeline);
  if (!hooked) return tl::make_unexpected(hooked.error());
  file_ = std::move(*hooked);
  stage_ = Stage::kHooked;
  return {};
}

void LiveRecording::begin(const std::filesystem::path& folder, const Timeline& timeline) {
  if (stage_ != Stage::kNone) return;
  file_.clear();
  start_file();
  start_beside(Stage::kOpening, [this, folder, &timeline] { open(folder, timeline); });
}

void LiveRecording::end() {
  if (stage_ == Stage::kOpening) end_wanted_ = true;
  if (stage_ != Stage::kHooked) return;
  start_beside(Stage::kClosing, [this, notes = std::exchange(notes_, {})] { close(notes); });
}

void LiveRecording::start_beside(Stage stage, std::function<void()> work) {
  stage_ = stage;
  outcome_ = {};
  done_.store(false);
  beside_ = std::jthread([this, work = std::move(work)] {
    work();
    // Release: pairs with the acquire in update().
    done_.store(true, std::memory_order_release);
  });
}

void LiveRecording::open(const std::filesystem::path& folder, const Timeline& timeline) {
  if (auto hooked = hook_in(recording_name(folder), false, timeline); hooked) {
    outcome_.file = std::move(*hooked);
  } else {
    outcome_.error = hooked.error();
  }
}

void LiveRecording::set_markers(std::vector<Marker> markers) {
  if (!under_way()) return;
  notes_.markers = std::move(markers);
  hand_on_notes();
}

void LiveRecording::add_view(ViewChange change) {
  if (!under_way()) return;
  notes_.views.push_back(std::move(change));
  hand_on_notes();
}

/// The file may still be made, or the collector wait for the disk: then the next update does it.
void LiveRecording::hand_on_notes() {
  if (stage_ != Stage::kHooked || (notes_.views.empty() && !notes_.markers)) return;
  const std::unique_lock lock(mutex_, std::try_to_lock);
  if (lock.owns_lock()) note_in(*recorder_, std::exchange(notes_, {}));
}

void LiveRecording::note_in(Recorder& recorder, Notes notes) {
  for (ViewChange& change : notes.views) recorder.add_view(std::move(change));
  if (notes.markers) recorder.set_markers(std::move(*notes.markers));
}

void LiveRecording::close(Notes notes) {
  std::unique_ptr<Recorder> recorder;
  {
    const std::scoped_lock lock(mutex_);
    recorder = std::move(recorder_);
  }
  note_in(*recorder, std::move(notes));
  if (auto closed = recorder->close(); !closed) {
    outcome_.error = closed.error();
    return;
  }
  outcome_.ended = EndedRecording{recorder->path().string(), recorder->model(), recorder->origin()};
}

Expected<void> LiveRecording::take_outcome() {
  beside_.join();
  Outcome outcome = std::exchange(outcome_, {});
  const bool opened = stage_ == Stage::kOpening && !outcome.error;
  stage_ = opened ? Stage::kHooked : Stage::kNone;
  if (opened) file_ = std::move(outcome.file);
  if (outcome.ended) ended_ = std::move(outcome.ended);
  if (std::exchange(end_wanted_, false)) end();
  if (outcome.error) return tl::make_unexpected(*outcome.error);
  return {};
}

Expected<void> LiveRecording::finish() {
  Expected<void> outcome;
  end();
  while (beside_.joinable()) {
    if (auto taken = take_outcome(); !taken && outcome) outcome = std::move(taken);
  }
  return outcome;
}

Expected<void> LiveRecording::update() {
  hand_on_notes();
  if (stage_ == Stage::kHooked) {
    bool failed = false;
    {
      const std::unique_lock lock(mutex_, std::try_to_lock);
      failed = lock.owns_lock() && recorder_->error().has_value();
    }
    if (failed) end();
  }
  if (!beside_.joinable() || !done_.load(std::memory_order_acquire)) return {};
  return take_outcome();
}

std::optional<EndedRecording> LiveRecording::take_ended() {
  return std::exchange(ended_, std::nullopt);
}

std::filesystem::path recording_name(const std::filesystem::path& folder) {
  std::error_code no_folder;  // making the file will report what is wrong with it
  std::filesystem::create_directories(folder, no_folder);
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm local{};
  localtime_r(&now, &local);
  char stamp[32];
  std::strftime(stamp, sizeof stamp, "%Y%m%d-%H%M%S", &local);
  std::filesystem::path file = folder / fmt::format("session-{}.poolscope", stamp);
  std::error_code error;
  for (int i = 2; std::filesystem::exists(file, error); ++i) {
    file = folder / fmt::format("session-{}-{}.poolscope", stamp, i);
  }
  return file;
}

}  // namespace poolscope
