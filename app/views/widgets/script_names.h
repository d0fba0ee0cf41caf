#pragma once

// The names that a script has for what the events number, for as long as its frame is drawn.
//
// Thread safety: as of NamesOfScript.

#include "app/frame/view_input.h"
#include "app/views/words/words.h"

namespace poolscope::views {

/// None of them where the input shows no script.
inline NamesOfScript names_of(const ViewInput& input) {
  const LessonStatus* lesson = input.session.lesson.get();
  if (lesson == nullptr) return NamesOfScript(NamesOfScript::Given{});
  return NamesOfScript(NamesOfScript::Given{&lesson->names->goroutines, &lesson->names->objects,
                                            &lesson->names->pools});
}

}  // namespace poolscope::views
