#include "core/script/ledger.h"

#include <algorithm>

namespace poolscope::script {
namespace {

std::string_view word_of(Cause cause) {
  switch (cause) {
    case Cause::kGc: return "gc";
    case Cause::kRealloc: return "realloc";
    case Cause::kOrphan: return "orphan";
    case Cause::kRaceDrop: return "race-drop";
  }
  return "";
}

}  // namespace

Value Ledger::object(std::string_view name) {
  auto it = by_name_.find(name);
  if (it == by_name_.end()) {
    it = by_name_.emplace(std::string(name), static_cast<std::uint32_t>(records_.size())).first;
    records_.emplace_back().name = it->first;
  }
  Record& record = records_[it->second];
  if (record.memory == nullptr) {
    record.memory = std::make_unique<ScriptObject>();
    record.memory->number = it->second;
    ++created_;
  }
  return value_of(record.memory.get());
}

void Ledger::begin_marks() {
  for (Record& record : records_) {
    record.was_stale = record.stale;
    record.pooled = record.in_flight = record.stale = false;
  }
}

void Ledger::end_marks(Cause cause, Value put, Cause put_cause) {
  for (Record& record : records_) {
    const bool is_put = !put.is_nil() && record.memory.get() == object_of(put);
    const Cause now = is_put ? put_cause : cause;
    if (record.reachable()) {
      record.was_there = true;
      record.lost = record.stale = false;
    } else if (record.stale) {
      if (!record.was_stale) record.cause = now;
      record.was_there = true;
      record.lost = false;
    } else if (record.was_there || is_put) {
      if (!record.was_stale) record.cause = now;
      record.was_there = false;
      record.lost = true;
    }
  }
}

void Ledger::free_lost() {
  for (Record& record : records_) {
    if (!record.lost || record.memory == nullptr) continue;
    record.memory.reset();
    ++freed_;
  }
}

template <class Holds>
std::vector<std::string> Ledger::names_of(const Holds& holds) const {
  std::vector<std::string> names;
  for (const Record& record : records_) {
    if (holds(record)) names.push_back(record.name);
  }
  std::ranges::sort(names);
  return names;
}

std::vector<std::string> Ledger::in_use() const {
  return names_of([](const Record& record) { return record.in_use != 0; });
}
std::vector<std::string> Ledger::in_flight() const {
  return names_of([](const Record& record) { return record.in_flight; });
}
std::vector<std::string> Ledger::stale() const {
  return names_of([](const Record& record) { return record.stale; });
}
std::vector<std::string> Ledger::lost() const {
  std::vector<std::string> entries;
  for (const Record& record : records_) {
    if (record.lost) entries.push_back(record.name + ":" + std::string(word_of(record.cause)));
  }
  std::ranges::sort(entries);
  return entries;
}

std::uint64_t Ledger::reachable() const {
  return static_cast<std::uint64_t>(std::ranges::count_if(
      records_, [](const Record& record) { return record.memory && record.reachable(); }));
}

}  // namespace poolscope::script
