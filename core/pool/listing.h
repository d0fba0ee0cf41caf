#pragma once

// The pool's text as a reader sees it: which line a goroutine stands on at each step.
//
// There are two texts of each pool. Go's is written for reading (assets/source): a line may end
// with
// `// @STEP`, the step at which a goroutine is about to run it, and with a comment in each
// language,
// `// en: TEXT // zh: TEXT`, of which one is shown. The C++ is the text that runs: there the line
// is the point itself, Step::kX.
//
// Thread safety: functions of their arguments.
// Invariants: lines are in the order of the file.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/pool/step.h"

namespace poolscope {

struct ListingLine {
  std::uint32_t number = 0;  // in the file, from 1
  std::string text;          // as it is shown: without marks, comments in one language
  Step step = Step::kNone;   // a goroutine stands here at that step
  bool is_comment = false;   // nothing but a comment
};
using Listing = std::vector<ListingLine>;

/// The listing of a Go text in the language "en" or "zh". A line that is there for the other
/// language is left out. A mark that names no step marks nothing.
Listing go_listing(std::string_view text, std::string_view language);

/// The listing of a C++ text: all its lines. A step stands where Step::kX does in the code.
Listing cpp_listing(std::string_view text);

/// The step of that name, e.g. "put.unpinned"; kNone if there is none.
Step step_of_name(std::string_view name);

}  // namespace poolscope
