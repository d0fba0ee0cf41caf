#include "tests/support/stalled_disk.h"

#include <chrono>
#include <cstddef>

namespace poolscope::testing {
namespace {

constexpr std::size_t kSoonFull_bytes = std::size_t{16} * 1024;

}  // namespace

void StalledDisk::stall(RecorderOptions& recorder) {
  recorder.queue_bytes = kSoonFull_bytes;
  recorder.commit_every = std::chrono::milliseconds(1);
  recorder.on_commit = [this](std::uint64_t /*number*/, std::int64_t /*time_ns*/) {
    std::unique_lock lock(mutex_);
    reached_ = true;
    changed_.notify_all();
    changed_.wait(lock, [this] { return free_; });
  };
}

bool StalledDisk::wait_for_commit() {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, std::chrono::seconds(10), [this] { return reached_; });
}

void StalledDisk::let_go() {
  const std::scoped_lock lock(mutex_);
  free_ = true;
  changed_.notify_all();
}

}  // namespace poolscope::testing
