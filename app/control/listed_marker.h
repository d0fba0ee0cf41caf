#pragma once

// A marker in the list of a session's markers.
//
// Thread safety: values.
// Invariants: what is shown of a text is short and on one line, whatever a file has there.

#include <cstdint>
#include <string>
#include <vector>

#include "core/session/annotations.h"

namespace poolscope {

struct ListedMarker {
  std::uint32_t id = 0;  // of its list; stays when others come and go
  Marker marker;
  // As they are shown.
  std::string title;
  std::string note;
  bool operator==(const ListedMarker&) const = default;
};
using ListedMarkers = std::vector<ListedMarker>;

/// So much of a text is shown, and can be changed in the window; bytes.
inline constexpr std::size_t kMarkerTitleBytes = 80;
inline constexpr std::size_t kMarkerNoteBytes = 400;

}  // namespace poolscope
