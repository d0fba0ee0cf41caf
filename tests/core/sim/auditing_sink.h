#pragma once

// A sink that reduces what it is given, for tests that hold a live session against the audit.
//
// Thread safety: yes.

#include <atomic>
#include <chrono>
#include <mutex>
#include <string>
#include <thread>

#include "core/model/reduce.h"
#include "core/trace/event_sink.h"

namespace poolscope {

class AuditingSink final : public EventSink {
 private:
  template <class F>
  auto ask(const F& question) const {
    asking_.fetch_add(1);
    const std::scoped_lock lock(mutex_);
    asking_.fetch_sub(1);
    return question();
  }

 public:
  explicit AuditingSink(const SessionConfig& config) : model_(initial_model(config)) {}

  void on_events(std::span<const Event> events) override {
    // A session that is faster than its sink never lets go of it: whoever asks goes first.
    while (asking_.load() != 0) std::this_thread::yield();
    const std::scoped_lock lock(mutex_);
    for (const Event& event : events) {
      reduce(model_, event);
      if (event.kind == EventKind::kPutEnd || event.kind == EventKind::kGetEnd) ++operations_;
    }
  }

  [[nodiscard]] Model model() const {
    return ask([this] { return model_; });
  }
  [[nodiscard]] std::uint64_t operations_ended() const {
    return ask([this] { return operations_; });
  }

  /// Waits until `holds(model)`; a test that waits in vain is ended by its time limit.
  template <class F>
  void wait_until(const F& holds) const {
    while (!ask([&] { return holds(model_); })) {
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
  }

 private:
  mutable std::mutex mutex_;
  mutable std::atomic<int> asking_{0};
  Model model_;
  std::uint64_t operations_ = 0;
};

inline std::string first_divergence(const Model& model) {
  return model.divergence_list.empty() ? "" : model.divergence_list.front().what;
}

}  // namespace poolscope
