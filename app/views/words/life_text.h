#pragma once

// What happened to an object, and why a Get found nothing or the world waited, in the viewer's
// language.
//
// Thread safety: as of words.h.

#include <string>
#include <vector>

#include "core/base/position.h"
#include "core/story/object_life.h"
#include "core/story/why.h"

namespace poolscope::views {

/// "G2 steals it from P0": about an object that has been named.
std::string life_text(const LifeEntry& entry);

/// Why the object of a life that ends with a drop was dropped: whole sentences, that it was named.
/// Nothing where it does not. Moments count from `origin`.
std::vector<std::string> drop_texts(const std::vector<LifeEntry>& life, const Position& origin);

/// A whole sentence.
std::string reason_text(const Reason& reason);

}  // namespace poolscope::views
