#pragma once

// When the sentence comes and for how long it stands at Lecture speed, looked at in frames as a
// window draws them.
//
// Thread safety: none.

#include <cstdint>

#include "tests/support/sessions.h"

namespace poolscope::testing {

/// Expects of the first `length_ns` of a session, which are a minute or more, that each sentence
/// begins within 150 ms of its event and is told once in the minute from the first on; that it
/// stands for kSentenceHold_ns, or until something rare happens; and that there are twenty.
void expect_readable(const RecordedEvents& session, std::int64_t length_ns);

}  // namespace poolscope::testing
