#pragma once

// The objects of a session: each is real memory, counted from its making to its freeing.
//
// Thread safety: make from any goroutine; free in a stopped world or after the end.
// Invariants: created() - freed() objects are alive.

#include <atomic>
#include <cstdint>

#include "core/base/check.h"
#include "core/trace/traced_object.h"

namespace poolscope {

class Heap {
 public:
  /// A new object, in use by `holder`.
  TracedObject* make(GId holder) {
    const std::uint32_t number = created_.fetch_add(1, std::memory_order_relaxed) + 1;
    check(number != 0, "object numbers are used up (2^32)");
    auto* object = new TracedObject;
    object->id = ObjectId{number};
    object->holder = holder;
    return object;
  }

  void free(TracedObject* object) {
    delete object;
    freed_.fetch_add(1, std::memory_order_relaxed);
  }

  [[nodiscard]] std::uint32_t created() const { return created_.load(std::memory_order_relaxed); }
  [[nodiscard]] std::uint32_t freed() const { return freed_.load(std::memory_order_relaxed); }
  [[nodiscard]] std::uint32_t alive() const { return created() - freed(); }

 private:
  std::atomic<std::uint32_t> created_{0};
  std::atomic<std::uint32_t> freed_{0};
};

}  // namespace poolscope
