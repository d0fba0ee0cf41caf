#pragma once

// Replays a whole recording and finds out whether it holds: the reduction of its events against
// every checkpoint of the real pools, and against every keyframe of the file but those with which a
// segment starts.
//
// Thread safety: one thread at a time for a Reader.

#include <cstdint>
#include <optional>
#include <vector>

#include "core/base/error.h"
#include "core/model/model.h"
#include "core/session/reader.h"

namespace poolscope {

struct Verification {
  // What was found up to the end, or up to the damage.
  std::uint64_t events = 0;
  std::uint64_t checkpoints = 0;
  std::uint64_t divergences = 0;
  std::vector<Divergence> divergence_list;  // the first kDivergencesKept
  /// Why the rest could not be looked at, or a keyframe that is not what its events lead to.
  std::optional<Error> damage;

  [[nodiscard]] bool holds() const { return divergences == 0 && !damage; }
};

/// Reads all of the file, from its beginning.
Verification verify(Reader& reader);

}  // namespace poolscope
