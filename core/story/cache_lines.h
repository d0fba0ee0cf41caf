#pragma once

// Which Ps write the cache lines of an array of poolLocal, counted from the writes in the story.
//
// A line is handed over when another P writes it than the one that wrote it last. If the two have
// written different locals, that is false sharing: nothing of what the one has written concerns the
// other, and padding would have kept their lines apart. If they have written the same local (a
// thief does that, and the owner after it), it is true sharing, which no padding takes away.
//
// Thread safety: pure functions of values.
// Invariants: where each local has lines of its own, nothing is falsely shared.

#include <cstdint>
#include <vector>

#include "core/base/ids.h"
#include "core/model/model.h"
#include "core/story/told.h"

namespace poolscope {

/// One write to a cache line.
struct LineWrite {
  PId by;                   // none: there was none
  std::uint16_t place = 0;  // the local that it wrote, by its place in the array
  std::int64_t time_ns = 0;
  bool operator==(const LineWrite&) const = default;
};

/// A write by another P than the line's last writer, and what it came after.
struct HandOver {
  LineWrite from;
  LineWrite to;
  [[nodiscard]] bool happened() const { return to.by.valid(); }
  /// Of what happened: to another local.
  [[nodiscard]] bool is_false_sharing() const { return from.place != to.place; }
  bool operator==(const HandOver&) const = default;
};

/// How often lines were handed over.
struct Sharing {
  std::uint64_t falsely = 0;
  std::uint64_t truly = 0;
  bool operator==(const Sharing&) const = default;
};

struct LineState {
  LineWrite last;
  std::uint64_t writes = 0;
  Sharing shared;
  HandOver falsely;  // the newest of each kind
  HandOver truly;
  bool operator==(const LineState&) const = default;
};

struct LineCounts {
  std::vector<LineState> lines;  // of the whole array, by number
  Sharing shared;                // of all lines
  std::int64_t counted_ns = 1;   // the session time that the counts are about, up to `now_ns`
  bool operator==(const LineCounts&) const = default;
};

/// Of a count over that time.
constexpr double a_second(std::uint64_t count, std::int64_t counted_ns) {
  constexpr double kSecond_ns = 1e9;
  return static_cast<double>(count) * kSecond_ns / static_cast<double>(counted_ns);
}

/// The lines of `array` if its places lie `stride` bytes apart; none when the model does not have
/// it. Counted from the writes in `told`, those of the last kToldFor_ns before `now_ns`: while
/// nothing happens the model's own time stands.
LineCounts lines_of(const Told& told, const Model& model, ArrayId array, std::uint32_t stride,
                    std::int64_t now_ns);

}  // namespace poolscope
