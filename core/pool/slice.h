#pragma once

// []any: pointer, length, capacity, as Go lays it out; append doubles the capacity as Go does for
// short slices.
//
// Thread safety: none; its owner is whoever may write the field that holds it.
// Invariants: len <= cap; ptr is null exactly when cap is 0; cells at and above len are nil.

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <memory>
#include <span>
#include <utility>

#include "core/pool/value.h"

namespace poolscope {

class Slice {
 public:
  Slice() = default;
  Slice(const Slice&) = delete;
  Slice& operator=(const Slice&) = delete;
  ~Slice() { clear(); }

  [[nodiscard]] std::size_t len() const { return len_.load(std::memory_order_relaxed); }
  /// Whether there was nothing a moment ago: the only thing that another than the owner
  /// may ask.
  [[nodiscard]] bool looks_empty() const { return len() == 0; }
  /// Oldest first; valid until the next change.
  [[nodiscard]] std::span<const Value> cells() const { return {ptr_, len()}; }

  /// shared = append(shared, x)
  [[gnu::always_inline]] void append(Value x) {
    const std::size_t length = len();
    if (length == cap_) grow();
    // Word by word: x may just have been written so, and one load of 16 bytes would have to wait
    // for both stores to reach the cache.
    ptr_[length].type = x.type;
    ptr_[length].data = x.data;
    set_len(length + 1);
  }

  /// Takes the newest and clears its cell, so that the slice keeps nothing alive; nil if empty.
  [[gnu::always_inline]] Value pop_newest() {
    const std::size_t length = len();
    if (length == 0) return Value::nil();
    set_len(length - 1);
    Value& cell = ptr_[length - 1];
    const Value x{cell.type, cell.data};
    cell = Value::nil();
    return x;
  }

  /// shared = nil: gives the cells' memory back.
  void clear() {
    std::default_delete<Value[]>{}(ptr_);
    ptr_ = nullptr;
    set_len(0);
    cap_ = 0;
  }

 private:
  void set_len(std::size_t len) { len_.store(len, std::memory_order_relaxed); }
  [[gnu::noinline]] void grow() {
    const std::size_t cap = cap_ == 0 ? 1 : cap_ * 2;
    auto cells = std::make_unique<Value[]>(cap);
    std::ranges::copy(this->cells(), cells.get());
    std::default_delete<Value[]>{}(ptr_);
    ptr_ = cells.release();
    cap_ = cap;
  }

  Value* ptr_ = nullptr;
  // Relaxed throughout: looks_empty() is a hint, all else is the owner's.
  std::atomic<std::size_t> len_{0};
  std::size_t cap_ = 0;
};

static_assert(sizeof(Slice) == 24, "Go's slice is three words");

}  // namespace poolscope
