#include "app/platform/picture.h"

#include <algorithm>
#include <cstddef>

#include <glad/gl.h>
#include <stb_image_write.h>

#include "app/platform/files.h"
#include "core/base/check.h"

namespace poolscope::platform {
namespace {

constexpr int kChannels = 3;

std::size_t row_bytes(const Picture& picture) {
  return static_cast<std::size_t>(picture.width_px) * kChannels;
}

void append(void* to, void* bytes, int size) {
  static_cast<std::string*>(to)->append(static_cast<const char*>(bytes),
                                        static_cast<std::size_t>(size));
}

}  // namespace

Picture read_framebuffer(int width_px, int height_px) {
  Picture picture{.width_px = width_px, .height_px = height_px, .rgb = {}};
  const std::size_t row = row_bytes(picture);
  const auto rows = static_cast<std::size_t>(height_px);
  picture.rgb.resize(row * rows);
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glReadPixels(0, 0, width_px, height_px, GL_RGB, GL_UNSIGNED_BYTE, picture.rgb.data());
  // OpenGL counts rows from below.
  const auto at = [&](std::size_t y) {
    return picture.rgb.begin() + static_cast<std::ptrdiff_t>(y * row);
  };
  for (std::size_t y = 0; y < rows / 2; ++y) {
    std::swap_ranges(at(y), at(y + 1), at(rows - 1 - y));
  }
  return picture;
}

std::string encode_png(const Picture& picture) {
  check(picture.rgb.size() == row_bytes(picture) * static_cast<std::size_t>(picture.height_px),
        "a picture has as many bytes as its size says");
  std::string bytes;
  const int written =
      stbi_write_png_to_func(append, &bytes, picture.width_px, picture.height_px, kChannels,
                             picture.rgb.data(), static_cast<int>(row_bytes(picture)));
  check(written != 0, "a picture in memory can be packed");
  return bytes;
}

Expected<void> write_png(const std::filesystem::path& file, const Picture& picture) {
  return write_whole(file, encode_png(picture));
}

}  // namespace poolscope::platform
