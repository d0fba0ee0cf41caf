#pragma once

// Values by address: open addressing, for the few look-ups that each record of a log needs.
//
// Thread safety: a plain value.
// Invariants: 0 is no address. A pointer to a value stays valid until one is added.

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace poolscope::goimport {

template <class Value>
class AddressMap {
 public:
  AddressMap() : entries_(kFewest) {}

  /// nullptr: it is not there.
  [[nodiscard]] Value* find(std::uint64_t address) {
    for (std::size_t i = place_of(address);; i = next(i)) {
      if (entries_[i].first == address) return address == 0 ? nullptr : &entries_[i].second;
      if (entries_[i].first == 0) return nullptr;
    }
  }
  [[nodiscard]] const Value* find(std::uint64_t address) const {
    return const_cast<AddressMap*>(this)->find(address);
  }
  /// Its value, a new one where there was none.
  Value& operator[](std::uint64_t address) {
    if (Value* value = find(address)) return *value;
    if ((size_ + 1) * 2 > entries_.size()) grow();
    ++size_;
    std::size_t i = place_of(address);
    while (entries_[i].first != 0) i = next(i);
    entries_[i].first = address;
    return entries_[i].second;
  }
  void erase(std::uint64_t address) {
    if (address == 0) return;
    std::size_t hole = place_of(address);
    while (entries_[hole].first != address) {
      if (entries_[hole].first == 0) return;
      hole = next(hole);
    }
    --size_;
    // Whatever would not be found past the hole moves into it.
    for (std::size_t i = next(hole); entries_[i].first != 0; i = next(i)) {
      const std::size_t home = place_of(entries_[i].first);
      if (((i - home) & (entries_.size() - 1)) < ((i - hole) & (entries_.size() - 1))) continue;
      entries_[hole] = std::move(entries_[i]);
      hole = i;
    }
    entries_[hole] = {};
  }
  [[nodiscard]] std::size_t size() const { return size_; }

 private:
  static constexpr std::size_t kFewest = 64;

  [[nodiscard]] std::size_t place_of(std::uint64_t address) const {
    return static_cast<std::size_t>((address * 0x9e37'79b9'7f4a'7c15U) >> 24U) &
           (entries_.size() - 1);
  }
  [[nodiscard]] std::size_t next(std::size_t i) const { return (i + 1) & (entries_.size() - 1); }
  void grow() {
    std::vector<std::pair<std::uint64_t, Value>> before(entries_.size() * 2);
    before.swap(entries_);
    for (auto& entry : before) {
      if (entry.first == 0) continue;
      std::size_t i = place_of(entry.first);
      while (entries_[i].first != 0) i = next(i);
      entries_[i] = std::move(entry);
    }
  }

  std::vector<std::pair<std::uint64_t, Value>> entries_;
  std::size_t size_ = 0;
};

}  // namespace poolscope::goimport
