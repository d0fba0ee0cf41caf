#pragma once

// How a poolLocal lies in memory, read from the compiled structs, for a session's configuration.
//
// Thread safety: functions of their arguments.

#include <cstddef>
#include <cstdint>

#include "core/model/session_config.h"

namespace poolscope {

/// Fills in the fields and strides of `config`. Local: the poolLocal that runs; Unpadded and
/// Padded: the same without padding, and with the padding that the window compares it with.
template <class Local, class Unpadded, class Padded>
void describe_layout(SessionConfig& config) {
  const auto add = [&config](const char* name, std::size_t offset, std::size_t size) {
    config.fields.push_back(
        {name, static_cast<std::uint32_t>(offset), static_cast<std::uint32_t>(size)});
  };
  config.fields.clear();
  add("private", offsetof(Local, private_value), sizeof(Local::private_value));
  add("shared", offsetof(Local, shared), sizeof(Local::shared));
  if constexpr (requires(const Local& l) { l.mutex; }) {
    add("Mutex", offsetof(Local, mutex), sizeof(Local::mutex));
  }
  constexpr std::size_t kInternal = sizeof(Unpadded);
  if (sizeof(Local) > kInternal) add("pad", kInternal, sizeof(Local) - kInternal);
  config.stride = sizeof(Local);
  config.unpadded_stride = sizeof(Unpadded);
  config.padded_stride = sizeof(Padded);
}

}  // namespace poolscope
