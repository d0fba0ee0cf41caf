#pragma once

// The sentences that are not about an operation; only sentence.cpp uses them.
//
// Thread safety: pure functions, but for the language.

#include <cstdint>
#include <string>

#include "core/story/claim.h"

namespace poolscope::views {

/// About a stop-the-world, what follows from it, or a loss; "" where the claims are not.
std::string stop_text(const Claims& claims, std::int64_t so_far_ns);

/// "P3 (pinned in Put)"
std::string pinned_text(const Claim& claim);

/// Where an object is; "" for a claim that does not say so.
std::string object_text(const Claim& claim);

}  // namespace poolscope::views
