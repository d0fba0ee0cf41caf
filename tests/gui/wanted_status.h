#pragma once

// What a test of the window waits for, as conditions on the status of --ui-dump.
//
// Thread safety: plain functions.

#include <cstdint>
#include <utility>

#include <nlohmann/json.hpp>

namespace poolscope::testing {

/// `key` of the status is `value`.
inline auto is(const char* key, nlohmann::json value) {
  return [key, value = std::move(value)](const nlohmann::json& status) {
    return status.is_object() && status.value(key, nlohmann::json()) == value;
  };
}
/// `key` of the status is a number above `least`.
inline auto more_than(const char* key, std::uint64_t least) {
  return [key, least](const nlohmann::json& status) {
    return status.is_object() && status.value(key, std::uint64_t{0}) > least;
  };
}

}  // namespace poolscope::testing
