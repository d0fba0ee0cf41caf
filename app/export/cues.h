#pragma once

// What is said in a video, and where its chapters begin, in the forms that players read.
//
// Thread safety: values and pure functions.
// Invariants: times are the video's, in ns, and grow; a text is shown as it is, on one line: what a
// format takes for more than text is escaped.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace poolscope::exporting {

/// A text that stands from `begin_ns` to before `end_ns`.
struct Cue {
  std::int64_t begin_ns = 0;
  std::int64_t end_ns = 0;
  std::string text;
  bool operator==(const Cue&) const = default;
};
using Cues = std::vector<Cue>;

/// Takes the next frame's text, shown until `end_ns`: a cue goes on while its text stays.
void add_text(Cues& cues, std::string_view text, std::int64_t begin_ns, std::int64_t end_ns);

/// SubRip, https://www.matroska.org/technical/subtitles.html#srt-subtitles
std::string srt_of(const Cues& cues);
/// WebVTT, https://www.w3.org/TR/webvtt1/
std::string vtt_of(const Cues& cues);
/// Chapters as ffmpeg reads them, https://ffmpeg.org/ffmpeg-formats.html#Metadata-2
std::string ffmetadata_of(const Cues& chapters);

}  // namespace poolscope::exporting
