#pragma once

// A session's configuration as JSON, as the file's meta table holds it for whoever opens the file
// with SQLite's own tools.
//
// Thread safety: functions of their arguments.

#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "core/model/model.h"

namespace poolscope {

/// "classic" or "modern".
std::string_view pool_kind_name(PoolKind kind);

nlohmann::json config_to_json(const SessionConfig& config);

}  // namespace poolscope
