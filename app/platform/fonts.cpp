#include "app/platform/fonts.h"

#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include <imgui_freetype.h>
#include <imgui_impl_opengl3.h>

#include "app/platform/utf8.h"

namespace poolscope::platform {
namespace {

// Signs of the picture that no translation need contain.
constexpr std::string_view kSigns = "\u00a0·×÷°±µ–—‘’“”…←↑→↓↔≤≥≠≈−▲▶◀▼◆●○■□";

constexpr ImWchar kFirstAscii = 0x20;
constexpr ImWchar kLastAscii = 0x7e;
constexpr ImWchar kFirstChinese = 0x2e80;  // where the CJK blocks begin; what is below is Latin's

const std::optional<FontFile>& file_of(const FontFiles& files, Face face) {
  switch (face) {
    case Face::kRegular: return files.regular;
    case Face::kSemiBold: return files.semi_bold;
    case Face::kMono: return files.mono;
  }
  return files.regular;
}

/// Makes the box of a line one em high, with the same space left away above and below.
void trim_to_em(ImFont& font, float em_px) {
  const float cut = std::round((font.FontSize - em_px) / 2);
  for (ImFontGlyph& glyph : font.Glyphs) {
    glyph.Y0 -= cut;
    glyph.Y1 -= cut;
  }
  font.Ascent -= cut;
  font.Descent += font.FontSize - em_px - cut;
  font.FontSize = em_px;
}

}  // namespace

Fonts::Fonts(FontFiles files) : files_(std::move(files)) {
  for (ImWchar c = kFirstAscii; c <= kLastAscii; ++c) characters_.insert(c);
  need(kSigns);
}

void Fonts::need(std::string_view utf8) {
  for_each_code_point(utf8, [&](char32_t c) {
    if (c < kFirstAscii || c > std::numeric_limits<ImWchar>::max()) return;
    if (characters_.insert(static_cast<ImWchar>(c)).second) stale_ = true;
  });
}

void Fonts::request(std::vector<FontRequest> requests) {
  if (requests == requests_) return;
  requests_ = std::move(requests);
  stale_ = true;
}

std::vector<ImWchar> Fonts::ranges(bool chinese) const {
  std::vector<ImWchar> pairs;
  for (const ImWchar c : characters_) {
    if (chinese != (c >= kFirstChinese)) continue;
    if (!pairs.empty() && pairs.back() + 1 == c) {
      pairs.back() = c;
    } else {
      pairs.insert(pairs.end(), {c, c});
    }
  }
  pairs.push_back(0);
  return pairs;
}

ImFont* Fonts::add(const FontRequest& request) {
  ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  const std::optional<FontFile>& file = file_of(files_, request.face);
  if (!file) {
    ImFontConfig config;
    config.SizePixels = request.size_px;
    return atlas.AddFontDefault(&config);
  }
  ImFontConfig config;
  config.FontNo = file->face;
  config.OversampleH = 1;
  config.OversampleV = 1;
  config.PixelSnapH = true;
  const auto size = [&](const FontFile& of) {
    return static_cast<float>(request.size_px * of.height_per_em);
  };
  ImFont* font =
      atlas.AddFontFromFileTTF(file->path.c_str(), size(*file), &config, latin_ranges_.data());
  if (font != nullptr && files_.chinese && chinese_ranges_.size() > 1) {
    config.MergeMode = true;
    config.FontNo = files_.chinese->face;
    atlas.AddFontFromFileTTF(files_.chinese->path.c_str(), size(*files_.chinese), &config,
                             chinese_ranges_.data());
  }
  return font;
}

void Fonts::build() {
  ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  atlas.Clear();
  atlas.FontBuilderIO = ImGuiFreeType::GetBuilderForFreeType();
  atlas.FontBuilderFlags = ImGuiFreeTypeBuilderFlags_LightHinting;
  latin_ranges_ = ranges(false);
  chinese_ranges_ = ranges(true);
  fonts_.clear();
  for (const FontRequest& request : requests_) fonts_.push_back(add(request));
  atlas.Build();
  for (std::size_t i = 0; i < fonts_.size(); ++i) {
    if (file_of(files_, requests_[i].face)) trim_to_em(*fonts_[i], requests_[i].size_px);
  }
  ImGui_ImplOpenGL3_DestroyFontsTexture();
  ImGui_ImplOpenGL3_CreateFontsTexture();
  stale_ = false;
}

}  // namespace poolscope::platform
