// What is told in a picture that stands for itself.

#include "app/export/drawn_stage.h"

#include <cstdint>

#include <gtest/gtest.h>

namespace poolscope::exporting {
namespace {

Told told_of_many_moves() {
  Told told;
  for (std::uint64_t i = 1; i <= kMovesTold; ++i) {
    told.moves.push_back({.object = ObjectId{static_cast<ObjectId::rep>(i)}, .seq = i});
  }
  told.spotlight.seq = 7;
  told.robberies.resize(2);
  return told;
}

TEST(ToldInPicture, OfASessionWithoutStepsOnlyTheNewestMovesAreTold) {
  const Told told = told_of_many_moves();
  Model model;
  model.step_time_ns = 0;
  const Told few = told_in_picture(told, model);
  ASSERT_EQ(few.moves.size(), 3U);
  EXPECT_EQ(few.moves.front().seq, kMovesTold - 2);
  EXPECT_EQ(few.moves.back(), told.moves.back());
  EXPECT_EQ(few.spotlight, told.spotlight) << "the sentence is the same";
  EXPECT_EQ(few.robberies, told.robberies);
}

TEST(ToldInPicture, OfAPacedSessionAllIsTold) {
  const Told told = told_of_many_moves();
  Model model;
  model.step_time_ns = 300'000'000;
  EXPECT_EQ(told_in_picture(told, model), told);
}

TEST(ToldInPicture, WhereLittleHasMovedAllIsTold) {
  Told told = told_of_many_moves();
  told.moves.resize(2);
  Model model;
  model.step_time_ns = 0;
  EXPECT_EQ(told_in_picture(told, model), told);
}

}  // namespace
}  // namespace poolscope::exporting
