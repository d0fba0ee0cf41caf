#pragma once

// The markers of a session as the viewer sees and changes them: sorted by where they stand.
//
// Thread safety: none. What all() returns never changes.
// Invariants: ordered by time, then by event; of two at one place the older one stands first. An id
// is never used again in one list.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <vector>

#include "app/control/listed_marker.h"
#include "app/intents/intents.h"
#include "core/base/position.h"
#include "core/session/annotations.h"

namespace poolscope {

/// Where a marker stands.
inline Position place_of(const Marker& marker) { return {marker.seq, marker.time_ns}; }

class MarkerList {
 public:
  explicit MarkerList(std::vector<Marker> markers = {});

  [[nodiscard]] std::shared_ptr<const ListedMarkers> all() const { return all_; }
  /// As they are stored.
  [[nodiscard]] std::vector<Marker> stored() const;

  /// Adds, edits, removes, or undoes the last of these; the moment of a new one is `now`. Returns
  /// the new marker, if it is one. Ignores an id that there is none of.
  std::optional<Marker> change(const intents::ChangeMarkers& wanted, Position now);
  /// What is typed into one text is one change.
  [[nodiscard]] bool can_undo() const { return !before_.empty(); }

  /// The number of the first one behind `place`, of the last one before it, of the last one that
  /// stands there.
  [[nodiscard]] std::optional<std::size_t> after(Position place) const;
  [[nodiscard]] std::optional<std::size_t> before(Position place) const;
  [[nodiscard]] std::optional<std::size_t> at(Position place) const;

 private:
  using All = std::shared_ptr<const ListedMarkers>;
  /// The text that is being typed.
  struct Typed {
    std::uint32_t id = 0;
    bool title = false;
    bool operator==(const Typed&) const = default;
  };
  static constexpr std::size_t kMostUndone = 100;

  static All sorted(ListedMarkers markers);
  void keep_for_undo(const intents::ChangeMarkers& wanted);
  void undo();

  All all_;
  std::deque<All> before_;  // as it was before each change, the oldest first
  std::optional<Typed> typed_;
  std::uint32_t next_id_ = 1;
};

/// A viewer among the markers: where it is shown one, and where it goes from there. A marker may
/// stand where nothing can be sought, before the first state or after the last; one that was gone
/// to is the one that is seen all the same, until the playhead moves.
class MarkerTour {
 public:
  explicit MarkerTour(std::vector<Marker> markers = {}) : list_(std::move(markers)) {}

  [[nodiscard]] const MarkerList& list() const { return list_; }
  std::optional<Marker> change(const intents::ChangeMarkers& wanted, Position now) {
    return list_.change(wanted, now);
  }

  /// The number of the one that the viewer at `place` wants to see; none: there is no such.
  [[nodiscard]] std::optional<std::size_t> meant(const intents::GoToMarker& wanted,
                                                 Position place) const;
  /// The playhead has gone to that one, and stands at `place`.
  void arrive(std::size_t number, Position place);
  /// The number of the one that is seen at `place`.
  [[nodiscard]] std::optional<std::size_t> seen_at(Position place) const;

 private:
  struct Arrived {
    std::uint32_t id = 0;
    Position place;
  };
  MarkerList list_;
  std::optional<Arrived> arrived_;
};

/// Why there is none such, as a msgid.
const char* no_marker_text(const intents::GoToMarker& wanted);

}  // namespace poolscope
