#pragma once

// A recording's events in forms that other programs read.
//
// Thread safety: one thread at a time for a Reader.
// Invariants: event numbers and times are the file's: #1 is its first event, times count from its
// origin. The state of `out` tells whether everything could be written.

#include <ostream>

#include "core/base/error.h"
#include "core/session/reader.h"

namespace poolscope {

/// One JSON object a line: seq, time_ns, kind, and of the other fields those that the event has,
/// each under the name of what it means in that kind (core/trace/event_table.h): pool, place,
/// object, local_size, cells_hash, park_reason, ... Words are texts, all else numbers. Where a
/// later segment starts, a line of the kind Segment has its configuration.
Expected<void> export_jsonl(Reader& reader, std::ostream& out);

/// RFC 4180 with a line of names, each explained in README.md:
/// seq,time_ns,kind,g,p,pool,place,array,object,giver,more; empty for none. `more` has what is
/// rarer, as name=value with a space between two.
Expected<void> export_csv(Reader& reader, std::ostream& out);

/// Trace Event JSON, as ui.perfetto.dev opens it: a track for each goroutine with its operations
/// and waits, one for each P with who ran on it and counters of what lies there, one for what the
/// runtime does; arrows from Puts to Gets. README.md has the list.
Expected<void> export_chrome(Reader& reader, std::ostream& out);

}  // namespace poolscope
