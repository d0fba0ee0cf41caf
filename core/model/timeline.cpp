#include "core/model/timeline.h"

#include <algorithm>
#include <thread>
#include <utility>

#include "core/base/check.h"
#include "core/model/reduce.h"

namespace poolscope {

using timeline::Chunk;
using timeline::Index;
using timeline::Keyframe;

namespace {

template <class T>
std::size_t bytes_of(const std::vector<T>& list) {
  return list.capacity() * sizeof(T);
}

}  // namespace

std::size_t approximate_bytes(const Model& model) {
  constexpr std::size_t kNode = 64;  // what a block on the heap costs beside its contents
  std::size_t bytes = sizeof(Model) + bytes_of(model.ps) + model.gs.bytes() +
                      bytes_of(model.pools) + bytes_of(model.outside) + bytes_of(model.lost);
  for (const GState& g : model.gs) bytes += 2 * kNode + bytes_of(g.hand) + bytes_of(g.holds);
  for (const auto& [id, array] : model.arrays) {
    bytes += sizeof(array) + kNode + bytes_of(array.locals);
    for (const LocalState& local : array.locals) {
      bytes += (local.shared.empty() ? 0 : kNode) + local.shared.size() * sizeof(ObjectId);
      bytes += (local.chain.empty() ? 0 : kNode) + bytes_of(local.chain);
    }
  }
  return bytes;
}

// --- TimelinePast ------------------------------------------------------------------------------

std::uint64_t TimelinePast::clamped(std::uint64_t seq) const {
  return std::clamp(seq, first(), last_);
}

const Model& TimelinePast::keyframe_before(std::uint64_t seq) const {
  const auto after = std::ranges::upper_bound(
      index_->keyframes, seq, {}, [](const Keyframe& keyframe) { return keyframe.model->seq; });
  return *std::prev(after)->model;
}

const Chunk& TimelinePast::chunk_of(std::uint64_t seq) const {
  // The chunk with the greatest base below seq.
  const auto after = std::ranges::lower_bound(
      index_->chunks, seq, {},
      [](const std::shared_ptr<const Chunk>& chunk) { return chunk->base; });
  return **std::prev(after);
}

const Event& TimelinePast::event(std::uint64_t seq) const {
  check(first() < seq && seq <= last_, "an event of the timeline's past");
  const Chunk& chunk = chunk_of(seq);
  return chunk.events[seq - chunk.base - 1];
}

void TimelinePast::each_run(std::uint64_t from, std::uint64_t to, const Run& take) const {
  to = std::min(to, last_);
  for (std::uint64_t seq = std::max(from, first() + 1); seq <= to;) {
    const Chunk& chunk = chunk_of(seq);
    const std::size_t begin = seq - chunk.base - 1;
    const std::size_t end = std::min<std::uint64_t>(chunk.capacity, to - chunk.base);
    take(std::span(chunk.events.get() + begin, end - begin));
    seq = chunk.base + end + 1;
  }
}

Model TimelinePast::model_at(std::uint64_t seq) const {
  Model model = keyframe_before(clamped(seq));
  seek(model, seq);
  return model;
}

Model TimelinePast::model_at_time(std::int64_t time_ns) const {
  return model_at(seq_at_time(time_ns));
}

void TimelinePast::seek(Model& model, std::uint64_t seq) const {
  seq = clamped(seq);
  const Model& keyframe = keyframe_before(seq);
  if (model.seq > seq || model.seq < keyframe.seq) model = keyframe;
  each_run(model.seq + 1, seq, [&model](std::span<const Event> events) {
    for (const Event& event : events) reduce(model, event);
  });
}

std::uint64_t TimelinePast::seq_at_time(std::int64_t time_ns) const {
  // Times never decrease along seq: the border lies between a state that is early enough and one
  // that is too late.
  std::uint64_t early = first();
  std::uint64_t late = last_ + 1;
  while (late - early > 1) {
    const std::uint64_t middle = early + (late - early) / 2;
    (event(middle).time_ns <= time_ns ? early : late) = middle;
  }
  return early;
}

std::int64_t TimelinePast::time_at(std::uint64_t seq) const {
  seq = clamped(seq);
  return seq == first() ? first_time_ns() : event(seq).time_ns;
}

// --- Timeline ----------------------------------------------------------------------------------

/// The mutex, for a reader: the appender gives way to it.
class Timeline::ReaderTurn {
 public:
  explicit ReaderTurn(const Timeline& of)
      : counted_(of.readers_waiting_), lock_(of.mutex_, std::defer_lock) {
    counted_.fetch_add(1);
    lock_.lock();
    counted_.fetch_sub(1);
  }
  ReaderTurn(const ReaderTurn&) = delete;
  ReaderTurn& operator=(const ReaderTurn&) = delete;

 private:
  std::atomic<int>& counted_;
  std::unique_lock<std::mutex> lock_;
};

Timeline::Timeline(Model base, TimelineLimits limits, Accumulator* story)
    : limits_(limits),
      head_(std::move(base)),
      story_(story),
      index_(std::make_shared<Index>()),
      spacing_(limits.keyframe_spacing) {
  take_keyframe();
}

void Timeline::append(std::span<const Event> events) {
  while (!events.empty()) {
    {
      const std::scoped_lock lock(mutex_);
      const std::size_t room = open_ == nullptr ? 0 : open_->capacity - (head_.seq - open_->base);
      if (room == 0) {
        open_ = std::make_shared<Chunk>(head_.seq, limits_.chunk_events);
        own_index().chunks.push_back(open_);
        chunk_bytes_ += open_->capacity * sizeof(Event);
      }
      const std::size_t count =
          std::min({events.size(), kBatch, room == 0 ? limits_.chunk_events : room});
      append_batch(events.first(count));
      events = events.subspan(count);
    }
    give_way_to_readers();
  }
  if (bytes() > limits_.bytes) forget_oldest();
}

void Timeline::append_batch(std::span<const Event> events) {
  for (const Event& event : events) {
    check(event.seq == head_.seq + 1, "the timeline takes events of dense seq");
    open_->events[event.seq - open_->base - 1] = event;
    reduce(head_, event);
    if (story_ != nullptr) story_->add(event, head_);
    if (head_.seq - index_->keyframes.back().model->seq >= spacing_) take_keyframe();
  }
}

void Timeline::take_keyframe() {
  Index& index = own_index();
  const std::size_t bytes = approximate_bytes(head_);
  index.keyframes.push_back({std::make_shared<const Model>(head_), bytes});
  keyframe_bytes_ += bytes;
  if (keyframe_bytes_ > limits_.keyframe_bytes && index.keyframes.size() > 2) thin_keyframes();
}

void Timeline::thin_keyframes() {
  // The first one is the past's base and stays; of the others every second goes.
  std::vector<Keyframe>& keyframes = own_index().keyframes;
  std::vector<Keyframe> kept;
  keyframe_bytes_ = 0;
  for (std::size_t i = 0; i < keyframes.size(); i += 2) {
    keyframe_bytes_ += keyframes[i].bytes;
    kept.push_back(std::move(keyframes[i]));
  }
  keyframes = std::move(kept);
  spacing_ *= 2;
}

Index& Timeline::own_index() {
  if (std::exchange(index_lent_, false)) index_ = std::make_shared<Index>(*index_);
  return *index_;
}

void Timeline::forget_oldest() {
  for (TimelinePast before = past(); before.index_->chunks.size() > 1; before = past()) {
    const std::uint64_t begin = before.index_->chunks[1]->base;
    auto base = std::make_shared<const Model>(before.model_at(begin));
    const std::size_t base_bytes = approximate_bytes(*base);
    const std::scoped_lock lock(mutex_);
    Index& index = own_index();
    std::vector<Keyframe> kept{{std::move(base), base_bytes}};
    for (Keyframe& keyframe : index.keyframes) {
      if (keyframe.model->seq > begin) kept.push_back(std::move(keyframe));
    }
    index.keyframes = std::move(kept);
    keyframe_bytes_ = 0;
    for (const Keyframe& keyframe : index.keyframes) keyframe_bytes_ += keyframe.bytes;
    chunk_bytes_ -= index.chunks.front()->capacity * sizeof(Event);
    index.chunks.erase(index.chunks.begin());
    if (chunk_bytes_ + keyframe_bytes_ <= limits_.bytes) return;
  }
}

void Timeline::give_way_to_readers() const {
  while (readers_waiting_.load() != 0) std::this_thread::yield();
}

std::shared_ptr<const Model> Timeline::head() const {
  return head([](const Model&) {});
}

std::shared_ptr<const Model> Timeline::head(const std::function<void(const Model&)>& look) const {
  const ReaderTurn turn(*this);
  look(head_);
  if (head_copy_ == nullptr || head_copy_->seq != head_.seq) {
    head_copy_ = std::make_shared<const Model>(head_);
  }
  return head_copy_;
}

std::uint64_t Timeline::last() const {
  const ReaderTurn turn(*this);
  return head_.seq;
}

TimelinePast Timeline::past() const {
  const ReaderTurn turn(*this);
  index_lent_ = true;
  return {index_, head_.seq};
}

std::size_t Timeline::bytes() const {
  const ReaderTurn turn(*this);
  return chunk_bytes_ + keyframe_bytes_;
}

}  // namespace poolscope
