#pragma once

// What is said about padding: what was measured of it on this machine, and the steps that explain
// what it is for.
//
// Thread safety: pure functions, but for the language (see locale).

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "core/model/session_config.h"
#include "core/sim/padding_cost.h"

namespace poolscope::views {

/// 3.1 ns, 142 ns
std::string ns_text(double ns);
/// "2.3 times, here, 2 cores" and what stands for it where there is less room, the longest first.
std::array<std::string, 3> ratio_texts(const PaddingCost& cost);
/// All of it in a sentence.
std::string measured_text(const PaddingCost& cost);

/// The steps in which false sharing is explained, in their order.
enum class PaddingStep : std::uint8_t {
  kOneLine,     // two locals lie in one line
  kFirstWrite,  // P0 writes: the line is its core's
  kMoves,       // P1 writes its own local: the line moves
  kMovesBack,
  kAgain,      // and so on
  kPadded,     // each local has lines of its own
  kTrueShare,  // a thief writes the same local: that line moves all the same
};
inline constexpr std::size_t kPaddingSteps = 7;

std::string step_text(PaddingStep step, const SessionConfig& config);

}  // namespace poolscope::views
