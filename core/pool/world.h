#pragma once

// What Go keeps in package variables: allPools, oldPools, allPoolsMu; and what its runtime keeps
// for the collector: the arrays that were dropped but may still be reached.
//
// Thread safety: all_pools under all_pools_mu or in a stopped world; retire_array by the holder of
// all_pools_mu or in a stopped world; reclaim in a stopped world.
// Invariants: an array is freed once, and not while an operation is under way that had begun when
// the array was found dropped.

#include <atomic>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "core/pool/local_array.h"
#include "core/pool/value.h"
#include "core/runtime/goroutine.h"
#include "core/runtime/lock.h"

namespace poolscope {

template <class Pool>
class World {
 public:
  using Local = typename Pool::Local;

  /// Gives an object's memory back. Called in a stopped world.
  using FreeValue = std::function<void(Value)>;

  explicit World(FreeValue free_value) : free_value_(std::move(free_value)) {}
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  std::vector<Pool*> all_pools;
  std::vector<Pool*> old_pools;
  Lock all_pools_mu;
  bool race = false;  // race mode: Put drops one object in four

  [[nodiscard]] ArrayId next_array_id() {
    return ArrayId{array_ids_.fetch_add(1, std::memory_order_relaxed) + 1};
  }

  /// The pool no longer uses this array.
  void retire_array(Local* locals) {
    LocalArrayHeader& header = header_of(locals);
    header.next = std::exchange(dropped_, &header);
  }

  /// The pool no longer holds this object, and nobody else does (poolCleanup).
  void free_object(Value x) {
    free_value_(x);
    ++objects_freed_;
  }

  /// Frees the dropped arrays that no operation can reach any more, with the objects in them, and
  /// calls freed(ArrayId) for each. `goroutines`: all that there are. Mirrors the part of Go's
  /// collector that matters here.
  template <class Goroutines, class Freed>
  void reclaim(const Goroutines& goroutines, const Freed& freed) {
    while (dropped_ != nullptr) {
      LocalArrayHeader* header = std::exchange(dropped_, dropped_->next);
      held_.push_back({header, operations_under_way(goroutines)});
    }
    std::erase_if(held_, [&](Held& held) {
      std::erase_if(held.by, [](const Operation& o) { return o.g->operations != o.number; });
      if (!held.by.empty()) return false;
      freed(held.header->id);
      free_array(locals_of<Local>(*held.header));
      return true;
    });
  }

  /// Objects freed since the last call.
  [[nodiscard]] std::uint64_t take_objects_freed() { return std::exchange(objects_freed_, 0); }

  /// Frees an array with what it holds.
  void free_array(Local* locals) {
    for (Local& l : std::span(locals, header_of(locals).length)) {
      Pool::for_each_value(l, [this](Value x) { free_object(x); });
    }
    free_local_array(locals);
  }

 private:
  struct Operation {
    const Goroutine* g;
    std::uint64_t number;
  };
  struct Held {
    LocalArrayHeader* header;
    std::vector<Operation> by;
  };

  template <class Goroutines>
  static std::vector<Operation> operations_under_way(const Goroutines& goroutines) {
    std::vector<Operation> operations;
    for (const auto& g : goroutines) {
      if (g->in_operation()) operations.push_back({g, g->operations});
    }
    return operations;
  }

  FreeValue free_value_;
  std::atomic<std::uint32_t> array_ids_{0};
  LocalArrayHeader* dropped_ = nullptr;
  std::vector<Held> held_;
  std::uint64_t objects_freed_ = 0;
};

}  // namespace poolscope
