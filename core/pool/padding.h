#pragma once

// The pad at the end of a poolLocal: bytes up to a multiple of kPadding, so that the locals of two
// Ps share no cache line.
//
// Thread safety: never touched.

#include <array>
#include <cstddef>

namespace poolscope {

template <std::size_t kBytes>
struct PadBytes {
  std::array<std::byte, kBytes> bytes{};
};
template <>
struct PadBytes<0> {};

/// Go: pad [128 - unsafe.Sizeof(poolLocalInternal{})%128]byte
constexpr std::size_t pad_bytes(std::size_t padding, std::size_t internal) {
  return padding == 0 ? 0 : padding - internal % padding;
}

template <std::size_t kPadding, std::size_t kInternal>
using Pad = PadBytes<pad_bytes(kPadding, kInternal)>;

}  // namespace poolscope
