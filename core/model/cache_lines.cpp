// Writes to cache lines, counted from events: which lines an element's field lies in under each of
// the two strides, and who wrote there last.

#include <array>

#include "core/base/cache_line.h"
#include "core/model/reduction.h"

namespace poolscope::reduction {
namespace {

constexpr std::int64_t kSecond_ns = 1'000'000'000;

struct Extent {
  std::uint32_t offset = 0;
  std::uint32_t size = 0;
};

/// Of the struct that runs; a session without one (scripts, tests) is drawn as Go lays it out.
Extent extent_of(const SessionConfig& config, Field field) {
  constexpr std::array<Extent, 3> kClassic = {{{0, 16}, {16, 24}, {40, 8}}};
  constexpr std::array<Extent, 3> kModern = {{{0, 16}, {16, 16}, {}}};
  const auto i = static_cast<std::size_t>(field);
  if (i < config.fields.size()) return {config.fields[i].offset, config.fields[i].size};
  return config.pool == PoolKind::kModern ? kModern[i] : kClassic[i];
}

std::size_t lines_of(const ArrayState* array, std::uint32_t stride) {
  const std::size_t bytes = array == nullptr ? 0 : array->locals.size() * stride;
  return (bytes + kCacheLine - 1) / kCacheLine;
}

void write_line(LineState& line, PId writer, std::int64_t second) {
  if (line.second != second) {
    line.changes_last_second = line.second + 1 == second ? line.changes_this_second : 0;
    line.changes_this_second = 0;
    line.second = second;
  }
  ++line.writes;
  if (line.last_writer == writer) return;
  if (line.last_writer.valid()) {
    ++line.changes;
    ++line.changes_this_second;
    line.writer_before = line.last_writer;
  }
  line.last_writer = writer;
}

void write_lines(std::vector<LineState>& lines, const Event& e, std::uint32_t stride,
                 Extent extent) {
  const std::size_t begin = std::size_t{e.index} * stride + extent.offset;
  const std::size_t last = (begin + std::max(extent.size, 1U) - 1) / kCacheLine;
  for (std::size_t line = begin / kCacheLine; line <= last && line < lines.size(); ++line) {
    write_line(lines[line], e.p, e.time_ns / kSecond_ns);
  }
}

}  // namespace

void note_write(Model& m, const Event& e, Slot slot, Field field) {
  slot.local->last_writer = e.p;
  if (slot.array->pool.value != 0 || slot.array->status != ArrayState::Status::kCurrent) return;
  const Extent extent = extent_of(m.config, field);
  write_lines(m.lines_unpadded, e, m.config.unpadded_stride, extent);
  write_lines(m.lines_padded, e, m.config.padded_stride, extent);
}

void clear_lines(Model& m, const ArrayState* array) {
  m.lines_unpadded.assign(lines_of(array, m.config.unpadded_stride), {});
  m.lines_padded.assign(lines_of(array, m.config.padded_stride), {});
}

}  // namespace poolscope::reduction
