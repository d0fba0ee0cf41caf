#pragma once

// The classic pool with a thief that takes care: a what-if, for measuring what it costs that Go's
// getSlow locks every shard.
//
// Get looks at a shard's length before it locks it. A thief that finds a lock held does not wait.
// One that meets others at a shard lets its next 1, 2, 4 ... steals pass; such a Get finds nothing.
//
// Thread safety: as the classic pool's. Goroutines have numbers below kMostGoroutines.
// Invariants: those of the classic pool, but that a Get may miss an object that lies in a shared.

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "core/base/cache_line.h"
#include "core/base/check.h"
#include "core/pool/classic_pool.h"
#include "core/pool/null_probe.h"
#include "core/pool/thread_env.h"
#include "tests/bench/backoff.h"

namespace poolscope::bench {

template <std::size_t kPadding>
class TunedPool : public ClassicPool<ThreadEnv<NullProbe>, kPadding> {
 public:
  using Env = ThreadEnv<NullProbe>;
  /// What the World knows it as.
  using Classic = ClassicPool<Env, kPadding>;
  using Local = typename Classic::Local;

  static constexpr std::size_t kMostGoroutines = 64;

  using Classic::Classic;

  Value get() {
    typename Env::OperationScope operation;
    Local* l = this->pin();
    Value x = std::exchange(l->private_value, Value::nil());
    Env::proc_unpin();
    if (x.is_nil() && !l->shared.looks_empty()) x = Classic::pop_shared(*l);
    if (x.is_nil()) x = steal();
    if (x.is_nil() && this->new_ != nullptr) x = this->new_->call(this->new_->context);
    return x;
  }

 private:
  struct alignas(kCacheLinePair) OwnBackoff {
    Backoff backoff;
  };

  /// In place of getSlow.
  [[gnu::noinline]] Value steal() {
    check(current_g->id.value < kMostGoroutines, "the tuned pool has room for its goroutines");
    Backoff& backoff = backoffs_[current_g->id.value].backoff;
    if (backoff.lets_pass()) return Value::nil();
    Env::template point<Step::kGetSlow>();
    const std::size_t size = this->local_size_.load(std::memory_order_acquire);
    Local* locals = this->local_.load(std::memory_order_acquire);
    const std::uint32_t pid = Env::proc_pin();
    Env::proc_unpin();
    for (std::size_t i = 0; i < size; ++i) {
      Local& l = locals[(pid + i + 1) % size];
      if (l.shared.looks_empty() || !try_lock(l.mutex, backoff)) continue;
      const Value x = l.shared.pop_newest();
      l.mutex.unlock();
      if (!x.is_nil()) return x;
    }
    return Value::nil();
  }

  static bool try_lock(Lock& lock, Backoff& backoff) {
    const GId me = current_g->id;
    const bool others = lock.used_by_others(me);
    const bool taken = lock.try_lock(me);
    if (others || !taken) {
      backoff.met_others();
    } else {
      backoff.met_nobody();
    }
    return taken;
  }

  std::array<OwnBackoff, kMostGoroutines> backoffs_;  // by goroutine
};

}  // namespace poolscope::bench
