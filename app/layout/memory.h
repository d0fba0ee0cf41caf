#pragma once

// The memory strip: the array of poolLocal laid over cache lines, once without padding and once
// with it, at one ruler of bytes.
//
// Thread safety: pure functions of values.
// Invariants:
//  1. Both rows have the same px a byte, and a byte at the same distance from the window's begin
//     stands at the same x in both.
//  2. A box is one cache line. A field that lies in two lines is two pieces, one in each box.
//  3. The poolLocal in focus is in the window.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "app/layout/rect.h"
#include "app/theme/tokens.h"
#include "app/theme/type.h"

namespace poolscope::layout {

/// One field of a poolLocal, as the compiled struct has it; in the order of the offsets, without
/// the pad.
struct FieldExtent {
  std::uint32_t offset = 0;  // bytes
  std::uint32_t size = 0;    // bytes
};

struct MemoryShape {
  std::uint32_t places = 4;  // of the array
  std::uint32_t focus = 0;
  std::uint32_t unpadded_stride = 48;  // bytes from one poolLocal to the next
  std::uint32_t padded_stride = 128;
  std::vector<FieldExtent> fields;
  bool measured = false;  // each row has a bar of what was measured
};

/// The type that the panel's parts are set in: larger where it has room.
struct MemoryType {
  theme::FontRole tag = theme::FontRole::kMicro;
  theme::FontRole tag_strong = theme::FontRole::kMicroStrong;
  theme::FontRole label = theme::FontRole::kSmall;
  theme::FontRole number = theme::FontRole::kBodyStrong;
  bool operator==(const MemoryType&) const = default;
};

struct LinePlace {
  std::uint32_t line = 0;  // of the array, from 0
  Rect tag;                // over the box: its number and its last writer
  Rect box;
};

struct FieldPiece {
  std::uint32_t place = 0;  // index in the array
  std::size_t field = 0;    // index in MemoryShape::fields; fields.size() is the pad
  std::uint32_t line = 0;
  bool first = true;  // the piece with the field's first byte
  bool last = true;   // the piece with its last byte
  Rect rect;
};

struct MemoryRow {
  std::uint32_t stride = 0;
  Rect label;     // left of the boxes
  Rect tags;      // the whole row over the boxes
  Rect boxes;     // from the first line to the last
  Rect measured;  // right of all boxes; empty where nothing was measured
  std::uint32_t first_line = 0;
  std::vector<LinePlace> lines;
  std::vector<FieldPiece> pieces;
  /// Bounds of a field's largest piece, or an empty rectangle where it is not in the window.
  [[nodiscard]] Rect field_at(std::uint32_t place, std::size_t field) const;
};

struct RulerTick {
  std::uint32_t byte = 0;  // from the window's begin
  float x = 0;
  bool at_line = false;  // a cache line begins here
  bool labelled = false;
  Rect label;
};

struct MemoryLayout {
  MemoryType type;
  Rect heading;
  MemoryRow unpadded;
  MemoryRow padded;
  Rect ruler;
  Rect ruler_label;  // left of it
  std::vector<RulerTick> ticks;
  Rect ratio;               // between the two bars
  Rect note;                // right of the upper row's boxes
  std::uint32_t first = 0;  // of the window of places
  std::uint32_t count = 0;
  float px_per_byte = 0;
};

MemoryLayout memory_layout(const Rect& panel, const MemoryShape& shape, const theme::Sizes& sizes,
                           const theme::FontSpecs& fonts);

}  // namespace poolscope::layout
