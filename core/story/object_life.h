#pragma once

// The life of one object: who made it, where each Put left it and each Get found it, and how the
// pool dropped it.
//
// Thread safety: none of its own.
// Invariants: entries are in the order of their events; memory is bounded: the first kFirstKept
// entries and the newest kLastKept of those after them.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

#include "core/base/ids.h"
#include "core/model/accumulator.h"
#include "core/pool/outcome.h"

namespace poolscope {

struct LifeEntry {
  enum class Kind : std::uint8_t {
    kMadeByNew,      // for g on p
    kMadeByUser,     // g
    kHanded,         // g took it over from `other`
    kPutPrivate,     // g, place
    kPushed,         // g, place
    kPushedTooLate,  // g, place: into an array that the pool had dropped
    kDiceDropped,    // g
    kGotPrivate,     // g, place
    kGotShared,      // g, place: from the shard that it had pinned
    kStole,          // g, place
    kRescued,        // g, place: from an array that the pool had dropped
    kGotVictim,      // g, place: from its own private of the victim
    kStoleVictim,    // g, place: from a shared of the victim
    kBecameVictim,   // a GC made the array that it lies in the victim
    kDroppedByGc,    // with all that lay in the array
    kDroppedByGrow,  // with the array that pinSlow replaced; by g
  };
  Kind kind = Kind::kMadeByNew;
  std::uint64_t seq = 0;
  std::int64_t time_ns = 0;
  GId g;
  PId p;
  GId other;
  PoolId pool;
  std::uint16_t place = 0;
  PId owner;                 // of `place`; none: no P owns it
  std::uint64_t number = 0;  // kBecameVictim, kDroppedByGc: of the GC; kDroppedByGrow: GOMAXPROCS
  bool operator==(const LifeEntry&) const = default;
};

/// Whether with this entry the pool has forgotten the object.
bool is_drop(LifeEntry::Kind kind);

class ObjectLife final : public Accumulator {
 public:
  static constexpr std::size_t kFirstKept = 8;
  static constexpr std::size_t kLastKept = 248;

  explicit ObjectLife(ObjectId object = {}) : object_(object) {}

  void add(const Event& event, const Model& model) override;
  /// To a later part the number is another object.
  void begin_part(const Model& first) override;

  [[nodiscard]] ObjectId object() const { return object_; }
  /// The first ones, then, where some were left out between, the newest.
  [[nodiscard]] std::vector<LifeEntry> entries() const;
  [[nodiscard]] std::uint64_t left_out() const { return left_out_; }
  /// Times that a Get gave it out.
  [[nodiscard]] std::uint64_t gets() const { return gets_; }

 private:
  void see_own(const Event& event, const Model& model);
  void see_array(const Event& event, const Model& model);
  LifeEntry& enter(LifeEntry::Kind kind, const Event& event, const Model& model);

  ObjectId object_;
  ArrayId array_;         // that it lies in; none: it is in no pool
  bool dropped_ = false;  // that array is
  std::vector<LifeEntry> first_;
  std::deque<LifeEntry> last_;
  std::uint64_t left_out_ = 0;
  std::uint64_t gets_ = 0;
};

}  // namespace poolscope
