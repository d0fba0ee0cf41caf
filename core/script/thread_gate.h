#pragma once

// A gate on a real thread: what a script's goroutines run on.
//
// Thread safety: go_on from the controller's thread, stand from the goroutine's.
// Invariants: of the controller and the goroutine exactly one runs; each hands the turn over and
// sleeps. A std::binary_semaphore would yield a while before it sleeps, and on a busy machine each
// yield costs a time slice. One thread serves one operation after the other.

#include <condition_variable>
#include <mutex>
#include <thread>

#include "core/base/check.h"
#include "core/script/gate.h"

namespace poolscope::script {

class ThreadGate final : public Gate {
 public:
  /// What the gates of one machine share besides: nothing.
  struct Common {};

  ThreadGate(GateMachine& machine, Common& /*common*/) : Gate(machine) {}
  ~ThreadGate() override {
    if (!thread_.joinable()) return;
    thread_.request_stop();
    give_turn(Turn::kGoroutine);
  }

  void go_on() override {
    // From goroutine to goroutine the turn goes by the controller.
    for (ThreadGate* gate = this; gate != nullptr; gate = static_cast<ThreadGate*>(gate->next_)) {
      gate->take_turn();
    }
  }

  void stand(const Stand& where) override {
    check(thread_.joinable(), "what runs on its controller's thread has nothing in its way");
    next_ = next_after(where);
    if (next_ == this) return;
    give_turn(Turn::kController);
    wait_for_turn(Turn::kGoroutine);
  }

 private:
  enum class Turn { kController, kGoroutine };

  /// The goroutine's side: one operation after the other.
  void work(const std::stop_token& stop) {
    for (;;) {
      wait_for_turn(Turn::kGoroutine);
      if (stop.stop_requested()) return;
      do {
        run_here();
        next_ = next_after({.kind = Stand::Kind::kEnded});
      } while (next_ == this);
      give_turn(Turn::kController);
    }
  }
  void take_turn() {
    if (!thread_.joinable()) {
      thread_ = std::jthread([this](const std::stop_token& stop) { work(stop); });
    }
    give_turn(Turn::kGoroutine);
    wait_for_turn(Turn::kController);
  }
  void give_turn(Turn to) {
    {
      const std::scoped_lock lock(mutex_);
      turn_ = to;
    }
    turned_.notify_one();
  }
  void wait_for_turn(Turn mine) {
    std::unique_lock lock(mutex_);
    turned_.wait(lock, [&] { return turn_ == mine; });
  }

  std::mutex mutex_;
  std::condition_variable turned_;
  Turn turn_ = Turn::kController;
  Gate* next_ = nullptr;  // whose turn it is after this one's
  std::jthread thread_;
};

}  // namespace poolscope::script
