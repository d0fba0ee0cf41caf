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
    record.was_stale = record.stale != 0 && !record.reachable();
    record.pooled = record.in_flight = record.stale = 0;
  }
}

void Ledger::end_marks(Cause cause, Value put, Cause put_cause) {
  for (Record& record : records_) {
    const bool is_put = !put.is_nil() && record.memory.get() == object_of(put);
    const Cause now = is_put ? put_cause : cause;
    if (record.reachable()) {
      record.was_there = true;
      record.lost = false;
    } else if (record.stale != 0) {
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

void Ledger::reset() {
  for (Record& record : records_) {
    std::string name = std::move(record.name);
    record = Record{};
    record.name = std::move(name);
  }
  created_ = freed_ = 0;
}

const std::string* Ledger::in_two_places() const {
  for (const Record& record : records_) {
    const std::uint32_t places = record.in_use + record.pooled + record.in_flight + record.stale;
    if (places > 1 && !record.put_twice) return &record.name;
  }
  return nullptr;
}

void Ledger::add_to(std::vector<std::uint32_t>& key) const {
  for (std::size_t i = 0; i < records_.size(); ++i) {
    const Record& record = records_[i];
    const std::uint32_t lost = record.lost ? 1U + static_cast<std::uint32_t>(record.cause) : 0U;
    const std::uint32_t state = record.in_use << 8U | record.stale << 4U | lost;
    // Names that only other runs have given away say nothing about this one.
    if (state != 0) key.insert(key.end(), {static_cast<std::uint32_t>(i), state});
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
  return names_of([](const Record& record) { return record.in_flight != 0; });
}
std::vector<std::string> Ledger::stale() const {
  return names_of([](const Record& record) { return record.stale != 0 && !record.reachable(); });
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
