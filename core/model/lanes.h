#pragma once

// The timeline's contents: per P the spans of what its goroutines did, and the marks of the session.
//
// Thread safety: none of its own.
// Invariants: spans of one lane do not overlap and are in the order of time. Memory is bounded:
// when a lane holds more than kSpansKept, neighbouring spans are merged into summed ones, so that
// the whole session can always be drawn.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/base/ids.h"
#include "core/model/model.h"
#include "core/trace/event.h"

namespace poolscope {

struct Span {
  enum class Kind : std::uint8_t { kUser, kPut, kHit, kNew, kSteal, kLockWait, kNil, kSummed };
  std::int64_t begin_ns = 0;
  std::int64_t end_ns = 0;      // 0: still under way
  std::uint64_t begin_seq = 0;
  std::uint64_t end_seq = 0;
  Kind kind = Kind::kUser;
  GId g;
  ObjectId object;
};

struct Mark {
  enum class Kind : std::uint8_t { kGc, kResize };
  Kind kind = Kind::kGc;
  std::int64_t time_ns = 0;     // of the request
  std::int64_t stopped_ns = 0;
  std::int64_t started_ns = 0;
  std::uint64_t seq = 0;
  std::uint32_t procs = 0;      // after it
  std::uint64_t dropped = 0;
};

class Lanes {
 public:
  static constexpr std::size_t kSpansKept = 20'000;

  /// Takes in one event; `model` is the model after that event.
  void add(const Event& event, const Model& model);

  /// One vector for each P that ever was.
  [[nodiscard]] const std::vector<std::vector<Span>>& lanes() const { return lanes_; }
  [[nodiscard]] const std::vector<Mark>& marks() const { return marks_; }
  [[nodiscard]] std::int64_t end_ns() const { return end_ns_; }

 private:
  std::vector<std::vector<Span>> lanes_;
  std::vector<Mark> marks_;
  std::int64_t end_ns_ = 0;
};

}  // namespace poolscope
