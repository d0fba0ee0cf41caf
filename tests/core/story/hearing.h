#pragma once

// Holds every claim of each sentence and banner of a session against a witness.
//
// Thread safety: none.

#include <cstddef>
#include <map>
#include <span>

#include "core/story/claim.h"
#include "core/story/told.h"
#include "tests/core/story/linear_play.h"
#include "tests/core/story/witness.h"

namespace poolscope::testing {

/// Expects that all it hears is true, and counts the kinds of claims.
class Hearing {
 public:
  explicit Hearing(std::map<Claim::Kind, int>& heard) : heard_(heard) {}

  /// Goes through a session and listens after each `every`th event, and when the world has started.
  /// Ends at the first claim that is false.
  void hear(const SessionConfig& config, std::span<const Event> events, std::size_t every);

 private:
  void hear_all(const LinearPlay& play, const Witness& witness);
  /// What a sentence about `spot` is about: of a step, what its goroutine does now.
  static Witness::About about_of(const Spotlight& spot, bool now, const Model& model,
                                 const Witness& witness);
  void check(const Claims& claims, Witness::About about, const Witness& witness,
             const Model& model);

  std::map<Claim::Kind, int>& heard_;
};

}  // namespace poolscope::testing
