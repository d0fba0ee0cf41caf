#pragma once

// Where an array of poolLocal lies in the memory of the program that runs it.
//
// Thread safety: values.

#include <cstdint>
#include <vector>

#include "core/base/ids.h"

namespace poolscope {

struct ArrayAddress {
  ArrayId array;
  std::uint64_t address = 0;
  bool operator==(const ArrayAddress&) const = default;
};
using ArrayAddresses = std::vector<ArrayAddress>;

}  // namespace poolscope
