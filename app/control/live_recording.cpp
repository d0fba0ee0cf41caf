#include "app/control/live_recording.h"

#include <chrono>
#include <ctime>
#include <system_error>
#include <utility>

#include <fmt/format.h>

namespace poolscope {

LiveRecording::~LiveRecording() { finish(); }

void LiveRecording::take(Timeline& timeline, std::span<const Event> events) {
  const std::scoped_lock lock(mutex_);
  if (recorder_ != nullptr) recorder_->append(events);
  timeline.append(events);
}

Expected<void> LiveRecording::begin(const std::filesystem::path& file, bool overwrite,
                                    const Timeline& timeline) {
  join();
  if (hooked_) return {};
  // Making the file takes a while; the session goes on meanwhile.
  const std::shared_ptr<const Model> base = timeline.head();
  RecorderOptions options;
  options.program = program_;
  auto recorder = Recorder::create(file, overwrite, *base, std::move(options));
  if (!recorder) return tl::make_unexpected(recorder.error());
  file_ = (*recorder)->path().string();
  const std::scoped_lock lock(mutex_);
  const TimelinePast past = timeline.past();
  past.each_run(base->seq + 1, past.last(),
                [&](std::span<const Event> events) { (*recorder)->append(events); });
  recorder_ = std::move(*recorder);
  hooked_ = true;
  return {};
}

void LiveRecording::end() {
  if (!hooked_) return;
  hooked_ = false;
  std::unique_ptr<Recorder> recorder;
  {
    const std::scoped_lock lock(mutex_);
    recorder = std::move(recorder_);
  }
  join();
  closed_.store(false);
  closing_ =
      std::jthread([this, owned = std::move(recorder)]() mutable { close(std::move(owned)); });
}

void LiveRecording::close(std::unique_ptr<Recorder> recorder) {
  if (auto closed = recorder->close(); closed) {
    closed_recording_ =
        EndedRecording{recorder->path().string(), recorder->model(), recorder->origin()};
  } else {
    close_error_ = closed.error();
  }
  // Release: pairs with the acquire in update().
  closed_.store(true, std::memory_order_release);
}

void LiveRecording::join() {
  if (!closing_.joinable()) return;
  closing_.join();
  if (closed_recording_) ended_ = std::exchange(closed_recording_, std::nullopt);
}

void LiveRecording::finish() {
  end();
  join();
}

Expected<void> LiveRecording::update() {
  if (hooked_) {
    bool failed = false;
    {
      const std::unique_lock lock(mutex_, std::try_to_lock);
      failed = lock.owns_lock() && recorder_->error().has_value();
    }
    if (failed) end();
  }
  if (closing_.joinable() && closed_.load(std::memory_order_acquire)) join();
  if (!closing_.joinable() && close_error_) {
    return tl::make_unexpected(*std::exchange(close_error_, std::nullopt));
  }
  return {};
}

std::optional<EndedRecording> LiveRecording::take_ended() {
  return std::exchange(ended_, std::nullopt);
}

std::filesystem::path recording_name(const std::filesystem::path& folder) {
  std::error_code no_folder;  // what is wrong with it, making the file will tell
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
