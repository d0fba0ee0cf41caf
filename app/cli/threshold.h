#pragma once

// A condition on statistics that a script may set: `--fail-if 'news>20%'`.
//
// Thread safety: pure functions of values.

#include <string>
#include <string_view>

#include "core/base/error.h"
#include "core/model/session_config.h"
#include "core/story/tally.h"

namespace poolscope::cli {

/// What is compared, with which number: of Gets in percent, or as it is.
struct Threshold {
  std::string text;  // as it was given
  std::string pool;  // of one pool, by its name; "": of all together
  std::string name;  // one of the words of parse_threshold's error
  bool more = true;  // it holds where the figure is more than `limit`; else where it is less
  bool or_equal = false;
  bool percent = false;  // of the Gets
  double limit = 0;
};

/// "news>20%", "dropped>=1000", "main.bufPool:news>5%". Bad input says which words there are.
Expected<Threshold> parse_threshold(std::string_view text);

/// Bad input where the session at `file`, which has these details, does not say what the figure is.
Expected<void> check_recorded(const Threshold& threshold, const Details& details,
                              const std::string& file);

/// The words, "news, private, ...".
std::string threshold_words();

/// What the figure is; in percent of the Gets, where that is asked for, 0 where there was none.
double figure_of(const Threshold& threshold, const Tally& tally);
bool holds(const Threshold& threshold, const Tally& tally);

}  // namespace poolscope::cli
