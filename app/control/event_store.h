#pragma once

// A recorded past that can be sought: of a live session so far, or of a file. What both playheads,
// rewinding and replaying, stand on.
//
// Thread safety: the window's thread.
// Invariants: seek(model, s) makes model the last state up to s: the reduction of all events of its
// part up to s. Where s is no event's number, as between two parts, that state has a lower one.

#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>

#include "core/base/error.h"
#include "core/model/model.h"
#include "core/model/timeline.h"
#include "core/session/annotations.h"
#include "core/session/reader.h"
#include "core/story/teller.h"
#include "core/trace/event.h"

namespace poolscope {

class EventStore {
 public:
  using Run = std::function<void(std::span<const Event>)>;

  virtual ~EventStore() = default;

  /// The earliest and the latest state that can be sought: the ones after these events.
  [[nodiscard]] virtual std::uint64_t first_seq() const = 0;
  [[nodiscard]] virtual std::int64_t first_time_ns() const = 0;
  [[nodiscard]] virtual std::uint64_t last_seq() const = 0;
  [[nodiscard]] virtual std::int64_t last_time_ns() const = 0;

  /// The state after first_seq().
  [[nodiscard]] virtual Model first_model() const = 0;
  /// Makes `model`, a state of this session, the state after `seq`, clamped.
  virtual Expected<void> seek(Model& model, std::uint64_t seq) = 0;
  /// The same, with the story there: `teller` has then seen all the events that it needs.
  Expected<void> seek(Model& model, Teller& teller, std::uint64_t seq);
  /// The last event at or before `time_ns`; first_seq() where there is none.
  virtual Expected<std::uint64_t> seq_at_time(std::int64_t time_ns) = 0;
  /// Hands the events with from <= seq <= to to `take`, in order, in runs.
  virtual Expected<void> each_run(std::uint64_t from, std::uint64_t to, const Run& take) = 0;
  /// The parts of the session that start after the first state, in the order of seq. No event leads
  /// to the state with which one starts.
  [[nodiscard]] virtual std::span<const Segment> later_parts() const { return {}; }
  /// The state that comes next after `seq`: by the next event, or the start of the next part.
  /// last_seq() where there is none.
  [[nodiscard]] virtual std::uint64_t next_seq(std::uint64_t seq) const {
    return std::min(seq + 1, last_seq());
  }
  /// The first and the last state of the part that the state after `seq` lies in.
  [[nodiscard]] std::uint64_t start_of_part(std::uint64_t seq) const;
  [[nodiscard]] std::uint64_t end_of_part(std::uint64_t seq) const;

  /// When event `seq` was; where there is no such event, when its part started.
  Expected<std::int64_t> time_of(std::uint64_t seq);

 private:
  /// The state to begin at, so that a teller knows the story after `seq`.
  Expected<std::uint64_t> told_from(std::uint64_t seq);
  /// The first of later_parts() that starts after `seq`.
  [[nodiscard]] std::span<const Segment>::iterator part_after(std::uint64_t seq) const;
};

/// A live session's past as it was when this was made.
class TimelineStore final : public EventStore {
 public:
  /// `until_ns`: how far beyond its last event the past goes on.
  explicit TimelineStore(TimelinePast past, std::int64_t until_ns = 0)
      : past_(std::move(past)), last_time_ns_(std::max(past_.last_time_ns(), until_ns)) {}

  [[nodiscard]] Model first_model() const override { return past_.model_at(past_.first()); }

  [[nodiscard]] std::uint64_t first_seq() const override { return past_.first(); }
  [[nodiscard]] std::int64_t first_time_ns() const override { return past_.first_time_ns(); }
  [[nodiscard]] std::uint64_t last_seq() const override { return past_.last(); }
  [[nodiscard]] std::int64_t last_time_ns() const override { return last_time_ns_; }
  using EventStore::seek;
  Expected<void> seek(Model& model, std::uint64_t seq) override;
  Expected<std::uint64_t> seq_at_time(std::int64_t time_ns) override;
  Expected<void> each_run(std::uint64_t from, std::uint64_t to, const Run& take) override;

 private:
  TimelinePast past_;
  std::int64_t last_time_ns_;
};

/// A file. Chunks are read when they are needed; states that were passed lately are kept, so that
/// stepping back does not begin at a keyframe of the file each time.
class FileStore final : public EventStore {
 public:
  explicit FileStore(std::unique_ptr<Reader> reader) : reader_(std::move(reader)) {}

  [[nodiscard]] const Reader& reader() const { return *reader_; }

  [[nodiscard]] Model first_model() const override { return reader_->base(); }

  [[nodiscard]] std::uint64_t first_seq() const override { return reader_->base().seq; }
  [[nodiscard]] std::int64_t first_time_ns() const override { return reader_->base().time_ns; }
  [[nodiscard]] std::uint64_t last_seq() const override { return reader_->last_seq(); }
  [[nodiscard]] std::int64_t last_time_ns() const override { return reader_->last_time_ns(); }
  using EventStore::seek;
  Expected<void> seek(Model& model, std::uint64_t seq) override;
  Expected<std::uint64_t> seq_at_time(std::int64_t time_ns) override;
  Expected<void> each_run(std::uint64_t from, std::uint64_t to, const Run& take) override;
  [[nodiscard]] std::span<const Segment> later_parts() const override {
    return std::span(reader_->segments()).subspan(1);
  }
  [[nodiscard]] std::uint64_t next_seq(std::uint64_t seq) const override {
    return reader_->next_seq(seq);
  }

 private:
  static constexpr std::uint64_t kAnchorEvery = 4096;  // events
  static constexpr std::size_t kAnchorsKept = 64;

  /// The kept state nearest before `seq`, nullptr for none.
  [[nodiscard]] const Model* anchor_before(std::uint64_t seq) const;
  void keep_anchor(const Model& model);
  Expected<void> go_on(Model& model, std::uint64_t seq);

  std::unique_ptr<Reader> reader_;
  std::vector<Model> anchors_;  // in the order of keeping
  std::size_t next_anchor_ = 0;
};

}  // namespace poolscope
