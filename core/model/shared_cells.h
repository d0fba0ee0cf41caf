#pragma once

// The contents of one shared, oldest first: pushed at the newest end, popped there by the classic
// pool and, at the oldest end, by the modern pool's thieves.
//
// Thread safety: a plain value.
// Invariants: equality is equality of the contents, however they came about.

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

#include "core/base/ids.h"

namespace poolscope {

class SharedCells {
 public:
  [[nodiscard]] bool empty() const { return size() == 0; }
  [[nodiscard]] std::size_t size() const { return cells_.size() - first_; }
  /// Oldest first; valid until the next change.
  [[nodiscard]] std::span<const ObjectId> cells() const {
    return std::span(cells_).subspan(first_);
  }
  [[nodiscard]] ObjectId newest() const { return empty() ? ObjectId::none() : cells_.back(); }
  [[nodiscard]] ObjectId oldest() const { return empty() ? ObjectId::none() : cells_[first_]; }

  void push_newest(ObjectId object) { cells_.push_back(object); }
  void pop_newest() {
    cells_.pop_back();
    shrink_when_empty();
  }
  void pop_oldest() {
    ++first_;
    if (first_ > 32 && first_ * 2 > cells_.size()) {
      cells_.erase(cells_.begin(), cells_.begin() + static_cast<std::ptrdiff_t>(first_));
      first_ = 0;
    }
    shrink_when_empty();
  }
  /// Takes out the cell at `place`, 0 the oldest.
  void erase(std::size_t place) {
    if (place == 0) return pop_oldest();
    cells_.erase(cells_.begin() + static_cast<std::ptrdiff_t>(first_ + place));
  }
  void clear() {
    cells_.clear();
    first_ = 0;
  }

  bool operator==(const SharedCells& other) const {
    return std::ranges::equal(cells(), other.cells());
  }

 private:
  void shrink_when_empty() {
    if (empty()) clear();
  }

  std::vector<ObjectId> cells_;
  std::size_t first_ = 0;
};

}  // namespace poolscope
