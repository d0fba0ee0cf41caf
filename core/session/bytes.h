#pragma once

// Byte strings of the file format, written and read front to back: LEB128 numbers and zigzag.
//
// Thread safety: none of its own.
// Invariants: a ByteReader never reads past its end; once something did not fit it stays !ok() and
// gives zeros, so a decoder may check once, at the end.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace poolscope {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

/// Small magnitudes of either sign as small numbers: 0, -1, 1, -2, ... become 0, 1, 2, 3, ...
constexpr std::uint64_t zigzag(std::uint64_t difference) {
  return (difference << 1U) ^ (0 - (difference >> 63U));
}
/// The inverse of zigzag(); differences are taken and added modulo 2^64.
constexpr std::uint64_t unzigzag(std::uint64_t code) { return (code >> 1U) ^ (0 - (code & 1U)); }

/// Appends `value` to `out`: seven bits a byte, low ones first, the high bit set on all but the
/// last.
inline void put_varint(Bytes& out, std::uint64_t value) {
  while (value >= 0x80) {
    out.push_back(static_cast<std::uint8_t>(value | 0x80U));
    value >>= 7U;
  }
  out.push_back(static_cast<std::uint8_t>(value));
}

/// Appends the length of `bytes` and the bytes.
inline void put_block(Bytes& out, ByteView bytes) {
  put_varint(out, bytes.size());
  out.insert(out.end(), bytes.begin(), bytes.end());
}

class ByteReader {
 public:
  ByteReader() = default;
  explicit ByteReader(ByteView bytes) : bytes_(bytes) {}

  [[nodiscard]] bool ok() const { return ok_; }
  [[nodiscard]] bool at_end() const { return next_ == bytes_.size(); }
  [[nodiscard]] std::size_t remaining() const { return bytes_.size() - next_; }

  std::uint8_t byte() {
    if (next_ == bytes_.size()) return fail();
    return bytes_[next_++];
  }

  std::uint64_t varint() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const std::uint8_t next = byte();
      value |= static_cast<std::uint64_t>(next & 0x7fU) << shift;
      if (next < 0x80) return value;
    }
    return fail();
  }

  /// What put_block wrote; a view into the reader's own bytes.
  ByteView block() {
    const std::uint64_t size = varint();
    if (size > remaining()) {
      fail();
      return {};
    }
    const ByteView result = bytes_.subspan(next_, static_cast<std::size_t>(size));
    next_ += result.size();
    return result;
  }

  /// All that is left.
  ByteView rest() {
    const ByteView result = bytes_.subspan(next_);
    next_ = bytes_.size();
    return result;
  }

  /// Marks the bytes as not being what the caller expects. Returns 0.
  std::uint8_t fail() {
    ok_ = false;
    next_ = bytes_.size();
    return 0;
  }

 private:
  ByteView bytes_;
  std::size_t next_ = 0;
  bool ok_ = true;
};

}  // namespace poolscope
