#include "app/views/words/field_words.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include <fmt/format.h>

#include "app/locale/translate.h"
#include "app/views/words/lock_words.h"
#include "app/views/words/words.h"

namespace poolscope::views {
namespace {

using locale::tr;
using locale::trf;

// Of many objects the oldest are named, and how many more there are.
constexpr std::size_t kNamed = 8;

std::string objects_text(const SharedCells& cells) {
  if (cells.empty()) return tr("empty");
  std::string text;
  for (const ObjectId object : cells.cells().first(std::min(cells.size(), kNamed))) {
    text += (text.empty() ? "" : " ") + name_of(object);
  }
  if (cells.size() <= kNamed) return trf("{0}, oldest first", text);
  return trf("{0} and {1} more, oldest first", text, count_text(cells.size() - kNamed));
}

std::string value_text(const LocalState& local, const FieldPlace& place) {
  if (place.name == "private") {
    return local.private_object.valid() ? name_of(local.private_object) : tr("empty");
  }
  if (place.name == "shared") return objects_text(local.shared);
  const std::vector<std::string> held = lock_texts(local.lock);
  return held.empty() ? tr("free") : held.front();
}

std::string where_text(const FieldPlace& place) {
  const std::uint32_t last = place.begin + place.size - 1;
  if (!place.runs_here)
    return trf("It would lie in bytes {0} to {1} of the array.", place.begin, last);
  if (place.array_at == 0)
    return trf("It lies in bytes {0} to {1} of the array.", place.begin, last);
  return trf("It lies in bytes {0} to {1} of the array, from address {2} on.", place.begin, last,
             fmt::format("0x{:x}", place.array_at + place.begin));
}

}  // namespace

std::string field_text(const LocalState* local, const FieldPlace& place) {
  const std::string name = fmt::format("local[{}].{}", place.local, place.name);
  std::string text;
  if (place.name == "pad") {
    text = trf("{0}: {1} bytes that nobody writes", name, place.size);
  } else {
    text = local == nullptr ? name : trf("{0}: {1}", name, value_text(*local, place));
  }
  return text + "\n" + where_text(place);
}

}  // namespace poolscope::views
