#pragma once

// The fonts of Dear ImGui's atlas: one for each role of the theme, each with the
// Chinese glyphs merged into it that are really shown.
//
// Thread safety: none, it belongs to the thread of the ImGui context.
// Invariants:
//  1. A font's size is its em, as in the theme: ImFont::FontSize is the size asked for, and the box
//     of a line of text is that high, capital letters standing in its middle. (ImGui by itself
//     calls ascender to descender the size, which differs between families.)
//  2. The atlas holds ASCII, a few signs, and every character that `need` was told of.
//  3. ImFont pointers are valid until the next `build`.

#include <array>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <imgui.h>

#include "app/platform/font_files.h"
#include "app/theme/type.h"

namespace poolscope::platform {

class Fonts {
 public:
  explicit Fonts(FontFiles files);

  /// Says that `utf8` may be shown.
  void need(std::string_view utf8);

  /// Asks for these fonts from the next build on.
  void request(const theme::FontSpecs& specs);

  /// Whether what was asked for is not in the atlas yet.
  [[nodiscard]] bool stale() const { return stale_; }

  /// Fills the atlas of the current ImGui context and makes its texture. Not within a frame. The
  /// OpenGL 3 backend must be initialised.
  void build();

  /// One font for each theme::FontRole, after `build`.
  [[nodiscard]] const std::array<ImFont*, theme::kFontRoles>& fonts() const { return fonts_; }

  [[nodiscard]] const FontFiles& files() const { return files_; }

 private:
  [[nodiscard]] std::vector<ImWchar> ranges(bool chinese) const;
  ImFont* add(const theme::FontSpec& spec);
  const std::string& bytes_of(const FontFile& file);

  FontFiles files_;
  std::map<std::string, std::string> file_bytes_;  // by path: the Chinese file has 20 MB
  theme::FontSpecs specs_{};
  std::set<ImWchar> characters_;
  std::vector<ImWchar> latin_ranges_;  // ImGui keeps pointers to these until it has built
  std::vector<ImWchar> chinese_ranges_;
  std::array<ImFont*, theme::kFontRoles> fonts_{};
  bool stale_ = true;
};

}  // namespace poolscope::platform
