#pragma once

// What was sampled of a pool as text, JSON, as a session's file holds it.
//
// Thread safety: functions of their arguments.

#include <optional>
#include <string>
#include <string_view>

#include "core/model/pool_sample.h"

namespace poolscope {

std::string to_json_text(const PoolSample& sample);

/// nullopt: the text says no sample.
std::optional<PoolSample> pool_sample_of(std::string_view json);

}  // namespace poolscope
