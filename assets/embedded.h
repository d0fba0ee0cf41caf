#pragma once

// The texts that the program carries with it: source listings and lessons.
//
// Thread safety: constants.
// Invariants: in order of path.

#include <span>
#include <string_view>

namespace poolscope {

struct EmbeddedFile {
  std::string_view path;  // from the root of the sources, e.g. "assets/source/classic.go"
  std::string_view text;  // UTF-8, as in the file
};

/// All of them.
std::span<const EmbeddedFile> embedded_files();

/// The text of one, empty if there is none of that path.
std::string_view embedded_text(std::string_view path);

}  // namespace poolscope
