#pragma once

// The program whose window is tested.
//
// Thread safety: constants.

#include <string>

namespace poolscope::testing {

inline const std::string kProgram = POOLSCOPE_BINARY;
/// Its exit code after SIGINT.
inline constexpr int kInterrupted = 130;

}  // namespace poolscope::testing
