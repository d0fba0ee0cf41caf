#include "app/views/words/lock_words.h"

#include <gtest/gtest.h>

namespace poolscope::views {
namespace {

LockState lock_of(GId holder, std::vector<GId> waiters = {}) {
  LockState lock;
  lock.holder = holder;
  lock.waiters = std::move(waiters);
  return lock;
}

TEST(LockWords, AFreeMutexSaysNothing) {
  EXPECT_FALSE(taken(lock_of(GId::none())));
  EXPECT_TRUE(lock_texts(lock_of(GId::none())).empty());
  EXPECT_EQ(lock_tooltip(lock_of(GId::none()), 2), "Mutex of local[2]: free");
}

TEST(LockWords, AHeldMutexNamesItsHolderHoweverLittleRoomThereIs) {
  const LockState lock = lock_of(GId{1}, {GId{3}, GId{5}});
  EXPECT_TRUE(taken(lock));
  const std::vector<std::string> texts = lock_texts(lock);
  EXPECT_EQ(texts, (std::vector<std::string>{"held by G1 · 2 waiting", "by G1 · 2 wait",
                                             "held by G1", "G1"}));
  EXPECT_EQ(lock_tooltip(lock, 1), "Mutex of local[1]: held by G1; waiting: G3, G5");
  EXPECT_EQ(lock_texts(lock_of(GId{4})), (std::vector<std::string>{"held by G4", "G4"}));
}

TEST(LockWords, BetweenTwoHoldersItIsTakenAndSaysWhoComesNext) {
  const LockState one = lock_of(GId::none(), {GId{3}});
  EXPECT_TRUE(taken(one)) << "drawn closed";
  EXPECT_EQ(lock_texts(one), (std::vector<std::string>{"goes to G3", "G3"}));
  const LockState two = lock_of(GId::none(), {GId{3}, GId{5}});
  EXPECT_EQ(lock_texts(two).front(), "goes to G3 or G5");
  const LockState many = lock_of(GId::none(), {GId{1}, GId{2}, GId{3}, GId{5}});
  EXPECT_EQ(lock_texts(many).front(), "changes hands · 4 waiting");
  EXPECT_EQ(lock_tooltip(two, 0), "Mutex of local[0]: changes hands; waiting: G3, G5");
}

}  // namespace
}  // namespace poolscope::views
