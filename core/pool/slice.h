#pragma once

// []any: pointer, length, capacity, as Go lays it out; append doubles the capacity as Go does for
// short slices.
//
// Thread safety: none; its owner is whoever may write the field that holds it.
// Invariants: len <= cap; ptr is null exactly when cap is 0; cells at and above len are nil.

#include <algorithm>
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

  [[nodiscard]] std::size_t len() const { return len_; }
  /// Oldest first; valid until the next change.
  [[nodiscard]] std::span<const Value> cells() const { return {ptr_, len_}; }

  /// shared = append(shared, x)
  void append(Value x) {
    if (len_ == cap_) grow();
    ptr_[len_++] = x;
  }

  /// Takes the newest and clears its cell, so that the slice keeps nothing alive; nil if empty.
  Value pop_newest() {
    if (len_ == 0) return Value::nil();
    return std::exchange(ptr_[--len_], Value::nil());
  }

  /// shared = nil: gives the cells' memory back.
  void clear() {
    std::default_delete<Value[]>{}(ptr_);
    ptr_ = nullptr;
    len_ = 0;
    cap_ = 0;
  }

 private:
  void grow() {
    const std::size_t cap = cap_ == 0 ? 1 : cap_ * 2;
    auto cells = std::make_unique<Value[]>(cap);
    std::ranges::copy(this->cells(), cells.get());
    std::default_delete<Value[]>{}(ptr_);
    ptr_ = cells.release();
    cap_ = cap;
  }

  Value* ptr_ = nullptr;
  std::size_t len_ = 0;
  std::size_t cap_ = 0;
};

static_assert(sizeof(Slice) == 24, "Go's slice is three words");

}  // namespace poolscope
