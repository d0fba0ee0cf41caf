#include "core/runtime/lock.h"

#include <thread>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace poolscope {
namespace {

/// Some nanoseconds that cost the other threads of the processor as little as possible.
void pause_for_others() {
#if defined(__x86_64__)
  _mm_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

}  // namespace

bool Lock::try_lock_unbiased(State state, GId me) {
  switch (state.mode()) {
    case Mode::kFree: return take(state, me);
    case Mode::kBiased: return revoke_if_outside(state);
    case Mode::kHeld:
    case Mode::kRevoking: break;
  }
  return false;
}

void Lock::give_back(State state) {
  // Release: pairs with the acquire in take().
  state_.store(state.given_back().bits, std::memory_order_release);
  light_barrier();
  // Relaxed: pairs with fetch_add and the heavy barrier in lock(). A late fetch_sub costs a notify.
  if (waiters_.load(std::memory_order_relaxed) != 0) wake_for_state();
}

bool Lock::try_lock_for_a_moment(GId me) {
  constexpr int kTries = 4;
  constexpr int kPauses = 30;
  static const bool alone = std::thread::hardware_concurrency() == 1;
  if (alone) return false;
  for (int i = 0; i < kTries; ++i) {
    for (int k = 0; k < kPauses; ++k) pause_for_others();
    if (try_lock(me)) return true;
  }
  return false;
}

void Lock::lock(GId me) {
  if (try_lock(me)) return;
  waiters_.fetch_add(1, std::memory_order_seq_cst);
  // Pairs with the light barriers in give_back(), revoke_if_outside() and leave(): either they see
  // this waiter, or it sees below what they have stored.
  heavy_barrier();
  for (;;) {
    const State state{state_.load(std::memory_order_relaxed)};
    if (state.mode() == Mode::kFree && take(state, me)) break;
    if (state.mode() == Mode::kBiased) {
      if (state.of(me) && enter(state)) break;
      if (!state.of(me) && start_revoking(state)) {
        // Nobody gets in any more. Acquire: pairs with the release in leave().
        while (inside_.load(std::memory_order_acquire) != 0) {
          inside_.wait(1, std::memory_order_acquire);
        }
        state_.store(state.in(Mode::kHeld, 0).bits, std::memory_order_relaxed);
        break;
      }
    }
    if (state.mode() == Mode::kHeld || state.mode() == Mode::kRevoking) {
      state_.wait(state.bits, std::memory_order_seq_cst);
    }
  }
  waiters_.fetch_sub(1, std::memory_order_relaxed);
}

bool Lock::revoke_if_outside(State state) {
  if (inside_.load(std::memory_order_relaxed) != 0 || !start_revoking(state)) return false;
  // Acquire: pairs with the release in leave().
  if (inside_.load(std::memory_order_acquire) == 0) {
    state_.store(state.in(Mode::kHeld, 0).bits, std::memory_order_relaxed);
    return true;
  }
  // The owner was quicker: it keeps its bias, because a mere try does not wait. Release: as
  // unlock().
  state_.store(state.bits, std::memory_order_release);
  light_barrier();
  if (waiters_.load(std::memory_order_relaxed) != 0) wake_for_state();
  return false;
}

void Lock::wake_for_state() {
  // The wait counts its sleepers by itself, and notify looks at that count: after the store. All,
  // because they may wait for different states to pass.
  full_barrier();
  state_.notify_all();
}

void Lock::wake_for_inside() {
  full_barrier();
  inside_.notify_all();
}

}  // namespace poolscope
