#pragma once

// What is said about a field of a poolLocal: where it lies, and what is in it.
//
// Thread safety: pure functions, but for the language and the names of a script.

#include <cstdint>
#include <string>
#include <string_view>

#include "core/model/model.h"

namespace poolscope::views {

struct FieldPlace {
  std::string_view name;       // private, shared, Mutex, pad
  std::uint32_t local = 0;     // whose field it is, by its place in the array
  std::uint32_t begin = 0;     // bytes from the array's begin
  std::uint32_t size = 0;      // bytes
  bool runs_here = true;       // false: the array that runs has another stride
  std::uint64_t array_at = 0;  // the address of the array; 0: not known
};

/// "local[2].private: #12" and where that is, in two lines. nullptr: there is no array.
std::string field_text(const LocalState* local, const FieldPlace& place);

}  // namespace poolscope::views
