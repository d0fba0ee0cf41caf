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

OldArray old_arrays(const std::vector<const ArrayState*>& arrays) {
  OldArray old;
  old.objects = objects_in(arrays);
  std::set<GId> holders;
  for (const ArrayState* array : arrays) {
    holders.insert(array->held_by.begin(), array->held_by.end());
  }
  const bool one = arrays.size() == 1;
  old.name = one ? trf("old array of {0}", count_text(arrays.front()->locals.size()))
                 : trf("{0} old arrays", count_text(arrays.size()));
  constexpr std::size_t kMostNamed = 4;
  if (holders.size() > kMostNamed) {
    old.holders = trf(", held by {0} goroutines", count_text(holders.size()));
  } else if (!holders.empty()) {
    std::string names;
    for (const GId g : holders) names += (names.empty() ? "" : " ") + name_of(g);
    old.holders = trf(", held by {0}", names);
  }
  if (!old.objects.empty()) old.colon = one ? tr("; still in it:") : tr("; still in them:");
  return old;
}

std::string old_array_text(const std::vector<const ArrayState*>& arrays) {
  const OldArray old = old_arrays(arrays);
  return old.name + old.holders + old.colon;
}

}  // namespace poolscope::views
