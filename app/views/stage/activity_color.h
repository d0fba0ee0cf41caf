#pragma once

// In which colour a card says what its goroutine does.
//
// Thread safety: a pure function.

#include "app/theme/tokens.h"
#include "app/views/words/activity.h"

namespace poolscope::views {

inline theme::Color color_of(const theme::Theme& theme, Activity::Kind kind) {
  using Kind = Activity::Kind;
  switch (kind) {
    case Kind::kNobody:
    case Kind::kUser: return theme.text_low;
    case Kind::kPut:
    case Kind::kGet: return theme.text_mid;
    case Kind::kHit: return theme.hit.text;
    case Kind::kSteal: return theme.steal.text;
    case Kind::kNew: return theme.fresh.text;
    case Kind::kLockHeld: return theme.shared.text;
    case Kind::kLockWait: return theme.contended.text;
    case Kind::kPinSlow: return theme.priv.text;
    case Kind::kLost: return theme.danger.text;
  }
  return theme.text_mid;
}

}  // namespace poolscope::views
