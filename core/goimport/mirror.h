#pragma once

// What the pools of the recorded program held at a moment, by address: so that a record, which
// knows addresses only, can be said to be about an object, a place, a pool.
//
// Addresses are used again. An object that a Get gave away has its identity until the same address
// is put; a place and a dequeue until their memory is another one's.
//
// Thread safety: plain values.
// Invariants: an array that was dropped stays until the world is stopped: an operation under way
// may still reach it.

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "core/base/ids.h"
#include "core/goimport/address_map.h"

namespace poolscope::goimport {

struct Item {
  std::uint64_t address = 0;
  ObjectId object;  // none: nothing is there
};

struct MirrorArray;

struct MirrorDequeue {
  MirrorArray* array = nullptr;
  std::uint16_t index = 0;
  std::uint32_t head = 0;  // position of the next push
  std::vector<Item> ring;

  [[nodiscard]] Item& at(std::uint32_t position) { return ring[position & (ring.size() - 1)]; }
};

struct MirrorSlot {
  Item private_item;
  std::vector<std::uint64_t> dequeues;  // their addresses
};

struct MirrorArray {
  ArrayId id;
  PoolId pool;
  std::uint64_t address = 0;
  std::uint32_t stride = 0;
  PId announced_by;  // none: it is, or was, the pool's
  std::vector<MirrorSlot> slots;
};

/// A place of an array.
struct MirrorPlace {
  MirrorArray* array = nullptr;
  std::uint16_t index = 0;
  [[nodiscard]] MirrorSlot& slot() const { return array->slots[index]; }
};

struct MirrorPool {
  MirrorArray* local = nullptr;
  MirrorArray* victim = nullptr;
  bool in_all_pools = false;
};

class Mirror {
 public:
  explicit Mirror(std::size_t pools) : pools_(pools) {}

  [[nodiscard]] MirrorPool& pool(PoolId id) { return pools_[id.value]; }
  [[nodiscard]] std::vector<MirrorPool>& pools() { return pools_; }

  [[nodiscard]] MirrorPlace* place(std::uint64_t address) { return places_.find(address); }
  [[nodiscard]] MirrorDequeue* dequeue(std::uint64_t address) {
    const auto* found = dequeues_.find(address);
    return found == nullptr ? nullptr : found->get();
  }
  /// The array that begins at that address; nullptr: there is none.
  [[nodiscard]] MirrorArray* array(std::uint64_t address) {
    MirrorPlace* found = places_.find(address);
    return found == nullptr || found->array->address != address ? nullptr : found->array;
  }

  /// The array of that length is there from here on.
  MirrorArray& add_array(PoolId pool, std::uint64_t address, std::uint32_t length,
                         std::uint32_t stride) {
    const ArrayId id{++arrays_made_};
    auto made = std::make_unique<MirrorArray>(MirrorArray{id, pool, address, stride, {}, {}});
    made->slots.resize(length);
    for (std::uint32_t i = 0; i < length; ++i) {
      places_[address + std::uint64_t{i} * stride] = {made.get(), static_cast<std::uint16_t>(i)};
    }
    return *(arrays_[id] = std::move(made));
  }
  void add_dequeue(const MirrorPlace& place, std::uint64_t address, std::uint32_t length) {
    auto made = std::make_unique<MirrorDequeue>();
    made->array = place.array;
    made->index = place.index;
    made->ring.resize(length);
    dequeues_[address] = std::move(made);
    place.slot().dequeues.push_back(address);
  }
  void remove_array(MirrorArray& array) {
    for (std::size_t i = 0; i < array.slots.size(); ++i) {
      const std::uint64_t address = array.address + i * array.stride;
      for (const std::uint64_t dequeue : array.slots[i].dequeues) {
        if (const MirrorDequeue* d = this->dequeue(dequeue); d != nullptr && d->array == &array) {
          dequeues_.erase(dequeue);
        }
      }
      if (const MirrorPlace* p = places_.find(address); p != nullptr && p->array == &array) {
        places_.erase(address);
      }
    }
    arrays_.erase(array.id);
  }
  /// The world is stopped: what no pool has any more cannot be reached.
  void drop(MirrorArray& array) { dropped_.push_back(&array); }
  void forget_dropped() {
    for (MirrorArray* array : std::exchange(dropped_, {})) remove_array(*array);
  }

 private:
  std::vector<MirrorPool> pools_;
  std::map<ArrayId, std::unique_ptr<MirrorArray>> arrays_;
  AddressMap<MirrorPlace> places_;
  AddressMap<std::unique_ptr<MirrorDequeue>> dequeues_;
  std::vector<MirrorArray*> dropped_;
  std::uint32_t arrays_made_ = 0;
};

/// Objects that are out of the pools, by address. Several share one where it is not an object's
/// own: small integers, values of size zero.
class OutsideObjects {
 public:
  struct Known {
    ObjectId object;
    std::uint32_t cleanups = 0;  // when it was given out
  };

  /// A Get has given it out, after so many cleanups. `made`: by New; then those that had the
  /// address before the last cleanup are no more.
  void add(std::uint64_t address, ObjectId object, std::uint32_t cleanups, bool made) {
    Stack& stack = by_address_[address];
    if (made) {
      if (stack.top.object.valid() && stack.top.cleanups != cleanups) stack = {};
      if (!stack.below.empty()) {
        std::erase_if(stack.below, [cleanups](const Known& k) { return k.cleanups != cleanups; });
      }
    }
    if (stack.top.object.valid()) stack.below.push_back(stack.top);
    stack.top = {object, cleanups};
  }
  /// The one that was given out last, which is outside no more; none: there is none.
  Known take(std::uint64_t address) {
    Stack* stack = by_address_.find(address);
    if (stack == nullptr) return {};
    const Known known = stack->top;
    if (stack->below.empty()) {
      by_address_.erase(address);
    } else {
      stack->top = stack->below.back();
      stack->below.pop_back();
    }
    return known;
  }

 private:
  struct Stack {
    Known top;
    std::vector<Known> below;
  };
  AddressMap<Stack> by_address_;
};

}  // namespace poolscope::goimport
