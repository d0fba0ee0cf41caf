#include "core/session/config_json.h"

#include <utility>

#include <nlohmann/json.hpp>

namespace poolscope {

std::string_view pool_kind_name(PoolKind kind) {
  return kind == PoolKind::kModern ? "modern" : "classic";
}

nlohmann::json config_to_json(const SessionConfig& config) {
  nlohmann::json fields = nlohmann::json::array();
  for (const SessionConfig::Field& field : config.fields) {
    fields.push_back({{"name", field.name}, {"offset", field.offset}, {"size", field.size}});
  }
  nlohmann::json workload;  // null where there is none
  if (config.workload) {
    workload = {{"name", config.workload->name},
                {"rate", config.workload->rate},
                {"held", config.workload->held}};
  }
  return {{"pool", pool_kind_name(config.pool)},
          {"padding", config.padding},
          {"pools", config.pools},
          {"procs", config.procs},
          {"workers", config.workers},
          {"workload", std::move(workload)},
          {"step_time_ns", config.step_time_ns},
          {"race", config.race},
          {"double_put", config.double_put},
          {"seed", config.seed},
          {"fields", std::move(fields)},
          {"stride", config.stride},
          {"unpadded_stride", config.unpadded_stride},
          {"padded_stride", config.padded_stride}};
}

}  // namespace poolscope
