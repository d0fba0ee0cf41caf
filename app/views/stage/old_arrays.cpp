#include "app/views/stage/old_arrays.h"

#include <algorithm>
#include <set>

#include "app/locale/translate.h"
#include "app/views/words/words.h"

namespace poolscope::views {

using locale::tr;
using locale::trf;

std::vector<ObjectId> objects_in(const std::vector<const ArrayState*>& arrays) {
  std::vector<ObjectId> objects;
  for (const ArrayState* array : arrays) {
    const auto add = [&](ObjectId object) {
      const bool late = std::ranges::find(array->orphans, object) != array->orphans.end();
      if (object.valid() && !late) objects.push_back(object);
    };
    for (const LocalState& local : array->locals) {
      add(local.private_object);
      for (const ObjectId object : local.shared.cells()) add(object);
    }
    objects.insert(objects.end(), array->orphans.begin(), array->orphans.end());
  }
  return objects;
}

std::string old_array_text(const std::vector<const ArrayState*>& arrays) {
  std::set<GId> holders;
  for (const ArrayState* array : arrays) {
    holders.insert(array->held_by.begin(), array->held_by.end());
  }
  const bool one = arrays.size() == 1;
  std::string text = one ? trf("old array of {0}", count_text(arrays.front()->locals.size()))
                         : trf("{0} old arrays", count_text(arrays.size()));
  constexpr std::size_t kMostNamed = 4;
  if (holders.size() > kMostNamed) {
    text += trf(", held by {0} goroutines", count_text(holders.size()));
  } else if (!holders.empty()) {
    std::string names;
    for (const GId g : holders) names += (names.empty() ? "" : " ") + name_of(g);
    text += trf(", held by {0}", names);
  }
  if (!objects_in(arrays).empty()) text += one ? tr("; still in it:") : tr("; still in them:");
  return text;
}

}  // namespace poolscope::views
