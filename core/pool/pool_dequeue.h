#pragma once

// poolDequeue: a ring of a fixed size with one producer and any number of consumers.
//
// The owner pushes and pops at the head, anybody pops at the tail. head and tail are packed into
// one word, so that one compare-and-swap takes an element away from all others at once. A slot
// belongs to the owner while its type is nil: a thief that has won a slot clears its data first and
// its type last, and only then may the owner fill the slot again.
//
// Thread safety: push_head and pop_head by the chain's owner (pinned), pop_tail by anyone (pinned).
// Invariants:
//  1. tail <= head <= tail + length, in the arithmetic of 32 bits.
//  2. The slots from tail up to head are filled. All others are nil, with two exceptions: those
//     that a goroutine has won and not yet cleared, and the one that the owner is filling.

#include <cstddef>
#include <cstdint>
#include <memory>

#include "core/pool/step.h"
#include "core/pool/value.h"

namespace poolscope {

template <class Env>
class PoolDequeue {
 public:
  using Probe = typename Env::Probe;

  /// A ring of `length` slots, a power of two.
  explicit PoolDequeue(std::size_t length)
      : slots_(std::make_unique<Slot[]>(length).release()), length_(length), capacity_(length) {}
  PoolDequeue(const PoolDequeue&) = delete;
  PoolDequeue& operator=(const PoolDequeue&) = delete;
  ~PoolDequeue() { std::default_delete<Slot[]>{}(slots_); }

  /// func (d *poolDequeue) pushHead(val any) bool: false when it is full. Only the owner.
  bool push_head(Value x) {
    const Ends ends = unpack(head_tail_.load(std::memory_order_acquire));
    if (ends.tail + static_cast<std::uint32_t>(length_) == ends.head) return false;
    Slot& slot = at(ends.head);
    // Acquire: pairs with the thief's release in pop_tail. Not nil: it is still at it, so full.
    if (slot.type.load(std::memory_order_acquire) != nullptr) return false;
    Env::cell(slot.data) = x.data;
    slot.type.store(x.type, std::memory_order_relaxed);
    Probe::shared_push(x);
    Probe::stamp();  // before others see it
    // Release: the slot before the head that shows it; pairs with pop_tail's acquire.
    head_tail_.fetch_add(kHeadOne, std::memory_order_release);
    return true;
  }

  /// func (d *poolDequeue) popHead() (any, bool): the newest, nil if it is empty. Only the owner.
  Value pop_head() {
    std::uint64_t packed = head_tail_.load(std::memory_order_acquire);
    Ends ends;
    do {
      ends = unpack(packed);
      if (ends.tail == ends.head) return Value::nil();
      Env::template point<Step::kPopHeadLoaded>();
      // Before the slot is read: from here it is out of the thieves' reach.
    } while (!head_tail_.compare_exchange_strong(packed, pack({ends.head - 1, ends.tail}),
                                                 std::memory_order_acq_rel,
                                                 std::memory_order_acquire));
    Slot& slot = at(ends.head - 1);
    const Value x{slot.type.load(std::memory_order_relaxed), Env::cell(slot.data)};
    Probe::shared_popped(x);
    Probe::stamp();  // thieves see already that it is gone
    Env::cell(slot.data) = nullptr;
    // Relaxed: the next to look is the owner itself.
    slot.type.store(nullptr, std::memory_order_relaxed);
    return x;
  }

  /// func (d *poolDequeue) popTail() (any, bool): the oldest, nil if it is empty. Anyone.
  Value pop_tail() {
    std::uint64_t packed = head_tail_.load(std::memory_order_acquire);
    Ends ends;
    do {
      ends = unpack(packed);
      if (ends.tail == ends.head) return Value::nil();
      Env::template point<Step::kPopTailLoaded>();
      // Acquire: pairs with push_head's release; the slot is seen filled.
    } while (!head_tail_.compare_exchange_strong(packed, pack({ends.head, ends.tail + 1}),
                                                 std::memory_order_acq_rel,
                                                 std::memory_order_acquire));
    Slot& slot = at(ends.tail);
    const Value x{slot.type.load(std::memory_order_relaxed), Env::cell(slot.data)};
    Probe::tail_popped(x, ends.tail);
    Env::template point<Step::kPopTailWon>();
    Env::cell(slot.data) = nullptr;
    // Release, and last: this gives the slot back; pairs with the acquire in push_head.
    slot.type.store(nullptr, std::memory_order_release);
    return x;
  }

  [[nodiscard]] std::size_t length() const { return length_; }
  /// Elements in it. For a stopped world.
  [[nodiscard]] std::size_t count() const {
    const Ends ends = unpack(head_tail_.load(std::memory_order_relaxed));
    return ends.head - ends.tail;
  }
  /// Where the next pop_tail takes. For a stopped world.
  [[nodiscard]] std::uint32_t tail() const {
    return unpack(head_tail_.load(std::memory_order_relaxed)).tail;
  }
  /// Calls f(Value) from the oldest to the newest. For a stopped world.
  template <class F>
  void for_each_value(const F& f) const {
    const Ends ends = unpack(head_tail_.load(std::memory_order_relaxed));
    for (std::uint32_t i = ends.tail; i != ends.head; ++i) {
      const Slot& slot = at(i);
      f(Value{slot.type.load(std::memory_order_relaxed), slot.data});
    }
  }

  /// Starts with head and tail at `position`. For tests of the wrap-around of 32 bits.
  void start_at(std::uint32_t position) { head_tail_.store(pack({position, position})); }

 private:
  template <class T>
  using Atomic = typename Env::template Atomic<T>;

  /// An interface value of which the type says whose the slot is.
  struct Slot {
    Atomic<const TypeTag*> type{nullptr};
    void* data = nullptr;
  };
  struct Ends {
    std::uint32_t head = 0;  // where the next push goes
    std::uint32_t tail = 0;  // the oldest
  };
  static constexpr std::uint64_t kHeadOne = std::uint64_t{1} << 32U;

  static constexpr std::uint64_t pack(Ends ends) {
    return (std::uint64_t{ends.head} << 32U) | ends.tail;
  }
  static constexpr Ends unpack(std::uint64_t packed) {
    return {static_cast<std::uint32_t>(packed >> 32U), static_cast<std::uint32_t>(packed)};
  }
  [[nodiscard]] Slot& at(std::uint32_t position) const { return slots_[position & (length_ - 1)]; }

  Atomic<std::uint64_t> head_tail_{0};
  // []eface: pointer, length, capacity.
  Slot* const slots_;
  const std::size_t length_;
  const std::size_t capacity_;
};

}  // namespace poolscope
