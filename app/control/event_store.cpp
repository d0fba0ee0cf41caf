#include "app/control/event_store.h"

#include <algorithm>

#include "core/model/reduce.h"

namespace poolscope {

std::span<const Segment>::iterator EventStore::part_after(std::uint64_t seq) const {
  return std::ranges::upper_bound(later_parts(), seq, {}, &Segment::seq);
}

std::uint64_t EventStore::start_of_part(std::uint64_t seq) const {
  const auto after = part_after(seq);
  return after == later_parts().begin() ? first_seq() : std::prev(after)->seq;
}

std::uint64_t EventStore::end_of_part(std::uint64_t seq) const {
  const auto after = part_after(seq);
  return after == later_parts().end() ? last_seq() : after->seq - 1;
}

Expected<std::int64_t> EventStore::time_of(std::uint64_t seq) {
  const auto after = part_after(seq);
  std::int64_t time_ns =
      after == later_parts().begin() ? first_time_ns() : std::prev(after)->time_ns;
  auto read = each_run(seq, seq, [&](std::span<const Event> events) {
    if (!events.empty()) time_ns = events.back().time_ns;
  });
  if (!read) return tl::make_unexpected(read.error());
  return time_ns;
}

Expected<std::uint64_t> EventStore::told_from(std::uint64_t seq) {
  const auto time_ns = time_of(seq);
  if (!time_ns) return tl::make_unexpected(time_ns.error());
  const auto before = seq_at_time(first_time_told_ns(*time_ns) - 1);
  if (!before) return tl::make_unexpected(before.error());
  const std::uint64_t newest = seq > kToldEvents ? seq - kToldEvents : 0;
  return std::clamp(std::max(newest, *before), start_of_part(seq), seq);
}

Expected<void> EventStore::seek(Model& model, Teller& teller, std::uint64_t seq) {
  seq = std::clamp(seq, first_seq(), last_seq());
  const auto from = told_from(seq);
  if (!from) return tl::make_unexpected(from.error());
  const bool goes_on = model.seq >= *from && model.seq <= seq && teller.since() <= *from;
  if (!goes_on) {
    if (auto sought = seek(model, *from); !sought) return sought;
    teller.start(model);
  }
  return each_run(model.seq + 1, seq, [&](std::span<const Event> events) {
    for (const Event& event : events) {
      reduce(model, event);
      teller.add(event, model);
    }
  });
}

Expected<void> TimelineStore::seek(Model& model, std::uint64_t seq) {
  past_.seek(model, seq);
  return {};
}

Expected<std::uint64_t> TimelineStore::seq_at_time(std::int64_t time_ns) {
  return past_.seq_at_time(time_ns);
}

Expected<void> TimelineStore::each_run(std::uint64_t from, std::uint64_t to, const Run& take) {
  past_.each_run(from, to, take);
  return {};
}

const Model* FileStore::anchor_before(std::uint64_t seq) const {
  const Model* nearest = nullptr;
  for (const Model& anchor : anchors_) {
    if (anchor.seq <= seq && (nearest == nullptr || anchor.seq > nearest->seq)) nearest = &anchor;
  }
  return nearest;
}

void FileStore::keep_anchor(const Model& model) {
  const auto same = [&](const Model& anchor) { return anchor.seq == model.seq; };
  if (std::ranges::any_of(anchors_, same)) return;
  if (anchors_.size() < kAnchorsKept) {
    anchors_.push_back(model);
  } else {
    anchors_[next_anchor_++ % kAnchorsKept] = model;
  }
}

Expected<void> FileStore::go_on(Model& model, std::uint64_t seq) {
  return reader_->each_run(model.seq + 1, seq, [&](std::span<const Event> events) {
    for (const Event& event : events) {
      reduce(model, event);
      // Only near the goal: that is where the viewer may step back.
      if (model.seq % kAnchorEvery == 0 && seq - model.seq < kAnchorsKept / 4 * kAnchorEvery) {
        keep_anchor(model);
      }
    }
  });
}

Expected<void> FileStore::seek(Model& model, std::uint64_t seq) {
  seq = std::clamp(seq, first_seq(), last_seq());
  const auto& keyframes = reader_->keyframes();
  const auto after = std::ranges::upper_bound(keyframes, seq, {}, &KeyframeInfo::seq);
  const auto index = static_cast<std::size_t>(
      std::max<std::ptrdiff_t>(std::distance(keyframes.begin(), after) - 1, 0));
  std::uint64_t best = keyframes[index].seq;
  const bool from_here = model.seq <= seq && model.seq >= best;
  if (from_here) best = model.seq;
  const Model* anchor = anchor_before(seq);
  if (anchor != nullptr && anchor->seq > best) {
    model = *anchor;
  } else if (!from_here) {
    auto keyframe = reader_->keyframe(index);
    if (!keyframe) return tl::make_unexpected(keyframe.error());
    model = std::move(*keyframe);
  }
  return go_on(model, seq);
}

Expected<std::uint64_t> FileStore::seq_at_time(std::int64_t time_ns) {
  return reader_->seq_at_time(time_ns);
}

Expected<void> FileStore::each_run(std::uint64_t from, std::uint64_t to, const Run& take) {
  return reader_->each_run(from, to, take);
}

}  // namespace poolscope
