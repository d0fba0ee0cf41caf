#pragma once

// The timeline's contents: per P the spans of what its goroutines did, and the marks of the
// session.
//
// At each moment a lane shows one goroutine: the one that holds the P, else the last one that held
// it, as long as that has not finished what it does and has not gone to another P. So an operation
// that waits for a lock, or stands at an unpinned step of a lecture, is still seen on its P.
//
// Thread safety: none of its own.
// Invariants:
//  1. Spans of one lane do not overlap and are in the order of time; only the last may be open.
//  2. Memory is bounded: kSpansKept a lane, kSpansKeptInAll, kMarksKept. A lane that is full merges
//     neighbours of its older part into summed spans, evenly over time, so that the whole session
//     can always be drawn and the newest part stays exact.

#include <cstddef>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "core/base/ids.h"
#include "core/base/position.h"
#include "core/model/accumulator.h"
#include "core/model/model.h"
#include "core/story/lane_levels.h"
#include "core/story/span.h"
#include "core/story/time_index.h"
#include "core/trace/event.h"

namespace poolscope {

struct Mark {
  enum class Kind : std::uint8_t { kGc, kResize };
  Kind kind = Kind::kGc;
  std::int64_t time_ns = 0;     // of the request
  std::int64_t stopped_ns = 0;  // 0 until then
  std::int64_t started_ns = 0;  // 0 until then
  std::uint64_t seq = 0;        // of the request
  std::uint32_t procs_before = 0;
  std::uint32_t procs = 0;    // after it
  std::uint64_t dropped = 0;  // objects that it cleared
  std::uint32_t count = 1;    // more: several of one kind, summed
  bool operator==(const Mark&) const = default;
};

class Lanes final : public Accumulator {
 public:
  static constexpr std::size_t kSpansKept = 20'000;
  static constexpr std::size_t kSpansKeptInAll = 400'000;
  static constexpr std::size_t kMarksKept = 2'048;

  /// Takes in one event; `model` is the model after that event.
  void add(const Event& event, const Model& model) override;
  /// All spans end at the last event before it.
  void begin_part(const Model& first) override;

  /// One vector for each P that ever was.
  [[nodiscard]] const std::vector<std::vector<Span>>& lanes() const { return lanes_; }
  /// Of the lane of P `p`, the fewest spans that show all that can be told apart where a stretch of
  /// `longest` ns, or by step of so many events, is drawn as one.
  [[nodiscard]] std::span<const Span> drawn_by_time(std::size_t p, double longest_ns) const;
  [[nodiscard]] std::span<const Span> drawn_by_step(std::size_t p, double most_events) const;
  /// Makes the levels that these have to choose from; without it they give each span. What is added
  /// afterwards is not in them.
  void make_levels();

  [[nodiscard]] const std::vector<Mark>& marks() const { return marks_; }
  [[nodiscard]] const TimeIndex& index() const { return index_; }
  [[nodiscard]] std::int64_t end_ns() const { return end_ns_; }
  [[nodiscard]] std::uint64_t end_seq() const { return end_seq_; }

  /// What a lane may hold before it is compacted, with `lanes` lanes.
  [[nodiscard]] static std::size_t limit_of(std::size_t lanes);

 private:
  // A closed or open span of an operation that has not ended: it gets its kind at the end.
  struct Piece {
    std::uint16_t lane = 0;
    std::uint64_t begin_seq = 0;
  };
  struct Goroutine {
    PId lane;                  // where it was seen last
    std::uint64_t op_seq = 0;  // of the start of its operation; 0 outside
    std::vector<Piece> pieces;
  };
  struct Activity {
    GId g;  // none: the lane is idle
    Span::Kind kind = Span::Kind::kUser;
    std::uint64_t op_seq = 0;
    bool operator==(const Activity&) const = default;
  };
  struct Lane {
    GId last;  // the goroutine that held the P last
    Activity now;
  };

  void update_goroutine(const Event& event, const Model& model);
  void update_lane(PId p, const Event& event, const Model& model);
  [[nodiscard]] Activity activity_on(PId p, const Model& model) const;
  void end_operation(const Event& event, const Model& model);
  void open_span(PId p, const Activity& activity, const Event& event, const Model& model);
  void close_span(PId p, Position end);
  void compact(std::vector<Span>& lane) const;
  void update_marks(const Event& event, const Model& model);
  void thin_marks();

  std::vector<std::vector<Span>> lanes_;
  std::vector<LaneLevels> levels_;                 // by P, once they were made
  std::vector<Lane> states_;                       // by P, beside lanes_
  std::unordered_map<GId, Goroutine> goroutines_;  // those that the model knows
  std::vector<Mark> marks_;
  TimeIndex index_;
  std::int64_t end_ns_ = 0;
  std::uint64_t end_seq_ = 0;
};

}  // namespace poolscope
