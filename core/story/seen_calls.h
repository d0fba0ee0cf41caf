#pragma once

// What a past was, call by call: who called what on which P, where the object was found or left,
// what each GC dropped, and what was in the pools after it.
//
// Thread safety: none of its own.
// Invariants: the calls are in the order in which they ended. A call's object is named as in a
// CallList, so two pasts that were made from the same list have equal calls.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "core/base/ids.h"
#include "core/base/position.h"
#include "core/model/accumulator.h"
#include "core/model/call.h"
#include "core/pool/outcome.h"

namespace poolscope {

struct SeenCall {
  Call call;
  Where where = Where::kNone;  // of a Put or Get
  std::uint16_t found_at = 0;  // the place there
  GId g;
  ObjectId object;
  Position begin;             // of the first event on the way to it
  Position end;               // of its last one
  std::uint64_t dropped = 0;  // of a GC: the objects that it cleared
  // After it, in all.
  std::uint64_t news = 0;
  std::uint64_t dropped_so_far = 0;  // by whatever cause
  std::uint64_t pooled = 0;

  /// False: it came to put nothing.
  [[nodiscard]] bool any_event() const { return begin.seq <= end.seq; }
};

class SeenCalls final : public Accumulator {
 public:
  /// `most`: what comes after so many calls is only counted.
  explicit SeenCalls(std::size_t most) : most_(most) {}

  void add(const Event& event, const Model& model) override;
  void begin_part(const Model& first) override;

  [[nodiscard]] const std::vector<SeenCall>& calls() const { return calls_; }
  /// Whether there were more.
  [[nodiscard]] bool full() const { return full_; }

 private:
  struct Begun {
    Position at;
    PId p;
  };

  void end_operation(const Event& event, const Model& model);
  void end_stop(const Event& event, const Model& model);
  void add_call(SeenCall seen, const Model& model);

  std::size_t most_;
  bool full_ = false;
  std::vector<SeenCall> calls_;
  std::unordered_map<GId, Position> on_its_way_;         // to a call, since when
  std::unordered_map<GId, Begun> begun_;                 // operations under way
  std::unordered_map<ObjectId, std::size_t> came_from_;  // the last call that got or put it
  Position stop_;                                        // its request
};

/// What a Get found or a Put left is the same in both: a difference between two pools is seen here.
/// The places are not compared, only what kind they are of.
bool went_the_same_way(const SeenCall& a, const SeenCall& b);

}  // namespace poolscope
