#pragma once

// What a file says of a chunk beside its events.
//
// Thread safety: a value.

#include <cstdint>

namespace poolscope {

struct ChunkInfo {
  std::uint64_t first_seq = 0;
  std::uint64_t count = 0;
  std::int64_t first_time_ns = 0;
  std::int64_t last_time_ns = 0;
  [[nodiscard]] std::uint64_t last_seq() const { return first_seq + count - 1; }
};

}  // namespace poolscope
