#pragma once

// What a searched text names in the session: an event, an object, a goroutine, a moment, markers.
// It stands above the lessons that have these words.
//
// Thread safety: the thread of the ImGui context.

#include <string>
#include <string_view>
#include <vector>

#include "app/intents/intents.h"
#include "app/views/paint/paint.h"

namespace poolscope::views {

struct FoundPlace {
  std::string label;  // in --ui-dump
  std::string text;
  intents::Intents go;  // there
};

/// "#12" an object or an event, "12" any of them, "G4" a goroutine, "3.2 s", "500ms" or "1:05" a
/// moment, any words the first markers that have them; what the session does not have is not found.
std::vector<FoundPlace> found_places(const ViewInput& input, std::string_view searched);

/// Draws them from the top of `in`, which is cut. A click goes there and closes the list; so does
/// Enter, to the first one. Whether there is any.
bool draw_found_places(Painter& painter, Rect& in, bool entered, intents::Intents& asked);

}  // namespace poolscope::views
