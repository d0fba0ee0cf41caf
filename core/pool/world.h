#pragma once

// What Go keeps in package variables: allPools, oldPools, allPoolsMu; and what its runtime keeps
// for the collector: the arrays that were dropped but may still be reached.
//
// Thread safety: all_pools and old_pools under all_pools_mu or in a stopped world; retire and
// is_dropped from any goroutine; retire_array by the holder of all_pools_mu or in a stopped world;
// reclaim, forget, free_object and free_array in a stopped world.
// Invariants: an array or a dequeue is freed once, and not while an operation is under way that had
// begun when it was found dropped.

#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <set>
#include <utility>
#include <vector>

#include "core/pool/local_array.h"
#include "core/pool/value.h"
#include "core/runtime/goroutine.h"
#include "core/runtime/lock.h"

namespace poolscope {

/// The part of a World that knows no kind of pool.
class WorldBase {
 public:
  WorldBase() = default;
  WorldBase(const WorldBase&) = delete;
  WorldBase& operator=(const WorldBase&) = delete;
  ~WorldBase() {
    for (Retired* r = dropped_.load(); r != nullptr;) free_retired(std::exchange(r, r->next));
    for (const auto& held : held_.all()) free_retired(held.block);
  }

  Lock all_pools_mu;
  bool race = false;  // race mode: Put drops one object in four

  [[nodiscard]] ArrayId next_array_id() {
    return ArrayId{array_ids_.fetch_add(1, std::memory_order_relaxed) + 1};
  }

  /// Whether a pool has let go of that array, which is there still: what is put into it is lost.
  [[nodiscard]] bool is_dropped(ArrayId array) const { return dropped_arrays_.have(array); }

  /// Nobody will find `block` any more, but somebody may be looking at it still. It is deleted
  /// later.
  template <class Block>
  void retire(Block* block) {
    auto* retired =
        new Retired{block, [](void* what) { delete static_cast<Block*>(what); }, nullptr};
    retired->next = dropped_.load(std::memory_order_relaxed);
    // Release: pairs with the acquire in reclaim_blocks.
    while (!dropped_.compare_exchange_weak(retired->next, retired, std::memory_order_release,
                                           std::memory_order_relaxed)) {
    }
  }

 protected:
  /// The numbers of the arrays that were dropped and are not freed yet, for whoever asks while
  /// others run: the arrays themselves are in lists that a stopped world alone may look at.
  class DroppedArrays {
   public:
    void add(ArrayId array) {
      const std::scoped_lock lock(mutex_);
      arrays_.insert(array.value);
    }
    void remove(ArrayId array) {
      const std::scoped_lock lock(mutex_);
      arrays_.erase(array.value);
    }
    [[nodiscard]] bool have(ArrayId array) const {
      const std::scoped_lock lock(mutex_);
      return arrays_.contains(array.value);
    }

   private:
    mutable std::mutex mutex_;
    std::set<std::uint32_t> arrays_;
  };

  struct Operation {
    const Goroutine* g;
    std::uint64_t number;
    [[nodiscard]] bool ended() const { return g->operations != number; }
  };
  using Operations = std::vector<Operation>;

  /// Blocks that nobody finds any more, each with the operations that may be looking at it still.
  template <class Block>
  class HeldBlocks {
   public:
    struct Held {
      Block* block;
      Operations by;
    };

    void hold(Block* block, Operations by) { blocks_.push_back({block, std::move(by)}); }

    /// Lets those go at which no operation can be looking any more, with let_go(Block*) for each.
    template <class LetGo>
    void release(const LetGo& let_go) {
      std::erase_if(blocks_, [&let_go](Held& held) {
        std::erase_if(held.by, [](const Operation& o) { return o.ended(); });
        if (!held.by.empty()) return false;
        let_go(held.block);
        return true;
      });
    }

    /// `g` has no operation under way and is about to go out of existence.
    void forget(const Goroutine& g) {
      for (Held& held : blocks_) {
        std::erase_if(held.by, [&g](const Operation& o) { return o.g == &g; });
      }
    }

    [[nodiscard]] const std::vector<Held>& all() const { return blocks_; }

   private:
    std::vector<Held> blocks_;
  };

  template <class Goroutines>
  static Operations operations_under_way(const Goroutines& goroutines) {
    Operations operations;
    for (const auto& g : goroutines) {
      if (g->in_operation()) operations.push_back({g, g->operations});
    }
    return operations;
  }

  void forget_blocks(const Goroutine& g) { held_.forget(g); }

  /// Deletes the retired blocks that no operation can be looking at any more.
  template <class Goroutines>
  void reclaim_blocks(const Goroutines& goroutines) {
    Retired* dropped = dropped_.exchange(nullptr, std::memory_order_acquire);
    while (dropped != nullptr) {
      held_.hold(std::exchange(dropped, dropped->next), operations_under_way(goroutines));
    }
    held_.release(free_retired);
  }

  DroppedArrays dropped_arrays_;

 private:
  struct Retired {
    void* block;
    void (*free)(void*);
    Retired* next;
  };
  static void free_retired(Retired* retired) {
    retired->free(retired->block);
    delete retired;
  }

  std::atomic<std::uint32_t> array_ids_{0};
  std::atomic<Retired*> dropped_{nullptr};
  HeldBlocks<Retired> held_;
};

template <class Pool>
class World : public WorldBase {
 public:
  using Local = typename Pool::Local;

  /// Gives an object's memory back. Called in a stopped world.
  using FreeValue = std::function<void(Value)>;

  explicit World(FreeValue free_value) : free_value_(std::move(free_value)) {}

  std::vector<Pool*> all_pools;
  std::vector<Pool*> old_pools;  // modern: those that have a victim

  /// The pool no longer uses this array.
  void retire_array(Local* locals) {
    LocalArrayHeader& header = header_of(locals);
    dropped_arrays_.add(header.id);
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
    reclaim_blocks(goroutines);
    while (dropped_ != nullptr) {
      LocalArrayHeader* header = std::exchange(dropped_, dropped_->next);
      held_.hold(header, operations_under_way(goroutines));
    }
    held_.release([&](LocalArrayHeader* header) {
      freed(header->id);
      dropped_arrays_.remove(header->id);
      free_array(locals_of<Local>(*header));
    });
  }

  /// `g` is about to go out of existence, with no operation under way.
  void forget(const Goroutine& g) {
    forget_blocks(g);
    held_.forget(g);
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
  FreeValue free_value_;
  LocalArrayHeader* dropped_ = nullptr;
  HeldBlocks<LocalArrayHeader> held_;
  std::uint64_t objects_freed_ = 0;
};

}  // namespace poolscope
