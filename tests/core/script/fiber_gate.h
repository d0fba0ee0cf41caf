#pragma once

// A gate on a fiber: goroutines of one thread, for exploration in which a hand-over must cost next
// to nothing.
//
// Thread safety: one thread. Invariants: the fiber and its stack serve one operation after the
// other. Whoever is left by a switch is kept by who it is: inside_ of its gate, or `controller`.

#include <memory>
#include <utility>

#include <boost/context/fiber.hpp>
#include <boost/context/fixedsize_stack.hpp>

#include "core/base/check.h"
#include "core/script/gate.h"

namespace poolscope::script {

class FiberGate final : public Gate {
 public:
  using Fiber = boost::context::fiber;
  /// What the gates of one machine share besides.
  struct Common {
    Fiber controller;           // while a goroutine runs
    FiberGate* left = nullptr;  // by the switch under way; nullptr: the controller
  };

  FiberGate(GateMachine& machine, Common& common) : Gate(machine), common_(common) {}
  ~FiberGate() override {
    if (!inside_) return;
    ends_ = true;
    enter();
  }

  void go_on() override { enter(); }

  void stand(const Stand& where) override {
    check(static_cast<bool>(common_.controller),
          "what runs on its controller's stack has nothing in its way");
    give_turn(next_after(where));
  }

 private:
  /// From the controller.
  void enter() {
    if (!inside_) make_fiber();
    switch_to(inside_, nullptr);
    current_g = nullptr;
  }
  /// From this goroutine to whose turn it is.
  void give_turn(Gate* to) {
    if (to == this) return;
    auto* const next = static_cast<FiberGate*>(to);
    if (next != nullptr && !next->inside_) next->make_fiber();
    switch_to(next != nullptr ? next->inside_ : common_.controller, this);
    current_g = &g;
  }

  void switch_to(Fiber& to, FiberGate* left) {
    common_.left = left;
    keep(std::move(to).resume());
  }
  /// After a switch, on the side that it led to.
  void keep(Fiber&& left) {
    (common_.left != nullptr ? common_.left->inside_ : common_.controller) = std::move(left);
  }

  void make_fiber() {
    inside_ = Fiber(std::allocator_arg, boost::context::fixedsize_stack(std::size_t{64} * 1024),
                    [this](Fiber&& left) {
                      keep(std::move(left));
                      return work();
                    });
  }
  /// The goroutine's side: one operation after the other. Returns whom it leaves the turn to.
  Fiber work() {
    while (!ends_) {
      run_here();
      give_turn(next_after({.kind = Stand::Kind::kEnded}));
    }
    common_.left = this;
    return std::move(common_.controller);
  }

  Common& common_;
  Fiber inside_;  // the goroutine, while another runs
  bool ends_ = false;
};

}  // namespace poolscope::script
