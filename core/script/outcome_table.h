#pragma once

// Which outcomes there have been: what the Gets returned, where it was found, what the pools hold,
// in which dequeues, and what became of each object.
//
// Thread safety: one thread. Invariants: outcomes are equal when all of that is.

#include <cstddef>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "core/pool/local_array.h"
#include "core/script/machine.h"

namespace poolscope::script {

class OutcomeTable {
 public:
  /// The number of the outcome of a run that is at its end, from 0 in the order of first coming.
  template <class Run>
  std::size_t place_of(Run& run) {
    length_ = 0;
    for (const auto& player : run.players()) {
      add(player.result);
      add(static_cast<std::uint32_t>(player.where) << 16U | player.found_at);
    }
    const auto& machine = run.stage().machine();
    add(machine.procs());
    for (const auto& pool : machine.pools()) {
      add_array(*pool, pool->locals(), pool->local_size());
      add_array(*pool, machine.victim_of(*pool), 0);
    }
    run.ledger().for_each_state([this](std::uint32_t word) { add(word); });
    key_.resize(length_);
    if (key_ != last_key_ || places_.empty()) {
      last_place_ = places_.try_emplace(key_, places_.size()).first->second;
      last_key_ = key_;
    }
    return last_place_;
  }

 private:
  void add(std::uint32_t word) {
    if (length_ == key_.size()) grow();
    key_[length_++] = word;
  }
  void grow() { key_.resize(2 * length_ + 64); }
  template <class Pool>
  void add_array(const Pool& /*pool*/, typename Pool::Local* locals, std::size_t size) {
    constexpr std::uint32_t kEnd = UINT32_MAX;
    add(static_cast<std::uint32_t>(size));
    if (locals == nullptr) return;
    for (const auto& l : std::span(locals, header_of(locals).length)) {
      add(l.private_value.is_nil() ? 0 : 1);
      Pool::for_each_value(l, [this](Value x) { add(is_object(x) ? number_of(x) : kEnd); });
      const auto add_dequeue = [this](const auto& dequeue) {
        add(static_cast<std::uint32_t>(dequeue.length()));
        add(static_cast<std::uint32_t>(dequeue.count()));
      };
      if constexpr (requires { l.shared.for_each_dequeue(add_dequeue); }) {
        l.shared.for_each_dequeue(add_dequeue);
      }
      add(kEnd);
    }
  }

  struct HashKey {
    std::size_t operator()(const std::vector<std::uint32_t>& key) const {
      std::uint64_t hash = 14695981039346656037ULL;
      for (const std::uint32_t word : key) hash = (hash ^ word) * 1099511628211ULL;
      return hash;
    }
  };

  std::vector<std::uint32_t> key_;  // the first length_ words of it
  std::size_t length_ = 0;
  std::unordered_map<std::vector<std::uint32_t>, std::size_t, HashKey> places_;
  // One schedule mostly ends as the one before.
  std::vector<std::uint32_t> last_key_;
  std::size_t last_place_ = 0;
};

}  // namespace poolscope::script
