#pragma once

// What the parts of the stage share in a frame: the layout, the seats, which array is shown, and
// which objects are under way between two places at the time that is shown.
//
// Thread safety: a value made by a pure function; refers to the input that it was made from.
// Invariants: a flight's part is 0 .. 1 of its way at playhead_time_ns; nothing here depends on
// earlier frames.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "app/frame/view_input.h"
#include "app/layout/stage.h"
#include "app/views/paint/paint.h"
#include "app/views/stage/seating.h"
#include "core/story/legs.h"

namespace poolscope::views {

/// An object between two places, or dissolving where it was.
struct Flight {
  ObjectId object;
  Move move;
  float part = 0;  // of its way, eased
  std::vector<layout::Point> way;
  bool dissolves = false;  // to nowhere: it stays and fades
  bool grows = false;      // from outside: it stays and becomes as large as it is
  bool shrinks = false;    // to outside
  bool steal = false;
  bool victim = false;  // from the victim
};

/// The row under the cards: goroutines by why they have no P.
struct FootPlace {
  GId g;
  layout::Rect badge;
  layout::Rect tile;  // of what its operation holds, or what comes and goes; empty: nothing
  std::vector<layout::Rect> held;  // of what it has in use, the newest first
  layout::Rect more;               // the number of the others; empty: there are none

  /// Where the object stands that has `newer` others in use before it; empty: nowhere.
  [[nodiscard]] layout::Rect in_use(std::size_t newer) const {
    return newer < held.size() ? held[newer] : more;
  }
};
struct FootGroup {
  std::string title;
  theme::Color color;
  std::vector<GId> gs;
  bool badges = true;  // false: of goroutines that have ended only the objects are shown
  layout::Rect title_at{};
  std::size_t more = 0;  // goroutines for which there is no room
  layout::Rect more_at{};
  layout::Rect more_tile{};  // of what comes to one of these, or goes
};
/// An object in the old array on the shelf.
struct ShelfPlace {
  ObjectId object;
  layout::Rect at;
};
struct Foot {
  layout::Rect shelf;  // of old arrays; empty: there are none
  std::string shelf_text;
  layout::Rect shelf_text_at{};
  std::vector<ShelfPlace> on_shelf;  // the newest first, from the right
  std::vector<FootGroup> groups;
  std::vector<FootPlace> places;
};

struct Scene {
  const ViewInput& input;
  layout::StageLayout stage;
  Seating seating;
  const ArrayState* local = nullptr;   // the array of the pool that is shown; null: nil
  const ArrayState* victim = nullptr;  // and its victim
  Foot foot;
  std::vector<Flight> flights;
  theme::FontSpecs fonts{};

  /// The flight that ends with `object` at its present place, or nullptr.
  [[nodiscard]] const Flight* flight_of(ObjectId object) const;
  /// The first cell of shared that is shown: older ones are summed in a "+3" tile at its left.
  /// Where there are enough slots the last one stays open for the object that comes next.
  [[nodiscard]] static std::size_t first_shown(std::size_t cells, std::size_t slots);
};

layout::StageShape stage_shape(const Model& model, PoolId pool);
Scene make_scene(const Painter& painter, const layout::Rect& area);

/// The GC that stands stopped or has ended last; nullptr before the first.
const StopState* newest_gc(const Model& model);

/// How long an object flies at the session's speed, ns of session time.
LegTimes leg_times(const Model& model);

/// 0 .. 1 of something that lasted `duration_ns` from `begin_ns` at time `now_ns`; below 0 before
/// it, above 1 after it.
float part_of(std::int64_t begin_ns, std::int64_t duration_ns, std::int64_t now_ns);

/// Whether the sentence is about it while nobody is followed: it is outlined.
bool is_told(const ViewInput& input, GId g);
bool is_told(const ViewInput& input, ObjectId object);

/// The part of the sum that an object belongs to, by the model.
intents::ConservationPart part_of_object(const Model& model, ObjectId object);

/// The objects that are drawn on their way, each once. Whoever looks sees them in flight, though
/// for the model they are where they go.
std::vector<ObjectId> flying(const Scene& scene);

/// What the sum shows: the model's own figures, but for the objects on their way, which are in
/// flight. At rest it is what the audit counts.
struct DrawnSum {
  std::uint64_t in_use = 0;
  std::uint64_t in_flight = 0;
  std::uint64_t pooled = 0;
  std::uint64_t dropped = 0;
  bool operator==(const DrawnSum&) const = default;
};
DrawnSum drawn_sum(const Model& model, std::span<const ObjectId> flying);

/// How opaque a thing is drawn when something else is followed or lit: 1, or Theme::unlit.
float opacity_of_g(const ViewInput& input, GId g);
float opacity_of_object(const ViewInput& input, ObjectId object, GId owner,
                        intents::ConservationPart part);

}  // namespace poolscope::views
