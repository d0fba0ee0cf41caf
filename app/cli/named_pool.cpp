#include "app/cli/named_pool.h"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "app/views/words/words.h"

namespace poolscope::cli {
namespace {

/// Some pools for somebody who looks for `name`: those whose names have it in them, else the first.
std::string some_pools(const std::string& name, std::size_t pools) {
  constexpr std::size_t kMost = 6;
  const auto names_with = [&](const std::string& part) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < pools; ++i) {
      std::string one = views::short_name_of(PoolId{static_cast<PoolId::rep>(i)});
      const auto same = [](unsigned char a, unsigned char b) {
        return std::tolower(a) == std::tolower(b);
      };
      if (!std::ranges::search(one, part, same).empty() || part.empty()) names.push_back(one);
    }
    return names;
  };
  std::vector<std::string> names = names_with(name);
  if (names.empty()) names = names_with("");
  const std::size_t shown = std::min(names.size(), kMost);
  std::string text;
  for (std::size_t i = 0; i < shown; ++i) text += (i == 0 ? "" : ", ") + names[i];
  if (shown < names.size()) text += fmt::format(" and {} more", names.size() - shown);
  return text;
}

}  // namespace

std::vector<PoolId> pools_named(const std::string& name, std::size_t pools) {
  std::vector<PoolId> found;
  for (std::size_t i = 0; i < pools; ++i) {
    const PoolId pool{static_cast<PoolId::rep>(i)};
    if (name == views::name_of(pool) || name == views::short_name_of(pool)) found.push_back(pool);
  }
  return found;
}

Expected<std::vector<PoolId>> find_pools(const std::string& file, const std::string& name,
                                         const std::vector<std::string>& names, std::size_t pools) {
  const views::NamesOfScript named({.pools = &names});
  std::vector<PoolId> found = pools_named(name, pools);
  if (!found.empty()) return found;
  return bad_input(
      fmt::format("{}: has no pool {}: write one of {}", file, name, some_pools(name, pools)));
}

Expected<PoolId> find_pool(const std::string& file, const std::string& name,
                           const std::vector<std::string>& names, std::size_t pools) {
  return find_pools(file, name, names, pools).map([](const auto& found) { return found.front(); });
}

}  // namespace poolscope::cli
