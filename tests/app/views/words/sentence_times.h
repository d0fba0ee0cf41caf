#pragma once

// When the sentence of a step comes and for how long it stands, where goroutines take turns, looked
// at in frames as a window draws them.
//
// Thread safety: none.

#include <cstddef>
#include <cstdint>

#include "tests/support/sessions.h"

namespace poolscope::views::testing {

/// Expects of the first `length_ns` of a session at Story that each step that moves an object has
/// a sentence, which begins within 150 ms, names the object and stands for 800 ms; if the step
/// loses objects, the sentence tells of the loss instead. Returns how many such
/// steps there were.
std::size_t expect_told(const poolscope::testing::RecordedEvents& session, std::int64_t length_ns);

}  // namespace poolscope::views::testing
