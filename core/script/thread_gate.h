#pragma once

// A gate on a real thread: what a script's goroutines run on.
//
// Thread safety: run and go_on from the controller's thread, stand from the goroutine's.
// Invariants: of the controller and the goroutine exactly one runs; each hands the turn over and
// sleeps. A std::binary_semaphore would yield a while before it sleeps, and on a busy machine each
// yield costs a time slice.

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "core/script/gate.h"

namespace poolscope::script {

class ThreadGate final : public Gate {
 public:
  /// A thread that runs one body after the other.
  class Thread {
   public:
    Thread() : thread_([this](const std::stop_token& stop) { work(stop); }) {}
    ~Thread() {
      thread_.request_stop();
      give_turn(Turn::kGoroutine);
    }
    Thread(const Thread&) = delete;
    Thread& operator=(const Thread&) = delete;

   private:
    friend class ThreadGate;
    enum class Turn { kController, kGoroutine };

    void work(const std::stop_token& stop);
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
    ThreadGate* gate_ = nullptr;
    std::jthread thread_;
  };
  /// Threads without work; a gate takes one and gives it back.
  using Threads = std::vector<std::unique_ptr<Thread>>;

  ThreadGate(GateMachine& machine, Threads& idle) : Gate(machine), idle_(idle) {
    if (idle_.empty()) idle_.push_back(std::make_unique<Thread>());
    thread_ = std::move(idle_.back());
    idle_.pop_back();
  }
  ~ThreadGate() override { idle_.push_back(std::move(thread_)); }

  /// What the goroutine is to do from its first go_on.
  void set_body(std::function<void()> body) { body_ = std::move(body); }

  /// Lets the goroutine go on, to where it stands next. It must not have ended.
  Stand go_on() {
    thread_->gate_ = this;
    thread_->give_turn(Thread::Turn::kGoroutine);
    thread_->wait_for_turn(Thread::Turn::kController);
    return stand_;
  }

  void stand(const Stand& where) override {
    stand_ = where;
    thread_->give_turn(Thread::Turn::kController);
    thread_->wait_for_turn(Thread::Turn::kGoroutine);
  }

 private:
  Threads& idle_;
  std::unique_ptr<Thread> thread_;
  std::function<void()> body_;
  Stand stand_;
};

inline void ThreadGate::Thread::work(const std::stop_token& stop) {
  for (;;) {
    wait_for_turn(Turn::kGoroutine);
    if (stop.stop_requested()) return;
    ThreadGate& gate = *gate_;
    current_g = &gate.g;
    gate.body_();
    current_g = nullptr;
    gate.stand_ = {.kind = Stand::Kind::kEnded};
    give_turn(Turn::kController);
  }
}

}  // namespace poolscope::script
