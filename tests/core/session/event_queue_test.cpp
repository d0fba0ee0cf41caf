#include "core/session/event_queue.h"

#include <atomic>
#include <thread>

#include <gtest/gtest.h>

namespace poolscope::testing {
namespace {

using namespace std::chrono_literals;

std::vector<Event> numbered(std::uint64_t first, std::size_t count) {
  std::vector<Event> events(count);
  for (Event& event : events) event.seq = first++;
  return events;
}

EventQueue::Clock::time_point soon() { return EventQueue::Clock::now() + 5ms; }

TEST(EventQueue, GivesEventsInTheOrderInWhichTheyCame) {
  EventQueue queue(std::size_t{1} << 22U);
  const auto events = numbered(1, 50'000);
  queue.push(std::span(events).first(20'001));
  queue.push(std::span(events).subspan(20'001));
  queue.close();
  std::vector<Event> got;
  while (!queue.closed_and_empty()) {
    auto block = queue.pop(soon());
    got.insert(got.end(), block.begin(), block.end());
    queue.give_back(std::move(block));
  }
  EXPECT_EQ(got, events);
  EXPECT_EQ(queue.waited().count(), 0);
}

TEST(EventQueue, MakesAPushWaitWhileItIsFullAndCountsTheWait) {
  EventQueue queue(0);  // one block
  const auto events = numbered(1, 100'000);
  std::atomic<bool> pushed = false;
  std::jthread producer([&] {
    queue.push(events);
    pushed = true;
    queue.close();
  });
  std::this_thread::sleep_for(30ms);
  EXPECT_FALSE(pushed);
  std::vector<Event> got;
  while (!queue.closed_and_empty()) {
    auto block = queue.pop(EventQueue::Clock::now() + 1s);
    got.insert(got.end(), block.begin(), block.end());
    if (block.capacity() > 0) queue.give_back(std::move(block));
  }
  EXPECT_TRUE(pushed);
  EXPECT_EQ(got, events);
  EXPECT_GT(queue.waited().count(), 0);
}

TEST(EventQueue, LetsAPushThatWaitsGoWhenItIsClosed) {
  EventQueue queue(0);
  queue.push(numbered(1, 1));
  const auto events = numbered(2, 100'000);
  std::jthread producer([&] { queue.push(events); });
  std::this_thread::sleep_for(10ms);
  queue.close();
  producer.join();
  EXPECT_FALSE(queue.closed_and_empty());
}

TEST(EventQueue, GivesAPartOfABlockWhenNoMoreComesInTime) {
  EventQueue queue(std::size_t{1} << 22U);
  EXPECT_TRUE(queue.pop(soon()).empty());
  const auto events = numbered(1, 3);
  queue.push(events);
  EXPECT_EQ(queue.pop(soon()), events);
}

}  // namespace
}  // namespace poolscope::testing
