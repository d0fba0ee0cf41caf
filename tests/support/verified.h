#pragma once

// Whether a session file verifies; where it does not, a failed test says what is wrong with it.
//
// Thread safety: none.

#include <gtest/gtest.h>

#include "core/session/reader.h"
#include "core/session/verify.h"

namespace poolscope::testing {

inline ::testing::AssertionResult verifies(Reader& reader) {
  const Verification found = verify(reader);
  if (found.holds()) return ::testing::AssertionSuccess();
  auto failure = ::testing::AssertionFailure() << found.divergences << " divergences";
  if (found.damage) failure << "; " << found.damage->message;
  for (const Divergence& divergence : found.divergence_list) {
    failure << "\n  event #" << divergence.seq << ": " << divergence.what;
  }
  return failure;
}

}  // namespace poolscope::testing
