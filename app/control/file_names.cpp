#include "app/control/file_names.h"

#include <cstddef>

#include "core/base/ids.h"

namespace poolscope {
namespace {

// A program may have had millions of goroutines; those after them have their numbers.
constexpr std::size_t kMostGoroutines = 65'536;

void put(std::vector<std::string>& names, std::size_t most, const Name& name) {
  if (name.id >= most) return;
  const auto at = static_cast<std::size_t>(name.id);
  if (names.size() <= at) names.resize(at + 1);
  names[at] = name.text;
}

}  // namespace

std::shared_ptr<const SessionNames> names_in(const std::vector<Name>& names) {
  auto found = std::make_shared<SessionNames>();
  for (const Name& name : names) {
    if (name.of == Name::Of::kPool) put(found->pools, PoolId::none().value, name);
    if (name.of == Name::Of::kGoroutine) put(found->goroutines, kMostGoroutines, name);
  }
  if (*found == SessionNames{}) return nullptr;
  return found;
}

}  // namespace poolscope
