#pragma once

// How a command says what is wrong: one line on stderr.
//
// Thread safety: one thread.

#include <string>

#include "core/base/error.h"

namespace poolscope::cli {

/// `text` with no end of a line in it.
std::string one_line(std::string text);

/// Says `error` on stderr as "poolscope: MESSAGE" and gives its exit code.
int report(const Error& error);

/// Says an error of a script on stderr as a compiler would, FILE:LINE: WHAT, and gives its exit
/// code.
int report_script(const Error& error);

}  // namespace poolscope::cli
