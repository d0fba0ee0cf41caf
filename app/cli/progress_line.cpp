#include "app/cli/progress_line.h"

#include <cmath>
#include <cstdio>

#include <fmt/format.h>
#include <unistd.h>

namespace poolscope::cli {
namespace {

constexpr std::chrono::milliseconds kBetween{100};
constexpr std::string_view kBegin = "progress: ";
constexpr const char* kClearLine = "\r\x1b[K";

}  // namespace

std::string progress_text(std::size_t done, std::size_t all, std::chrono::nanoseconds taken) {
  std::string text = fmt::format("{} of {}", done, all);
  if (done == 0 || done >= all) return text;
  const double left_s = std::chrono::duration<double>(taken).count() *
                        static_cast<double>(all - done) / static_cast<double>(done);
  return text + fmt::format(", about {:.0f} s left", std::ceil(left_s));
}

std::optional<std::string_view> progress_in(std::string_view line) {
  if (!line.starts_with(kBegin)) return std::nullopt;
  return line.substr(kBegin.size());
}

ProgressLine::ProgressLine(bool for_programs)
    : form_(for_programs                 ? Form::kLines
            : isatty(STDERR_FILENO) != 0 ? Form::kTerminal
                                         : Form::kNone) {}

ProgressLine::~ProgressLine() {
  if (any_ && form_ == Form::kTerminal) fmt::print(stderr, "{}", kClearLine);
}

void ProgressLine::show(std::size_t done, std::size_t all) {
  if (form_ == Form::kNone) return;
  const Clock::time_point now = Clock::now();
  if (!begun_) begun_ = now;
  if (any_ && done < all && now - written_ < kBetween) return;
  any_ = true;
  written_ = now;
  std::string text = progress_text(done, all, now - *begun_);
  if (!added_.empty()) text += ", " + added_;
  if (form_ == Form::kTerminal) {
    fmt::print(stderr, "{}{}", kClearLine, text);
  } else {
    fmt::print(stderr, "{}{}\n", kBegin, text);
  }
}

}  // namespace poolscope::cli
