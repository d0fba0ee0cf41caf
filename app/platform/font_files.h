#pragma once

// Which font files the system has for us, by fontconfig.
//
// Thread safety: to be called from one thread at a time.
// Invariants: a family that is not installed is never taken for one that is. fontconfig always
// answers with some font, so its answer's family is compared with the one that was asked for.

#include <optional>
#include <string>

#include "app/theme/type.h"

namespace poolscope::platform {

struct FontFile {
  std::string path;
  int face = 0;  // of the faces in one .ttc file
  std::string family;
  double height_per_em = 1;  // ascender to descender
};

struct FontFiles {
  // Inter and JetBrains Mono, or the system's own sans and mono where they are not installed; none
  // where there is no font at all.
  std::optional<FontFile> regular;
  std::optional<FontFile> medium;
  std::optional<FontFile> semi_bold;
  std::optional<FontFile> mono;
  std::optional<FontFile> chinese;  // Noto Sans CJK SC, or any that has Chinese

  /// The file for a role of the theme; none where there is no font at all.
  [[nodiscard]] const std::optional<FontFile>& of(const theme::FontSpec& spec) const;

  /// What the viewer should know about missing fonts, as a msgid; empty when nothing is missing.
  [[nodiscard]] std::string sentence() const;
};

/// The best files of this system.
FontFiles find_fonts();

/// The file of exactly this family, if it is installed. `weight` is fontconfig's, e.g.
/// FC_WEIGHT_DEMIBOLD.
std::optional<FontFile> find_family(const std::string& family, int weight);

}  // namespace poolscope::platform
