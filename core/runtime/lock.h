#pragma once

// The pool's lock: 8 bytes as Go's sync.Mutex (state, sema), parking in the kernel.
//
// An uncontended unlock is plain stores. What it would need a fence for, to see a waiter that comes
// at that very moment, the waiter pays for: it makes every running thread pass a barrier
// (asymmetric_barrier.h) between saying that it waits and looking at the state.
//
// A goroutine that has taken the lock some thousand times, with nobody else in between, gets it
// biased towards itself: from then on it takes it by a plain store to `inside` and a look at
// `state`, without a read-modify-write. Another goroutine that wants it revokes the bias first and
// pays for the barrier between the two that the owner goes without. (Biased locking, as in
// Kawachiya, Koseki, Onodera: Lock Reservation, OOPSLA 2002.)
//
// Thread safety: it is one. `me`: the goroutine that acts; none: an unnamed thread, which gets no
// bias.
// Invariants:
//  1. At most one thread holds it: its state says held, or it is biased (perhaps about to be
//     revoked) and its owner is inside. A thread that revokes a bias does not hold the lock before
//     it has seen the owner outside.
//  2. Only the owner of the bias writes `inside`, and the owner never changes.
//  3. waiters counts the threads inside the slow part of lock().

#include <algorithm>
#include <atomic>
#include <cstdint>

#include "core/base/ids.h"
#include "core/runtime/asymmetric_barrier.h"

namespace poolscope {

class Lock {
 public:
  /// Takes the lock if it is free; false also when another is at it at this moment.
  [[gnu::always_inline]] bool try_lock(GId me = {}) {
    const State state{state_.load(std::memory_order_relaxed)};
    if (state.bits == State::biased_towards(me).bits) [[likely]] {
      return enter(state);
    }
    return try_lock_unbiased(state, me);
  }

  /// Tries for some microseconds, as long as Go's mutex does: the holder of a pool's lock is about
  /// to give it back, or stands in a lecture.
  bool try_lock_for_a_moment(GId me);

  /// Waits until the lock is free and takes it.
  void lock(GId me = {});

  /// Whether nobody held it a moment ago.
  [[nodiscard]] bool is_free() const {
    const Mode mode = State{state_.load(std::memory_order_relaxed)}.mode();
    return mode == Mode::kFree ||
           (mode == Mode::kBiased && inside_.load(std::memory_order_relaxed) == 0);
  }

  /// Whether another than `me` has held it since `me` last did, as far as it remembers: its last
  /// holder; once it has been biased, only whether its owner was there since.
  [[nodiscard]] bool used_by_others(GId me) const {
    const State state{state_.load(std::memory_order_relaxed)};
    return !state.of(me) && (!state.owned() || state.streak() != 0);
  }

  /// Whether a goroutine takes it without a read-modify-write.
  [[nodiscard]] bool is_biased() const {
    return State{state_.load(std::memory_order_relaxed)}.mode() == Mode::kBiased;
  }

  /// Gives it back.
  [[gnu::always_inline]] void unlock() {
    const State state{state_.load(std::memory_order_relaxed)};
    if (state.mode() == Mode::kHeld) return give_back(state);
    leave();
  }

  /// How often in a row, with nobody in between, a goroutine takes a lock before it gets the bias.
  static constexpr std::uint32_t kStreakOfABias = 2048;

 private:
  enum class Mode : std::uint32_t { kFree = 0, kHeld = 1, kBiased = 2, kRevoking = 3 };

  /// Mode; the owner of the bias or, before there is one, the lock's last holder; and how often
  /// that one has held it in a row. A goroutine that has had the bias stays its owner: only that
  /// one writes `inside`.
  struct State {
    std::uint32_t bits = 0;

    static constexpr std::uint32_t kModeBits = 2;
    static constexpr std::uint32_t kOwned = 1U << kModeBits;  // somebody has had the bias
    static constexpr std::uint32_t kGShift = kModeBits + 1;
    static constexpr std::uint32_t kNobody = 0xffff;  // as large as a number can be here
    static constexpr std::uint32_t kStreakShift = kGShift + 16;

    [[nodiscard]] Mode mode() const { return static_cast<Mode>(bits % kOwned); }
    [[nodiscard]] bool owned() const { return (bits & kOwned) != 0; }
    [[nodiscard]] std::uint32_t streak() const { return bits >> kStreakShift; }
    [[nodiscard]] bool of(GId me) const {
      return me.value < kNobody && ((bits >> kGShift) & kNobody) == me.value;
    }

    [[nodiscard]] State in(Mode mode, std::uint32_t streak) const {
      constexpr std::uint32_t kKept = ((1U << kStreakShift) - 1) & ~(kOwned - 1);
      return {static_cast<std::uint32_t>(mode) | (bits & kKept) | (streak << kStreakShift)};
    }
    [[nodiscard]] State held_by(GId me) const {
      if (of(me)) return in(Mode::kHeld, std::min(streak() + 1, kStreakOfABias));
      if (owned()) return in(Mode::kHeld, 0);
      return {static_cast<std::uint32_t>(Mode::kHeld) | (std::min(me.value, kNobody) << kGShift)};
    }
    [[nodiscard]] State given_back() const {
      if (streak() < kStreakOfABias || !kBarrierIsAsymmetric) return in(Mode::kFree, streak());
      return {in(Mode::kBiased, streak()).bits | kOwned};
    }
    /// None is never the owner of a bias.
    static constexpr State biased_towards(GId me) {
      return {static_cast<std::uint32_t>(Mode::kBiased) | kOwned | (me.value << kGShift) |
              (kStreakOfABias << kStreakShift)};
    }
  };

  bool take(State state, GId me) {
    // Acquire: pairs with the release store of give_back().
    return state_.compare_exchange_strong(state.bits, state.held_by(me).bits,
                                          std::memory_order_acquire, std::memory_order_relaxed);
  }

  bool try_lock_unbiased(State state, GId me);
  void give_back(State state);

  /// The owner of the bias takes the lock.
  [[gnu::always_inline]] bool enter(State state) {
    inside_.store(1, std::memory_order_relaxed);
    // Pairs with the heavy barriers of those that revoke: either they see it inside, or it sees
    // here that it owns no bias any more.
    light_barrier();
    if (state_.load(std::memory_order_relaxed) == state.bits) [[likely]] {
      return true;
    }
    leave();
    return false;
  }

  /// The owner of the bias, or the goroutine that was it on entering, gives the lock back.
  [[gnu::always_inline]] void leave() {
    // Release: pairs with the acquire loads of `inside` by those that revoke.
    inside_.store(0, std::memory_order_release);
    light_barrier();
    // Relaxed: pairs with fetch_add and the heavy barrier in lock(). A late fetch_sub costs a
    // notify.
    if (waiters_.load(std::memory_order_relaxed) != 0) [[unlikely]] {
      wake_for_inside();
    }
  }

  bool revoke_if_outside(State state);
  bool start_revoking(State state) {
    const State revoking = state.in(Mode::kRevoking, 0);
    // Acquire: pairs with the release stores of give_back(), by which the owner gave itself the
    // bias, and of revoke_if_outside().
    if (!state_.compare_exchange_strong(state.bits, revoking.bits, std::memory_order_acquire,
                                        std::memory_order_relaxed)) {
      return false;
    }
    heavy_barrier();
    return true;
  }
  void wake_for_state();
  void wake_for_inside();

  std::atomic<std::uint32_t> state_{0};
  std::atomic<std::uint16_t> waiters_{0};
  std::atomic<std::uint8_t> inside_{0};
};

static_assert(sizeof(Lock) == 8, "Go's sync.Mutex has 8 bytes, and the layout view shows it");

}  // namespace poolscope
