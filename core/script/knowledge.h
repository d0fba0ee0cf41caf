#pragma once

// What the goroutines know and what the places hold, as hashes: equal hashes, equal futures.
//
// Thread safety: one thread. Invariants: the same steps on fresh pools lead to the same state, in
// whatever memory they are.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/pool/local_array.h"
#include "core/script/gate.h"

namespace poolscope::script {

class Knowledge {
 public:
  void begin(std::size_t tasks) {
    tasks_.clear();
    for (std::size_t i = 0; i < tasks; ++i) tasks_.push_back(mix(kStep, i));
    places_.clear();
    epoch_ = 0;
  }
  /// A task has read a place, and perhaps written it: then it holds what the task knows. `name`:
  /// the place's, the same in every run; 0 for none.
  template <class Name>
  void touch(std::uint16_t task, const Access& access, const Name& name_of) {
    Place& place = place_of(access.what, tasks_[task], name_of);
    tasks_[task] = mix(mix(tasks_[task], place.name), place.content);
    if (access.writes) place.content = tasks_[task];
  }
  /// A task has made a step, perhaps without an access.
  void step(std::uint16_t task) { tasks_[task] = mix(tasks_[task], kStep); }
  /// A stop-the-world may have written anything.
  void change_everything() {
    const std::uint64_t now = state();
    for (Place& place : places_) place.content = mix(place.content, now);
    epoch_ = now;
  }
  [[nodiscard]] std::uint64_t state() const {
    std::uint64_t hash = epoch_;
    for (const std::uint64_t task : tasks_) hash = mix(hash, task);
    std::uint64_t sum = 0;  // in any order of the places
    for (const Place& place : places_) sum += mix(place.name, place.content);
    return mix(hash, sum);
  }

 private:
  struct Place {
    const void* where;
    std::uint64_t name;  // its own, or what its first toucher knew then
    std::uint64_t content;
  };
  static constexpr std::uint64_t kStep = 0x51ED270B;

  static std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
    std::uint64_t x = a * 0x9E3779B97F4A7C15ULL + b + 0x7F4A7C159E3779B9ULL;
    x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    x = (x ^ (x >> 27U)) * 0x94D049BB133111EBULL;
    return x ^ (x >> 31U);
  }
  template <class Name>
  Place& place_of(const void* where, std::uint64_t toucher, const Name& name_of) {
    for (Place& place : places_) {
      if (place.where == where) return place;
    }
    const std::uint64_t name = name_of(where);
    return places_.emplace_back(Place{where, name != 0 ? name : toucher, 0});
  }

  std::vector<std::uint64_t> tasks_;
  std::vector<Place> places_;
  std::uint64_t epoch_ = 0;
};

/// A number for a place in a pool, the world or an array that a pool uses, the same in every run; 0
/// for others.
template <class Machine>
std::uint64_t name_of_place(const Machine& machine, const void* what) {
  const auto address = reinterpret_cast<std::uintptr_t>(what);
  constexpr std::uintptr_t kPs = 65'536;
  if (address <= kPs) return 1 + address;
  std::uint64_t block = 1;
  const auto in_block = [&](const void* begin, std::size_t bytes) {
    const auto from = reinterpret_cast<std::uintptr_t>(begin);
    ++block;
    return begin != nullptr && from <= address && address < from + bytes
               ? block * 1'000'000 + (address - from)
               : 0;
  };
  std::uint64_t name = in_block(&machine.world(), sizeof(machine.world()));
  for (const auto& pool : machine.pools()) {
    if (name == 0) name = in_block(pool.get(), sizeof(*pool));
    for (auto* locals : {pool->locals(), Machine::victim_of(*pool)}) {
      const std::size_t length = locals == nullptr ? 0 : header_of(locals).length;
      // An array that was made on the way is another one.
      if (name == 0 && locals != nullptr) {
        name = in_block(locals, length * sizeof(*locals));
        if (name != 0) name += header_of(locals).id.value * 100'000'000ULL;
      }
    }
  }
  return name;
}

}  // namespace poolscope::script
