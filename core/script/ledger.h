#pragma once

// Where the objects of a script are: by name, in use, stale, lost and why.
//
// What lies in memory is marked anew after each command, as a collector would; the ledger compares
// with the mark before and says what became of the rest.
//
// Thread safety: one thread at a time.
// Invariants:
//  1. An object is alive until it is lost and a stopped world has found no place of it in an array,
//     one that nobody can reach included. Then it is freed, once: what is not alive and is marked
//     all the same was freed too early.
//  2. What the world frees is places: in each stop those that are gone, each once. An object that
//     was put twice has several; it is freed with the last.

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/pool/outcome.h"
#include "core/script/machine.h"

namespace poolscope::script {

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
    LostCause cause = LostCause::kGc;  // of its becoming stale or lost
    [[nodiscard]] std::uint32_t places() const { return in_use + pooled + in_flight + stale; }
    [[nodiscard]] bool reachable() const { return in_use + pooled + in_flight != 0; }
  };

 public:
  /// All that a ledger says at one moment but the names: to be put back.
  class Account {
   private:
    friend class Ledger;
    std::vector<Record> records_;
    std::uint64_t created_ = 0;
    std::uint64_t freed_ = 0;
    bool suspect_ = false;
  };

  /// What becomes of the memory of objects that are freed: it is given back; or it is kept, unused,
  /// for the same script once more, and a use is found all the same.
  enum class Memory : std::uint8_t { kFreed, kKept };
  explicit Ledger(Memory memory) : keeps_memory_(memory == Memory::kKept) {}
  Ledger(const Ledger&) = delete;
  Ledger& operator=(const Ledger&) = delete;
  ~Ledger() = default;

  /// The number of that name, in the order of their first mention; kept for good.
  std::uint32_t number_of(std::string_view name);
  /// The object of a name, made if there is none, or none any more: then created() has grown.
  Value object(std::uint32_t number);
  [[nodiscard]] const std::string& name_of(Value x) const { return names_[script::number_of(x)]; }

  [[nodiscard]] const std::string& name(std::uint32_t number) const { return names_[number]; }

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
  /// Memory is kept.
  void restore(const Account& account);

  // --- after a command -----------------------------------------------------------------------

  void begin_marks();
  void mark_pooled(Value x) { ++record_of(x).pooled; }
  void mark_in_flight(Value x) { ++record_of(x).in_flight; }
  void mark_stale(Value x) { ++record_of(x).stale; }
  /// What was there and is no more is lost. `cause`: of what was dropped by the command; `put`,
  /// where it is not nil: the object that it put, with a cause of its own.
  void end_marks(LostCause cause, Value put, LostCause put_cause);

  // --- in a stopped world, which frees -------------------------------------------------------

  /// Each place in memory is counted before and after it, and what the world frees in between.
  void begin_stop() { stop_.assign(records_.size(), {}); }
  [[nodiscard]] bool in_stop() const { return !stop_.empty(); }
  void count_before(Value x) { ++stop_[script::number_of(x)].owed; }
  void free_place(Value x) { --stop_[script::number_of(x)].owed; }
  void count_after(Value x) {
    --stop_[script::number_of(x)].owed;
    ++stop_[script::number_of(x)].left;
  }
  /// What is wrong with what was freed, "" for nothing: a place that is still there or was freed
  /// before, or one that is gone and was not freed.
  [[nodiscard]] std::string violation_of_stop() const;
  /// Frees what is lost and has no place left. Without begin_stop: there are no arrays but those
  /// that the pools use.
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
  [[nodiscard]] const std::string* lost_by(LostCause cause) const;

  /// Objects that were made, and that were freed.
  [[nodiscard]] std::uint64_t created() const { return created_; }
  [[nodiscard]] std::uint64_t freed() const { return freed_; }
  /// Those that are in use, in flight, or in a pool.
  [[nodiscard]] std::uint64_t reachable() const;

 private:
  Record& record_of(Value x) { return records_[script::number_of(x)]; }
  template <class Holds>
  [[nodiscard]] std::vector<std::string> names_of(const Holds& holds) const;

  /// What a stop has done to an object.
  struct Stop {
    std::int64_t owed = 0;   // places that were there, less those that are or were freed
    std::uint32_t left = 0;  // places that are there
  };

  const bool keeps_memory_;
  // By ScriptType::number.
  std::vector<Record> records_;
  std::vector<std::string> names_;
  std::deque<ScriptType> types_;
  std::vector<std::unique_ptr<ScriptObject>> objects_;  // null: freed, or not yet made
  std::vector<Stop> stop_;                              // under way
  std::map<std::string, std::uint32_t, std::less<>> by_name_;
  std::uint64_t created_ = 0;
  std::uint64_t freed_ = 0;
  bool suspect_ = false;
};

}  // namespace poolscope::script
