#pragma once

// The past of a live session: its events, and keyframes (copies of the model) between them. The
// state after any event is a keyframe and the events after it, so rewinding is the same thing as
// going on.
//
// Events lie in chunks whose places are written once, so that readers need no lock for what was
// there when they asked. Keyframes have a budget of bytes: when it is used up, every second one
// goes and the spacing doubles. The whole has a budget as well: when that is used up, the oldest
// chunk goes, and the past begins later.
//
// Thread safety: append from one thread; everything else from any. A reader waits for at most a few
// hundred events to be reduced, and the appender for at most one copy of the model and of the
// story. A TimelinePast is a value of its own: seeking in it holds no lock. Invariants: events come
// with dense seq, from base.seq + 1. model_at(s) equals the reduction of base by all events up to
// s, for every s from first() to last().

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "core/model/accumulator.h"
#include "core/model/model.h"
#include "core/trace/event.h"

namespace poolscope {

struct TimelineLimits {
  std::size_t bytes = std::size_t{512} << 20U;
  std::size_t keyframe_bytes = std::size_t{64} << 20U;  // of `bytes`
  std::uint64_t keyframe_spacing = 4096;                // events, at first
  std::size_t chunk_events = 16'384;
};

/// About how many bytes a copy of `model` takes.
std::size_t approximate_bytes(const Model& model);

namespace timeline {

/// Events base + 1 .. base + capacity; a place is written once, before its event is published.
struct Chunk {
  Chunk(std::uint64_t base_seq, std::size_t chunk_capacity)
      : base(base_seq),
        capacity(chunk_capacity),
        events(std::make_unique_for_overwrite<Event[]>(chunk_capacity)) {}
  std::uint64_t base;
  std::size_t capacity;
  std::unique_ptr<Event[]> events;
};

struct Keyframe {
  std::shared_ptr<const Model> model;
  std::size_t bytes = 0;
};

/// What a past consists of. The first keyframe is the state before the first event.
struct Index {
  std::vector<std::shared_ptr<const Chunk>> chunks;  // the last one grows
  std::vector<Keyframe> keyframes;                   // in the order of seq
};

}  // namespace timeline

/// The past as it was at one moment. Cheap to copy.
class TimelinePast {
 public:
  using Run = std::function<void(std::span<const Event>)>;

  /// The earliest state that can be sought: the one after this event.
  [[nodiscard]] std::uint64_t first() const { return base().seq; }
  [[nodiscard]] std::int64_t first_time_ns() const { return base().time_ns; }
  [[nodiscard]] std::uint64_t last() const { return last_; }
  /// Of the last event; the base's where there is none.
  [[nodiscard]] std::int64_t last_time_ns() const { return time_at(last_); }

  /// The state after event `seq`, clamped to what there is.
  [[nodiscard]] Model model_at(std::uint64_t seq) const;
  /// The state after the last event at or before `time_ns`.
  [[nodiscard]] Model model_at_time(std::int64_t time_ns) const;
  /// Makes `model`, a state of this session, the state after event `seq`: goes on from where it is
  /// if that is nearest.
  void seek(Model& model, std::uint64_t seq) const;

  /// The last event at or before `time_ns`; first() where there is none.
  [[nodiscard]] std::uint64_t seq_at_time(std::int64_t time_ns) const;
  /// When event `seq` was.
  [[nodiscard]] std::int64_t time_at(std::uint64_t seq) const;

  /// Event `seq`, first() < seq <= last().
  [[nodiscard]] const Event& event(std::uint64_t seq) const;
  /// Hands the events with from <= seq <= to to `take`, in order, in runs.
  void each_run(std::uint64_t from, std::uint64_t to, const Run& take) const;

 private:
  friend class Timeline;
  TimelinePast(std::shared_ptr<const timeline::Index> index, std::uint64_t last)
      : index_(std::move(index)), last_(last) {}

  [[nodiscard]] const Model& base() const { return *index_->keyframes.front().model; }
  /// The last keyframe at or before `seq`.
  [[nodiscard]] const Model& keyframe_before(std::uint64_t seq) const;
  [[nodiscard]] std::uint64_t clamped(std::uint64_t seq) const;
  /// The chunk of event `seq`.
  [[nodiscard]] const timeline::Chunk& chunk_of(std::uint64_t seq) const;

  std::shared_ptr<const timeline::Index> index_;
  std::uint64_t last_;
};

class Timeline {
 public:
  /// `base` is the model before the first event. `story`, where there is one, is given each event
  /// on the way; it must outlive the timeline.
  explicit Timeline(Model base, TimelineLimits limits = {}, Accumulator* story = nullptr);

  /// Takes the next events and reduces the head by them.
  void append(std::span<const Event> events);

  /// The state after the last event. The same object as long as nothing was appended.
  [[nodiscard]] std::shared_ptr<const Model> head() const;
  /// As head(), and calls `look` with it before anything more is appended: the story that the
  /// timeline gives its events to is then that of the same event. The appender waits meanwhile, so
  /// only to copy.
  std::shared_ptr<const Model> head(const std::function<void(const Model&)>& look) const;
  /// The last event so far.
  [[nodiscard]] std::uint64_t last() const;
  [[nodiscard]] TimelinePast past() const;

  [[nodiscard]] Model model_at(std::uint64_t seq) const { return past().model_at(seq); }
  [[nodiscard]] Model model_at_time(std::int64_t time_ns) const {
    return past().model_at_time(time_ns);
  }
  [[nodiscard]] std::uint64_t seq_at_time(std::int64_t time_ns) const {
    return past().seq_at_time(time_ns);
  }
  /// Bytes that events and keyframes take, about.
  [[nodiscard]] std::size_t bytes() const;

 private:
  /// Events that are reduced while the mutex is held, at most.
  static constexpr std::size_t kBatch = 256;

  class ReaderTurn;

  // All of these are called with the mutex held.
  void append_batch(std::span<const Event> events);
  void take_keyframe();
  void thin_keyframes();
  /// The index, for changing: another one than any reader has.
  timeline::Index& own_index();

  /// Makes the past begin later until it fits its budget; the mutex is not held.
  void forget_oldest();
  void give_way_to_readers() const;

  const TimelineLimits limits_;
  mutable std::atomic<int> readers_waiting_{0};
  mutable std::mutex mutex_;  // guards what stands below
  Model head_;
  mutable std::shared_ptr<const Model> head_copy_;  // of head_, if its seq is the same
  Accumulator* const story_;                        // may be null
  std::shared_ptr<timeline::Index> index_;
  mutable bool index_lent_ = false;        // a reader may have it: copy on write
  std::shared_ptr<timeline::Chunk> open_;  // the last of index_->chunks
  std::uint64_t spacing_;
  std::size_t keyframe_bytes_ = 0;
  std::size_t chunk_bytes_ = 0;
};

}  // namespace poolscope
