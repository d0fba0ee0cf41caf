#pragma once

// A pool that is right, or wrong in what it makes the world free: one place, P 0's private.
//
// Thread safety: of one goroutine at a time. Invariants: a GC drops the array, with what it holds
// or without, and the next Put makes another.

#include <utility>

#include "core/pool/new_func.h"
#include "core/pool/value.h"
#include "core/pool/world.h"
#include "tests/core/script/one_array.h"

namespace poolscope::script {

enum class Forgets {
  kRightly,
  kFreesTwice,        // what a GC forgets
  kFreesWhatIsInUse,  // what was put, though a Get may have it now
  kFreesInPut,        // what is put, while the world runs
  kFreesNothing,      // of what a GC forgets
};

template <class Env, Forgets kForgets>
class ForgetfulPool : public OneArray<Env> {
 public:
  using Probe = typename Env::Probe;

  explicit ForgetfulPool(const NewFunc* /*new_func*/) {}

  void put(Value x) {
    typename Env::OperationScope operation;
    Probe::put_begin(*this, x);
    if (locals_ == nullptr) this->make_array(*this);
    Env::proc_pin();
    Probe::pinned(locals_, 0);
    Probe::private_store(x);
    locals_->private_value = last_ = x;
    Env::proc_unpin();
    if constexpr (kForgets == Forgets::kFreesInPut) Env::world(*this).free_object(x);
    Probe::put_end();
  }
  Value get() {
    typename Env::OperationScope operation;
    Probe::get_begin(*this);
    Value x;
    if (locals_ != nullptr) {
      Env::proc_pin();
      Probe::pinned(locals_, 0);
      x = std::exchange(locals_->private_value, Value::nil());
      Probe::private_taken(x);
      Env::proc_unpin();
    }
    Probe::get_end(x);
    return x;
  }

  static void pool_cleanup(World<ForgetfulPool>& world) {
    for (ForgetfulPool* p : world.all_pools) p->clean(world);
    world.all_pools.clear();
  }

 private:
  using OneArray<Env>::locals_;

  void clean(World<ForgetfulPool>& world) {
    const Value x = kForgets == Forgets::kFreesWhatIsInUse ? last_ : locals_->private_value;
    if (kForgets != Forgets::kFreesNothing && !x.is_nil()) world.free_object(x);
    if constexpr (kForgets == Forgets::kFreesTwice) world.free_object(x);
    locals_->private_value = Value::nil();
    world.retire_array(std::exchange(locals_, nullptr));
  }
  Value last_;  // that was put
};

}  // namespace poolscope::script
