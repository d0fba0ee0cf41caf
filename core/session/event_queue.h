#pragma once

// The bounded queue between the thread that brings a session's events and the recorder's own.
//
// Thread safety: push() from one thread, pop() from one other; the rest from any.
// Invariants: no event is dropped while the consumer lives: a full queue makes push() wait, and the
// wait is counted. Events leave in the order in which they came. An empty queue holds next to no
// memory, however long it was before.

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <span>
#include <vector>

#include "core/session/page_allocator.h"
#include "core/trace/event.h"

namespace poolscope {

class EventQueue {
 public:
  using Clock = std::chrono::steady_clock;
  using Block = std::vector<Event, PageAllocator<Event>>;

  /// Holds at most `capacity_bytes` of events, one block at least.
  explicit EventQueue(std::size_t capacity_bytes);

  /// Appends `events`; waits while the queue is full. Does nothing once the queue is closed.
  void push(std::span<const Event> events);

  /// Appends all of `events` without waiting, or none of them: false, where the queue has no room
  /// for them or is closed. From the thread of push().
  bool try_push(std::span<const Event> events);

  /// The next events, or none when nothing came before `until` or the queue is closed and empty.
  /// Waits for a block to be full, so that a fast producer costs few wake-ups.
  Block pop(Clock::time_point until);

  /// Gives the memory of what pop() returned back, once it is dealt with: room for push().
  void give_back(Block events);

  /// Ends push(), also one that waits; pop() still gives what is left.
  void close();

  [[nodiscard]] bool closed_and_empty() const;
  /// How long push() has waited for room in all.
  [[nodiscard]] std::chrono::nanoseconds waited() const;

 private:
  static constexpr std::size_t kBlockEvents = 16'384;
  // Empty blocks that are kept for push(). What a disk that stood still has piled up beyond them
  // goes back to the system.
  static constexpr std::size_t kSpareBlocks = 2;

  [[nodiscard]] bool full() const { return blocks_.size() + taken_ >= capacity_blocks_; }
  [[nodiscard]] bool back_has_room() const {
    return !blocks_.empty() && blocks_.back().size() < kBlockEvents;
  }
  [[nodiscard]] std::size_t room() const;  // for so many events
  void wait_for_room(std::unique_lock<std::mutex>& lock);

  const std::size_t capacity_blocks_;
  mutable std::mutex mutex_;
  std::condition_variable room_;    // for push: a block was given back, or closed
  std::condition_variable events_;  // for pop: a block is full, or closed
  std::deque<Block> blocks_;
  std::vector<Block> spare_;
  std::size_t taken_ = 0;  // blocks popped and not yet given back
  std::chrono::nanoseconds waited_{0};
  bool closed_ = false;
};

}  // namespace poolscope
