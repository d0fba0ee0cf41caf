#pragma once

// poolChain: a list of dequeues, each twice as long as the one before, so that a shard has no size.
//
// The owner pushes to the newest dequeue (head); thieves pop from the oldest (tail), which is taken
// out of the list when it is found empty and has a successor.
//
// Thread safety: push_head and pop_head by the owner (pinned), pop_tail by anyone (pinned).
// Invariants:
//  1. head is null exactly when tail is; head is touched by the owner only.
//  2. A dequeue that is taken out was empty and stays so: objects are pushed to the head alone,
//     and the head never moves back. It is freed once no operation that may still look at it is
//     under way.

#include <cstddef>
#include <cstdint>

#include "core/pool/pool_dequeue.h"
#include "core/pool/value.h"

namespace poolscope {

/// poolChainElt: a dequeue with its neighbours.
template <class Env>
struct PoolChainElt {
  template <class T>
  using Atomic = typename Env::template Atomic<T>;

  explicit PoolChainElt(std::size_t length) : dequeue(length) {}

  PoolDequeue<Env> dequeue;
  Atomic<PoolChainElt*> next{nullptr};  // towards the head: written by the owner, read by thieves
  Atomic<PoolChainElt*> prev{nullptr};  // towards the tail: cleared by a thief, read by the owner
};

template <class Env>
class PoolChain {
 public:
  using Probe = typename Env::Probe;
  using Elt = PoolChainElt<Env>;

  static constexpr std::size_t kFirstLength = 8;
  static constexpr std::size_t kMostLength = std::size_t{1} << 30U;

  PoolChain() = default;
  PoolChain(const PoolChain&) = delete;
  PoolChain& operator=(const PoolChain&) = delete;
  ~PoolChain() {
    for (Elt* d = oldest(); d != nullptr;) {
      Elt* next = d->next.load(std::memory_order_relaxed);
      delete d;
      d = next;
    }
  }

  /// func (c *poolChain) pushHead(val any). Only the owner.
  void push_head(Value x) {
    Elt* d = Env::cell(head_);
    if (d == nullptr) {
      d = make(kFirstLength);
      Env::cell(head_) = d;
      // Release: the dequeue before the pointer that thieves follow; pairs with pop_tail.
      tail_.store(d, std::memory_order_release);
    }
    if (d->dequeue.push_head(x)) return;
    const std::size_t length = d->dequeue.length();
    Elt* d2 = make(length < kMostLength ? 2 * length : kMostLength);
    d2->prev.store(d, std::memory_order_relaxed);
    Env::cell(head_) = d2;
    // Release: as above, for thieves that come by next.
    d->next.store(d2, std::memory_order_release);
    d2->dequeue.push_head(x);
  }

  /// func (c *poolChain) popHead() (any, bool): the newest, nil if there is none. Only the owner.
  Value pop_head() {
    for (Elt* d = Env::cell(head_); d != nullptr; d = d->prev.load(std::memory_order_acquire)) {
      const Value x = d->dequeue.pop_head();
      if (!x.is_nil()) return x;
    }
    return Value::nil();
  }

  /// func (c *poolChain) popTail() (any, bool): the oldest, nil if there is none. Anyone.
  Value pop_tail() {
    // Acquire, here and at next: pairs with the owner's release stores.
    Elt* d = tail_.load(std::memory_order_acquire);
    while (d != nullptr) {
      // Next before the pop: when the pop then fails and next was set, d is empty for good, for the
      // owner had left it before. The other way round something could have been pushed in between.
      Elt* d2 = d->next.load(std::memory_order_acquire);
      const Value x = d->dequeue.pop_tail();
      if (!x.is_nil()) return x;
      if (d2 == nullptr) return Value::nil();
      // The winner takes d out, so that the next thief does not look at it again.
      Elt* expected = d;
      if (tail_.compare_exchange_strong(expected, d2, std::memory_order_acq_rel,
                                        std::memory_order_acquire)) {
        // So that the owner does not look behind it either.
        d2->prev.store(nullptr, std::memory_order_release);
        Probe::dequeue_unlinked(d->dequeue.length());
        Env::retire(d);
      }
      d = d2;
    }
    return Value::nil();
  }

  /// The oldest dequeue, from which `next` leads to the newest. For a stopped world.
  [[nodiscard]] Elt* oldest() const { return tail_.load(std::memory_order_relaxed); }
  /// Calls f(Value) from the oldest to the newest. For a stopped world.
  template <class F>
  void for_each_value(const F& f) const {
    for_each_dequeue([&](const PoolDequeue<Env>& d) { d.for_each_value(f); });
  }
  /// Calls f(const PoolDequeue<Env>&) from the tail's to the head's. For a stopped world.
  template <class F>
  void for_each_dequeue(const F& f) const {
    for (Elt* d = oldest(); d != nullptr; d = d->next.load(std::memory_order_relaxed))
      f(d->dequeue);
  }

 private:
  template <class T>
  using Atomic = typename Env::template Atomic<T>;

  static Elt* make(std::size_t length) {
    Elt* d = new Elt(length);
    Probe::dequeue_made(length);
    return d;
  }

  Elt* head_ = nullptr;
  Atomic<Elt*> tail_{nullptr};
};

}  // namespace poolscope
