#pragma once

// The steps of a pool operation: the named points of the teaching text at which a goroutine can be
// seen to stand. One step is one breakpoint of a script and one pace point of a lecture.
//
// Thread safety: values.
// Invariants: the numbers are stored in recordings and never change their meaning.

#include <array>
#include <cstdint>
#include <string_view>

namespace poolscope {

enum class Step : std::uint8_t {
  kNone = 0,
  // Breakpoints of scripts, unpinned.
  kPutUnpinned = 1,  // classic: private was full; after unpin, before Lock
  kPutLocked = 2,    // holds l.Mutex, before append
  kGetUnpinned = 3,  // private was empty; before Lock
  kGetLocked = 4,    // holds l.Mutex, before pop
  kGetSlow = 5,      // own shared empty, before getSlow loads anything
  kSlowLoaded = 6,   // localSize, local and pid loaded
  kSlowLocked = 7,   // holds the probed l.Mutex; once a probe
  kGetNew = 8,       // before New
  kPinSlowUnpinned = 9,
  kPinSlowLocked = 10,  // holds allPoolsMu, before it pins again
  // Breakpoints of scripts, pinned.
  kPinSlowPublished = 11,  // local stored, localSize not yet
  kSlowBegin = 12,         // modern
  kPopHeadLoaded = 13,     // modern
  kPopTailLoaded = 14,     // modern
  kPopTailWon = 15,        // modern: CAS won, slot not yet cleared
  // Pace points only: they make the pinned sections, what a Get has popped, and the user's own code
  // visible in a lecture.
  // Scripts do not know them.
  kPutPinned = 33,   // pinned: about to look at private
  kPutDecided = 34,  // pinned: private stored or found full, before unpin
  kGetPinned = 36,   // pinned: about to take private
  kGetDecided = 37,  // pinned: private taken or found empty, before unpin
  kUse = 38,         // unpinned: between two operations, the user's own code
  kGetPopped = 39,   // classic, unpinned: popped from its own shared, before it returns
  kSlowPopped = 40,  // classic, unpinned: popped from the probed shared, before it returns
};

struct StepInfo {
  Step step;
  std::string_view name;  // the word of scripts, keys and labels, e.g. "put.unpinned"
  bool pinned;            // the goroutine owns its P while it stands here
  bool in_scripts;        // a breakpoint of .ops files
};

inline constexpr std::array<StepInfo, 22> kSteps = {{
    {Step::kPutUnpinned, "put.unpinned", false, true},
    {Step::kPutLocked, "put.locked", false, true},
    {Step::kGetUnpinned, "get.unpinned", false, true},
    {Step::kGetLocked, "get.locked", false, true},
    {Step::kGetSlow, "get.slow", false, true},
    {Step::kSlowLoaded, "slow.loaded", false, true},
    {Step::kSlowLocked, "slow.locked", false, true},
    {Step::kGetNew, "get.new", false, true},
    {Step::kPinSlowUnpinned, "pinslow.unpinned", false, true},
    {Step::kPinSlowLocked, "pinslow.locked", false, true},
    {Step::kPinSlowPublished, "pinslow.published", true, true},
    {Step::kSlowBegin, "slow.begin", true, true},
    {Step::kPopHeadLoaded, "pophead.loaded", true, true},
    {Step::kPopTailLoaded, "poptail.loaded", true, true},
    {Step::kPopTailWon, "poptail.won", true, true},
    {Step::kPutPinned, "put.pinned", true, false},
    {Step::kPutDecided, "put.decided", true, false},
    {Step::kGetPinned, "get.pinned", true, false},
    {Step::kGetDecided, "get.decided", true, false},
    {Step::kUse, "use", false, false},
    {Step::kGetPopped, "get.popped", false, false},
    {Step::kSlowPopped, "slow.popped", false, false},
}};

/// The step's table entry; the entry of kNone has the name "" and is unpinned.
constexpr StepInfo step_info(Step step) {
  for (const StepInfo& info : kSteps) {
    if (info.step == step) return info;
  }
  return {Step::kNone, "", false, false};
}

}  // namespace poolscope
