#pragma once

// Where goroutines pass objects in use to others, as through a Go channel with a buffer: one that
// only Gets hands on what it has used, and one that only Puts takes it over.
//
// Thread safety: yes.
// Invariants: objects leave in the order in which they came. At most kMost of them are in it until
// close(): where Gets are faster than Puts, those that Get have to wait, or a long session would
// have ever more objects in use. After close() none waits.

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <utility>

#include "core/trace/traced_object.h"

namespace poolscope {

class Handoff {
 public:
  static constexpr std::size_t kMost = 256;

  /// Takes the object in; waits up to `patience` for room. False: there was none.
  [[nodiscard]] bool give(TracedObject* object, std::chrono::milliseconds patience) {
    {
      std::unique_lock lock(mutex_);
      if (!taken_.wait_for(lock, patience, [this] { return has_room(); })) return false;
      objects_.push_back(object);
    }
    given_.notify_one();
    return true;
  }
  /// As give(), without a wait.
  [[nodiscard]] bool try_give(TracedObject* object) {
    return give(object, std::chrono::milliseconds{0});
  }

  /// The oldest, nullptr if there is none.
  TracedObject* try_take() {
    std::unique_lock lock(mutex_);
    return take_and_unlock(lock);
  }

  /// The oldest; waits up to `patience` for one. nullptr: none came, or it is closed.
  TracedObject* take(std::chrono::milliseconds patience) {
    std::unique_lock lock(mutex_);
    given_.wait_for(lock, patience, [this] { return closed_ || !objects_.empty(); });
    return take_and_unlock(lock);
  }

  void close() {
    {
      const std::scoped_lock lock(mutex_);
      closed_ = true;
    }
    given_.notify_all();
    taken_.notify_all();
  }

 private:
  [[nodiscard]] bool has_room() const { return closed_ || objects_.size() < kMost; }

  TracedObject* take_and_unlock(std::unique_lock<std::mutex>& lock) {
    if (objects_.empty()) return nullptr;
    TracedObject* object = objects_.front();
    objects_.pop_front();
    lock.unlock();
    taken_.notify_one();
    return object;
  }

  std::mutex mutex_;
  std::condition_variable given_;  // for take: there is an object, or it is closed
  std::condition_variable taken_;  // for give: there is room, or it is closed
  std::deque<TracedObject*> objects_;
  bool closed_ = false;
};

}  // namespace poolscope
