#pragma once

// What happened to an object, and why a Get found nothing or the world waited, in the viewer's
// language.
//
// Thread safety: as of words.h.

#include <string>

#include "core/story/object_life.h"
#include "core/story/why.h"

namespace poolscope::views {

/// "G2 steals it from P0": about an object that has been named.
std::string life_text(const LifeEntry& entry);

/// A whole sentence.
std::string reason_text(const Reason& reason);

}  // namespace poolscope::views
