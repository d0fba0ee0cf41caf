#pragma once

// The names of the presets, for those who show them. What is behind each: session_change.h.
//
// Thread safety: constants.

#include <array>
#include <cstdint>
#include <string_view>

namespace poolscope {

enum class Preset : std::uint8_t {
  kWebServer,
  kOneReader,
  kOneGetter,
  kStarvation,
  kHotP,
  kBigBuffers,
  kPastThePool,
  kIdle,
};

struct PresetText {
  Preset preset;
  std::string_view label;  // of --ui-dump, behind "preset."
  const char* title;       // msgid
  const char* sentence;    // msgid: what to look at
};

inline constexpr std::array<PresetText, 8> kPresets = {{
    {Preset::kWebServer, "web-server", "A web server",
     "Each request Gets a buffer and Puts it back. Most Gets hit private; after a GC the victim "
     "serves them."},
    {Preset::kOneReader, "one-reader", "One reader gets, many workers put",
     "The reader steals from everybody's shared. Misses rise with every GC."},
    {Preset::kOneGetter, "one-getter", "One getter hands out, many put back",
     "The getter's own P stays empty: look at the locks of the others, where it steals."},
    {Preset::kStarvation, "starvation", "Starvation",
     "Objects lie in the privates of other Ps, where nobody can take them: Gets call New although "
     "the pool is not empty."},
    {Preset::kHotP, "hot-p", "One hot P",
     "One P puts for all, and all others steal from its shared: they wait for one lock."},
    {Preset::kBigBuffers, "big-buffers", "Big buffers that never die",
     "What is in use at each GC is never dropped: two buffers grow old while GCs come and go."},
    {Preset::kPastThePool, "past-the-pool", "Objects made past the pool",
     "Nobody Gets; objects that were made by hand are Put. The pool only grows, until a GC."},
    {Preset::kIdle, "idle", "Idle", "Nothing runs: click GC, or change GOMAXPROCS, and look."},
}};

}  // namespace poolscope
