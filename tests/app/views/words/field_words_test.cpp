#include "app/views/words/field_words.h"

#include <gtest/gtest.h>

namespace poolscope::views {
namespace {

FieldPlace at(std::string_view name, std::uint32_t begin, std::uint32_t size) {
  return {.name = name, .local = 2, .begin = begin, .size = size};
}

TEST(FieldWords, SayWhatIsInAFieldAndWhereItLies) {
  LocalState local;
  EXPECT_EQ(field_text(&local, at("private", 256, 16)),
            "local[2].private: empty\nIt lies in bytes 256 to 271 of the array.");
  local.private_object = ObjectId{12};
  EXPECT_EQ(field_text(&local, at("private", 256, 16)),
            "local[2].private: #12\nIt lies in bytes 256 to 271 of the array.");
}

TEST(FieldWords, OfSharedTheOldestAreNamed) {
  LocalState local;
  for (std::uint32_t i = 1; i <= 10; ++i) local.shared.push_newest(ObjectId{i});
  EXPECT_EQ(field_text(&local, at("shared", 272, 24)),
            "local[2].shared: #1 #2 #3 #4 #5 #6 #7 #8 and 2 more, oldest first\n"
            "It lies in bytes 272 to 295 of the array.");
}

TEST(FieldWords, AMutexIsFreeOrHeld) {
  LocalState local;
  EXPECT_EQ(field_text(&local, at("Mutex", 296, 8)),
            "local[2].Mutex: free\nIt lies in bytes 296 to 303 of the array.");
  local.lock.holder = GId{4};
  EXPECT_NE(field_text(&local, at("Mutex", 296, 8)).find("held by G4"), std::string::npos);
}

TEST(FieldWords, AnAddressIsSaidWhereTheArrayThatRunsHasOne) {
  LocalState local;
  FieldPlace place = at("private", 256, 16);
  place.array_at = 0x7f00'0000'1000;
  EXPECT_EQ(field_text(&local, place),
            "local[2].private: empty\n"
            "It lies in bytes 256 to 271 of the array, from address 0x7f0000001100 on.");
  place.runs_here = false;
  EXPECT_EQ(field_text(&local, place),
            "local[2].private: empty\nIt would lie in bytes 256 to 271 of the array.");
}

TEST(FieldWords, NobodyWritesThePad) {
  EXPECT_EQ(field_text(nullptr, at("pad", 304, 80)),
            "local[2].pad: 80 bytes that nobody writes\n"
            "It lies in bytes 304 to 383 of the array.");
}

}  // namespace
}  // namespace poolscope::views
