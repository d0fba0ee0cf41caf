#include "tests/app/views/stage/watched_stage.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <thread>
#include <tuple>

#include <fmt/format.h>

#include "app/views/stage/standing.h"
#include "core/base/check.h"
#include "core/model/reduce.h"
#include "core/story/teller.h"

namespace poolscope::views::testing {
namespace {

using layout::CardLayout;
using layout::Point;
using layout::Rect;
using poolscope::testing::CollectingSink;
using poolscope::testing::kFrame_ns;
using poolscope::testing::RecordedEvents;

constexpr int kFramesOfAMove = 5;       // 250 ms
constexpr int kFramesOfDissolving = 8;  // 400 ms
/// The longest that a move is drawn after its event; a later end is not in the recording.
constexpr std::int64_t kAfter_ns = 2'000'000'000;
constexpr float kStill_px = 1;

SimulationOptions lecture_options(PoolKind pool, Speed speed, std::uint64_t seed) {
  SimulationOptions options;
  options.config.pool = pool;
  options.config.procs = 4;
  options.config.workers = 6;
  options.config.workload->name = "lecture";
  options.config.seed = seed;
  options.config.pacing = speed.pacing;
  options.config.step_time_ns = speed.step_time_ns;
  return options;
}

/// `wait(part)` returns when that part (0 .. 1) of the session has been.
template <class Wait>
RecordedEvents record(PoolKind pool, Speed speed, std::uint64_t seed, CollectingSink& sink,
                      const Wait& wait) {
  auto simulation = Simulation::create(lecture_options(pool, speed, seed));
  check(simulation.has_value(), "options of a test's session");
  (*simulation)->start(sink);
  wait(0.5);
  (*simulation)->request_gc();
  wait(0.7);
  (*simulation)->request_procs(6);
  wait(1.0);
  (*simulation)->stop();
  return {(*simulation)->config(), sink.take()};
}

// --- places by the model -------------------------------------------------------------------------

struct Known {
  Place::Kind kind = Place::Kind::kNone;
  ArrayId array;
  std::uint16_t index = 0;
  GId g;
  bool operator==(const Known&) const = default;
};
using Places = std::map<ObjectId, Known>;

/// Of all objects that are somewhere.
Places places_of(const Model& model) {
  Places places;
  for (const GState& g : model.gs) {
    if (g.in_flight.valid()) places[g.in_flight] = {Place::Kind::kFlight, {}, 0, g.id};
    for (const ObjectId object : g.hand) places[object] = {Place::Kind::kHand, {}, 0, g.id};
  }
  for (const auto& [id, array] : model.arrays) {
    for (std::uint16_t i = 0; i < array.locals.size(); ++i) {
      const LocalState& local = array.locals[i];
      if (local.private_object.valid()) {
        places[local.private_object] = {Place::Kind::kPrivate, id, i, {}};
      }
      for (const ObjectId object : local.shared.cells()) {
        places[object] = {Place::Kind::kShared, id, i, {}};
      }
    }
  }
  return places;
}

/// Where an object at that place may rest on the stage; nothing: it is not shown.
std::optional<Rect> region_of(const Scene& scene, const Known& known) {
  if (known.g.valid()) {
    // At the end of the session goroutines go, and take along what they hold.
    const GState* g = scene.input.model.gs.find(known.g);
    if (g == nullptr || g->status == GState::Status::kAbsent) return {};
    const auto seat = scene.seating.card_of.find(known.g);
    if (seat == scene.seating.card_of.end()) return scene.stage.foot;
    const CardLayout& card = scene.stage.cards[seat->second];
    return card.hand_slots == 0 ? std::optional<Rect>() : card.strip;
  }
  const bool victim = scene.victim != nullptr && scene.victim->id == known.array;
  const bool local = scene.local != nullptr && scene.local->id == known.array;
  if (!victim && !local) return {};
  const CardLayout& card = scene.stage.cards[known.index];
  if (known.kind == Place::Kind::kPrivate) return victim ? card.victim : card.private_slot;
  return victim ? card.victim : card.shared;
}

float length_of(const std::vector<Point>& way) {
  float length = 0;
  for (std::size_t i = 1; i < way.size(); ++i) {
    length += std::hypot(way[i].x - way[i - 1].x, way[i].y - way[i - 1].y);
  }
  return length;
}

/// The most that a gentle motion covers in a frame when all of it takes `whole_ns`.
float most_of(float length, std::int64_t whole_ns) {
  return 1.5F * length * static_cast<float>(kFrame_ns) / static_cast<float>(whole_ns);
}

const char* kind_name(Place::Kind kind) {
  switch (kind) {
    case Place::Kind::kNone: return "nowhere";
    case Place::Kind::kHand: return "the hand";
    case Place::Kind::kFlight: return "the operation";
    case Place::Kind::kPrivate: return "private";
    case Place::Kind::kShared: return "shared";
    case Place::Kind::kNew: return "New";
    case Place::Kind::kLost: return "lost";
    case Place::Kind::kUser: return "outside";
  }
  return "";
}

class Watch {
 public:
  Watch(Drawing& drawing, const RecordedEvents& session)
      : drawing_(drawing),
        session_(session),
        model_(initial_model(session.config)),
        teller_(model_) {}

  Watched run() {
    const std::int64_t last_ns = session_.events.back().time_ns;
    for (std::int64_t now_ns = 0; now_ns <= last_ns; now_ns += kFrame_ns) {
      const bool happened = play_to(now_ns);
      const Told told = teller_.told(model_);
      drawing_.at(model_, told, now_ns, [&](const Scene& scene) {
        now_ns_ = now_ns;
        count_flights(scene);
        look_at_rest(scene);
        look_at_sum(scene);
        look_for_jumps(scene, happened);
      });
    }
    for (const auto& [key, seen] : seen_) {
      if (seen.move.time_ns + kAfter_ns > last_ns) continue;
      judge(seen);
    }
    return std::move(watched_);
  }

 private:
  using Key = std::tuple<std::uint64_t, ObjectId, Place::Kind, Place::Kind>;
  struct Seen {
    Move move;
    int frames = 0;
  };
  struct Shot {
    Point at;
    float most_px = 0;  // that its flight may cover in a frame
    bool old = false;   // it goes to an array that is dropped, or comes from one
    std::string what = "rests";
    std::vector<GId> carriers;  // that hold it, or that it flies from or to
  };

  static Key key_of(const Move& move) {
    return {move.seq, move.object, move.from.kind, move.to.kind};
  }

  void fault(std::string text) {
    if (watched_.faults.size() < kMostFaults) {
      watched_.faults.push_back(
          fmt::format("{:.2f} s: {}", static_cast<double>(now_ns_) / 1e9, text));
    }
    ++watched_.fault_count;
  }

  /// Whether something happened. Each event that changes an object's place must be told as a move.
  bool play_to(std::int64_t now_ns) {
    const std::size_t before = next_;
    new_moves_.clear();
    for (; next_ < session_.events.size() && session_.events[next_].time_ns <= now_ns; ++next_) {
      const Event& event = session_.events[next_];
      reduce(model_, event);
      teller_.add(event, model_);
      const Told told = teller_.told(model_);
      for (const Move& move : told.moves) {
        if (move.seq != event.seq) continue;
        seen_.try_emplace(key_of(move), Seen{move, 0});
        new_moves_.push_back(move);
      }
      Places places = places_of(model_);
      for (const auto& [object, known] : places) {
        const auto was = places_.find(object);
        if (was != places_.end() && was->second == known) continue;
        expect_told(told, event, object);
      }
      for (const auto& [object, known] : places_) {
        if (!places.contains(object)) expect_told(told, event, object);
      }
      places_ = std::move(places);
    }
    return next_ > before;
  }

  void expect_told(const Told& told, const Event& event, ObjectId object) {
    const bool moved = std::ranges::any_of(told.moves, [&](const Move& move) {
      return move.seq == event.seq && move.object == object;
    });
    if (!moved) fault(fmt::format("#{} changed place, and no move is told", object.value));
  }

  void count_flights(const Scene& scene) {
    for (const Flight& flight : scene.flights) {
      const auto seen = seen_.find(key_of(flight.move));
      if (seen == seen_.end()) continue;
      ++seen->second.frames;
    }
    for (const Flight& flight : scene.flights) {
      if (flight.grows || flight.shrinks) look_at_edges(scene, flight);
    }
  }

  /// What comes from outside or goes there keeps within its card, or the row under the cards.
  void look_at_edges(const Scene& scene, const Flight& flight) {
    const Point at = layout::point_on(flight.way, flight.part);
    const float w = scene.stage.cards.front().slot_w;
    const float h = scene.input.sizes.object;
    const Rect tile{at.x - w / 2, at.y - h / 2, w, h};
    const bool inside = scene.stage.foot.contains(at) ||
                        std::ranges::any_of(scene.stage.cards, [&](const CardLayout& card) {
                          return card.frame.contains(tile);
                        });
    if (!inside) fault(fmt::format("#{} hangs over an edge", flight.object.value));
  }

  void judge(const Seen& seen) {
    const bool lost = seen.move.to.kind == Place::Kind::kLost;
    ++watched_.moves;
    watched_.dissolved += lost ? 1 : 0;
    if (seen.frames >= (lost ? kFramesOfDissolving : kFramesOfAMove)) return;
    now_ns_ = seen.move.time_ns;
    fault(fmt::format("#{} moves ({} to {}, event {}) and is seen on its way in {} frames",
                      seen.move.object.value, kind_name(seen.move.from.kind),
                      kind_name(seen.move.to.kind), seen.move.seq, seen.frames));
  }

  [[nodiscard]] bool slides(const Scene& scene) const {
    const StopState* gc = newest_gc(scene.input.model);
    return gc != nullptr && now_ns_ >= gc->stopped_ns &&
           now_ns_ < gc->stopped_ns + theme::kSlide_ns;
  }

  void look_at_rest(const Scene& scene) {
    for (const auto& [object, known] : places_) {
      if (scene.flight_of(object) != nullptr) continue;
      const std::optional<Rect> region = region_of(scene, known);
      if (!region) continue;
      const std::optional<Point> at = drawn_at(scene, object);
      if (!at) {
        fault(fmt::format("#{} is not drawn", object.value));
      } else if (!region->contains(*at) && !slides(scene)) {
        fault(fmt::format("#{} is drawn at {:.0f}, {:.0f}, not at its place", object.value, at->x,
                          at->y));
      }
    }
  }

  /// Whether the sum counts what is seen: as pooled what lies in the trays, as in flight what flies
  /// or an operation holds, as in use what lies in hands.
  void look_at_sum(const Scene& scene) {
    const std::vector<ObjectId> flying = views::flying(scene);
    DrawnSum seen{};
    seen.in_flight = flying.size();
    for (const auto& [object, known] : places_) {
      if (std::ranges::find(flying, object) != flying.end()) continue;
      if (known.kind == Place::Kind::kFlight) {
        ++seen.in_flight;
      } else if (known.g.valid()) {
        ++seen.in_use;
      } else if (lies_in_a_tray(scene, object)) {
        ++seen.pooled;
      }
    }
    seen.dropped = model_.totals.created - seen.in_use - seen.in_flight - seen.pooled;
    const DrawnSum sum = drawn_sum(model_, flying);
    if (sum == seen) return;
    fault(fmt::format("in use {}, in flight {}, pooled {}, dropped {} by the sum; seen {} {} {} {}",
                      sum.in_use, sum.in_flight, sum.pooled, sum.dropped, seen.in_use,
                      seen.in_flight, seen.pooled, seen.dropped));
  }

  [[nodiscard]] bool lies_in_a_tray(const Scene& scene, ObjectId object) const {
    const std::optional<Point> at = drawn_at(scene, object);
    return at && std::ranges::any_of(scene.stage.cards, [&](const CardLayout& card) {
             return card.tray.contains(*at);
           });
  }

  [[nodiscard]] bool old(ArrayId id) const {
    const ArrayState* array = model_.array(id);
    return array != nullptr && array->status == ArrayState::Status::kDropped;
  }

  [[nodiscard]] Shot shot_of(const Scene& scene, ObjectId object, Point at) const {
    Shot shot{.at = at};
    if (const Flight* flight = scene.flight_of(object)) {
      shot.most_px = most_of(length_of(flight->way), theme::kLegLeast_ns);
      const Move& move = flight->move;
      for (const GId g : {move.g, move.from.g, move.to.g}) {
        if (g.valid()) shot.carriers.push_back(g);
      }
      shot.what =
          fmt::format("flies from {} to {} for G{} since event {}", kind_name(move.from.kind),
                      kind_name(move.to.kind), move.g.value, move.seq);
      shot.old = old(move.from.array) || old(move.to.array);
    } else if (slides(scene)) {
      shot.most_px = most_of(scene.stage.area.h, theme::kSlide_ns);
    }
    if (const GId g = places_.at(object).g; g.valid()) shot.carriers.push_back(g);
    return shot;
  }

  void look_for_jumps(const Scene& scene, bool happened) {
    std::vector<Rect> frames;
    for (const CardLayout& card : scene.stage.cards) frames.push_back(card.frame);
    const bool same_cards = frames == frames_;
    std::map<ObjectId, Shot> shots;
    for (const auto& [object, known] : places_) {
      const std::optional<Point> at = drawn_at(scene, object);
      if (!at) continue;
      const Shot shot = shot_of(scene, object, *at);
      const auto before = shots_.find(object);
      if (before != shots_.end() && same_cards && !carried(scene, before->second, shot)) {
        const float slots = happened ? 1 + neighbours(known) : 0;
        expect_no_jump(object, before->second, shot, slots * scene.stage.cards[0].slot_step);
      }
      shots.emplace(object, shot);
    }
    shots_ = std::move(shots);
    frames_ = std::move(frames);
    seats_ = scene.seating.card_of;
  }

  /// Whether a goroutine that holds it, held it, or that it flies from or to, has changed its seat,
  /// or sits in the row that closes up.
  [[nodiscard]] bool carried(const Scene& scene, const Shot& before, const Shot& now) const {
    const auto moves = [&](GId g) {
      const auto was = seats_.find(g);
      const auto is = scene.seating.card_of.find(g);
      const bool on_cards = was != seats_.end() && is != scene.seating.card_of.end();
      return !on_cards || was->second != is->second;
    };
    return before.old || now.old || std::ranges::any_of(before.carriers, moves) ||
           std::ranges::any_of(now.carriers, moves);
  }

  /// How many objects have just come to or gone from the hand or the place where this one is.
  [[nodiscard]] float neighbours(const Known& known) const {
    const auto there = [&](const Place& place) {
      return known.g.valid() ? place.g == known.g
                             : place.array == known.array && place.index == known.index;
    };
    return static_cast<float>(std::ranges::count_if(
        new_moves_, [&](const Move& move) { return there(move.from) || there(move.to); }));
  }

  void expect_no_jump(ObjectId object, const Shot& before, const Shot& now, float closing_up_px) {
    const float moved = std::hypot(now.at.x - before.at.x, now.at.y - before.at.y);
    if (moved <= before.most_px + now.most_px + closing_up_px + kStill_px) return;
    fault(fmt::format("#{} jumps {:.0f} px, from {:.0f}, {:.0f} ({}) to {:.0f}, {:.0f} ({})",
                      object.value, moved, before.at.x, before.at.y, before.what, now.at.x,
                      now.at.y, now.what));
  }

  Drawing& drawing_;
  const RecordedEvents& session_;
  Model model_;
  Teller teller_;
  std::size_t next_ = 0;
  std::int64_t now_ns_ = 0;
  Places places_;
  std::map<Key, Seen> seen_;
  std::vector<Move> new_moves_;       // since the frame before
  std::map<ObjectId, Shot> shots_;    // of the frame before
  std::vector<Rect> frames_;          // of its cards
  std::map<GId, std::size_t> seats_;  // of its goroutines
  Watched watched_;
};

}  // namespace

RecordedEvents record_events(PoolKind pool, Speed speed, std::uint64_t seed, std::size_t events) {
  CollectingSink sink;
  return record(pool, speed, seed, sink, [&](double part) {
    sink.wait_for(static_cast<std::size_t>(part * static_cast<double>(events)));
  });
}

RecordedEvents record_for(PoolKind pool, Speed speed, std::uint64_t seed, std::int64_t length_ns) {
  CollectingSink sink;
  const auto begin = std::chrono::steady_clock::now();
  return record(pool, speed, seed, sink, [&](double part) {
    const auto after_ns = static_cast<std::int64_t>(part * static_cast<double>(length_ns));
    std::this_thread::sleep_until(begin + std::chrono::nanoseconds(after_ns));
  });
}

Watched watch(Drawing& drawing, const RecordedEvents& session) {
  return Watch(drawing, session).run();
}

}  // namespace poolscope::views::testing
