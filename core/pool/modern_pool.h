#pragma once

// The modern pool, Go 1.13 and later: a private object and a lock-free chain for each P, and a
// victim that keeps what the last GC found for one cycle more.
//
// Read it top to bottom: Put, Get, getSlow, pin, pinSlow, poolCleanup; then pool_chain.h and
// pool_dequeue.h. Every shared access of Go's text stands here in Go's order. [P] marks what runs
// pinned, [U] what runs unpinned: unlike the classic pool's, Put and Get stay pinned throughout, so
// a GC cannot come between and nothing that is put is lost by one on its way.
//
// Thread safety: put and get from any goroutine. pool_cleanup in a stopped world only.
// Invariants:
//  1. private_value of local[i] is touched only by a goroutine pinned on P i, or in a stopped
//     world.
//  2. The head of local[i].shared is touched only by a goroutine pinned on P i; its tail by any.
//  3. local_size > 0 implies local set; a goroutine that loads local_size, then local, has an array
//     at least that long. victim is written in a stopped world only.
//  4. local is set <=> the pool is in all_pools, once (with no pin_slow under way).
//
// Env: see thread_env.h.

#include <cstddef>
#include <cstdint>
#include <utility>

#include "core/base/ids.h"
#include "core/pool/local_array.h"
#include "core/pool/new_func.h"
#include "core/pool/padding.h"
#include "core/pool/pool_chain.h"
#include "core/pool/step.h"
#include "core/pool/value.h"
#include "core/pool/world.h"

namespace poolscope {

/// poolLocal: what one P has of a pool. kPadding: its size is a multiple of that; 0: none.
template <class Env, std::size_t kPadding>
struct ModernPoolLocal {
  Value private_value;    // only the P's own goroutine
  PoolChain<Env> shared;  // the P's own goroutine at the head, any at the tail
  [[no_unique_address]] Pad<kPadding, sizeof(Value) + sizeof(PoolChain<Env>)> pad;
};

template <class Env, std::size_t kPadding>
class ModernPool {
 public:
  using Local = ModernPoolLocal<Env, kPadding>;
  using Probe = typename Env::Probe;

  /// `new_func` makes an object where a Get finds none, and outlives the pool; nullptr: such a Get
  /// returns nil.
  explicit ModernPool(const NewFunc* new_func = nullptr) : new_(new_func) {}
  ModernPool(const ModernPool&) = delete;  // noCopy
  ModernPool& operator=(const ModernPool&) = delete;

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
      Env::cell(l->private_value) = x;
    } else {
      Probe::private_full();
      l->shared.push_head(x);
    }
    Env::template point<Step::kPutDecided>();
    Env::proc_unpin();  // [U] from here
    Probe::put_end();
  }

  /// func (p *Pool) Get() any
  Value get() {
    typename Env::OperationScope operation;
    Probe::get_begin(*this);
    std::uint32_t pid = 0;
    Local* l = pin(pid);  // [P] from here
    Env::template point<Step::kGetPinned>();
    // Written even when it was nil: a miss dirties the line too.
    Value x = std::exchange(Env::cell(l->private_value), Value::nil());
    Probe::private_taken(x);
    if (x.is_nil()) {
      // Its own newest first: what was used last is still in the cache.
      x = l->shared.pop_head();
      if (x.is_nil()) {
        Probe::shared_popped(x);
        x = get_slow(pid);
      }
    }
    Env::template point<Step::kGetDecided>();
    Env::proc_unpin();  // [U] from here
    if (x.is_nil() && new_ != nullptr) {
      Env::template point<Step::kGetNew>();
      Probe::new_begin(*this);
      x = new_->call(new_->context);
      Probe::new_made(*this, x);
    }
    Probe::get_end(x);
    return x;
  }

  /// func poolCleanup(): what was the victim is forgotten, what was the primary becomes the victim.
  /// The world is stopped; nothing is allocated and no pool function is called.
  static void pool_cleanup(World<ModernPool>& world) {
    for (ModernPool* p : world.old_pools) {
      Probe::victim_dropped(*p, p->victim_);
      if (p->victim_ != nullptr) world.retire_array(p->victim_);
      p->victim_ = nullptr;
      p->victim_size_.store(0, std::memory_order_relaxed);
    }
    for (ModernPool* p : world.all_pools) {
      p->victim_ = p->local_.load(std::memory_order_relaxed);
      p->victim_size_.store(p->local_size_.load(std::memory_order_relaxed),
                            std::memory_order_relaxed);
      Probe::local_to_victim(*p, p->victim_);
      p->local_.store(nullptr, std::memory_order_relaxed);
      p->local_size_.store(0, std::memory_order_relaxed);
    }
    world.old_pools = std::exchange(world.all_pools, {});
  }

  /// The array that it uses, nullptr for none. For a stopped world.
  [[nodiscard]] Local* locals() const { return local_.load(std::memory_order_relaxed); }
  [[nodiscard]] std::size_t local_size() const {
    return local_size_.load(std::memory_order_relaxed);
  }
  /// The array that it used before the last GC, nullptr for none. For a stopped world.
  [[nodiscard]] Local* victim() const { return victim_; }
  [[nodiscard]] std::size_t victim_size() const {
    return victim_size_.load(std::memory_order_relaxed);
  }

  /// Calls f(Value) for what `l` holds: private, then shared from the oldest.
  template <class F>
  static void for_each_value(const Local& l, const F& f) {
    if (!l.private_value.is_nil()) f(l.private_value);
    l.shared.for_each_value(f);
  }

 private:
  /// func (p *Pool) getSlow(pid int) any. [P] throughout: the oldest of the others' shards,
  /// neighbour first and its own last; then the victim, as the primary was, its own place first.
  Value get_slow(std::uint32_t pid) {
    Env::template point<Step::kSlowBegin>();
    // Acquire, in this order: pairs with the release stores of pin_slow.
    const std::size_t size = local_size_.load(std::memory_order_acquire);
    Local* locals = local_.load(std::memory_order_acquire);
    Probe::slow_loaded(locals, size, pid);
    for (std::size_t i = 0; i < size; ++i) {
      const std::size_t j = (pid + i + 1) % size;
      Probe::probing(j);
      const Value x = locals[j].shared.pop_tail();
      if (!x.is_nil()) return x;
      Probe::shared_popped(x);
    }
    // Relaxed, the victim too: written in a stopped world, or made smaller, which is only a hint.
    const std::size_t victim_size = victim_size_.load(std::memory_order_relaxed);
    // A P that came with a grow: the victim has no place for it, and is left to the others.
    if (pid >= victim_size) return Value::nil();
    Local* victims = Env::cell(victim_);
    Probe::victim_loaded(victims, victim_size, pid);
    Local& own = victims[pid];
    Value x = std::exchange(Env::cell(own.private_value), Value::nil());
    Probe::victim_private_taken(x);
    if (!x.is_nil()) return x;
    for (std::size_t i = 0; i < victim_size; ++i) {
      const std::size_t j = (pid + i) % victim_size;
      Probe::probing(j);
      x = victims[j].shared.pop_tail();
      if (!x.is_nil()) return x;
      Probe::shared_popped(x);
    }
    // The victim is found empty: the Gets to come need not look. The privates of other Ps in it are
    // out of reach from here on.
    Probe::victim_size_zeroed(*this);
    victim_size_.store(0, std::memory_order_relaxed);
    return Value::nil();
  }

  Local* pin() {
    std::uint32_t pid = 0;
    return pin(pid);
  }

  /// func (p *Pool) pin() (*poolLocal, int): returns pinned, with the P's number in `pid`.
  Local* pin(std::uint32_t& pid) {
    pid = Env::proc_pin();
    // Size before local, for pin_slow stores local before size: with the new size comes the new
    // array, and the old size is short enough for both. Acquire: pairs with pin_slow's releases.
    const std::size_t size = local_size_.load(std::memory_order_acquire);
    Local* locals = local_.load(std::memory_order_acquire);
    if (pid < size) [[likely]] {
      Probe::pinned(locals, pid);
      return &locals[pid];
    }
    return pin_slow(pid);
  }

  /// func (p *Pool) pinSlow() (*poolLocal, int): returns pinned. Unpins first, because it may wait.
  Local* pin_slow(std::uint32_t& pid) {
    Env::proc_unpin();
    Probe::pin_slow(*this);
    Env::template point<Step::kPinSlowUnpinned>();
    auto& world = Env::world(*this);
    Env::lock_all_pools(world.all_pools_mu);
    Env::template point<Step::kPinSlowLocked>();
    pid = Env::proc_pin();  // perhaps another P
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
  Local* victim_ = nullptr;
  Atomic<std::size_t> victim_size_{0};
  const NewFunc* new_;
};

}  // namespace poolscope
