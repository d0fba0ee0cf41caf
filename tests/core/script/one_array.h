#pragma once

// What the wrong pools of these tests have in common: an array whose places have a private and
// nothing else, made when a Put first needs it.
//
// Thread safety: as the pool that has it.
// Invariants: the pool is in all_pools while it has an array that was made here.

#include <cstddef>

#include "core/pool/local_array.h"
#include "core/pool/value.h"

namespace poolscope::script {

template <class Env>
class OneArray {
 public:
  struct Local {
    Value private_value;
  };

  [[nodiscard]] Local* locals() const { return locals_; }
  [[nodiscard]] std::size_t local_size() const {
    return locals_ == nullptr ? 0 : header_of(locals_).length;
  }
  template <class F>
  static void for_each_value(const Local& l, const F& f) {
    if (!l.private_value.is_nil()) f(l.private_value);
  }

 protected:
  /// The array of `pool`, which this is a part of.
  template <class Pool>
  void make_array(Pool& pool) {
    locals_ = Env::template make_array<Local>(pool, Env::gomaxprocs());
    Env::world(pool).all_pools.push_back(&pool);
  }

  Local* locals_ = nullptr;
};

}  // namespace poolscope::script
