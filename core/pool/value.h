#pragma once

// What a pool holds: a pair of words as Go's interface value (any) is, nil when its type is.
//
// Thread safety: a plain value.

#include <cstddef>

namespace poolscope {

/// Stands for a Go type; its address is its identity.
struct TypeTag {
  const char* name;
};

struct Value {
  const TypeTag* type = nullptr;
  void* data = nullptr;

  [[nodiscard]] constexpr bool is_nil() const { return type == nullptr; }
  static constexpr Value nil() { return {}; }
};

static_assert(sizeof(Value) == 16 && offsetof(Value, data) == 8, "Go's interface is two words");

}  // namespace poolscope
