#pragma once

// The classic pool, Go 1.9 to 1.12: a private object and a locked stack for each P.
//
// Read it top to bottom: Put, Get, getSlow, pin, pinSlow, poolCleanup. Every shared access of Go's
// text stands here in Go's order. [P] marks what runs pinned: the goroutine owns its P, cannot be
// moved to another and holds up a stop-the-world. [U] marks what runs unpinned: at its points a GC,
// a GOMAXPROCS change or a migration may come between.
//
// Thread safety: put and get from any goroutine. pool_cleanup in a stopped world only.
// Invariants:
//  1. private_value of local[i] is touched only by a goroutine pinned on P i, or in a stopped
//     world.
//  2. shared of local[i] is touched only under its mutex, or in a stopped world; not "by its
//     owner".
//  3. local_size > 0 implies local set; a goroutine that loads local_size, then local, has an array
//     at least that long.
//  4. local is set <=> the pool is in all_pools, once (with no pin_slow under way).
//
// Env supplies the machine: pin and unpin, locks, points, GOMAXPROCS, the World; Env::Probe learns
// what happened, or is empty. See thread_env.h.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "core/base/ids.h"
#include "core/pool/local_array.h"
#include "core/pool/new_func.h"
#include "core/pool/padding.h"
#include "core/pool/slice.h"
#include "core/pool/step.h"
#include "core/pool/value.h"
#include "core/pool/world.h"
#include "core/runtime/lock.h"

namespace poolscope {

/// poolLocal: what one P has of a pool. kPadding: its size is a multiple of that; 0: none.
template <std::size_t kPadding>
struct ClassicPoolLocal {
  Value private_value;  // only the P's own goroutine
  Slice shared;         // any P, under the mutex
  Lock mutex;
  [[no_unique_address]] Pad<kPadding, sizeof(Value) + sizeof(Slice) + sizeof(Lock)> pad;
};

template <class Env, std::size_t kPadding>
class ClassicPool {
 public:
  using Local = ClassicPoolLocal<kPadding>;
  using Probe = typename Env::Probe;

  /// `new_func` makes an object where a Get finds none, and outlives the pool; nullptr: such a Get
  /// returns nil.
  explicit ClassicPool(const NewFunc* new_func = nullptr) : new_(new_func) {}
  ClassicPool(const ClassicPool&) = delete;  // noCopy
  ClassicPool& operator=(const ClassicPool&) = delete;

  /// func (p *Pool) Put(x any)
  void put(Value x) {
    if (x.is_nil()) return;
    typename Env::OperationScope operation;
    Probe::put_begin(*this, x);
    if (Env::race_dice_drop(*this)) {
      Probe::race_drop(*this, x);
      Env::drop(x);
      return Probe::put_end();
    }
    Local* l = pin();  // [P] from here
    Env::template point<Step::kPutPinned>();
    if (Env::cell(l->private_value).is_nil()) {
      Probe::private_store(x);
      Env::cell(l->private_value) = std::exchange(x, Value::nil());
    } else {
      Probe::private_full();
    }
    Env::template point<Step::kPutDecided>();
    Env::proc_unpin();  // [U] from here: l stays the local of then, whatever happens
    if (!x.is_nil()) push_shared(*l, x);
    Probe::put_end();
  }

  /// func (p *Pool) Get() any
  Value get() {
    typename Env::OperationScope operation;
    Probe::get_begin(*this);
    Local* l = pin();  // [P] from here
    Env::template point<Step::kGetPinned>();
    // Written even when it was nil: a miss dirties the line too.
    Value x = std::exchange(Env::cell(l->private_value), Value::nil());
    Probe::private_taken(x);
    Env::template point<Step::kGetDecided>();
    Env::proc_unpin();  // [U] from here
    if (x.is_nil()) {
      x = pop_shared(*l);
      if (x.is_nil()) x = get_slow();
    }
    if (x.is_nil() && new_ != nullptr) {
      Env::template point<Step::kGetNew>();
      Probe::new_begin(*this);
      x = new_->call(new_->context);
      Probe::new_made(*this, x);
    }
    Probe::get_end(x);
    return x;
  }

  /// func poolCleanup(): forgets everything that the pools hold. The world is stopped; no lock is
  /// taken, and no holder of one is waited for.
  static void pool_cleanup(World<ClassicPool>& world) {
    for (ClassicPool* p : world.all_pools) {
      Local* locals = p->local_.load(std::memory_order_relaxed);
      const std::size_t size = p->local_size_.load(std::memory_order_relaxed);
      for (std::size_t i = 0; i < size; ++i) {
        Local& l = locals[i];
        for_each_value(l, [&world](Value x) { world.free_object(x); });
        l.private_value = Value::nil();
        l.shared.clear();
      }
      Probe::pool_cleaned(*p, locals);
      p->local_.store(nullptr, std::memory_order_relaxed);
      p->local_size_.store(0, std::memory_order_relaxed);
      if (locals != nullptr) world.retire_array(locals);
    }
    world.all_pools.clear();
  }

  /// The array that it uses, nullptr for none. For a stopped world.
  [[nodiscard]] Local* locals() const { return local_.load(std::memory_order_relaxed); }
  [[nodiscard]] std::size_t local_size() const {
    return local_size_.load(std::memory_order_relaxed);
  }

  /// Calls f(Value) for what `l` holds: private, then shared from the oldest.
  template <class F>
  static void for_each_value(const Local& l, const F& f) {
    if (!l.private_value.is_nil()) f(l.private_value);
    for (const Value x : l.shared.cells()) f(x);
  }

 protected:  // a pool of the bench steals in another way
  /// The rest of Put, where private was full. [U]: `l` may be another P's by now, or in an array
  /// that was dropped. In a function of its own, so that the way through private stays short.
  [[gnu::noinline]] static void push_shared(Local& l, Value x) {
    Env::template point<Step::kPutUnpinned>();
    Env::lock_local(l.mutex);
    Env::template point<Step::kPutLocked>();
    Slice& shared = Env::cell(l.shared);
    Probe::shared_push(x);
    shared.append(x);
    Env::unlock_local(l.mutex);
  }

  /// The middle of Get, where private was empty: the newest of its own shared. [U], as above.
  [[gnu::noinline]] static Value pop_shared(Local& l) {
    Env::template point<Step::kGetUnpinned>();
    Env::lock_local(l.mutex);
    Env::template point<Step::kGetLocked>();
    const Value x = Env::cell(l.shared).pop_newest();
    Probe::shared_popped(x);
    Env::unlock_local(l.mutex);
    if (!x.is_nil()) Env::template point<Step::kGetPopped>();
    return x;
  }

  /// func (p *Pool) getSlow() any. [U] throughout: locks the shards one by one, neighbour first and
  /// its own last, and pops the newest of the first that has any. Privates are never looked at.
  [[gnu::noinline]] Value get_slow() {
    Env::template point<Step::kGetSlow>();
    // Acquire, in this order: pairs with the release stores of pin_slow.
    const std::size_t size = local_size_.load(std::memory_order_acquire);
    Local* locals = local_.load(std::memory_order_acquire);
    const std::uint32_t pid = Env::proc_pin();  // the current P, perhaps not the one of get
    Env::proc_unpin();
    Probe::slow_loaded(locals, size, pid);
    Env::template point<Step::kSlowLoaded>();  // from here the array may be stale
    for (std::size_t i = 0; i < size; ++i) {
      const std::size_t j = (pid + i + 1) % size;
      Local& l = locals[j];
      Probe::probing(j);
      Env::lock_local(l.mutex);
      Env::template point<Step::kSlowLocked>();
      const Value x = Env::cell(l.shared).pop_newest();
      Probe::shared_popped(x);
      Env::unlock_local(l.mutex);
      if (x.is_nil()) continue;
      Env::template point<Step::kSlowPopped>();
      return x;
    }
    return Value::nil();
  }

  /// func (p *Pool) pin() *poolLocal: returns pinned.
  Local* pin() {
    const std::uint32_t pid = Env::proc_pin();
    // Size before local, for pin_slow stores local before size: with the new size comes the new
    // array, and the old size is short enough for both. Acquire: pairs with pin_slow's releases.
    const std::size_t size = local_size_.load(std::memory_order_acquire);
    Local* locals = local_.load(std::memory_order_acquire);
    if (pid < size) [[likely]] {
      Probe::pinned(locals, pid);
      return &locals[pid];
    }
    return pin_slow();
  }

  /// func (p *Pool) pinSlow() *poolLocal: returns pinned. It unpins first, because it may wait.
  Local* pin_slow() {
    Env::proc_unpin();
    Probe::pin_slow(*this);
    Env::template point<Step::kPinSlowUnpinned>();
    auto& world = Env::world(*this);
    Env::lock_all_pools(world.all_pools_mu);
    Env::template point<Step::kPinSlowLocked>();
    const std::uint32_t pid = Env::proc_pin();  // perhaps another P
    // Relaxed: both are written under all_pools_mu, which is held, or in a stopped world.
    const std::size_t size = local_size_.load(std::memory_order_relaxed);
    Local* locals = local_.load(std::memory_order_relaxed);
    if (pid < size) {
      Probe::pinned(locals, pid);
      Env::unlock_all_pools(world.all_pools_mu);
      return &locals[pid];
    }
    if (locals == nullptr) {
      Probe::all_pools_append(*this);
      world.all_pools.push_back(this);
    }
    const std::uint32_t procs = Env::gomaxprocs();
    Local* made = Env::template make_array<Local>(*this, procs);
    Probe::pinned(made, pid);
    Probe::local_stored(*this, made);
    local_.store(made, std::memory_order_release);
    if (locals != nullptr) world.retire_array(locals);  // dropped, with all it holds
    Env::template point<Step::kPinSlowPublished>();
    Probe::local_size_stored(*this, procs);
    local_size_.store(procs, std::memory_order_release);
    Env::unlock_all_pools(world.all_pools_mu);
    return &made[pid];
  }

  template <class T>
  using Atomic = typename Env::template Atomic<T>;

  Atomic<Local*> local_{nullptr};
  Atomic<std::size_t> local_size_{0};
  const NewFunc* new_;
};

}  // namespace poolscope
