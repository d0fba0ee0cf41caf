#pragma once

// A gate on a real thread: what a script's goroutines run on.
//
// Thread safety: run and go_on from the controller's thread, stand from the goroutine's.
// Invariants: of the controller and the goroutine exactly one runs; each hands over by a semaphore.

#include <functional>
#include <memory>
#include <semaphore>
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
      go_.release();
    }
    Thread(const Thread&) = delete;
    Thread& operator=(const Thread&) = delete;

   private:
    friend class ThreadGate;
    void work(const std::stop_token& stop);

    std::binary_semaphore go_{0};
    std::binary_semaphore stood_{0};
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
    thread_->go_.release();
    thread_->stood_.acquire();
    return stand_;
  }

  void stand(const Stand& where) override {
    stand_ = where;
    thread_->stood_.release();
    thread_->go_.acquire();
  }

 private:
  Threads& idle_;
  std::unique_ptr<Thread> thread_;
  std::function<void()> body_;
  Stand stand_;
};

inline void ThreadGate::Thread::work(const std::stop_token& stop) {
  for (;;) {
    go_.acquire();
    if (stop.stop_requested()) return;
    ThreadGate& gate = *gate_;
    current_g = &gate.g;
    gate.body_();
    current_g = nullptr;
    gate.stand_ = {.kind = Stand::Kind::kEnded};
    stood_.release();
  }
}

}  // namespace poolscope::script
