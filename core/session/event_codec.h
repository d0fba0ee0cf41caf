#pragma once

// Packs a run of events into bytes and back, without loss: each field is predicted from what the
// same goroutine and the same place did before, and only what differs from the prediction is
// written, one column a field, the columns then compressed. README.md tells the layout.
//
// Thread safety: one thread at a time for an object.
// Invariants: unpack(pack(events)) == events for every run whose seq is dense, whatever the other
// fields hold.

#include <cstdint>
#include <span>
#include <vector>

#include "core/base/error.h"
#include "core/session/bytes.h"
#include "core/session/compression.h"
#include "core/session/event_predictor.h"
#include "core/session/format.h"
#include "core/trace/event.h"

namespace poolscope {

class EventPacker {
 public:
  /// The bytes of `events`: not empty, at most format::kChunkEvents, each seq one more than the one
  /// before it.
  Bytes pack(std::span<const Event> events);

 private:
  EventPredictor predictor_{format::kFormatVersion};
  Compressor compressor_;
  std::vector<Bytes> columns_;
  Bytes joined_;
};

class EventUnpacker {
 public:
  /// For chunks of a file of that format.
  explicit EventUnpacker(std::uint32_t format = format::kFormatVersion) : predictor_(format) {}

  /// The events that pack() was given; an error (words without a place) where the bytes are not
  /// such ones.
  Expected<std::vector<Event>> unpack(ByteView bytes);
  /// Whether the bytes are whole and those of a chunk of that number, as far as can be seen without
  /// unpacking the events.
  Expected<void> check_whole(ByteView bytes, std::uint64_t first_seq, std::uint64_t count);
  /// As unpack(), of bytes that are no longer compressed.
  Expected<std::vector<Event>> decode(ByteView bytes);

 private:
  EventPredictor predictor_;
  Decompressor decompressor_;
};

}  // namespace poolscope
