#pragma once

// A field for one line of text.
//
// Thread safety: the thread of the ImGui context.

#include <cstddef>
#include <optional>
#include <string>

#include "app/views/paint/paint.h"

namespace poolscope::views {

struct TextField {
  std::string label;  // in --ui-dump
  std::string id;     // no other field of its window has it
  std::string hint;   // what stands in it while it is empty
  std::size_t most_bytes = 64;
  bool focused = false;     // takes the keys where its window has just opened, and keeps them
  bool again = false;       // takes them in this frame, all of its text selected
  std::string completed{};  // what Tab makes of the text; "": Tab leaves the field
  bool moves = false;       // Up and Down move in a list under it
};

/// What the viewer has done to a field in this frame.
struct Typed {
  std::optional<std::string> text;  // what it has become; none: it was not changed
  bool entered = false;             // with Enter
  int moved = 0;                    // -1 up, 1 down
};

/// The field with `text` in it, all over `at`.
Typed draw_text_field(Painter& painter, const Rect& at, const TextField& field,
                      const std::string& text);

/// The field that has the keyboard gives it up; what was typed stays.
void let_go_of_field();

}  // namespace poolscope::views
