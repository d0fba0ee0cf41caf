#include "app/views/words/padding_words.h"

#include <fmt/format.h>

#include "app/locale/translate.h"
#include "core/base/cache_line.h"

namespace poolscope::views {
namespace {

using locale::tr;
using locale::trf;

}  // namespace

std::string ns_text(double ns) {
  constexpr double kWhole = 99.95;  // from here on a part of one says nothing
  return ns < kWhole ? fmt::format("{:.1f} ns", ns) : fmt::format("{:.0f} ns", ns);
}

std::array<std::string, 3> ratio_texts(const PaddingCost& cost) {
  const std::string times = fmt::format("{:.1f}", cost.ratio());
  return {trf("{0} times, here, {1} cores", times, cost.threads),
          trf("{0} times, {1} cores", times, cost.threads), trf("{0} times", times)};
}

std::string measured_text(const PaddingCost& cost) {
  return trf(
      "Measured on this machine, {0} threads on as many cores: without padding a Put or Get takes "
      "{1}, with padding {2}, so {3} times as long without it.",
      cost.threads, ns_text(cost.unpadded_ns), ns_text(cost.padded_ns),
      fmt::format("{:.1f}", cost.ratio()));
}

std::string step_text(PaddingStep step, const SessionConfig& config) {
  switch (step) {
    case PaddingStep::kOneLine:
      return trf(
          "Memory comes to a core in lines of {0} bytes. Without padding a local takes {1} bytes: "
          "so "
          "local[1] begins in the line in which local[0] lies.",
          kCacheLine, config.unpadded_stride);
    case PaddingStep::kFirstWrite:
      return tr(
          "P0 writes its private. Whoever writes to a line needs it alone: it is at core 0 now, "
          "last "
          "written by P0.");
    case PaddingStep::kMoves:
      return tr(
          "P1 writes its own private. That is another local, but the same line: P1 waits until the "
          "line has come to core 1.");
    case PaddingStep::kMovesBack:
      return tr(
          "P0 writes its private again. Nobody has touched it, and yet P0 waits: the line must "
          "come "
          "back.");
    case PaddingStep::kAgain:
      return tr(
          "So it goes on, with every write. This is false sharing: the two Ps share a line, and "
          "not "
          "one byte of what they write.");
    case PaddingStep::kPadded:
      return trf(
          "With padding a local takes {0} bytes: lines of its own. Both Ps write at the same time, "
          "and no line moves.",
          config.padded_stride);
    case PaddingStep::kTrueShare:
      return tr(
          "A thief still writes the local that it steals from, and that line moves. This is true "
          "sharing: no padding takes it away.");
  }
  return "";
}

}  // namespace poolscope::views
