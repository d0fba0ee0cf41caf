#pragma once

// A pool as a command's user writes it: fmt.ppFree, the same with its objects' type, or the letter
// of one without a name.
//
// Thread safety: as of views::NamesOfScript, which is to live while pool_named is asked.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/base/ids.h"

namespace poolscope::cli {

/// Of a session with so many pools. Nothing: none is called so.
std::optional<PoolId> pool_named(const std::string& name, std::size_t pools);

/// The same, where `names` has what the session's pools are called, by their numbers. Errors: none
/// is called so, with some that are.
Expected<PoolId> find_pool(const std::string& file, const std::string& name,
                           const std::vector<std::string>& names, std::size_t pools);

}  // namespace poolscope::cli
