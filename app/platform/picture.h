#pragma once

// A picture in memory, and as a PNG file.
//
// Thread safety: values.
// Invariants: rgb holds 3 * width_px * height_px bytes, the top row first.

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/error.h"

namespace poolscope::platform {

struct Picture {
  int width_px = 0;
  int height_px = 0;
  std::vector<std::uint8_t> rgb;
  bool operator==(const Picture&) const = default;
};

/// What the current OpenGL framebuffer shows, its lower left `width_px` x `height_px` pixels.
/// Needs a current context.
Picture read_framebuffer(int width_px, int height_px);

/// The picture as the bytes of a PNG file.
std::string encode_png(const Picture& picture);

/// Replaces `file` by the picture, whole or not at all.
Expected<void> write_png(const std::filesystem::path& file, const Picture& picture);

}  // namespace poolscope::platform
