#pragma once

// The words for what a pool is and what becomes of an operation and of an object. Transcripts,
// events, the model and the window all use these.
//
// Thread safety: values.
// Invariants: the numbers are stored in recordings and never change their meaning.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace poolscope {

/// Which pool: of Go 1.9 to 1.12, or of Go 1.13 and later.
enum class PoolKind : std::uint8_t { kClassic = 0, kModern = 1 };

/// How an operation ended: where a Put left its object, where a Get found one.
enum class Where : std::uint8_t {
  kNone = 0,         // not decided yet
  kPrivate = 1,      // Put stored in, or Get took from, private
  kShared = 2,       // Put appended to, or Get popped from, the shard that it had pinned
  kSteal = 3,        // getSlow popped it
  kOrphan = 4,       // classic: a Put whose array was no longer the pool's at the append
  kOrphanSteal = 5,  // classic: a steal from an array that was no longer the pool's at the pop
  kNew = 6,
  kNil = 7,
  kDropped = 8,        // race dice
  kVictimPrivate = 9,  // modern
  kVictimSteal = 10,   // modern
};

/// Why the pool forgot an object (there are no other causes).
enum class LostCause : std::uint8_t {
  kGc = 0,        // poolCleanup
  kRealloc = 1,   // pinSlow dropped the array that it lay in
  kOrphan = 2,    // it was put into an array that was no longer the pool's
  kRaceDrop = 3,  // the dice of race mode
};
inline constexpr std::size_t kLostCauses = 4;

/// The word of transcripts and dumps; "?" for a number that means nothing, from a damaged file.
constexpr std::string_view word_of(Where where) {
  constexpr std::array<std::string_view, 11> kWords = {"none",    "private",      "shared", "steal",
                                                       "orphan",  "orphan-steal", "new",    "nil",
                                                       "dropped", "vprivate",     "vsteal"};
  const auto i = static_cast<std::size_t>(where);
  return i < kWords.size() ? kWords[i] : "?";
}
constexpr std::string_view word_of(LostCause cause) {
  constexpr std::array<std::string_view, kLostCauses> kWords = {"gc", "realloc", "orphan",
                                                                "race-drop"};
  const auto i = static_cast<std::size_t>(cause);
  return i < kWords.size() ? kWords[i] : "?";
}
constexpr std::string_view word_of(PoolKind kind) {
  return kind == PoolKind::kModern ? "modern" : "classic";
}

}  // namespace poolscope
