#pragma once

// What the page shows beside the objects, as numbered fields, and which of them have changed from
// one state to the next: the sentences, the counts, who sits on which card and what he does.
//
// Thread safety: the thread that sets the language (see Languages).
// Invariants: a field keeps its number; each has the value 0 before the first state. The changes of
// all states so far, applied in their order, give the values of the last one.

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "app/layout/stage.h"
#include "app/page/languages.h"
#include "app/page/text_table.h"
#include "core/model/model.h"
#include "core/story/told.h"

namespace poolscope::page {

/// What a field is of. Its index is named behind it. Texts are numbers of the TextTable.
enum class What : std::uint8_t {
  kSentence,  // a text: what a viewer reads who lets the session run
  kStepText,  // a text: the same for one who steps
  kBanner,    // a text
  kToldG,     // whom kSentence is about: the goroutine's number + 1
  kStepG,     // the same of kStepText
  kProcs,
  kCreated,
  kInUse,
  kInFlight,
  kPooled,
  kDropped,
  kAgain,
  kDivergences,
  kGc,           // twice the number of GCs that have stopped the world, and 1 more while it stands
  kGcText,       // a text: what a GC does
  kShape,        // by pool: of the stage, a number of shapes()
  kLocal,        // by pool: the number of its array; 0: nil
  kVictim,       // by pool: the same
  kSlots,        // by pool: of its array
  kVictimSlots,  // by pool
  kSeat,      // by P: 0 nobody, else twice (the goroutine's number + 1), and 1 more where it runs
  kActivity,  // by P: a number of activities()
  kGets,      // by P, times kOutcomes: how many Gets were answered in that way
  kAway,      // by goroutine: an Away
  kLock,      // by array and place: a number of locks()
  kChain,     // by array and place: a text, the dequeues of a modern shared
  kOldArray,  // by array: a text, of one that was dropped and may still be reached
};
inline constexpr std::size_t kWhats = static_cast<std::size_t>(What::kOldArray) + 1;
inline constexpr std::size_t kOutcomes = 6;  // in the order of HitCounts

/// Why a goroutine has no card.
enum class Away : std::uint8_t { kIsNot, kLockedOut, kWithoutP, kAsleep, kEnded };

using FieldChange = std::pair<std::uint32_t, std::uint64_t>;  // the field's number, its value
using FieldChanges = std::vector<FieldChange>;

class Picture {
 public:
  Picture(const Languages& languages, TextTable& texts) : languages_(languages), texts_(texts) {}

  /// Takes in the next state.
  FieldChanges update(const Model& model, const Told& told);

  /// Each field as [what, index].
  [[nodiscard]] nlohmann::json fields() const;
  /// From number 1 on: [kind, text, pinned].
  [[nodiscard]] nlohmann::json activities() const;
  /// From number 1 on: [contended, text].
  [[nodiscard]] nlohmann::json locks() const;
  /// From number 1 on.
  [[nodiscard]] const std::vector<layout::StageShape>& shapes() const { return shapes_; }

 private:
  struct Field {
    What what = What::kSentence;
    std::uint64_t index = 0;
    std::uint64_t value = 0;
    std::uint64_t seen = 0;  // in which state last
  };
  struct Activity {
    int kind = 0;
    std::uint32_t text = 0;
    bool pinned = false;
    auto operator<=>(const Activity&) const = default;
  };
  struct Lock {
    bool contended = false;
    std::uint32_t text = 0;
    auto operator<=>(const Lock&) const = default;
  };
  /// The number of `value` in a list from 1 on.
  template <class T>
  using Numbers = std::map<T, std::uint32_t>;
  /// What a text was made of, and its number: it is made anew where that has changed.
  template <class T>
  struct Remembered {
    T of;
    std::uint64_t number = 0;
  };

  void set(What what, std::uint64_t index, std::uint64_t value);
  template <class Make>
  std::uint32_t say(const Make& make) {
    return texts_.number_of(languages_.say(make));
  }

  void update_texts(const Model& model, const Told& told);
  void update_gc(const Model& model);
  void update_totals(const Totals& totals, const Model& model);
  void update_pools(const Model& model);
  void update_seats(const Model& model);
  void update_arrays(const Model& model);
  std::uint64_t activity_of(const Model& model, PId p, GId g);
  std::uint64_t lock_of(const LockState& lock);
  std::uint64_t chain_of(std::uint64_t place, const LocalState& local);
  std::uint64_t shape_of(const Model& model, PoolId pool);

  const Languages& languages_;
  TextTable& texts_;
  std::vector<Field> fields_;
  std::array<std::map<std::uint64_t, std::uint32_t>, kWhats> numbers_;  // of fields, by index
  std::uint64_t state_ = 0;                                             // which one is taken in
  FieldChanges changes_;

  Numbers<Activity> activity_numbers_;
  std::vector<Activity> activities_;
  Numbers<Lock> lock_numbers_;
  std::vector<Lock> locks_;
  std::vector<layout::StageShape> shapes_;
  std::map<PId, Remembered<std::pair<std::optional<GState>, std::uint32_t>>> seated_;
  std::map<std::uint64_t, Remembered<std::vector<DequeueState>>> chains_;
};

/// The index of a field of an array's place.
constexpr std::uint64_t place_index(ArrayId array, std::size_t place) {
  return (std::uint64_t{array.value} << 16U) + place;
}

}  // namespace poolscope::page
