#pragma once

// The spans of one track of a trace, from their beginnings to their ends. A span is written when it
// is complete, and what lies within it behind it: so whoever reads the file finds the outer one
// first, though it ends last.
//
// Thread safety: none of its own.
// Invariants: a span ends before the one that it lies in; nothing is written of an outermost span
// before its end.

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/session/chrome_trace.h"

namespace poolscope {

class OpenSpans {
 public:
  void begin(std::string_view name, std::int64_t time_ns) {
    open_.push_back(spans_.size());
    spans_.push_back({std::string(name), time_ns, time_ns, {}});
  }

  /// Ends the innermost. A recording may begin in the middle of an operation: what has not begun is
  /// not ended.
  void end(ChromeTrace& trace, const ChromeTrace::Track& track, std::int64_t time_ns,
           std::string args = {}) {
    if (open_.empty()) return;
    Span& span = spans_[open_.back()];
    span.end_ns = time_ns;
    span.args = std::move(args);
    open_.pop_back();
    if (!open_.empty()) return;
    for (const Span& done : spans_) {
      trace.span(track, done.name, done.begin_ns, done.end_ns, done.args);
    }
    spans_.clear();
  }

  /// Ends all of them, `args` being the outermost's.
  void end_all(ChromeTrace& trace, const ChromeTrace::Track& track, std::int64_t time_ns,
               std::string args = {}) {
    while (open_.size() > 1) end(trace, track, time_ns);
    end(trace, track, time_ns, std::move(args));
  }

  /// "" where none is open.
  [[nodiscard]] std::string_view innermost() const {
    return open_.empty() ? std::string_view{} : std::string_view(spans_[open_.back()].name);
  }
  [[nodiscard]] std::string_view outermost() const {
    return open_.empty() ? std::string_view{} : std::string_view(spans_[open_.front()].name);
  }
  [[nodiscard]] std::size_t depth() const { return open_.size(); }

 private:
  struct Span {
    std::string name;
    std::int64_t begin_ns = 0;
    std::int64_t end_ns = 0;
    std::string args;
  };
  std::vector<Span> spans_;        // in the order of their beginnings, the outermost first
  std::vector<std::size_t> open_;  // of spans_, the outermost first
};

}  // namespace poolscope
