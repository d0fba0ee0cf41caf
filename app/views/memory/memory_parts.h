#pragma once

// The parts that the memory strip is drawn from; only memory.cpp and memory_row.cpp use them.
//
// Thread safety: the thread of the ImGui context.

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "app/layout/memory.h"
#include "app/views/paint/paint.h"
#include "core/story/teller.h"

namespace poolscope::views {

/// Names of the fields, as the session's configuration has them.
inline constexpr std::string_view kPadField = "pad";
inline constexpr std::string_view kPrivateField = "private";
inline constexpr std::string_view kSharedField = "shared";

/// What all parts draw from.
struct MemoryStrip {
  Painter& painter;
  const ViewInput& input;
  const ArrayState* array;          // nullptr: local is nil
  std::vector<std::string> fields;  // their names, the pad last
  std::uint32_t internal = 0;       // bytes of a poolLocal without its pad
  layout::MemoryLayout at;
  std::vector<LineState> unpadded_lines;  // of the array, by line number
  std::vector<LineState> padded_lines;
};

/// The first of `texts` that fits into `width`, "" when none does.
std::string fitting(const Painter& painter, FontRole font, float width,
                    std::initializer_list<std::string> texts);

/// What stands left of a row.
void draw_row_label(const MemoryStrip& strip, const layout::MemoryRow& row,
                    const std::string& title, bool runs_here);
/// The boxes with their fields, and over them their last writers. `states` by line number.
void draw_memory_row(const MemoryStrip& strip, const layout::MemoryRow& row,
                     const std::vector<LineState>& states);

}  // namespace poolscope::views
