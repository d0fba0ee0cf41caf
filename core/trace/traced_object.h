#pragma once

// The objects of traced sessions: real memory with a number, so that a move can be shown by name.
//
// Thread safety: belongs to whoever holds the object.
// Invariants: in_use is true exactly while a goroutine has it in hand; two Gets that return one
// object are found by it.

#include <array>
#include <cstdint>

#include "core/base/ids.h"
#include "core/pool/value.h"

namespace poolscope {

struct TracedObject {
  ObjectId id;
  bool in_use = true;
  GId holder;                              // the last goroutine that had it in hand
  std::array<std::uint64_t, 6> payload{};  // what user code writes into
};

inline constexpr TypeTag kTracedObjectType{"*Object"};

inline Value value_of(TracedObject* object) { return {&kTracedObjectType, object}; }
inline TracedObject* object_of(Value x) { return static_cast<TracedObject*>(x.data); }
inline ObjectId id_of(Value x) { return x.is_nil() ? ObjectId::none() : object_of(x)->id; }

}  // namespace poolscope
