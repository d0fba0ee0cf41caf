#pragma once

// How far something is that takes its time, on stderr: in a terminal one line, which is gone at the
// end; for a program that asked for it, lines that it can read; else nothing.
//
// Thread safety: one thread.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace poolscope::cli {

/// "120 of 600, about 12 s left": from how long what is done has taken. Without the estimate while
/// nothing is done, or all.
std::string progress_text(std::size_t done, std::size_t all, std::chrono::nanoseconds taken);

/// What a line for programs says, e.g. "120 of 600, about 12 s left"; none: it is no such line.
std::optional<std::string_view> progress_in(std::string_view line);

class ProgressLine {
 public:
  /// `for_programs`: they have asked for it.
  explicit ProgressLine(bool for_programs);
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  /// What every text says from here on, at its end.
  void add(std::string what) { added_ = std::move(what); }
  /// `done` of `all` are done. Writes ten times a second at most.
  void show(std::size_t done, std::size_t all);

 private:
  using Clock = std::chrono::steady_clock;

  enum class Form : std::uint8_t { kNone, kTerminal, kLines };
  Form form_;
  std::optional<Clock::time_point> begun_;
  Clock::time_point written_;
  bool any_ = false;
  std::string added_;
};

}  // namespace poolscope::cli
