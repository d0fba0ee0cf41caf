#pragma once

// One side of a comparison: a recording, a script, or a list of calls made on one of the pools.
//
// Thread safety: functions that may be called on any thread; the side belongs to one at a time.

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>

#include "app/control/comparison.h"
#include "app/control/event_store.h"
#include "app/control/past_scan.h"
#include "core/base/error.h"
#include "core/model/call.h"
#include "core/pool/outcome.h"
#include "core/script/script.h"

namespace poolscope {

/// So many calls of a side are known one by one; a longer session is compared by time.
inline constexpr std::size_t kMostComparedCalls = 100'000;

struct ComparedSide {
  ComparedCalls calls;
  std::unique_ptr<EventStore> store;
  PastScan::Open past;
  Position origin;         // what its numbers and times count from
  std::string transcript;  // of a script or a list; a recording has none
};

/// A recording (.poolscope), or a script (.ops) that is run as it is. Errors, bad input, one line:
/// it cannot be read or run.
Expected<ComparedSide> open_side(const std::filesystem::path& file);

/// The calls of a list, made on that pool. Errors as of script::run_calls.
Expected<ComparedSide> make_side(const CallList& list, PoolKind pool);

/// Both sides of a comparison.
struct ComparedSides {
  ComparedSide classic;
  ComparedSide modern;
};

/// A recording, and its calls made on the other pool; of more than kMostComparedCalls the first
/// ones. Errors, bad input, one line: it cannot be read; it makes no call; it has more than one
/// segment; it begins with objects in its pools; a call of it cannot be.
Expected<ComparedSides> on_the_other_pool(const std::filesystem::path& file);

/// The calls that a script makes, each Put by where its object came from. Errors, bad input,
/// FILE:LINE: it cannot be run, or makes more than whole calls.
Expected<CallList> calls_of(const script::Script& script);

}  // namespace poolscope
