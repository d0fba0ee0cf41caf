#include "app/export/cues.h"

#include <algorithm>

#include <fmt/format.h>

namespace poolscope::exporting {
namespace {

constexpr std::int64_t kNsPerMs = 1'000'000;

/// "00:01:02,345"
std::string clock(std::int64_t time_ns, char before_ms) {
  const std::int64_t ms = time_ns / kNsPerMs;
  return fmt::format("{:02}:{:02}:{:02}{}{:03}", ms / 3'600'000, ms / 60'000 % 60, ms / 1000 % 60,
                     before_ms, ms % 1000);
}

/// An empty line would end a cue, and a control character is no text.
std::string on_one_line(std::string_view text) {
  std::string line(text);
  std::ranges::replace_if(
      line, [](unsigned char c) { return c < 0x20; }, ' ');
  return line;
}

/// With what `escaped` gives for each of the characters `special`.
template <class Escaped>
std::string with_escapes(std::string_view text, std::string_view special, Escaped escaped) {
  std::string result;
  for (const char c : on_one_line(text)) {
    if (special.find(c) == std::string_view::npos) {
      result += c;
    } else {
      result += escaped(c);
    }
  }
  return result;
}

std::string_view entity_of(char c) {
  switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    default: return "&gt;";
  }
}

}  // namespace

void add_text(Cues& cues, std::string_view text, std::int64_t begin_ns, std::int64_t end_ns) {
  if (text.empty()) return;
  if (!cues.empty() && cues.back().end_ns == begin_ns && cues.back().text == text) {
    cues.back().end_ns = end_ns;
  } else {
    cues.push_back({begin_ns, end_ns, std::string(text)});
  }
}

std::string srt_of(const Cues& cues) {
  std::string srt;
  int number = 0;
  for (const Cue& cue : cues) {
    srt += fmt::format("{}\n{} --> {}\n{}\n\n", ++number, clock(cue.begin_ns, ','),
                       clock(cue.end_ns, ','), on_one_line(cue.text));
  }
  return srt;
}

std::string vtt_of(const Cues& cues) {
  std::string vtt = "WEBVTT\n\n";
  for (const Cue& cue : cues) {
    vtt += fmt::format("{} --> {}\n{}\n\n", clock(cue.begin_ns, '.'), clock(cue.end_ns, '.'),
                       with_escapes(cue.text, "&<>", entity_of));
  }
  return vtt;
}

std::string ffmetadata_of(const Cues& chapters) {
  std::string text = ";FFMETADATA1\n";
  for (const Cue& chapter : chapters) {
    text += fmt::format("[CHAPTER]\nTIMEBASE=1/1000\nSTART={}\nEND={}\ntitle={}\n",
                        chapter.begin_ns / kNsPerMs, chapter.end_ns / kNsPerMs,
                        with_escapes(chapter.text, "=;#\\", [](char c) {
                          return std::string{'\\', c};
                        }));
  }
  return text;
}

}  // namespace poolscope::exporting
