#pragma once

// Checks of our own logic: on in every build, they say what and where, and abort. Expected failures
// (files, arguments, devices) are values instead, see error.h.
//
// Thread safety: yes.

#include <cstdio>
#include <cstdlib>
#include <source_location>

namespace poolscope {

/// Ends the program with the place and the words; for code that must not be reached.
[[noreturn]] inline void fail_check(const char* what,
                                    std::source_location where = std::source_location::current()) {
  std::fprintf(stderr, "%s:%u: %s: check failed: %s\n", where.file_name(),
               static_cast<unsigned>(where.line()), where.function_name(), what);
  std::abort();
}

/// Aborts unless `holds`. `what` states what must be true.
constexpr void check(bool holds, const char* what,
                     std::source_location where = std::source_location::current()) {
  if (!holds) [[unlikely]] {
    fail_check(what, where);
  }
}

}  // namespace poolscope
