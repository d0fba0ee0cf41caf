#pragma once

// The records of all Ps in one order: by time; of the same time, by P.
//
// Thread safety: one thread at a time.

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "core/goimport/log_file.h"

namespace poolscope::goimport {

class LogMerge {
 public:
  /// Goes through `streams`, which outlive it, from their beginnings.
  explicit LogMerge(std::span<RecordStream> streams) {
    for (RecordStream& stream : streams) {
      stream.rewind();
      if (stream.next() != nullptr) heads_.push_back(&stream);
    }
    std::ranges::make_heap(heads_, later);
    take_first();
  }

  /// The stream whose record is next, nullptr at the end.
  [[nodiscard]] RecordStream* stream() const { return first_; }
  /// Goes on behind it.
  void advance() {
    first_->advance();
    const Record* next = first_->next();
    // Mostly the same P goes on.
    if (next != nullptr && (heads_.empty() || !later(first_, heads_.front()))) return;
    if (next != nullptr) {
      heads_.push_back(first_);
      std::ranges::push_heap(heads_, later);
    }
    take_first();
  }

 private:
  static bool later(const RecordStream* a, const RecordStream* b) {
    const std::uint64_t time_a = a->next()->time;
    const std::uint64_t time_b = b->next()->time;
    return time_a != time_b ? time_a > time_b : a->p() > b->p();
  }
  void take_first() {
    first_ = nullptr;
    if (heads_.empty()) return;
    std::ranges::pop_heap(heads_, later);
    first_ = heads_.back();
    heads_.pop_back();
  }

  std::vector<RecordStream*> heads_;
  RecordStream* first_ = nullptr;
};

}  // namespace poolscope::goimport
