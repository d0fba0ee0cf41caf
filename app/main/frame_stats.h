#pragma once

// How long frames take: for --frame-stats.
//
// Thread safety: none.

#include <cstdint>
#include <string>
#include <vector>

namespace poolscope::app {

class FrameStats {
 public:
  /// One frame: `build_ns` for the draw lists, `draw_ns` until OpenGL had drawn them.
  void add(std::int64_t build_ns, std::int64_t draw_ns);

  /// {"build_ms": {"p50":, "p99":}, "draw_ms": {...}, "frames": N}
  [[nodiscard]] std::string json() const;

 private:
  std::vector<std::int64_t> build_ns_;
  std::vector<std::int64_t> draw_ns_;
};

}  // namespace poolscope::app
