#pragma once

// What a kind of span of the timeline looks like.
//
// Thread safety: a pure function.

#include "app/theme/tokens.h"
#include "core/story/lanes.h"

namespace poolscope::views {

/// How a kind of bar is drawn.
struct BarLook {
  theme::Color fill;
  theme::Color text;
  bool hollow = false;
};

inline BarLook look_of(const theme::Theme& theme, Span::Kind kind) {
  using Kind = Span::Kind;
  switch (kind) {
    case Kind::kUser: return {theme.user.fill, theme.text_mid};
    case Kind::kPut: return {theme.user.text, theme.text_hi, true};
    case Kind::kGet: return {theme.hit.text, theme.text_hi, true};
    case Kind::kHit: return {theme.hit.fill, theme.on_fill};
    case Kind::kNew: return {theme.fresh.text, theme.fresh.text, true};
    case Kind::kSteal: return {theme.steal.fill, theme.on_fill};
    case Kind::kNil: return {theme.danger.text, theme.text_hi, true};
    case Kind::kLockWait: return {theme.contended.fill, theme.on_fill};
  }
  return {};
}

}  // namespace poolscope::views
