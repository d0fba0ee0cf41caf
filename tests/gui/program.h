#pragma once

// The program whose window is tested.
//
// Thread safety: constants.

#include <string>

namespace poolscope::testing {

inline const std::string kProgram = POOLSCOPE_BINARY;
/// The lessons that it has built in, as files.
inline const std::string kLessons = std::string(POOLSCOPE_SOURCE_DIR) + "/assets/lessons/";
/// Its exit code after SIGINT.
inline constexpr int kInterrupted = 130;

}  // namespace poolscope::testing
