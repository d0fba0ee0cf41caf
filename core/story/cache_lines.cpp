#include "core/story/cache_lines.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "core/base/cache_line.h"

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

void write_line(LineState& line, const LineWrite& write, Sharing& all) {
  ++line.writes;
  const LineWrite before = std::exchange(line.last, write);
  if (!before.by.valid() || before.by == write.by) return;
  const HandOver hand_over{before, write};
  const bool falsely = hand_over.is_false_sharing();
  (falsely ? line.falsely : line.truly) = hand_over;
  ++(falsely ? line.shared.falsely : line.shared.truly);
  ++(falsely ? all.falsely : all.truly);
}

/// Writes go back no further than the oldest that is told, nor than the session's begin.
std::int64_t counted_ns(const Told& told, std::int64_t now_ns) {
  const bool full = told.writes.size() == kWritesTold;
  const std::int64_t reach_ns = full ? now_ns - told.writes.front().time_ns : now_ns;
  return std::clamp<std::int64_t>(reach_ns, full ? 1 : kSecond_ns, kToldFor_ns);
}

}  // namespace

LineCounts lines_of(const Told& told, const Model& model, ArrayId array, std::uint32_t stride,
                    std::int64_t now_ns) {
  LineCounts counts;
  counts.counted_ns = counted_ns(told, now_ns);
  const ArrayState* state = model.array(array);
  if (state == nullptr) return counts;
  counts.lines.resize((state->locals.size() * stride + kCacheLine - 1) / kCacheLine);
  for (const FieldWrite& write : told.writes) {
    if (write.array != array || now_ns - write.time_ns >= kToldFor_ns) continue;
    const Extent extent = extent_of(model.config, write.field);
    const std::size_t begin = std::size_t{write.index} * stride + extent.offset;
    const std::size_t last = (begin + std::max(extent.size, 1U) - 1) / kCacheLine;
    for (std::size_t i = begin / kCacheLine; i <= last && i < counts.lines.size(); ++i) {
      write_line(counts.lines[i], {write.by, write.index, write.time_ns}, counts.shared);
    }
  }
  return counts;
}

}  // namespace poolscope
