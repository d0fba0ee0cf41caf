// Writes to cache lines: which lines a field lies in under a stride, and the last writer there.

#include <algorithm>
#include <array>

#include "core/base/cache_line.h"
#include "core/story/teller.h"

namespace poolscope {
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

void write_line(LineState& line, const FieldWrite& write, bool in_last_second) {
  ++line.writes;
  line.last_write_ns = write.time_ns;
  if (line.last_writer == write.by) return;
  if (line.last_writer.valid()) {
    ++line.changes;
    line.changes_a_second += in_last_second ? 1 : 0;
    line.writer_before = line.last_writer;
  }
  line.last_writer = write.by;
}

}  // namespace

std::vector<LineState> lines_of(const Told& told, const Model& model, ArrayId array,
                                std::uint32_t stride) {
  const ArrayState* state = model.array(array);
  if (state == nullptr) return {};
  std::vector<LineState> lines((state->locals.size() * stride + kCacheLine - 1) / kCacheLine);
  for (const FieldWrite& write : told.writes) {
    if (write.array != array) continue;
    const Extent extent = extent_of(model.config, write.field);
    const std::size_t begin = std::size_t{write.index} * stride + extent.offset;
    const std::size_t last = (begin + std::max(extent.size, 1U) - 1) / kCacheLine;
    const bool in_last_second = model.time_ns - write.time_ns < kSecond_ns;
    for (std::size_t i = begin / kCacheLine; i <= last && i < lines.size(); ++i) {
      write_line(lines[i], write, in_last_second);
    }
  }
  // A full list goes back no further than its oldest write, which may be less than a second.
  const bool full = told.writes.size() == kWritesTold;
  const std::int64_t reach_ns =
      full ? std::max<std::int64_t>(model.time_ns - told.writes.front().time_ns, 1) : kToldFor_ns;
  for (LineState& line : lines) {
    line.counted_ns = reach_ns;
    if (reach_ns < kSecond_ns) {
      line.changes_a_second = static_cast<std::uint64_t>(
          static_cast<double>(line.changes) * kSecond_ns / static_cast<double>(reach_ns));
    }
  }
  return lines;
}

}  // namespace poolscope
