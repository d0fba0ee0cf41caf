#pragma once

// A pool of one chain and nothing else, for programs that are too long with all that Put and Get do
// around it: Put pushes to the head, Get on P 0 pops from the head, Get on any other P is a thief.
//
// Thread safety: as poolChain's: puts on P 0 only.
// Invariants: as the modern pool's. The first Put makes the array, of which place 0 is used; it
// stands before `together`, for that is no shared access.

#include <cstddef>
#include <cstdint>

#include "core/base/check.h"
#include "core/pool/local_array.h"
#include "core/pool/modern_pool.h"
#include "core/pool/new_func.h"
#include "core/pool/value.h"
#include "core/pool/world.h"

namespace poolscope::script {

/// Faults that exploration is to find.
enum class ChainFault {
  kNone,
  kLoses,   // a thief forgets what it has won
  kHollow,  // what lies in the chain and what is stolen has a type and no data
};

template <class Env, ChainFault kFault = ChainFault::kNone>
class ChainPool {
 public:
  using Local = ModernPoolLocal<Env, 128>;
  using Probe = typename Env::Probe;

  explicit ChainPool(const NewFunc* /*new_func*/) {}
  ChainPool(const ChainPool&) = delete;
  ChainPool& operator=(const ChainPool&) = delete;

  void put(Value x) {
    typename Env::OperationScope operation;
    Probe::put_begin(*this, x);
    if (locals_ == nullptr) make_array();
    const std::uint32_t pid = Env::proc_pin();
    check(pid == 0, "a chain has one producer, P 0");
    Probe::pinned(locals_, pid);
    locals_->shared.push_head(x);
    Env::proc_unpin();
    Probe::put_end();
  }

  Value get() {
    typename Env::OperationScope operation;
    Probe::get_begin(*this);
    check(locals_ != nullptr, "the first Put, before `together`, makes the array");
    const std::uint32_t pid = Env::proc_pin();
    const Value x = pid == 0 ? pop(pid) : steal(pid);
    Env::proc_unpin();
    Probe::get_end(x);
    return x;
  }

  static void pool_cleanup(World<ChainPool>& /*world*/) {}
  [[nodiscard]] Local* locals() const { return locals_; }
  [[nodiscard]] std::size_t local_size() const {
    return locals_ == nullptr ? 0 : header_of(locals_).length;
  }
  template <class F>
  static void for_each_value(const Local& l, const F& f) {
    l.shared.for_each_value([&f](Value x) {
      if constexpr (kFault == ChainFault::kHollow) x.data = nullptr;
      f(x);
    });
  }

 private:
  void make_array() {
    locals_ = Env::template make_array<Local>(*this, Env::gomaxprocs());
    Env::world(*this).all_pools.push_back(this);
  }
  Value pop(std::uint32_t pid) {
    Probe::pinned(locals_, pid);
    const Value x = locals_->shared.pop_head();
    if (x.is_nil()) Probe::shared_popped(x);
    return x;
  }
  Value steal(std::uint32_t pid) {
    Probe::slow_loaded(locals_, 1, pid);
    Probe::probing(0);
    const Value x = locals_->shared.pop_tail();
    if (x.is_nil()) Probe::shared_popped(x);
    if constexpr (kFault == ChainFault::kLoses) return Value::nil();
    if constexpr (kFault == ChainFault::kHollow) return {x.type, nullptr};
    return x;
  }

  Local* locals_ = nullptr;
};

}  // namespace poolscope::script
