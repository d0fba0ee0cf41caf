#pragma once

// A pool that is wrong: Put takes two locks in one order, Get in the other.
//
// Thread safety: it deadlocks. Invariants: it holds one object, which no Get finds.

#include <cstddef>

#include "core/pool/local_array.h"
#include "core/pool/new_func.h"
#include "core/pool/step.h"
#include "core/pool/value.h"
#include "core/pool/world.h"
#include "core/runtime/lock.h"

namespace poolscope::script {

template <class Env>
class CrossingPool {
 public:
  using Probe = typename Env::Probe;
  struct Local {
    Value private_value;
  };

  explicit CrossingPool(const NewFunc* /*new_func*/) {}

  void put(Value x) {
    typename Env::OperationScope operation;
    Probe::put_begin(*this, x);
    Env::lock_local(one_);
    Env::template point<Step::kPutLocked>();
    Env::lock_local(other_);
    if (locals_ == nullptr) make_array();
    Probe::shared_push(x);
    locals_->private_value = x;
    Env::unlock_local(other_);
    Env::unlock_local(one_);
    Probe::put_end();
  }
  Value get() {
    typename Env::OperationScope operation;
    Probe::get_begin(*this);
    Env::lock_local(other_);
    Env::template point<Step::kGetLocked>();
    Env::lock_local(one_);
    Env::unlock_local(one_);
    Env::unlock_local(other_);
    Probe::get_end(Value::nil());
    return Value::nil();
  }

  static void pool_cleanup(World<CrossingPool>& /*world*/) {}
  [[nodiscard]] Local* locals() const { return locals_; }
  [[nodiscard]] std::size_t local_size() const {
    return locals_ == nullptr ? 0 : header_of(locals_).length;
  }
  template <class F>
  static void for_each_value(const Local& l, const F& f) {
    if (!l.private_value.is_nil()) f(l.private_value);
  }

 private:
  void make_array() {
    locals_ = Env::template make_array<Local>(*this, Env::gomaxprocs());
    Env::world(*this).all_pools.push_back(this);
  }

  Local* locals_ = nullptr;
  Lock one_;
  Lock other_;
};

/// Two operations that can deadlock on it.
inline constexpr const char* kCrossing =
    "variant classic\nprocs 2\npool A nonew\ntogether\nput p0 A a\nget p1 A\n";
/// A schedule that leads there, as a script for run.
inline constexpr const char* kDeadlock =
    "variant classic\nprocs 2\npool A nonew\nbegin task2 p1 get A until get.locked\n"
    "begin task1 p0 put A a until put.locked\ncont task2\ncont task1\ndump\n";

}  // namespace poolscope::script
