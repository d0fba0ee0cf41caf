#pragma once

// Where the events of an import go: numbered, with the time of the record that they are about, to
// the recorder in large pieces.
//
// Thread safety: one thread at a time.

#include <algorithm>
#include <cstdint>
#include <vector>

#include "core/session/recorder.h"
#include "core/trace/event.h"

namespace poolscope::goimport {

class ImportEvents {
 public:
  explicit ImportEvents(Recorder& recorder) : recorder_(recorder) { events_.reserve(kPiece); }

  void set_time(std::int64_t time_ns) { time_ns_ = std::max(time_ns_, time_ns); }

  /// One more event, whose fields the caller sets until the next one is added.
  Event& add(EventKind kind, GId g, PId p) {
    if (events_.size() == kPiece) flush();
    Event& event = events_.emplace_back();
    event.set_seq(++seq_);
    event.kind = kind;
    event.time_ns = time_ns_;
    event.g = g;
    event.p = p;
    return event;
  }
  void flush() {
    recorder_.append(events_);
    events_.clear();
  }
  [[nodiscard]] std::uint64_t count() const { return seq_; }

 private:
  static constexpr std::size_t kPiece = 8192;

  Recorder& recorder_;
  std::vector<Event> events_;
  std::uint64_t seq_ = 0;
  std::int64_t time_ns_ = 0;
};

}  // namespace poolscope::goimport
