#pragma once

// What a recorded Go program calls what the events number.
//
// Thread safety: a value.

#include <string>
#include <vector>

namespace poolscope {

/// By their numbers; "", or beyond the end: it has only its number.
struct SessionNames {
  std::vector<std::string> goroutines;  // "goroutine 18"
  std::vector<std::string> pools;       // "fmt.ppFree (*fmt.pp)"
  bool operator==(const SessionNames&) const = default;
};

}  // namespace poolscope
