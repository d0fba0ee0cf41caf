#include "app/views/words/answer_text.h"

#include "app/locale/translate.h"

namespace poolscope::views {
namespace {

using locale::trf;

constexpr std::string_view kSpaces = " \n";
constexpr std::string_view kPut = "orphan:";
constexpr std::string_view kGet = "orphan-steal:";

/// A word of an answer.
std::string shown(std::string_view word) {
  for (const std::string_view name : {kPut, kGet}) {
    if (!word.starts_with(name)) continue;
    const std::string_view place = word.substr(name.size());
    return name == kPut ? trf("into old local[{0}]", place) : trf("from old local[{0}]", place);
  }
  return std::string(word);
}

}  // namespace

std::string answer_text(std::string_view answer) {
  std::string text;
  while (!answer.empty()) {
    const bool space = kSpaces.find(answer.front()) != std::string_view::npos;
    const std::size_t end =
        space ? answer.find_first_not_of(kSpaces) : answer.find_first_of(kSpaces);
    const std::string_view piece = answer.substr(0, end);
    text += space ? std::string(piece) : shown(piece);
    answer.remove_prefix(piece.size());
  }
  return text;
}

}  // namespace poolscope::views
