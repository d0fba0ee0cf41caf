#include "app/views/words/search_words.h"

#include <algorithm>
#include <cctype>

namespace poolscope::views {

std::string folded(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

bool has_words(std::string_view text, std::string_view searched) {
  for (std::size_t at = searched.find_first_not_of(' '); at < searched.size();
       at = searched.find_first_not_of(' ', at)) {
    const std::size_t end = std::min(searched.find(' ', at), searched.size());
    if (text.find(searched.substr(at, end - at)) == std::string_view::npos) return false;
    at = end;
  }
  return true;
}

}  // namespace poolscope::views
