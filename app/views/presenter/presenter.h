#pragma once

// The lecturer's own window: what is said now, what comes next, the note, the clock. A class sees
// only the first window.
//
// Thread safety: the thread of the ImGui context.
// Invariants: draws nothing outside the window, and gives back no intents: it is looked at, and its
// keys are those of the first window.

#include <string>

#include "app/frame/view_input.h"

namespace poolscope::views {

/// What it says, as it is shown.
struct PresenterTexts {
  bool lesson = false;  // else the session has no next caption and no note
  std::string title;    // of the lesson or of the session
  std::string now;      // the caption, or the sentence
  std::string under;    // what stands under it
  std::string next;     // the caption of the next line, or the question before it
  std::string note;
  std::string clock;    // of the wall
  std::string elapsed;  // since the program was started, or since the last click on it
  bool black = false;   // what the class sees is black
  bool operator==(const PresenterTexts&) const = default;
};

/// Draws it over the whole of `input.window`, into the current ImGui window. Returns true when the
/// elapsed time was clicked: it is to count from there on.
bool draw_presenter(const ViewInput& input, const PresenterTexts& texts);

}  // namespace poolscope::views
