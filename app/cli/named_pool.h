#pragma once

// Pools as a command's user writes them: fmt.ppFree, the same with its objects' type, or the letter
// of one without a name. Several pools of a Go program may have the same name.
//
// Thread safety: as of views::NamesOfScript, which is to live while pools_named is asked.

#include <cstddef>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/base/ids.h"

namespace poolscope::cli {

/// Those of a session with so many pools that are called so, with the type or without, by their
/// numbers.
std::vector<PoolId> pools_named(const std::string& name, std::size_t pools);

/// The same, where `names` has what the session's pools are called, by their numbers; one at least.
/// Errors: none is called so, with some that are.
Expected<std::vector<PoolId>> find_pools(const std::string& file, const std::string& name,
                                         const std::vector<std::string>& names, std::size_t pools);

/// The first of them.
Expected<PoolId> find_pool(const std::string& file, const std::string& name,
                           const std::vector<std::string>& names, std::size_t pools);

}  // namespace poolscope::cli
