#include "app/cli/interruption.h"

#include <cstdlib>
#include <ctime>
#include <system_error>
#include <utility>

namespace poolscope::cli {

Interruption::Interruption() {
  sigemptyset(&watched_);
  sigaddset(&watched_, SIGINT);
  sigaddset(&watched_, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &watched_, &before_);
}

Interruption::~Interruption() { give_back(); }

void Interruption::give_back() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

bool Interruption::wait_for(std::chrono::milliseconds time) {
  if (came_) return true;
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(time);
  timespec limit{};
  limit.tv_sec = seconds.count();
  limit.tv_nsec = std::chrono::nanoseconds(time - seconds).count();
  if (sigtimedwait(&watched_, nullptr, &limit) > 0) {
    came_ = true;
    give_back();
  }
  return came_;
}

RemovedByInterruption::RemovedByInterruption(std::filesystem::path file)
    : watch_([this, file = std::move(file)](const std::stop_token& done) {
        using namespace std::chrono_literals;
        while (!done.stop_requested()) {
          if (!interruption_.wait_for(20ms)) continue;
          std::error_code none;
          std::filesystem::remove(file, none);
          std::_Exit(kInterrupted);
        }
      }) {}

}  // namespace poolscope::cli
