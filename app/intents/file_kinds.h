#pragma once

// What can be made of a session, as a file.
//
// Thread safety: pure functions.

#include <algorithm>
#include <array>
#include <string_view>

#include "app/intents/intents.h"

namespace poolscope::intents {

/// Who makes it.
enum class FileMaker : std::uint8_t { kCut, kRender, kExport };

struct FileKindFacts {
  FileKind kind;
  FileMaker maker;
  std::string_view label;      // of its button
  std::string_view extension;  // of its file
  std::string_view format;     // kExport: what --to says
};
/// In the order in which they are offered.
inline constexpr std::array<FileKindFacts, 10> kFileKinds = {{
    {FileKind::kSession, FileMaker::kCut, "save.session", ".poolscope", ""},
    {FileKind::kMp4, FileMaker::kRender, "save.mp4", ".mp4", ""},
    {FileKind::kWebm, FileMaker::kRender, "save.webm", ".webm", ""},
    {FileKind::kGif, FileMaker::kRender, "save.gif", ".gif", ""},
    {FileKind::kPicture, FileMaker::kRender, "save.picture", ".png", ""},
    {FileKind::kSlides, FileMaker::kRender, "save.slides", ".png", ""},
    {FileKind::kPage, FileMaker::kExport, "save.page", ".html", "html"},
    {FileKind::kTrace, FileMaker::kExport, "save.trace", ".json", "chrome"},
    {FileKind::kJsonLines, FileMaker::kExport, "save.jsonl", ".jsonl", "jsonl"},
    {FileKind::kCsv, FileMaker::kExport, "save.csv", ".csv", "csv"},
}};

inline const FileKindFacts& facts_of(FileKind kind) {
  return *std::ranges::find(kFileKinds, kind, &FileKindFacts::kind);
}

/// Whether it is a session again, of a part of this one or of two.
inline bool is_cut(FileKind kind) { return facts_of(kind).maker == FileMaker::kCut; }

/// Whether it is a film, and whether what is said in it can stand in a file of its own.
inline bool is_film(FileKind kind) {
  return kind == FileKind::kMp4 || kind == FileKind::kWebm || kind == FileKind::kGif;
}
inline bool has_captions(FileKind kind) { return is_film(kind) && kind != FileKind::kGif; }

/// Pixels of a picture or a film, the usual size first.
inline constexpr std::array<std::string_view, 3> kPictureSizes = {"1280x720", "1920x1080",
                                                                  "3840x2160"};

/// Whether it can be made of a part of a session. (Lists of events have all of it.)
inline bool takes_part(FileKind kind) {
  if (kind == FileKind::kPage) return true;
  return facts_of(kind).maker != FileMaker::kExport && kind != FileKind::kPicture;
}

}  // namespace poolscope::intents
