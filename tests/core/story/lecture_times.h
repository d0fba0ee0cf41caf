#pragma once

// When the sentence comes and for how long it stands at Lecture speed, looked at in frames as a
// window draws them.
//
// Thread safety: none.

#include <cstddef>
#include <cstdint>

#include "tests/support/sessions.h"

namespace poolscope::testing {

/// A minute from the first sentence on, which takes its time.
inline constexpr std::int64_t kReadableLength_ns = 65'000'000'000;

/// Expects of the first kReadableLength_ns of a session that each sentence begins within 150 ms of
/// its event and is told once in the minute from the first on; that it stands for kSentenceHold_ns,
/// or until something rare happens. Returns how many there are in that minute: twenty where the
/// goroutines are as fast as they should be.
std::size_t expect_readable(const RecordedEvents& session);

}  // namespace poolscope::testing
