#pragma once

// Where the objects of a script are: by name, in use, stale, lost and why.
//
// What lies in memory is marked anew after each command, as a collector would; the ledger compares
// with the mark before and says what became of the rest.
//
// Thread safety: one thread at a time.
// Invariants: an object is alive until it is lost and the world has stopped once more. Its memory
// is its name's and stays: what is not alive and is marked all the same was freed too early.

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
 private:
  struct Record {
    std::uint32_t in_use = 0;  // Gets that have returned it and no Put has taken back
    // Places of each kind.
    std::uint32_t pooled = 0;
    std::uint32_t in_flight = 0;
    std::uint32_t stale = 0;
    bool alive = false;
    bool put_twice = false;
    bool was_stale = false;
    bool was_there = false;
    bool lost = false;
    Cause cause = Cause::kGc;  // of its becoming stale or lost
    [[nodiscard]] std::uint32_t places() const { return in_use + pooled + in_flight + stale; }
    [[nodiscard]] bool reachable() const { return in_use + pooled + in_flight != 0; }
  };

 public:
  /// All that a ledger says at one moment but the names: to be put back.
  class Account {
   private:
    friend class Ledger;
    std::vector<Record> records;
    std::uint64_t created = 0;
    std::uint64_t freed = 0;
    bool suspect = false;
  };

  Ledger() = default;
  Ledger(const Ledger&) = delete;
  Ledger& operator=(const Ledger&) = delete;
  ~Ledger() = default;

  /// The number of that name, in the order of their first mention; kept for good.
  std::uint32_t number_of(std::string_view name);
  /// The object of a name, made if there is none, or none any more.
  Value object(std::uint32_t number);
  [[nodiscard]] const std::string& name_of(Value x) const { return names_[object_of(x)->number]; }

  /// A Get has returned it.
  void get(Value x) { ++record_of(x).in_use; }
  /// A Put takes it, once.
  void put(Value x) {
    Record& record = record_of(x);
    // Lost and alive: it may be on its way from another Put's hand into the pool.
    const bool elsewhere = record.was_there || (record.lost && record.alive);
    if (record.in_use == 0 && elsewhere) record.put_twice = true;
    if (record.in_use != 0) --record.in_use;
  }

  void save(Account& account) const;
  void restore(const Account& account);
  /// Forgets all but the names: for the same script once more. Nobody may hold an object.
  void reset() { restore(Account{}); }

  // --- after a command -----------------------------------------------------------------------

  void begin_marks();
  void mark_pooled(Value x) { ++record_of(x).pooled; }
  void mark_in_flight(Value x) { ++record_of(x).in_flight; }
  void mark_stale(Value x) { ++record_of(x).stale; }
  /// What was there and is no more is lost. `cause`: of what was dropped by the command; `put`,
  /// where it is not nil: the object that it put, with a cause of its own.
  void end_marks(Cause cause, Value put, Cause put_cause);

  /// What is lost is not alive any more. The world is stopped.
  void free_lost();

  // --- lists, sorted by bytes ----------------------------------------------------------------

  [[nodiscard]] std::vector<std::string> in_use() const;
  [[nodiscard]] std::vector<std::string> in_flight() const;
  [[nodiscard]] std::vector<std::string> stale() const;
  /// NAME:CAUSE
  [[nodiscard]] std::vector<std::string> lost() const;

  /// Whether the last marks are worth a closer look, which is violation().
  [[nodiscard]] bool is_suspect() const { return suspect_; }
  /// What is wrong with the marks, "" for nothing: an object is in two places though no Put has put
  /// it twice, or in one though it was freed.
  [[nodiscard]] std::string violation() const;
  /// Calls f(word) with all that there is to say about the objects, in the order of their first
  /// mention.
  template <class F>
  void for_each_state(const F& f) const {
    for (std::size_t i = 0; i < records_.size(); ++i) {
      const Record& record = records_[i];
      const std::uint32_t lost = record.lost ? 1U + static_cast<std::uint32_t>(record.cause) : 0U;
      const std::uint32_t state = record.in_use << 8U | record.stale << 4U | lost;
      // Names that only other runs have given away say nothing about this one.
      if (state == 0) continue;
      f(static_cast<std::uint32_t>(i));
      f(state);
    }
  }

  /// The name of an object that is lost by `cause`, nullptr for none.
  [[nodiscard]] const std::string* lost_by(Cause cause) const;

  /// Objects that were made, and that were freed.
  [[nodiscard]] std::uint64_t created() const { return created_; }
  [[nodiscard]] std::uint64_t freed() const { return freed_; }
  /// Those that are in use, in flight, or in a pool.
  [[nodiscard]] std::uint64_t reachable() const;

 private:
  Record& record_of(Value x) { return records_[object_of(x)->number]; }
  template <class Holds>
  [[nodiscard]] std::vector<std::string> names_of(const Holds& holds) const;

  // By ScriptObject::number.
  std::vector<Record> records_;
  std::vector<std::string> names_;
  std::vector<std::unique_ptr<ScriptObject>> objects_;
  std::map<std::string, std::uint32_t, std::less<>> by_name_;
  std::uint64_t created_ = 0;
  std::uint64_t freed_ = 0;
  bool suspect_ = false;
};

}  // namespace poolscope::script
