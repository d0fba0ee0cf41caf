#pragma once

// A witness of a session: notes the events themselves, and what the places hold at the moments that
// matter, and says whether a claim is true. It shares no code with the narration.
//
// Thread safety: none.

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/model/model.h"
#include "core/story/claim.h"
#include "core/story/told.h"
#include "core/trace/event.h"

namespace poolscope::testing {

class Witness {
 public:
  explicit Witness(const SessionConfig& config) : procs_(config.procs) {}

  /// The next event; `before` and `after`: the models around it.
  void see(const Event& event, const Model& before, const Model& after);

  /// Which operation claims are about: of `g`, the one that had begun before event `seq` and what
  /// it had done until then.
  struct About {
    GId g;
    std::uint64_t until_seq = 0;
  };
  /// The operation of `g` now, or its last one.
  [[nodiscard]] About now_of(GId g) const { return {g, UINT64_MAX}; }
  /// The operation of `g` that ended at `end_ns`.
  [[nodiscard]] About ended_at(GId g, std::int64_t end_ns) const;

  /// "" when `claim` is true of `model`, else what is wrong.
  [[nodiscard]] std::string objection(const Claim& claim, About about, const Model& model) const;

 private:
  using Events = std::vector<Event>;
  struct Stop {
    std::int64_t requested_ns = 0;
    std::int64_t stopped_ns = 0;
    std::int64_t started_ns = 0;
    std::uint32_t procs_before = 0;
    std::uint32_t procs_after = 0;
    std::uint64_t in_locals = 0;  // objects, when the world stood
    std::uint64_t in_victims = 0;
    std::uint64_t outside = 0;
    std::vector<PId> pinned;  // when it was requested
  };

  /// Where an object is, by the last event that moved it.
  struct Whereabouts {
    enum class Kind : std::uint8_t { kUnknown, kHand, kFlight, kPrivate, kShared };
    Kind kind = Kind::kUnknown;
    GId g;
    ArrayId array;
    std::uint16_t index = 0;
  };

  void see_move(const Event& event);
  [[nodiscard]] Events operation(About about) const;
  [[nodiscard]] bool holds(const Claim& claim, About about, const Model& model) const;
  [[nodiscard]] bool holds_of_operation(const Claim& claim, const Events& op, const Model& model,
                                        About about) const;
  [[nodiscard]] bool holds_of_object(const Claim& claim, const Model& model) const;
  [[nodiscard]] bool holds_of_stop(const Claim& claim, const Model& model) const;
  [[nodiscard]] bool holds_of_array(const Claim& claim, const Model& model) const;

  std::uint32_t procs_;
  std::map<GId, std::vector<Events>> operations_;
  std::map<GId, PId> pinned_;
  std::map<ObjectId, Whereabouts> places_;
  std::map<std::uint64_t, std::uint64_t> dropped_at_;    // objects, by seq of kLocalStored
  std::map<std::uint64_t, bool> from_dropped_;           // by seq of a pop
  std::map<std::pair<ArrayId, int>, GId> lock_holders_;  // array none: allPoolsMu
  std::vector<Stop> gcs_;
  std::vector<Stop> resizes_;
  Stop stop_;
};

}  // namespace poolscope::testing
