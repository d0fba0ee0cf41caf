#pragma once

// Where the objects of a script are: by name, in use, stale, lost and why.
//
// What lies in memory is marked anew after each command, as a collector would; the ledger compares
// with the mark before and says what became of the rest.
//
// Thread safety: one thread at a time.
// Invariants: an object's memory lives until it is lost and the world has stopped once more.

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/script/machine.h"

namespace poolscope::script {

/// Why an object was forgotten, in the words of the transcripts.
enum class Cause : std::uint8_t { kGc, kRealloc, kOrphan, kRaceDrop };

class Ledger {
 public:
  Ledger() = default;
  Ledger(const Ledger&) = delete;
  Ledger& operator=(const Ledger&) = delete;
  ~Ledger() = default;

  /// The object of that name, made if there is none, or none any more.
  Value object(std::string_view name);
  [[nodiscard]] const std::string& name_of(Value x) const {
    return records_[object_of(x)->number].name;
  }

  /// A Get has returned it.
  void get(Value x) { ++records_[object_of(x)->number].in_use; }
  /// A Put takes it, once.
  void put(Value x) {
    Record& record = records_[object_of(x)->number];
    if (record.in_use == 0 && record.was_there) record.put_twice = true;
    if (record.in_use != 0) --record.in_use;
  }

  /// Forgets all but the names: for the same script once more. Nobody may hold an object.
  void reset();

  // --- after a command -----------------------------------------------------------------------

  void begin_marks();
  void mark_pooled(Value x) { ++records_[object_of(x)->number].pooled; }
  void mark_in_flight(Value x) { ++records_[object_of(x)->number].in_flight; }
  void mark_stale(Value x) { ++records_[object_of(x)->number].stale; }
  /// What was there and is no more is lost. `cause`: of what was dropped by the command; `put`,
  /// where it is not nil: the object that it put, with a cause of its own.
  void end_marks(Cause cause, Value put, Cause put_cause);

  /// Gives back the memory of what is lost. The world is stopped.
  void free_lost();

  // --- lists, sorted by bytes ----------------------------------------------------------------

  [[nodiscard]] std::vector<std::string> in_use() const;
  [[nodiscard]] std::vector<std::string> in_flight() const;
  [[nodiscard]] std::vector<std::string> stale() const;
  /// NAME:CAUSE
  [[nodiscard]] std::vector<std::string> lost() const;

  /// The name of an object that is in two places though no Put has put it twice; nullptr for none.
  [[nodiscard]] const std::string* in_two_places() const;
  /// Appends what there is to say about each object, in the order of their first mention.
  void add_to(std::vector<std::uint32_t>& key) const;

  /// Objects whose memory was made, and was given back.
  [[nodiscard]] std::uint64_t created() const { return created_; }
  [[nodiscard]] std::uint64_t freed() const { return freed_; }
  /// Those that are in use, in flight, or in a pool.
  [[nodiscard]] std::uint64_t reachable() const;

 private:
  struct Record {
    std::string name;
    std::unique_ptr<ScriptObject> memory;
    std::uint32_t in_use = 0;  // Gets that have returned it and no Put has taken back
    // Places of each kind.
    std::uint32_t pooled = 0;
    std::uint32_t in_flight = 0;
    std::uint32_t stale = 0;
    bool put_twice = false;
    bool was_stale = false;
    bool was_there = false;
    bool lost = false;
    Cause cause = Cause::kGc;  // of its becoming stale or lost
    [[nodiscard]] bool reachable() const { return in_use + pooled + in_flight != 0; }
  };

  template <class Holds>
  [[nodiscard]] std::vector<std::string> names_of(const Holds& holds) const;

  std::vector<Record> records_;  // by ScriptObject::number
  std::map<std::string, std::uint32_t, std::less<>> by_name_;
  std::uint64_t created_ = 0;
  std::uint64_t freed_ = 0;
};

}  // namespace poolscope::script
