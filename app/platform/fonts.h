#pragma once

// The fonts of Dear ImGui's atlas: three faces at the sizes that the theme asks for, each with the
// Chinese glyphs merged into it that are really shown.
//
// Thread safety: none, it belongs to the thread of the ImGui context.
// Invariants:
//  1. A font's size is its em, as in the theme: ImFont::FontSize is the size asked for, and the box
//     of a line of text is that high, capital letters standing in its middle. (ImGui by itself
//     calls ascender to descender the size, which differs between families.)
//  2. The atlas holds ASCII, a few signs, and every character that `need` was told of.
//  3. ImFont pointers are valid until the next `build`.

#include <set>
#include <string_view>
#include <vector>

#include <imgui.h>

#include "app/platform/font_files.h"

namespace poolscope::platform {

enum class Face { kRegular, kSemiBold, kMono };

struct FontRequest {
  Face face = Face::kRegular;
  float size_px = 0;
  bool operator==(const FontRequest&) const = default;
};

class Fonts {
 public:
  explicit Fonts(FontFiles files);

  /// Says that `utf8` may be shown.
  void need(std::string_view utf8);

  /// Asks for these fonts from the next build on.
  void request(std::vector<FontRequest> requests);

  /// Whether what was asked for is not in the atlas yet.
  [[nodiscard]] bool stale() const { return stale_; }

  /// Fills the atlas of the current ImGui context and makes its texture. Not within a frame. The
  /// OpenGL 3 backend must be initialised.
  void build();

  /// The font of the i-th request, after `build`.
  [[nodiscard]] ImFont* font(std::size_t i) const { return fonts_.at(i); }

  [[nodiscard]] const FontFiles& files() const { return files_; }

 private:
  [[nodiscard]] std::vector<ImWchar> ranges(bool chinese) const;
  ImFont* add(const FontRequest& request);

  FontFiles files_;
  std::vector<FontRequest> requests_;
  std::set<ImWchar> characters_;
  std::vector<ImWchar> latin_ranges_;  // ImGui keeps pointers to these until it has built
  std::vector<ImWchar> chinese_ranges_;
  std::vector<ImFont*> fonts_;
  bool stale_ = true;
};

}  // namespace poolscope::platform
