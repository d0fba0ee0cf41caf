#pragma once

// One Put or Get under way: what it holds, what it has done so far.
//
// Thread safety: of its goroutine and the controller, of which only one runs at a time.

#include <array>
#include <cstddef>
#include <cstdint>

#include "core/base/check.h"
#include "core/pool/outcome.h"
#include "core/pool/slice.h"
#include "core/pool/value.h"
#include "core/runtime/lock.h"
#include "core/script/script.h"

namespace poolscope::script {

/// The arrays that an operation holds. No text of ours loads more than two.
class HeldArrays {
 public:
  void add(const void* locals) {
    check(count_ < arrays_.size(), "an operation loads more arrays than any text of ours");
    arrays_[count_++] = locals;
  }
  [[nodiscard]] auto begin() const { return arrays_.begin(); }
  [[nodiscard]] auto end() const { return arrays_.begin() + count_; }

 private:
  std::array<const void*, 3> arrays_{};
  std::size_t count_ = 0;
};

/// What a classic poolLocal shares, and by what it is guarded.
struct LockedCells {
  const Lock* mutex = nullptr;
  const Slice* cells = nullptr;
};

/// What an operation is and what it holds.
struct OperationHolds {
  OperationKind kind = OperationKind::kGet;
  const void* pool = nullptr;
  /// Whether `pool` uses the array whose element 0 is `locals` now.
  bool (*pool_uses)(const void* pool, const void* locals) = nullptr;
  Value put;          // what a Put puts
  Value in_flight;    // what it holds; a Put's object from its begin on
  HeldArrays arrays;  // got from pin or pinSlow, or loaded at slow.loaded: element 0
};

/// How far it has come and what it has found.
struct OperationCourse {
  const void* array = nullptr;  // that it works on now
  std::uint32_t index = 0;      // and the place in it
  /// classic: what element `index` of an array shares; modern: null.
  LockedCells (*cells_of)(const void* array, std::uint32_t index) = nullptr;
  bool has_chains = false;       // modern: the elements share lock-free chains
  bool appends = false;          // to what it has locked, which had `cells` before
  std::size_t cells = 0;         //
  const Lock* locked = nullptr;  // of the elements' mutexes
  bool slow = false;             // in getSlow
  bool in_victim = false;
  bool missed = false;  // getSlow has found nothing
  Where where = Where::kNone;
  std::uint32_t found_at = 0;
  std::uint32_t pin_slows = 0;
  std::uint32_t arrays_made = 0;
  std::uint32_t stores = 0;  // places that a Put has filled
  std::uint32_t probes = 0;  // shards that getSlow has looked at, in the array at hand
  std::uint32_t slow_pid = 0;
  std::uint32_t slow_size = 0;
  const char* violation = nullptr;  // the first invariant that it has found broken
};

/// One Put or Get and what it has done so far.
struct GatedOperation : OperationHolds, OperationCourse {
  /// As one that has not begun. In two halves: GCC clears the whole by an instruction (rep stos)
  /// that takes as long as the operation's own steps.
  void renew() {
    static_cast<OperationHolds&>(*this) = {};
    static_cast<OperationCourse&>(*this) = {};
  }
  void note(const char* broken) {
    if (violation == nullptr) violation = broken;
  }
};
static_assert(sizeof(GatedOperation) == sizeof(OperationHolds) + sizeof(OperationCourse),
              "a field of its own would not be renewed");

}  // namespace poolscope::script
