#pragma once

// What the text and the JSON of statistics share: which pools they show, and with which figures.
//
// Thread safety: pure functions of values, in the language of the process.

#include <array>
#include <string>
#include <vector>

#include "app/cli/stats_report.h"
#include "core/base/ids.h"
#include "core/story/tally.h"

namespace poolscope::cli {

inline constexpr std::array kPlaces = {PutTo::kPrivate, PutTo::kShared, PutTo::kDroppedArray,
                                       PutTo::kDice};
static_assert(kPlaces.size() == kPutPlaces);
// Of the lengths of calls: so many percent took no longer.
inline constexpr unsigned kMedian = 50;
inline constexpr unsigned kNearlyAll = 99;

/// Of a pool where nothing was counted: nothing.
Counts counts_of(const Counted& counted, PoolId pool);

/// Those that are shown. Of those that are asked for, the ones where something was counted; where
/// there is none, the first of them.
std::vector<PoolId> pools_by_number(const Counted& counted);
/// The busiest first.
std::vector<PoolId> pools_by_gets(const Counted& counted);

/// What stands out, of the pools that are asked for where some are.
std::vector<std::string> findings_text(const Counted& counted);

}  // namespace poolscope::cli
