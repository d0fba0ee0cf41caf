#pragma once

// Values of the flags that only drawing knows.
//
// Thread safety: functions of their arguments.
// Invariants: as in app/cli/values.h: an error names the word and what to write instead.

#include <string_view>

#include "core/base/error.h"

namespace poolscope::app {

struct SizePx {
  int width = 0;
  int height = 0;
  bool operator==(const SizePx&) const = default;
};

/// "1280x720"; from 320x200 to 7680x4320.
Expected<SizePx> parse_size(std::string_view text);

/// "1.5": from 0.5 to 4.
Expected<float> parse_scale(std::string_view text);

/// A positive decimal number, at most `most`.
Expected<double> parse_positive(std::string_view text, double most);

}  // namespace poolscope::app
