#pragma once

// What a hostile session file can make the program do, as one function: a keyframe and a chunk are
// decoded as Reader does behind the compression, whose checksum would stop a fuzzer, and reduced.
//
// Thread safety: one call at a time.

#include "core/session/bytes.h"

namespace poolscope::testing {

/// Decodes `input` and reduces what came out:
///
///     input := format byte, mode byte, varint length, keyframe, events
///     events := mode even: the columns of a chunk; odd: 32 bytes an event, as in memory
///
/// Aborts where what reduce has led to is not a model that a keyframe may hold.
void survive_session(ByteView input);

}  // namespace poolscope::testing
