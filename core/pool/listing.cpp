#include "core/pool/listing.h"

#include <algorithm>
#include <utility>

namespace poolscope {
namespace {

constexpr std::string_view kComment = "// ";
constexpr std::string_view kStep = "Step::k";

/// Takes the next line off `text`.
std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

std::string_view without_blanks_behind(std::string_view text) {
  return text.substr(0, text.find_last_not_of(" \t\r") + 1);
}

/// What stands behind the code of a line in Go's text.
struct Tail {
  std::size_t begin = std::string_view::npos;  // in the line; npos: there is none
  std::string_view step;
  std::string_view comment;  // in the language that is shown
};

/// Takes the line's tail apart: `// @STEP`, `// en: TEXT`, `// zh: TEXT`.
Tail tail_of(std::string_view line, std::string_view language) {
  Tail tail;
  for (std::size_t at = line.find(kComment); at != std::string_view::npos;) {
    const std::size_t next = line.find(kComment, at + kComment.size());
    std::string_view part = line.substr(at + kComment.size(), next - at - kComment.size());
    part = without_blanks_behind(part);
    const bool step = part.starts_with('@');
    const bool comment = part.starts_with("en: ") || part.starts_with("zh: ");
    if ((step || comment) && tail.begin == std::string_view::npos) tail.begin = at;
    if (step) tail.step = part.substr(1);
    if (comment && part.starts_with(language)) tail.comment = part.substr(4);
    at = next;
  }
  return tail;
}

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// Whether the identifier kPutUnpinned, here without its k, is that of "put.unpinned".
bool is_identifier_of(std::string_view identifier, std::string_view name) {
  std::string letters;
  for (const char c : identifier) {
    letters += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  std::string plain(name);
  std::erase(plain, '.');
  return letters == plain;
}

Step step_in_code(std::string_view code) {
  const std::size_t at = code.find(kStep);
  if (at == std::string_view::npos) return Step::kNone;
  code.remove_prefix(at + kStep.size());
  const auto end = std::ranges::find_if_not(code, is_word) - code.begin();
  const std::string_view identifier = code.substr(0, static_cast<std::size_t>(end));
  const auto* const info = std::ranges::find_if(
      kSteps, [&](const StepInfo& step) { return is_identifier_of(identifier, step.name); });
  return info == kSteps.end() ? Step::kNone : info->step;
}

}  // namespace

Listing go_listing(std::string_view text, std::string_view language) {
  Listing listing;
  for (std::uint32_t number = 1; !text.empty(); ++number) {
    const std::string_view line = take_line(text);
    const Tail tail = tail_of(line, language);
    const std::string_view code = line.substr(0, tail.begin);
    const bool bare = code.find_first_not_of(" \t") == std::string_view::npos;
    if (tail.begin == std::string_view::npos) {
      listing.push_back({number, std::string(without_blanks_behind(line)), Step::kNone, false});
    } else if (!tail.comment.empty()) {
      listing.push_back({number,
                         std::string(code) + std::string(kComment) + std::string(tail.comment),
                         step_of_name(tail.step), bare});
    } else if (!bare) {
      listing.push_back(
          {number, std::string(without_blanks_behind(code)), step_of_name(tail.step), false});
    }
  }
  return listing;
}

Listing cpp_listing(std::string_view text) {
  Listing listing;
  for (std::uint32_t number = 1; !text.empty(); ++number) {
    const std::string_view line = without_blanks_behind(take_line(text));
    const std::string_view code = line.substr(0, line.find("//"));
    const bool bare = code.find_first_not_of(" \t") == std::string_view::npos;
    listing.push_back({number, std::string(line), step_in_code(code), bare && !line.empty()});
  }
  return listing;
}

Step step_of_name(std::string_view name) {
  const auto* const info = std::ranges::find(kSteps, name, &StepInfo::name);
  return info == kSteps.end() ? Step::kNone : info->step;
}

}  // namespace poolscope
