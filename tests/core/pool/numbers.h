#pragma once

// Numbers as what a pool under test holds.
//
// Thread safety: plain functions; a number belongs to the test.

#include <cstdint>

#include "core/pool/value.h"

namespace poolscope {

inline constexpr TypeTag kNumberType{"int"};

/// A value that points to `number`, which outlives it.
inline Value value_of(std::uint32_t& number) { return {&kNumberType, &number}; }
/// The number of a value of value_of().
inline std::uint32_t number_in(Value x) { return *static_cast<std::uint32_t*>(x.data); }

}  // namespace poolscope
