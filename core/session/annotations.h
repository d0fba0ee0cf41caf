#pragma once

// What a session's file holds beside its events, at moments of the session or for all of it. None
// of it changes the model.
//
// Thread safety: values.
// Invariants: texts are UTF-8, at most format::kTextBytes; seq and time_ns are the session's.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <span>
#include <string>

#include "core/base/ids.h"
#include "core/model/session_config.h"

namespace poolscope {

/// A note of the viewer, with what is to be shown there. Who is followed, or nobody; of the rest,
/// what is none stays as it was.
struct Marker {
  std::uint64_t seq = 0;
  std::int64_t time_ns = 0;
  std::string title;
  std::string note;
  GId followed;
  ObjectId followed_object;
  std::optional<std::string> layout;
  std::optional<std::string> tab;
  std::optional<std::string> speed;
  bool operator==(const Marker&) const = default;
};

/// One step of the view track: from that moment on, `what` of the view is `value`. The names and
/// values are those of app/frame/view_track.h.
struct ViewChange {
  std::uint64_t seq = 0;
  std::int64_t time_ns = 0;
  std::string what;
  std::string value;
  bool operator==(const ViewChange&) const = default;
};

/// What a number of the session is called, where it has a name of its own: the pools, goroutines
/// and types of a Go program. Besides, what was sampled of a pool (pool_sample_json.h).
struct Name {
  enum class Of : std::uint8_t { kPool = 1, kGoroutine = 2, kType = 3, kSampleOfPool = 4 };
  Of of = Of::kPool;
  std::uint64_t id = 0;
  std::string text;
  bool operator==(const Name&) const = default;
};

/// A part of the session in which its configuration stays as it is. It starts with the keyframe of
/// `seq`; the first one starts at the origin. The start of a later one takes a number of its own,
/// after that of the last event before it: so the state before and the state after the change each
/// have one.
struct Segment {
  std::uint64_t seq = 0;
  std::int64_t time_ns = 0;
  Details details;
  bool operator==(const Segment&) const = default;
};

/// Which of `segments`, in the order of seq and at least one, the state after `seq` lies in.
inline std::size_t segment_of(std::span<const Segment> segments, std::uint64_t seq) {
  const auto after = std::ranges::upper_bound(segments, seq, {}, &Segment::seq);
  return static_cast<std::size_t>(
      std::max<std::ptrdiff_t>(std::distance(segments.begin(), after) - 1, 0));
}

}  // namespace poolscope
