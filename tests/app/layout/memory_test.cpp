#include "app/layout/memory.h"

#include <cmath>
#include <map>

#include <gtest/gtest.h>

namespace poolscope::layout {
namespace {

constexpr Rect kPanel{12, 500, 1172, 150};

MemoryShape classic(std::uint32_t places, std::uint32_t focus = 0) {
  MemoryShape shape;
  shape.places = places;
  shape.focus = focus;
  shape.unpadded_stride = 48;
  shape.padded_stride = 128;
  shape.fields = {{0, 16}, {16, 24}, {40, 8}};
  return shape;
}

MemoryLayout lay_out(const MemoryShape& shape, const Rect& panel = kPanel) {
  return memory_layout(panel, shape, theme::sizes_of(theme::LayoutKind::kWorkbench, 900, 1),
                       theme::font_specs(theme::LayoutKind::kWorkbench, 900, 1));
}

// Bytes of each line that each place has, from the px of the pieces.
std::map<std::uint32_t, std::map<std::uint32_t, int>> bytes_by_line(const MemoryLayout& at,
                                                                    const MemoryRow& row) {
  std::map<std::uint32_t, std::map<std::uint32_t, int>> bytes;
  for (const FieldPiece& piece : row.pieces) {
    bytes[piece.line][piece.place] += static_cast<int>(std::lround(piece.rect.w / at.px_per_byte));
  }
  return bytes;
}

TEST(MemoryLayout, WithoutPaddingFourLocalsShareThreeLines) {
  const MemoryLayout at = lay_out(classic(4));
  using Line = std::map<std::uint32_t, int>;
  const auto bytes = bytes_by_line(at, at.unpadded);
  ASSERT_EQ(bytes.size(), 3U);
  EXPECT_EQ(bytes.at(0), (Line{{0, 48}, {1, 16}}));
  EXPECT_EQ(bytes.at(1), (Line{{1, 32}, {2, 32}}));
  EXPECT_EQ(bytes.at(2), (Line{{2, 16}, {3, 48}}));
}

TEST(MemoryLayout, WithPaddingEachLocalHasTwoLinesOfItsOwn) {
  const MemoryLayout at = lay_out(classic(4));
  const auto bytes = bytes_by_line(at, at.padded);
  ASSERT_EQ(bytes.size(), 8U);
  for (std::uint32_t line = 0; line < 8; ++line) {
    EXPECT_EQ(bytes.at(line), (std::map<std::uint32_t, int>{{line / 2, 64}}));
  }
}

TEST(MemoryLayout, AFieldInTwoLinesIsTwoPieces) {
  const MemoryLayout at = lay_out(classic(4));
  std::vector<FieldPiece> shared;  // of P2: bytes 112 to 136
  for (const FieldPiece& piece : at.unpadded.pieces) {
    if (piece.place == 2 && piece.field == 1) shared.push_back(piece);
  }
  ASSERT_EQ(shared.size(), 2U);
  EXPECT_EQ(shared[0].line, 1U);
  EXPECT_EQ(shared[1].line, 2U);
  EXPECT_TRUE(shared[0].first && !shared[0].last);
  EXPECT_TRUE(!shared[1].first && shared[1].last);
  EXPECT_NEAR(shared[0].rect.w, 16 * at.px_per_byte, 0.1);
  EXPECT_NEAR(shared[1].rect.w, 8 * at.px_per_byte, 0.1);
  EXPECT_EQ(at.unpadded.field_at(2, 1), shared[0].rect);
  EXPECT_TRUE(at.unpadded.field_at(9, 1).empty());
}

TEST(MemoryLayout, BothRowsHaveTheSameRuler) {
  const MemoryLayout at = lay_out(classic(4));
  for (std::size_t i = 0; i < at.unpadded.lines.size(); ++i) {
    EXPECT_EQ(at.unpadded.lines[i].box.x, at.padded.lines[i].box.x);
    EXPECT_EQ(at.unpadded.lines[i].box.w, at.padded.lines[i].box.w);
  }
  std::vector<std::uint32_t> first;
  for (const RulerTick& tick : at.ticks) {
    if (tick.byte <= 128) first.push_back(tick.byte);
  }
  EXPECT_EQ(first, (std::vector<std::uint32_t>{0, 16, 40, 48, 64, 128}));
}

TEST(MemoryLayout, ThePiecesLieInTheirBoxesAndTheBoxesInThePanel) {
  for (const float width : {620.0F, 840.0F, 1172.0F, 2300.0F}) {
    for (const std::uint32_t places : {1U, 2U, 3U, 4U, 7U, 8U, 256U}) {
      const Rect panel{5, 7, width, 170};
      const MemoryLayout at = lay_out(classic(places, places - 1), panel);
      for (const MemoryRow* row : {&at.unpadded, &at.padded}) {
        for (const FieldPiece& piece : row->pieces) {
          const Rect& box = row->lines.at(piece.line - row->first_line).box;
          ASSERT_TRUE(box.contains(piece.rect)) << width << " " << places;
        }
        for (const LinePlace& line : row->lines) {
          ASSERT_TRUE(panel.contains(line.box)) << width << " " << places;
          ASSERT_TRUE(panel.contains(line.tag)) << width << " " << places;
        }
      }
      ASSERT_FALSE(at.unpadded.boxes.overlaps(at.ruler));
      ASSERT_FALSE(at.padded.tags.overlaps(at.ruler));
      ASSERT_FALSE(at.unpadded.tags.overlaps(at.heading));
    }
  }
}

TEST(MemoryLayout, TheWindowFollowsTheFocusInWholePeriods) {
  for (const std::uint32_t focus : {0U, 3U, 4U, 100U, 254U, 255U, 999U}) {
    const MemoryLayout at = lay_out(classic(256, focus));
    const std::uint32_t seen = std::min(focus, 255U);
    EXPECT_LE(at.first, seen);
    EXPECT_GT(at.first + at.count, seen);
    EXPECT_EQ(at.first % 4, 0U) << "both rows begin where a line does";
    EXPECT_EQ(at.unpadded.first_line, at.first * 48 / 64);
    EXPECT_EQ(at.padded.first_line, at.first * 2);
    EXPECT_EQ(at.unpadded.pieces.front().rect.x, at.unpadded.lines.front().box.x);
  }
}

TEST(MemoryLayout, TheModernPoolPutsTwoLocalsIntoALine) {
  MemoryShape modern = classic(4);
  modern.unpadded_stride = 32;
  modern.fields = {{0, 16}, {16, 16}};
  const MemoryLayout at = lay_out(modern);
  const auto bytes = bytes_by_line(at, at.unpadded);
  ASSERT_EQ(bytes.size(), 2U);
  EXPECT_EQ(bytes.at(1), (std::map<std::uint32_t, int>{{2, 32}, {3, 32}}));
}

TEST(MemoryLayout, RulerLabelsDoNotTouchAndTheImportantOnesAreThere) {
  for (const float width : {760.0F, 900.0F, 1172.0F, 1576.0F}) {
    for (const std::uint32_t places : {1U, 2U, 4U, 8U}) {
      const MemoryLayout at = lay_out(classic(places), {0, 0, width, 170});
      float end = -100;
      std::vector<std::uint32_t> labelled;
      for (const RulerTick& tick : at.ticks) {
        if (!tick.labelled) continue;
        EXPECT_GE(tick.label.x, end + 2) << width << " " << places << " at " << tick.byte;
        end = tick.label.right();
        if (tick.byte <= 128) labelled.push_back(tick.byte);
      }
      EXPECT_EQ(labelled, (std::vector<std::uint32_t>{0, 16, 40, 48, 64, 128}))
          << width << " " << places;
    }
  }
}

TEST(MemoryLayout, WhatWasMeasuredStandsBesideBothRows) {
  MemoryShape shape = classic(8);
  EXPECT_TRUE(lay_out(shape).unpadded.measured.empty());
  shape.measured = true;
  const MemoryLayout at = lay_out(shape);
  for (const MemoryRow* row : {&at.unpadded, &at.padded}) {
    ASSERT_FALSE(row->measured.empty());
    EXPECT_TRUE(kPanel.contains(row->measured));
    EXPECT_FALSE(row->measured.overlaps(row->boxes));
    EXPECT_FALSE(row->measured.overlaps(at.note));
  }
  EXPECT_TRUE(kPanel.contains(at.ratio));
  EXPECT_FALSE(at.ratio.overlaps(at.ruler));
}

TEST(MemoryLayout, InALargePanelTheTypeAndTheBoxesAreLarger) {
  const auto kind = theme::LayoutKind::kLecture;
  const theme::Sizes sizes = theme::sizes_of(kind, 900, 1);
  const theme::FontSpecs fonts = theme::font_specs(kind, 900, 1);
  const MemoryLayout low = memory_layout({200, 620, 1380, 260}, classic(4), sizes, fonts);
  const MemoryLayout high = memory_layout({200, 100, 1380, 560}, classic(4), sizes, fonts);
  EXPECT_GT(spec_of(fonts, high.type.tag).size_px, spec_of(fonts, low.type.tag).size_px);
  EXPECT_GT(spec_of(fonts, high.type.number).size_px, spec_of(fonts, low.type.number).size_px);
  EXPECT_GT(high.padded.boxes.h, low.padded.boxes.h);
}

TEST(MemoryLayout, ThereIsRoomForTheSentenceBesideTheUpperRow) {
  const MemoryLayout at = lay_out(classic(4));
  EXPECT_GT(at.note.w, 400);
  EXPECT_TRUE(kPanel.contains(at.note));
}

}  // namespace
}  // namespace poolscope::layout
