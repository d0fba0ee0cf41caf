#include "core/session/event_queue.h"

#include <algorithm>
#include <atomic>
#include <fstream>
#include <thread>

#include <gtest/gtest.h>
#include <unistd.h>

namespace poolscope::testing {
namespace {

using namespace std::chrono_literals;

std::vector<Event> numbered(std::uint64_t first, std::size_t count) {
  std::vector<Event> events(count);
  for (Event& event : events) event.set_seq(first++);
  return events;
}

/// What this process has in memory.
std::int64_t resident_bytes() {
  std::ifstream statm("/proc/self/statm");
  std::int64_t size_pages = 0;
  std::int64_t resident_pages = 0;
  statm >> size_pages >> resident_pages;
  return resident_pages * ::sysconf(_SC_PAGESIZE);
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

TEST(EventQueue, TakesAllOrNothingWhereNobodyMayWait) {
  EventQueue queue(0);  // one block, of 16,384
  EXPECT_TRUE(queue.try_push(numbered(1, 10'000)));
  EXPECT_FALSE(queue.try_push(numbered(10'001, 10'000))) << "no room for all of them";
  EXPECT_TRUE(queue.try_push(numbered(10'001, 6'384))) << "the rest of the block";
  EXPECT_FALSE(queue.try_push(numbered(16'385, 1)));
  auto block = queue.pop(soon());
  EXPECT_EQ(block.size(), 16'384U);
  EXPECT_FALSE(queue.try_push(numbered(16'385, 1))) << "it is not dealt with yet";
  queue.give_back(std::move(block));
  EXPECT_TRUE(queue.try_push(numbered(16'385, 1)));
  queue.close();
  EXPECT_FALSE(queue.try_push(numbered(16'386, 1)));
  EXPECT_EQ(queue.waited().count(), 0);
}

TEST(EventQueue, GivesAPartOfABlockWhenNoMoreComesInTime) {
  EventQueue queue(std::size_t{1} << 22U);
  EXPECT_TRUE(queue.pop(soon()).empty());
  const auto events = numbered(1, 3);
  queue.push(events);
  EXPECT_TRUE(std::ranges::equal(queue.pop(soon()), events));
}

// A disk that stood still for seconds must not leave the program larger for the rest of its life.
TEST(EventQueue, GivesTheMemoryOfALongQueueBackOnceItIsShort) {
  constexpr std::int64_t kLongBytes = 128 << 20;
  const auto events = numbered(1, 1 << 14);
  EventQueue queue(2 * kLongBytes);
  const std::int64_t before = resident_bytes();
  for (std::int64_t pushed = 0; pushed < kLongBytes;) {
    queue.push(events);
    pushed += static_cast<std::int64_t>(std::span(events).size_bytes());
  }
  EXPECT_GT(resident_bytes() - before, kLongBytes * 3 / 4);
  // As the recorder does it: while the old events leave, new ones come.
  for (int round = 0;; ++round) {
    auto block = queue.pop(EventQueue::Clock::now());
    if (block.empty()) break;
    queue.give_back(std::move(block));
    if (round % 4 == 0) queue.push(std::span(events).first(events.size() / 2));
  }
  EXPECT_LT(resident_bytes() - before, kLongBytes / 4);
}

}  // namespace
}  // namespace poolscope::testing
