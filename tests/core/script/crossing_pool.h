#pragma once

// A pool that is wrong: Put takes two locks in one order, Get in the other.
//
// Thread safety: it deadlocks. Invariants: it holds one object, which no Get finds.

#include "core/pool/new_func.h"
#include "core/pool/step.h"
#include "core/pool/value.h"
#include "core/pool/world.h"
#include "core/runtime/lock.h"
#include "tests/core/script/one_array.h"

namespace poolscope::script {

template <class Env>
class CrossingPool : public OneArray<Env> {
 public:
  using Probe = typename Env::Probe;

  explicit CrossingPool(const NewFunc* /*new_func*/) {}

  void put(Value x) {
    typename Env::OperationScope operation;
    Probe::put_begin(*this, x);
    Env::lock_local(one_);
    Env::template point<Step::kPutLocked>();
    Env::lock_local(other_);
    if (locals_ == nullptr) this->make_array(*this);
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

 private:
  using OneArray<Env>::locals_;

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
