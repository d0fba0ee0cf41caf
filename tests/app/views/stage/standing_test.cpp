// Which slot of a row or a hand shows which object: each has exactly one tile, whatever the room.

#include "app/views/stage/standing.h"

#include <set>

#include <gtest/gtest.h>

namespace poolscope::views {
namespace {

std::vector<ObjectId> numbered(std::size_t count) {
  std::vector<ObjectId> objects;
  for (std::uint32_t i = 1; i <= count; ++i) objects.push_back(ObjectId{i});
  return objects;
}

layout::CardLayout card_with(std::size_t slots) {
  layout::CardLayout card;
  card.slot_w = 30;
  card.slot_step = 35;
  card.shared = {100, 50, 35 * static_cast<float>(slots), 30};
  card.shared_slots = slots;
  card.hand = {10, 10, 35 * static_cast<float>(slots), 30};
  card.hand_slots = slots;
  return card;
}

void expect_each_once(const std::vector<StandingTile>& tiles, std::size_t count,
                      std::size_t slots) {
  std::multiset<ObjectId> seen;
  std::set<float> places;
  for (const StandingTile& tile : tiles) {
    seen.insert(tile.objects.begin(), tile.objects.end());
    EXPECT_TRUE(places.insert(tile.at.x).second) << "two tiles in one slot";
  }
  EXPECT_LE(tiles.size(), slots);
  ASSERT_EQ(seen.size(), count);
  for (const ObjectId object : numbered(count)) EXPECT_EQ(seen.count(object), 1U);
}

TEST(StandingTiles, OfSharedShowEachObjectOnceAndSumTheOldestUp) {
  for (std::size_t slots = 1; slots <= 8; ++slots) {
    for (std::size_t count = 0; count <= 12; ++count) {
      SCOPED_TRACE(std::to_string(count) + " in " + std::to_string(slots));
      const auto cells = numbered(count);
      const auto tiles =
          tiles_in_row(card_with(slots), slots, &layout::CardLayout::shared_slot, cells);
      expect_each_once(tiles, count, slots);
      for (std::size_t i = 1; i < tiles.size(); ++i) {
        EXPECT_FALSE(tiles[i].sums()) << "only the first sums";
        EXPECT_GT(tiles[i].objects.front(), tiles[i - 1].objects.back()) << "oldest at the left";
      }
    }
  }
}

TEST(StandingTiles, OfAHandShowEachObjectOnceTheNewestNearest) {
  for (std::size_t slots = 1; slots <= 6; ++slots) {
    for (std::size_t count = 0; count <= 9; ++count) {
      for (const bool busy : {false, true}) {
        SCOPED_TRACE(std::to_string(count) + " in " + std::to_string(slots));
        GState g;
        g.hand = numbered(count);
        if (busy) {
          g.op.kind = Operation::Kind::kPut;
          g.in_flight = ObjectId{99};
        }
        const layout::CardLayout card = card_with(slots);
        const auto tiles = tiles_in_hand(card, g);
        expect_each_once(tiles, count, slots);
        if (tiles.empty()) continue;
        if (slots > 1 || !busy) {
          EXPECT_FALSE(tiles.front().under);
          EXPECT_EQ(tiles.front().at, card.hand_slot(busy ? 1 : 0));
        } else {
          EXPECT_TRUE(tiles.front().under) << "the operation has the only slot";
        }
      }
    }
  }
}

}  // namespace
}  // namespace poolscope::views
