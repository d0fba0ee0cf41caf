#pragma once

// The fonts of Dear ImGui's atlas: one for each role of the theme, each with the
// Chinese glyphs merged into it that are really shown.
//
// Thread safety: none, it belongs to the thread of the ImGui context.
// Invariants:
//  1. A font's size is its em, as in the theme (see app/gui/imgui_versions.h).
//  2. The atlas can show ASCII, a few signs, and every character that was needed. Where the atlas
//     grows by itself, it can show every character that the files have.
//  3. ImFont pointers are valid until the next `build`. The atlas may read the files' bytes as
//     long as the ImGui context lives: this outlives it.

#include <array>
#include <cstddef>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <imgui.h>

#include "app/platform/font_files.h"
#include "app/platform/mapped_file.h"
#include "app/theme/type.h"

namespace poolscope::platform {

class Fonts {
 public:
  explicit Fonts(FontFiles files);

  /// `utf8` may be shown from the next build on.
  void need(std::string_view utf8);

  /// Asks for these fonts from the next build on.
  void request(const theme::FontSpecs& specs);

  /// Whether what was asked for is not in the atlas yet.
  [[nodiscard]] bool stale() const { return stale_; }

  /// Fills the atlas of the current ImGui context. Not within a frame. Where no OpenGL 3 backend is
  /// initialised, texts have their sizes, and nobody can draw them.
  void build();

  /// One font for each theme::FontRole, after `build`.
  [[nodiscard]] const std::array<ImFont*, theme::kFontRoles>& fonts() const { return fonts_; }

  [[nodiscard]] const FontFiles& files() const { return files_; }

 private:
  [[nodiscard]] std::vector<ImWchar> ranges(bool chinese) const;
  ImFont* add(const theme::FontSpec& spec);
  std::span<const std::byte> bytes_of(const FontFile& file);

  FontFiles files_;
  std::map<std::string, MappedFile> mapped_;  // by path: the Chinese file has 20 MB
  theme::FontSpecs specs_{};
  std::set<ImWchar> characters_;
  std::vector<ImWchar> latin_ranges_;  // ImGui keeps pointers to these until it has built
  std::vector<ImWchar> chinese_ranges_;
  std::array<ImFont*, theme::kFontRoles> fonts_{};
  bool stale_ = true;
};

}  // namespace poolscope::platform
