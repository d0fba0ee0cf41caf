#include "core/script/ledger.h"

#include <algorithm>

#include "core/base/check.h"

namespace poolscope::script {
std::uint32_t Ledger::number_of(std::string_view name) {
  const auto it = by_name_.find(name);
  if (it != by_name_.end()) return it->second;
  const auto number = static_cast<std::uint32_t>(names_.size());
  by_name_.emplace(std::string(name), number);
  names_.emplace_back(name);
  records_.emplace_back();
  types_.push_back({{"*Object"}, number});
  objects_.push_back(keeps_memory_ ? std::make_unique<ScriptObject>() : nullptr);
  return number;
}

Value Ledger::object(std::uint32_t number) {
  Record& record = records_[number];
  std::unique_ptr<ScriptObject>& memory = objects_[number];
  if (!record.alive) {
    ++created_;
    record.lost = false;
    if (!keeps_memory_) memory = std::make_unique<ScriptObject>();
  }
  if (keeps_memory_) memory->renew();  // on a way that is known the account may be of another
  record.alive = true;
  return {&types_[number], static_cast<TracedObject*>(memory.get())};
}

void Ledger::save(Account& account) const {
  account.records_ = records_;
  account.created_ = created_;
  account.freed_ = freed_;
  account.suspect_ = suspect_;
}

void Ledger::restore(const Account& account) {
  // Names may have come since.
  const auto rest = std::ranges::copy(account.records_, records_.begin()).out;
  std::fill(rest, records_.end(), Record{});
  check(keeps_memory_, "an account is restored where memory is kept");
  for (std::size_t i = 0; i < records_.size(); ++i) {
    if (records_[i].alive)
      objects_[i]->renew();
    else
      objects_[i]->spoil();
  }
  created_ = account.created_;
  freed_ = account.freed_;
  suspect_ = account.suspect_;
}

void Ledger::begin_marks() {
  for (Record& record : records_) {
    record.was_stale = record.stale != 0 && !record.reachable();
    record.pooled = record.in_flight = record.stale = 0;
  }
}

void Ledger::end_marks(LostCause cause, Value put, LostCause put_cause) {
  const Record* const put_record = put.is_nil() ? nullptr : &record_of(put);
  suspect_ = false;
  for (Record& record : records_) {
    const std::uint32_t places = record.places();
    const bool is_put = &record == put_record;
    if (places == 0 && !record.was_there && !is_put) continue;
    suspect_ = suspect_ || places > 1 || (places != 0 && !record.alive);
    if (!record.reachable() && !record.was_stale) record.cause = is_put ? put_cause : cause;
    record.was_there = places != 0;
    record.lost = places == 0;
  }
}

std::string Ledger::violation_of_stop() const {
  for (std::size_t i = 0; i < stop_.size(); ++i) {
    if (stop_[i].owed > 0) return names_[i] + " is gone from the pools and was not freed";
    if (stop_[i].owed < 0) return names_[i] + " is freed where it is still there, or twice";
  }
  return "";
}

void Ledger::free_lost() {
  for (std::size_t i = 0; i < records_.size(); ++i) {
    Record& record = records_[i];
    if (!record.lost || !record.alive) continue;
    if (in_stop() && stop_[i].left != 0) continue;
    record.alive = false;
    ++freed_;
    if (keeps_memory_)
      objects_[i]->spoil();
    else
      objects_[i].reset();
  }
  stop_.clear();
}

std::string Ledger::violation() const {
  for (std::size_t i = 0; i < records_.size(); ++i) {
    const Record& record = records_[i];
    if (record.places() > 1 && !record.put_twice) return names_[i] + " is in two places";
    if (record.places() != 0 && !record.alive) return names_[i] + " is freed and can be reached";
  }
  return "";
}

const std::string* Ledger::lost_by(LostCause cause) const {
  for (std::size_t i = 0; i < records_.size(); ++i) {
    if (records_[i].lost && records_[i].cause == cause) return &names_[i];
  }
  return nullptr;
}

template <class Holds>
std::vector<std::string> Ledger::names_of(const Holds& holds) const {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < records_.size(); ++i) {
    if (holds(records_[i])) names.push_back(names_[i]);
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
  for (std::size_t i = 0; i < records_.size(); ++i) {
    if (!records_[i].lost) continue;
    entries.push_back(names_[i] + ":" + std::string(word_of(records_[i].cause)));
  }
  std::ranges::sort(entries);
  return entries;
}

std::uint64_t Ledger::reachable() const {
  return static_cast<std::uint64_t>(std::ranges::count_if(
      records_, [](const Record& record) { return record.alive && record.reachable(); }));
}

}  // namespace poolscope::script
