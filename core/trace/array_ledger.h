#pragma once

// Where the newest arrays lie. It is no event: to a recording it would mean nothing, in another
// program they lie elsewhere.
//
// Thread safety: any thread.
// Invariants: the newest kArraysKept are known, oldest first; a list that was given out does not
// change.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <utility>

#include "core/base/array_address.h"

namespace poolscope {

class ArrayLedger {
 public:
  static constexpr std::size_t kArraysKept = 64;

  void note(ArrayId array, const void* first_local) {
    const std::lock_guard lock(mutex_);
    auto next = std::make_shared<ArrayAddresses>(*newest_);
    if (next->size() == kArraysKept) next->erase(next->begin());
    next->push_back({array, reinterpret_cast<std::uintptr_t>(first_local)});
    newest_ = std::move(next);
  }
  [[nodiscard]] std::shared_ptr<const ArrayAddresses> newest() const {
    const std::lock_guard lock(mutex_);
    return newest_;
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const ArrayAddresses> newest_ = std::make_shared<ArrayAddresses>();
};

}  // namespace poolscope
