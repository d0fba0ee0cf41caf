#pragma once

// The parts that the memory strip is drawn from; only the files of this folder use them.
//
// Thread safety: the thread of the ImGui context.

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "app/intents/intents.h"
#include "app/layout/memory.h"
#include "app/views/paint/paint.h"
#include "core/story/cache_lines.h"

namespace poolscope::views {

/// Names of the fields, as the session's configuration has them.
inline constexpr std::string_view kPadField = "pad";
inline constexpr std::string_view kPrivateField = "private";
inline constexpr std::string_view kSharedField = "shared";

/// The padding that the lower row shows.
inline constexpr std::uint32_t kPaddedTo = 128;

/// What all parts draw from.
struct MemoryStrip {
  Painter& painter;
  const ViewInput& input;
  const ArrayState* array;          // nullptr: local is nil
  std::vector<std::string> fields;  // their names, the pad last
  std::uint32_t internal = 0;       // bytes of a poolLocal without its pad
  layout::MemoryLayout at;
  LineCounts unpadded;
  LineCounts padded;
};

/// A row with what is counted of its lines.
struct CountedRow {
  const layout::MemoryRow& place;
  const LineCounts& counts;
  std::string title;
  bool runs_here = false;

  [[nodiscard]] LineState line(std::uint32_t number) const {
    return number < counts.lines.size() ? counts.lines[number] : LineState{};
  }
};

/// The first of `texts` that fits into `width`, "" when none does.
std::string fitting(const Painter& painter, FontRole font, float width,
                    std::initializer_list<std::string> texts);

/// Its name, pages and buttons, and the key of the fields.
void draw_memory_heading(const MemoryStrip& strip, intents::Intents& asked);
/// What stands left of a row: its name, and how often its lines are handed over.
void draw_row_label(const MemoryStrip& strip, const CountedRow& row);
/// The boxes with their fields, and over them their last writers.
void draw_memory_row(const MemoryStrip& strip, const CountedRow& row);
/// What was measured on this machine, beside both rows.
void draw_measured(const MemoryStrip& strip, const PaddingCost& cost);
/// Which line was handed over last, in words.
void draw_memory_note(const MemoryStrip& strip, const CountedRow& unpadded,
                      const CountedRow& padded);

}  // namespace poolscope::views
