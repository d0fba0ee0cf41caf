#include "app/platform/font_files.h"

#include <fontconfig/fontconfig.h>
#include <ft2build.h>
#include FT_FREETYPE_H

#include <memory>
#include <utility>

namespace poolscope::platform {
namespace {

// fontconfig keeps a number of the named instance of a variable font in the upper 16 bits.
constexpr int kFaceMask = 0xffff;

struct PatternDeleter {
  void operator()(FcPattern* pattern) const { FcPatternDestroy(pattern); }
};
using Pattern = std::unique_ptr<FcPattern, PatternDeleter>;

const FcChar8* fc_text(const std::string& text) {
  return reinterpret_cast<const FcChar8*>(text.c_str());
}

/// Ascender to descender in ems, the measure that ImGui calls a font's size.
double height_per_em(const std::string& path, int face_index) {
  FT_Library library = nullptr;
  if (FT_Init_FreeType(&library) != 0) return 1;
  double height = 1;
  FT_Face face = nullptr;
  if (FT_New_Face(library, path.c_str(), face_index, &face) == 0) {
    if (face->units_per_EM > 0) {
      height = static_cast<double>(face->ascender - face->descender) / face->units_per_EM;
    }
    FT_Done_Face(face);
  }
  FT_Done_FreeType(library);
  return height;
}

std::optional<FontFile> match(FcPattern* pattern) {
  FcConfigSubstitute(nullptr, pattern, FcMatchPattern);
  FcDefaultSubstitute(pattern);
  FcResult result = FcResultNoMatch;
  const Pattern found(FcFontMatch(nullptr, pattern, &result));
  if (!found || result != FcResultMatch) return std::nullopt;
  FcChar8* path = nullptr;
  FcChar8* family = nullptr;
  int face = 0;
  if (FcPatternGetString(found.get(), FC_FILE, 0, &path) != FcResultMatch) return std::nullopt;
  FcPatternGetInteger(found.get(), FC_INDEX, 0, &face);
  FcPatternGetString(found.get(), FC_FAMILY, 0, &family);
  FontFile file;
  file.path = reinterpret_cast<const char*>(path);
  file.face = face & kFaceMask;
  file.family = family == nullptr ? "" : reinterpret_cast<const char*>(family);
  file.height_per_em = height_per_em(file.path, file.face);
  return file;
}

/// A pattern for fonts that FreeType draws as outlines, and that are not variable.
Pattern outlines(int weight) {
  Pattern pattern(FcPatternCreate());
  FcPatternAddInteger(pattern.get(), FC_WEIGHT, weight);
  FcPatternAddInteger(pattern.get(), FC_SLANT, FC_SLANT_ROMAN);
  FcPatternAddBool(pattern.get(), FC_SCALABLE, FcTrue);
  FcPatternAddBool(pattern.get(), FC_VARIABLE, FcFalse);
  return pattern;
}

std::optional<FontFile> find_generic(const std::string& generic, int weight) {
  const Pattern pattern = outlines(weight);
  FcPatternAddString(pattern.get(), FC_FAMILY, fc_text(generic));
  return match(pattern.get());
}

std::optional<FontFile> find_any_chinese() {
  const Pattern pattern = outlines(FC_WEIGHT_REGULAR);
  FcPatternAddString(pattern.get(), FC_LANG, fc_text("zh-cn"));
  FcCharSet* needed = FcCharSetCreate();
  constexpr FcChar32 kFill = 0x586B;  // 填, as in the translations
  FcCharSetAddChar(needed, kFill);
  FcPatternAddCharSet(pattern.get(), FC_CHARSET, needed);
  FcCharSetDestroy(needed);

  FcConfigSubstitute(nullptr, pattern.get(), FcMatchPattern);
  FcDefaultSubstitute(pattern.get());
  FcResult result = FcResultNoMatch;
  const Pattern found(FcFontMatch(nullptr, pattern.get(), &result));
  FcCharSet* has = nullptr;
  if (!found || FcPatternGetCharSet(found.get(), FC_CHARSET, 0, &has) != FcResultMatch ||
      FcCharSetHasChar(has, kFill) == FcFalse) {
    return std::nullopt;
  }
  return match(pattern.get());
}

std::optional<FontFile> first_of(std::optional<FontFile> wanted, std::optional<FontFile> other) {
  return wanted ? std::move(wanted) : std::move(other);
}

}  // namespace

std::optional<FontFile> find_family(const std::string& family, int weight) {
  const Pattern pattern = outlines(weight);
  FcPatternAddString(pattern.get(), FC_FAMILY, fc_text(family));
  auto found = match(pattern.get());
  if (!found || found->family != family) return std::nullopt;
  return found;
}

FontFiles find_fonts() {
  FontFiles files;
  files.regular = first_of(find_family("Inter", FC_WEIGHT_REGULAR),
                           find_generic("sans-serif", FC_WEIGHT_REGULAR));
  files.medium = first_of(find_family("Inter", FC_WEIGHT_MEDIUM),
                          find_generic("sans-serif", FC_WEIGHT_MEDIUM));
  files.semi_bold = first_of(find_family("Inter", FC_WEIGHT_DEMIBOLD),
                             find_generic("sans-serif", FC_WEIGHT_DEMIBOLD));
  files.mono = first_of(find_family("JetBrains Mono", FC_WEIGHT_REGULAR),
                        find_generic("monospace", FC_WEIGHT_REGULAR));
  files.chinese = first_of(find_family("Noto Sans CJK SC", FC_WEIGHT_REGULAR), find_any_chinese());
  return files;
}

const std::optional<FontFile>& FontFiles::of(const theme::FontSpec& spec) const {
  if (spec.family == theme::FontFamily::kMono) return mono;
  switch (spec.weight) {
    case theme::FontWeight::kRegular: return regular;
    case theme::FontWeight::kMedium: return medium;
    case theme::FontWeight::kSemiBold: return semi_bold;
  }
  return regular;
}

std::string FontFiles::sentence() const {
  if (!regular || !mono) {
    return "No fonts are installed: install fonts-inter and fonts-jetbrains-mono.";
  }
  if (!chinese) return "No font with Chinese is installed: install fonts-noto-cjk.";
  return "";
}

}  // namespace poolscope::platform
