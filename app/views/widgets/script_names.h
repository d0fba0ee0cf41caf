#pragma once

// The names that a script or a recorded program has for what the events number, for as long as its
// frame is drawn.
//
// Thread safety: as of NamesOfScript.

#include <string>

#include "app/frame/view_input.h"
#include "app/views/words/words.h"

namespace poolscope::views {

/// None of them where the input shows neither. A program's goroutines keep their numbers:
/// "goroutine 18" has no room on a badge.
inline NamesOfScript names_of(const ViewInput& input) {
  const LessonStatus* lesson = input.session.lesson.get();
  if (lesson == nullptr) {
    const SessionNames* names = input.session.names.get();
    return NamesOfScript(NamesOfScript::Given{.pools = names == nullptr ? nullptr : &names->pools});
  }
  return NamesOfScript(NamesOfScript::Given{&lesson->names->goroutines, &lesson->names->objects,
                                            &lesson->names->pools});
}

/// G3, and what a recorded program calls it where that is known: "G3, goroutine 18".
inline std::string full_name_of(const ViewInput& input, GId g) {
  const SessionNames* names = input.session.names.get();
  const bool known = names != nullptr && g.value < names->goroutines.size();
  const std::string theirs = known ? names->goroutines[g.value] : "";
  return theirs.empty() ? name_of(g) : name_of(g) + ", " + theirs;
}

}  // namespace poolscope::views
