#pragma once

// The events of one goroutine on their way to the collector: a ring for one writer and one reader.
//
// Thread safety: append, publish and room from the one producing thread; readable and drop from the
// one consuming thread.
// Invariants: events leave in the order in which they came; none is overwritten before it was read.

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <memory>
#include <span>

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

  /// A new last event, to be filled in: the reader does not see it before publish(). The caller has
  /// made sure of room. Always inlined: a call would cost a traced Put or Get a tenth of its time.
  [[gnu::always_inline]] inline Event& append() {
    check(tail_ - known_head_ < capacity_ || room() > 0, "an event found its ring full");
    // The cells to come lie in the reader's cache: fetch them while there is other work to do.
    prefetch_for_writing(&events_[(tail_ + kAhead) & (capacity_ - 1)]);
    return events_[tail_++ & (capacity_ - 1)];
  }

  /// Events that were appended and not yet published.
  [[nodiscard]] std::size_t unpublished() const { return tail_ - own_published_; }
  /// Calls f(Event&) for each of them, from the oldest.
  template <class F>
  void for_each_unpublished(const F& f) {
    for (std::size_t i = own_published_; i != tail_; ++i) f(events_[i & (capacity_ - 1)]);
  }

  /// How many events were ever appended.
  [[nodiscard]] std::size_t appended() const { return tail_; }
  /// Calls f(const Event&) for those from number `first` on, of which the ring still has the cells.
  template <class F>
  void for_each_since(std::size_t first, const F& f) const {
    const std::size_t kept = tail_ < capacity_ ? 0 : tail_ - capacity_;
    for (std::size_t i = std::max(first, kept); i != tail_; ++i) f(events_[i & (capacity_ - 1)]);
  }

  /// Shows the reader all that was appended.
  void publish() {
    own_published_ = tail_;
    // Release: the events before the index; pairs with the acquire in readable().
    published_tail_.store(tail_, std::memory_order_release);
  }

  /// Appends an event and publishes it.
  void push(const Event& event) {
    append() = event;
    publish();
  }

  /// Events that can be pushed now.
  [[nodiscard]] std::size_t room() {
    // Acquire: pairs with drop()'s release; the reader is done with the cells.
    known_head_ = published_head_.load(std::memory_order_acquire);
    return capacity_ - (tail_ - known_head_);
  }

  /// As room() >= wanted, mostly without looking at the reader's line.
  [[nodiscard]] bool has_room(std::size_t wanted) {
    return capacity_ - (tail_ - known_head_) >= wanted || room() >= wanted;
  }

  // --- the consumer --------------------------------------------------------------------------

  /// The oldest events that lie in a row; none: there is nothing now.
  [[nodiscard]] std::span<const Event> readable() const {
    const std::size_t first = head_ & (capacity_ - 1);
    // Acquire: pairs with the release in publish().
    const std::size_t published = published_tail_.load(std::memory_order_acquire);
    return {&events_[first], std::min(published - head_, capacity_ - first)};
  }

  /// Drops the `count` oldest events, which readable() has shown.
  void drop(std::size_t count) {
    head_ += count;
    // Release: pairs with room()'s acquire; the reader is done with the cells.
    published_head_.store(head_, std::memory_order_release);
  }

  [[nodiscard]] std::size_t capacity() const { return capacity_; }

 private:
  static constexpr std::size_t kAhead = 32;

  const std::size_t capacity_;
  const std::unique_ptr<Event[]> events_;
  // Each side's own words and the word that it publishes on lines of their own, so that the other
  // side's writes do not take them away.
  alignas(kCacheLinePair) std::size_t tail_ = 0;
  std::size_t own_published_ = 0;
  std::size_t known_head_ = 0;
  alignas(kCacheLinePair) std::atomic<std::size_t> published_tail_{0};
  alignas(kCacheLinePair) std::size_t head_ = 0;
  alignas(kCacheLinePair) std::atomic<std::size_t> published_head_{0};
};

}  // namespace poolscope
