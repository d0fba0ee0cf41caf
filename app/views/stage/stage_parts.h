#pragma once

// The parts that the stage is drawn from; only stage.cpp uses them.
//
// Thread safety: the thread of the ImGui context.

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "app/intents/intents.h"
#include "app/views/paint/paint.h"
#include "app/views/stage/scene.h"

namespace poolscope::views {

/// How an object's tile looks, by where it is.
enum class TileLook { kPrivate, kShared, kHand, kInFlight, kSteal, kNew, kStale, kVictim };

/// A tile with the object's identity, "#19". The number is left out where it does not fit.
void draw_tile(Painter& painter, const Rect& rect, TileLook look, ObjectId object, float opacity);

/// The outline of an object that is followed or that the sentence is about.
void draw_object_outline(Painter& painter, const Rect& slot, ObjectId object);

/// A tile of a slot that can be clicked: follows the object.
void draw_object(Painter& painter, const Scene& scene, const Rect& slot, TileLook look,
                 ObjectId object, GId owner, intents::ConservationPart part,
                 intents::Intents& asked);

/// Pointing at a tile that sums objects up names them: "2 more: #7 #12" of those beside it, else
/// "2 objects: #7 #12".
void explain_sum(Painter& painter, const Rect& tile, std::span<const ObjectId> objects, bool more);

/// A goroutine's badge, recorded as g.N; a click follows it. Returns its width.
float draw_goroutine(Painter& painter, Point left_middle, GId g, bool running,
                     intents::Intents& asked, float max_width = 1e9F);

/// The P's strip of a card, and its tray.
void draw_card(Painter& painter, const Scene& scene, const layout::CardLayout& card,
               intents::Intents& asked);
/// A card's tray: one place of the array, or the dashed outline where it has none.
void draw_tray(Painter& painter, const Scene& scene, const layout::CardLayout& card,
               intents::Intents& asked);
/// A cell of the compact grid.
void draw_cell(Painter& painter, const Scene& scene, const layout::CardLayout& card,
               intents::Intents& asked);

/// The row under the cards: goroutines without a P, and old arrays. Those that objects move to or
/// from have room for a tile.
Foot lay_out_foot(const Painter& painter, const layout::StageLayout& stage, const Seating& seats,
                  const std::vector<GId>& touched);
void draw_foot(Painter& painter, const Scene& scene, intents::Intents& asked);

/// Over the cards: objects between two places, on their ways.
void draw_flights(Painter& painter, const Scene& scene);
/// Over everything: what dissolves, trays of a dropped array sliding off, the GC's curtain.
void draw_effects(Painter& painter, const Scene& scene);

}  // namespace poolscope::views
