#pragma once

// The one sentence: what is followed does, or else what was rarest lately, in words; of a GC and of
// a change of GOMAXPROCS, what follows from it. And the banner under it: what that was.
//
// Thread safety: pure functions, but for the language (see locale).
// Invariants: a sentence is one line, ends with a full stop and names goroutines, Ps and objects by
// their identities.

#include <cstdint>
#include <string>

#include "core/model/model.h"
#include "core/story/narration.h"
#include "core/story/told.h"

namespace poolscope::views {

/// Claims of core/story in words; "" for none. `so_far_ns`: how long a stop-the-world has been
/// waited for, where they are about that.
std::string text_of(const Claims& claims, std::int64_t so_far_ns = 0);

/// About `followed`, or about `spot` when it is nobody. `shown`: the pool whose array is seen.
std::string sentence_of(const Model& model, const Spotlight& spot, const Followed& followed = {},
                        PoolId shown = PoolId{0});

/// What `op` of `g` has done so far, or did: "G4 on P2: private empty, steals #19 from P3."
std::string operation_text(const Model& model, GId g, const Operation& op);

/// Whether the banner is about a change of GOMAXPROCS; otherwise it is about a GC, or empty.
bool banner_is_of_resize(const Model& model, PoolId shown);

/// The last GC or resize, or the one under way; "" before the first.
std::string banner_of(const Model& model, std::int64_t playhead_time_ns, PoolId shown = PoolId{0});

/// Why the stop-the-world that was requested has to wait: "P3 (pinned in Put)"; "" when it does
/// not.
std::string waited_for_text(const Model& model);

}  // namespace poolscope::views
