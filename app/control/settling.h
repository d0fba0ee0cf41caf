#pragma once

// Motion of a picture that stands still. Where a viewer has stepped or stopped, the objects that
// are on their way there arrive all the same: the time that motion is drawn at runs on from the
// playhead's, by the host's clock, until nothing moves any more. The model stays as it is.
//
// Thread safety: none of its own.
// Invariants: motion_ns is the playhead's time while the session plays; otherwise it lies at most
// kSettle_ns after it, and starts there again at each place that the playhead goes to.

#include <algorithm>
#include <cstdint>
#include <variant>

#include "app/control/session_status.h"
#include "app/intents/intents.h"

namespace poolscope {

/// The longest that something moves after its event.
inline constexpr std::int64_t kSettle_ns = 2'200'000'000;

class Settling {
 public:
  /// The viewer moves the playhead.
  void note(const intents::MovePlayhead& move) {
    const auto* forward = std::get_if<intents::StepForward>(&move);
    const auto* back = std::get_if<intents::StepBack>(&move);
    const auto one = [](const auto* step) {
      return step != nullptr && step->fraction_of_session <= 0;
    };
    stepped_ = one(forward) || one(back) || std::holds_alternative<intents::EventForward>(move) ||
               std::holds_alternative<intents::EventBack>(move);
    stood_ns_ = 0;
  }

  /// So much of the host's time has passed with the picture standing as it stood, or playing.
  void pass(const SessionStatus& status, std::int64_t host_ns) {
    if (status.playing) {
      stepped_ = false;
      stood_ns_ = 0;
    } else if (status.playhead == at_) {
      stood_ns_ = std::min(stood_ns_ + std::max<std::int64_t>(host_ns, 0), kSettle_ns);
    } else {
      stood_ns_ = 0;
    }
    at_ = status.playhead;
  }

  /// Sets what `status` says of it; its playhead is set already.
  void tell(SessionStatus& status) const {
    const bool stands = !status.playing && status.playhead == at_;
    status.motion_ns = status.playhead.time_ns + (stands ? stood_ns_ : 0);
    status.settling = stands && stood_ns_ < kSettle_ns;
    status.stepped = stepped_ && !status.playing;
  }

 private:
  Position at_;
  std::int64_t stood_ns_ = 0;
  bool stepped_ = false;
};

}  // namespace poolscope
