#pragma once

// What the next event of a session probably looks like, from the events before it: a small mirror
// of what goroutines and places do, used by both ends of the event codec.
//
// It is part of the file format: packer and unpacker must predict alike, so a change here is a new
// format. A wrong prediction costs bytes, never correctness.
//
// Thread safety: one thread at a time.
// Invariants: the predictions depend only on the events given to observe() since reset().

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/session/packing_shapes.h"
#include "core/trace/event.h"

namespace poolscope {

class EventPredictor {
 public:
  /// As events are predicted in files of that format.
  explicit EventPredictor(std::uint32_t format);
  [[nodiscard]] std::uint32_t format() const { return format_; }

  /// Back to knowing nothing, as at the start of a chunk.
  void reset();

  /// The goroutine of the last event, and the last other one before it.
  [[nodiscard]] GId same_g() const { return g_; }
  [[nodiscard]] GId other_g() const { return other_g_; }

  [[nodiscard]] EventKind kind(GId g) const;
  [[nodiscard]] PId p(GId g) const { return goroutine(g).p; }

  struct Fields {
    ArrayId array;
    std::uint16_t index = 0;
    std::uint8_t detail = 0;
  };
  /// The fields that follow from who does what.
  [[nodiscard]] Fields fields(GId g, PId p, EventKind kind) const;
  /// The object, once the place is known.
  [[nodiscard]] ObjectId object(GId g, EventKind kind, ArrayId array, std::uint16_t index) const;
  /// The number that an object not predicted is written as a difference from.
  [[nodiscard]] std::uint32_t newest_object() const { return newest_object_; }

  /// Learns from the event that came.
  void observe(const Event& event);

 private:
  // Sizes of the tables; two things that share an entry spoil each other's predictions, no more.
  static constexpr std::size_t kGoroutines = 1024;
  static constexpr std::size_t kPlaces = 4096;
  static constexpr std::size_t kObjects = 65'536;
  static constexpr std::size_t kKinds = 256;
  static constexpr std::size_t kPools = 64;

  struct Goroutine {
    ArrayId array;
    ObjectId flight;  // what its operation holds
    PId p;
    std::uint16_t place = 0;  // in array
    std::uint16_t pool = 0;
    EventKind last = EventKind::kNone;
    EventKind before_last = EventKind::kNone;
    bool slow = false;  // in getSlow: the next lock is the next place's
  };
  struct Place {
    ObjectId private_object;
    ObjectId top;     // the newest of shared
    ObjectId oldest;  // of shared, in the modern pool
  };

  [[nodiscard]] const Goroutine& goroutine(GId g) const { return gs_[g.value % kGoroutines]; }
  [[nodiscard]] static std::size_t place_of(ArrayId array, std::uint16_t index) {
    return (array.value * 257U + index) % kPlaces;
  }
  // Any kind: the goroutine's last two, or its last one and the one that comes.
  [[nodiscard]] static std::size_t pair(EventKind first, EventKind second) {
    return static_cast<std::size_t>(first) * kKinds + static_cast<std::size_t>(second);
  }
  [[nodiscard]] const Shape& shape(EventKind kind) const {
    return shapes_[static_cast<std::size_t>(kind)];
  }
  void observe_place(Goroutine& state, const Event& event);
  void observe_object(Goroutine& state, const Event& event);

  const std::uint32_t format_;
  const ShapeTable& shapes_;
  GId g_;
  GId other_g_;
  std::uint32_t newest_object_ = 0;
  std::uint32_t newest_array_ = 0;
  std::vector<Goroutine> gs_;
  std::vector<Place> places_;
  std::vector<ObjectId> below_;               // by object: what lies under it in its shared
  std::vector<ObjectId> above_;               // by object: what was pushed after it
  std::vector<EventKind> kind_after_;         // by the goroutine's last two kinds
  std::vector<std::uint8_t> detail_after_;    // by the goroutine's last kind and the kind
  std::array<ObjectId, kKinds> number_of_{};  // by kind: the last number that it carried
  std::array<ArrayId, kPools> array_of_pool_{};
  std::array<ArrayId, kPools> victim_of_pool_{};
  bool modern_ = false;  // something has been told that only the modern pool tells
};

}  // namespace poolscope
