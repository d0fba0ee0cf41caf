#pragma once

// The events of one goroutine on their way to the collector: a ring for one writer and one reader.
//
// Thread safety: push and room from the one producing thread; front and pop from the one consuming
// thread.
// Invariants: events leave in the order in which they came; none is overwritten before it was read.

#include <atomic>
#include <cstddef>
#include <memory>

#include "core/base/cache_line.h"
#include "core/base/check.h"
#include "core/trace/event.h"

namespace poolscope {

class EventRing {
 public:
  /// `capacity`: events, a power of two.
  explicit EventRing(std::size_t capacity)
      : capacity_(capacity), events_(std::make_unique<Event[]>(capacity)) {
    check((capacity & (capacity - 1)) == 0, "a ring's capacity is a power of two");
  }

  // --- the producer --------------------------------------------------------------------------

  /// Appends an event; the caller has made sure of room.
  void push(const Event& event) {
    check(tail_ - known_head_ < capacity_ || room() > 0, "an event found its ring full");
    events_[tail_ & (capacity_ - 1)] = event;
    // Release: the event before its index; pairs with the acquire in front().
    published_tail_.store(++tail_, std::memory_order_release);
  }

  /// Events that can be pushed now.
  [[nodiscard]] std::size_t room() {
    // Acquire: pairs with pop()'s release; the reader is done with the cells.
    known_head_ = published_head_.load(std::memory_order_acquire);
    return capacity_ - (tail_ - known_head_);
  }

  /// As room() >= wanted, mostly without looking at the reader's line.
  [[nodiscard]] bool has_room(std::size_t wanted) {
    return capacity_ - (tail_ - known_head_) >= wanted || room() >= wanted;
  }

  // --- the consumer --------------------------------------------------------------------------

  /// The oldest event, nullptr if there is none now.
  [[nodiscard]] const Event* front() {
    if (head_ == known_tail_) {
      known_tail_ = published_tail_.load(std::memory_order_acquire);
      if (head_ == known_tail_) return nullptr;
    }
    return &events_[head_ & (capacity_ - 1)];
  }

  /// Drops the oldest event, which front() has shown.
  void pop() { published_head_.store(++head_, std::memory_order_release); }

  [[nodiscard]] std::size_t capacity() const { return capacity_; }

 private:
  const std::size_t capacity_;
  const std::unique_ptr<Event[]> events_;
  // Each side's own words and the word that it publishes on lines of their own, so that the other
  // side's writes do not take them away.
  alignas(kCacheLinePair) std::size_t tail_ = 0;
  std::size_t known_head_ = 0;
  alignas(kCacheLinePair) std::atomic<std::size_t> published_tail_{0};
  alignas(kCacheLinePair) std::size_t head_ = 0;
  std::size_t known_tail_ = 0;
  alignas(kCacheLinePair) std::atomic<std::size_t> published_head_{0};
};

}  // namespace poolscope
