#include "core/session/event_queue.h"

#include <algorithm>
#include <utility>

namespace poolscope {

EventQueue::EventQueue(std::size_t capacity_bytes)
    : capacity_blocks_(std::max<std::size_t>(1, capacity_bytes / (kBlockEvents * sizeof(Event)))) {}

void EventQueue::wait_for_room(std::unique_lock<std::mutex>& lock) {
  if (!full()) return;
  const auto begin = Clock::now();
  events_.notify_one();
  room_.wait(lock, [this] { return closed_ || !full(); });
  waited_ += Clock::now() - begin;
}

void EventQueue::push(std::span<const Event> events) {
  std::unique_lock lock(mutex_);
  while (!events.empty() && !closed_) {
    if (!back_has_room()) {
      wait_for_room(lock);
      if (closed_) return;
      if (spare_.empty()) {
        blocks_.emplace_back().reserve(kBlockEvents);
      } else {
        blocks_.push_back(std::move(spare_.back()));
        spare_.pop_back();
      }
    }
    Block& block = blocks_.back();
    const auto part = events.first(std::min(events.size(), kBlockEvents - block.size()));
    block.insert(block.end(), part.begin(), part.end());
    events = events.subspan(part.size());
    if (block.size() == kBlockEvents) events_.notify_one();
  }
}

std::size_t EventQueue::room() const {
  const std::size_t used = std::min(blocks_.size() + taken_, capacity_blocks_);
  return (capacity_blocks_ - used) * kBlockEvents +
         (back_has_room() ? kBlockEvents - blocks_.back().size() : 0);
}

bool EventQueue::try_push(std::span<const Event> events) {
  {
    const std::scoped_lock lock(mutex_);
    if (closed_ || room() < events.size()) return false;
  }
  push(events);  // nobody else takes the room
  return true;
}

EventQueue::Block EventQueue::pop(Clock::time_point until) {
  std::unique_lock lock(mutex_);
  events_.wait_until(lock, until, [this] {
    return closed_ || (!blocks_.empty() && blocks_.front().size() == kBlockEvents);
  });
  if (blocks_.empty()) return {};
  Block events = std::move(blocks_.front());
  blocks_.pop_front();
  ++taken_;
  return events;
}

void EventQueue::give_back(Block events) {
  events.clear();
  {
    const std::scoped_lock lock(mutex_);
    if (spare_.size() < kSpareBlocks) spare_.push_back(std::move(events));
    --taken_;
  }
  room_.notify_one();
}

void EventQueue::close() {
  const std::scoped_lock lock(mutex_);
  closed_ = true;
  room_.notify_all();
  events_.notify_all();
}

bool EventQueue::closed_and_empty() const {
  const std::scoped_lock lock(mutex_);
  return closed_ && blocks_.empty();
}

std::chrono::nanoseconds EventQueue::waited() const {
  const std::scoped_lock lock(mutex_);
  return waited_;
}

}  // namespace poolscope
