#pragma once

// What the pools' text asks of a probe: one function for each fact, called while its caller alone
// owns the slot that the fact is about.
//
// NullProbe (null_probe.h) is the list of these functions. A probe that wants only some of the
// facts derives from it. BothProbes hands each fact to two probes.
//
// Thread safety: a probe's functions act for the calling goroutine.

#include <concepts>
#include <cstddef>
#include <cstdint>

#include "core/base/ids.h"
#include "core/pool/step.h"
#include "core/pool/value.h"

namespace poolscope {

namespace any_text {
/// Stand for the pool and the poolLocal of a text, whichever that is.
struct Pool {};
struct Local {};
}  // namespace any_text

/// The contract of a probe. kStands: whether goroutines stand at points, where others look at them.
template <class P>
concept PoolProbe = requires(const any_text::Pool& pool, any_text::Local* locals, Value x,
                             std::size_t size, std::uint32_t number) {
  { P::kStands } -> std::convertible_to<bool>;
  // The operations' frame. reserve: before an operation, the only place where a probe may wait.
  P::reserve();
  P::template point<Step::kUse, false>();
  P::put_begin(pool, x);
  P::put_end();
  P::get_begin(pool);
  P::get_end(x);
  P::race_drop(pool, x);
  P::drop(x);
  // pin.
  P::pinned(locals, number);
  P::unpinned();
  // private and shared. stamp: what was noted so far may be seen by others from here on.
  P::private_store(x);
  P::private_full();
  P::private_taken(x);
  P::lock_wait();
  P::locked();
  P::unlocked();
  P::shared_push(x);
  P::shared_popped(x);
  P::stamp();
  P::tail_popped(x, number);
  P::dequeue_made(size);
  P::dequeue_unlinked(size);
  P::slow_loaded(locals, size, number);
  P::probing(size);
  // The victim.
  P::victim_loaded(locals, size, number);
  P::victim_private_taken(x);
  P::victim_size_zeroed(pool);
  // New.
  P::new_begin(pool);
  P::new_made(pool, x);
  // pinSlow and poolCleanup.
  P::pin_slow(pool);
  P::all_pools_wait();
  P::all_pools_locked();
  P::all_pools_unlocked();
  P::all_pools_append(pool);
  P::array_made(locals, number);
  P::local_stored(pool, locals);
  P::local_size_stored(pool, number);
  P::pool_cleaned(pool, locals);
  P::victim_dropped(pool, locals);
  P::local_to_victim(pool, locals);
  { P::pool_id(pool) } -> std::same_as<PoolId>;
};

/// Two probes at once: each fact goes to First, then to Second. The pools' numbers are Second's.
template <PoolProbe First, PoolProbe Second>
struct BothProbes {
  static constexpr bool kStands = First::kStands || Second::kStands;

  static void reserve() {
    First::reserve();
    Second::reserve();
  }
  template <Step kStep, bool kPinned>
  static void point() {
    First::template point<kStep, kPinned>();
    Second::template point<kStep, kPinned>();
  }

  static void put_begin(const auto& pool, Value x) {
    First::put_begin(pool, x);
    Second::put_begin(pool, x);
  }
  static void put_end() {
    First::put_end();
    Second::put_end();
  }
  static void get_begin(const auto& pool) {
    First::get_begin(pool);
    Second::get_begin(pool);
  }
  static void get_end(Value x) {
    First::get_end(x);
    Second::get_end(x);
  }
  static void race_drop(const auto& pool, Value x) {
    First::race_drop(pool, x);
    Second::race_drop(pool, x);
  }
  static void drop(Value x) {
    First::drop(x);
    Second::drop(x);
  }
  static void pinned(auto* locals, std::uint32_t pid) {
    First::pinned(locals, pid);
    Second::pinned(locals, pid);
  }
  static void unpinned() {
    First::unpinned();
    Second::unpinned();
  }
  static void private_store(Value x) {
    First::private_store(x);
    Second::private_store(x);
  }
  static void private_full() {
    First::private_full();
    Second::private_full();
  }
  static void private_taken(Value x) {
    First::private_taken(x);
    Second::private_taken(x);
  }
  static void lock_wait() {
    First::lock_wait();
    Second::lock_wait();
  }
  static void locked() {
    First::locked();
    Second::locked();
  }
  static void unlocked() {
    First::unlocked();
    Second::unlocked();
  }
  static void shared_push(Value x) {
    First::shared_push(x);
    Second::shared_push(x);
  }
  static void shared_popped(Value x) {
    First::shared_popped(x);
    Second::shared_popped(x);
  }
  static void stamp() {
    First::stamp();
    Second::stamp();
  }
  static void tail_popped(Value x, std::uint32_t position) {
    First::tail_popped(x, position);
    Second::tail_popped(x, position);
  }
  static void dequeue_made(std::size_t length) {
    First::dequeue_made(length);
    Second::dequeue_made(length);
  }
  static void dequeue_unlinked(std::size_t length) {
    First::dequeue_unlinked(length);
    Second::dequeue_unlinked(length);
  }
  static void slow_loaded(auto* locals, std::size_t size, std::uint32_t pid) {
    First::slow_loaded(locals, size, pid);
    Second::slow_loaded(locals, size, pid);
  }
  static void probing(std::size_t j) {
    First::probing(j);
    Second::probing(j);
  }
  static void victim_loaded(auto* locals, std::size_t size, std::uint32_t pid) {
    First::victim_loaded(locals, size, pid);
    Second::victim_loaded(locals, size, pid);
  }
  static void victim_private_taken(Value x) {
    First::victim_private_taken(x);
    Second::victim_private_taken(x);
  }
  static void victim_size_zeroed(const auto& pool) {
    First::victim_size_zeroed(pool);
    Second::victim_size_zeroed(pool);
  }
  static void new_begin(const auto& pool) {
    First::new_begin(pool);
    Second::new_begin(pool);
  }
  static void new_made(const auto& pool, Value x) {
    First::new_made(pool, x);
    Second::new_made(pool, x);
  }
  static void pin_slow(const auto& pool) {
    First::pin_slow(pool);
    Second::pin_slow(pool);
  }
  static void all_pools_wait() {
    First::all_pools_wait();
    Second::all_pools_wait();
  }
  static void all_pools_locked() {
    First::all_pools_locked();
    Second::all_pools_locked();
  }
  static void all_pools_unlocked() {
    First::all_pools_unlocked();
    Second::all_pools_unlocked();
  }
  static void all_pools_append(const auto& pool) {
    First::all_pools_append(pool);
    Second::all_pools_append(pool);
  }
  static void array_made(auto* locals, std::uint32_t length) {
    First::array_made(locals, length);
    Second::array_made(locals, length);
  }
  static void local_stored(const auto& pool, auto* locals) {
    First::local_stored(pool, locals);
    Second::local_stored(pool, locals);
  }
  static void local_size_stored(const auto& pool, std::uint32_t size) {
    First::local_size_stored(pool, size);
    Second::local_size_stored(pool, size);
  }
  static void pool_cleaned(const auto& pool, auto* locals) {
    First::pool_cleaned(pool, locals);
    Second::pool_cleaned(pool, locals);
  }
  static void victim_dropped(const auto& pool, auto* locals) {
    First::victim_dropped(pool, locals);
    Second::victim_dropped(pool, locals);
  }
  static void local_to_victim(const auto& pool, auto* locals) {
    First::local_to_victim(pool, locals);
    Second::local_to_victim(pool, locals);
  }
  static PoolId pool_id(const auto& pool) { return Second::pool_id(pool); }
};

}  // namespace poolscope
