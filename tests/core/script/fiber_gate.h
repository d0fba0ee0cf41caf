#pragma once

// A gate on a fiber: goroutines of one thread, for exploration in which a hand-over must cost next
// to nothing.
//
// Thread safety: one thread. Invariants: stacks are kept and used again.

#include <functional>
#include <utility>
#include <vector>

#include <boost/context/fiber.hpp>
#include <boost/context/pooled_fixedsize_stack.hpp>

#include "core/script/gate.h"

namespace poolscope::script {

class FiberGate final : public Gate {
 public:
  /// Stacks for fibers.
  struct Threads {
    boost::context::pooled_fixedsize_stack stacks{64 * 1024};
  };

  FiberGate(GateMachine& machine, Threads& threads) : Gate(machine), threads_(threads) {}

  void set_body(std::function<void()> body) { body_ = std::move(body); }

  Stand go_on() {
    if (!fiber_) start();
    current_g = &g;
    fiber_ = std::move(fiber_).resume();
    current_g = nullptr;
    return stand_;
  }

  void stand(const Stand& where) override {
    stand_ = where;
    controller_ = std::move(controller_).resume();
    current_g = &g;
  }

 private:
  void start() {
    fiber_ = boost::context::fiber(std::allocator_arg, threads_.stacks,
                                   [this](boost::context::fiber&& controller) {
                                     controller_ = std::move(controller);
                                     body_();
                                     stand_ = {.kind = Stand::Kind::kEnded};
                                     return std::move(controller_);
                                   });
  }

  Threads& threads_;
  boost::context::fiber fiber_;
  boost::context::fiber controller_;
  std::function<void()> body_;
  Stand stand_;
};

}  // namespace poolscope::script
