#pragma once

// When the sentence comes and for how long it stands at Lecture speed, looked at in frames as a
// window draws them.
//
// Thread safety: none.

#include <cstdint>

#include "tests/support/sessions.h"

namespace poolscope::testing {

/// A minute from the first sentence on, which takes its time.
inline constexpr std::int64_t kReadableLength_ns = 65'000'000'000;

/// Expects of the first kReadableLength_ns of a session that each sentence begins within 150 ms of
/// its event and is told once in the minute from the first on; that it stands for kSentenceHold_ns,
/// or until something rare happens; and that there are twenty.
void expect_readable(const RecordedEvents& session);

}  // namespace poolscope::testing
