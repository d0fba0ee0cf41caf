#pragma once

// What a card says in its status line: a few words on what its goroutine does.
//
// Thread safety: a pure function, but for the language (see locale).

#include <cstdint>
#include <string>

#include "core/model/model.h"

namespace poolscope::views {

struct Activity {
  /// Decides colour and sign.
  enum class Kind : std::uint8_t {
    kNobody,
    kUser,
    kPut,
    kGet,
    kHit,
    kSteal,
    kNew,
    kLockHeld,
    kLockWait,
    kPinSlow,
    kLost,
  };
  Kind kind = Kind::kNobody;
  std::string text;
  std::string brief;  // the same in less room; "": what `text` says after its colon
  /// What to say where `text` is too long.
  [[nodiscard]] std::string short_text() const;
};

/// Of goroutine `g`; none: "no goroutine".
Activity activity_of(const Model& model, GId g);

}  // namespace poolscope::views
