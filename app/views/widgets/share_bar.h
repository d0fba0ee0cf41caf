#pragma once

// One share of the Gets, by where they got their object: the same look in every bar and legend.
// Each differs by its hatch too, not by its colour alone.
//
// Thread safety: the thread of the ImGui context.

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "app/views/paint/paint.h"
#include "core/model/model.h"
#include "core/story/tally.h"

namespace poolscope::views {

enum class GetSource : std::uint8_t { kPrivate, kShared, kSteal, kVictim, kNew, kNil };

struct Share {
  GetSource source = GetSource::kNil;
  std::uint64_t count = 0;
};

/// private, shared, steal, victim, New and nil, in this order.
std::array<Share, 6> shares_of(const HitCounts& hits);

/// The same shares as statistics count them: both parts of the victim together.
HitCounts hits_of(const Counts& counts);

/// Go's own word, or a translated one.
std::string name_of(GetSource source);

/// The second cue beside it is what draw_share draws.
Color color_of(const theme::Theme& theme, GetSource source);

/// private: whole. shared: two lines, a stack. steal: dashes. victim: dots. New: open.
void draw_share(Painter& painter, const Rect& at, GetSource source);

/// All shares beside each other, as wide as they are many.
void draw_share_bar(Painter& painter, const Rect& bar, const HitCounts& hits);

/// A part of a column of Gets. New is an outline, the victim's shared is hatched: told apart
/// without their colours too.
void draw_get_part(Painter& painter, const Rect& at, GetFrom from);

}  // namespace poolscope::views
