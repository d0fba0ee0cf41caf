#pragma once

// Where goroutines pass objects in use to others, as through a Go channel: who only Gets hands on
// what it has used, and who only Puts takes it over.
//
// Thread safety: yes.
// Invariants: objects leave in the order in which they came. After close() nobody waits.

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <utility>

#include "core/trace/traced_object.h"

namespace poolscope {

class Handoff {
 public:
  void give(TracedObject* object) {
    {
      const std::scoped_lock lock(mutex_);
      objects_.push_back(object);
    }
    given_.notify_one();
  }

  /// The oldest, nullptr if there is none.
  TracedObject* try_take() {
    const std::scoped_lock lock(mutex_);
    return take_locked();
  }

  /// The oldest; waits up to `patience` for one. nullptr: none came, or it is closed.
  TracedObject* take(std::chrono::milliseconds patience) {
    std::unique_lock lock(mutex_);
    given_.wait_for(lock, patience, [this] { return closed_ || !objects_.empty(); });
    return take_locked();
  }

  void close() {
    {
      const std::scoped_lock lock(mutex_);
      closed_ = true;
    }
    given_.notify_all();
  }

 private:
  TracedObject* take_locked() {
    if (objects_.empty()) return nullptr;
    TracedObject* object = objects_.front();
    objects_.pop_front();
    return object;
  }

  std::mutex mutex_;
  std::condition_variable given_;
  std::deque<TracedObject*> objects_;
  bool closed_ = false;
};

}  // namespace poolscope
