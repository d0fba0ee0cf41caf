#include "app/platform/fonts.h"

#include <limits>
#include <optional>
#include <utility>

#include "app/gui/imgui_versions.h"
#include "app/platform/utf8.h"

namespace poolscope::platform {
namespace {

// Signs of the picture that no translation need contain.
constexpr std::string_view kSigns = "\u00a0·×÷°±µ–—‘’“”…←↑→↓↔≤≥≠≈−▲▶◀▼◆●○■□";

constexpr ImWchar kFirstAscii = 0x20;
constexpr ImWchar kLastAscii = 0x7e;
constexpr ImWchar kFirstChinese = 0x2e80;  // where the CJK blocks begin; what is below is Latin's

}  // namespace

Fonts::Fonts(FontFiles files) : files_(std::move(files)) {
  for (ImWchar c = kFirstAscii; c <= kLastAscii; ++c) characters_.insert(c);
  need(kSigns);
}

void Fonts::need(std::string_view utf8) {
  if constexpr (gui::kAtlasGrows) return;
  for_each_code_point(utf8, [&](char32_t c) {
    if (c < kFirstAscii || c > std::numeric_limits<ImWchar>::max()) return;
    if (characters_.insert(static_cast<ImWchar>(c)).second) stale_ = true;
  });
}

void Fonts::request(const theme::FontSpecs& specs) {
  if (specs == specs_) return;
  specs_ = specs;
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

std::span<const std::byte> Fonts::bytes_of(const FontFile& file) {
  auto [entry, is_new] = mapped_.try_emplace(file.path);
  if (is_new) entry->second = MappedFile::open(file.path).value_or(MappedFile());
  return entry->second.bytes();
}

ImFont* Fonts::add(const theme::FontSpec& spec) {
  ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  ImFontConfig config;
  config.OversampleH = 1;
  config.OversampleV = 1;
  config.PixelSnapH = true;
  const auto add_file = [&](const FontFile& file, const std::vector<ImWchar>& ranges) -> ImFont* {
    const std::span<const std::byte> bytes = bytes_of(file);
    if (bytes.empty()) return nullptr;
    config.FontNo = static_cast<decltype(config.FontNo)>(file.face);
    gui::set_em(config, spec.size_px, file.height_per_em);
    return gui::add_font(atlas, bytes, config, gui::kAtlasGrows ? nullptr : ranges.data());
  };
  const std::optional<FontFile>& file = files_.of(spec);
  ImFont* font = file ? add_file(*file, latin_ranges_) : nullptr;
  if (font == nullptr) {
    ImFontConfig own;
    own.SizePixels = spec.size_px;
    return atlas.AddFontDefault(&own);
  }
  if (files_.chinese && (gui::kAtlasGrows || chinese_ranges_.size() > 1)) {
    config.MergeMode = true;
    add_file(*files_.chinese, chinese_ranges_);
  }
  return font;
}

void Fonts::build() {
  ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  gui::start_atlas(atlas);
  latin_ranges_ = ranges(false);
  chinese_ranges_ = ranges(true);
  std::array<float, theme::kFontRoles> em_px{};
  for (std::size_t i = 0; i < fonts_.size(); ++i) {
    fonts_[i] = add(specs_[i]);
    em_px[i] = specs_[i].size_px;
  }
  gui::finish_atlas(atlas, fonts_, em_px);
  stale_ = false;
}

}  // namespace poolscope::platform
