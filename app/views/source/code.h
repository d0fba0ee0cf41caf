#pragma once

// A listing with its lines cut into pieces of one kind each, for their colours.
//
// Thread safety: functions of their arguments; code_of keeps what it has made once, for good, and
// belongs to one thread.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/pool/listing.h"
#include "core/pool/outcome.h"

namespace poolscope::views {

enum class CodeKind : std::uint8_t { kPlain, kKeyword, kLiteral, kComment };

struct CodeWord {
  std::string text;  // with the blanks before it
  CodeKind kind = CodeKind::kPlain;
};
struct CodeLine {
  std::vector<CodeWord> words;
  Step step = Step::kNone;  // a goroutine stands here at that step
};
using Code = std::vector<CodeLine>;

enum class CodeLanguage : std::uint8_t { kGo, kCpp };

/// The words of a line.
std::vector<CodeWord> words_of(std::string_view line, CodeLanguage language);

/// Go's text of a pool in the language "en" or "zh"; the C++ text of it. Made at the first call.
const Code& go_code(PoolKind pool, std::string_view language);
const Code& cpp_code(PoolKind pool);

/// The line at which a goroutine stands at `step`, the first if there are several; the number of
/// lines if there is none.
std::size_t line_of(const Code& code, Step step);

}  // namespace poolscope::views
