#pragma once

// An array of poolLocal as pinSlow makes it: all zero, GOMAXPROCS long, its first element on a
// 128-byte boundary. What Go's collector knows of a block (that it lives, how long it is) stands in
// a header before element 0.
//
// Thread safety: making one is; the header is read-only afterwards but for `next`, which belongs to
// the list of retired arrays.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <span>

#include "core/base/cache_line.h"
#include "core/base/ids.h"

namespace poolscope {

struct alignas(kCacheLinePair) LocalArrayHeader {
  ArrayId id;
  PoolId pool;
  std::uint32_t length = 0;
  LocalArrayHeader* next = nullptr;  // in the list of retired arrays
};
static_assert(sizeof(LocalArrayHeader) == kCacheLinePair);

/// The header of the array whose element 0 is `locals`.
template <class Local>
LocalArrayHeader& header_of(Local* locals) {
  return *reinterpret_cast<LocalArrayHeader*>(reinterpret_cast<std::byte*>(locals) -
                                              sizeof(LocalArrayHeader));
}

/// Element 0 of the array behind `header`.
template <class Local>
Local* locals_of(LocalArrayHeader& header) {
  return reinterpret_cast<Local*>(reinterpret_cast<std::byte*>(&header) + sizeof(LocalArrayHeader));
}

/// make([]poolLocal, length)
template <class Local>
Local* make_local_array(ArrayId id, PoolId pool, std::uint32_t length) {
  const std::size_t bytes = sizeof(LocalArrayHeader) + length * sizeof(Local);
  void* block = ::operator new(bytes, std::align_val_t{kCacheLinePair});
  auto* header = ::new (block) LocalArrayHeader{id, pool, length, nullptr};
  Local* locals = locals_of<Local>(*header);
  std::uninitialized_value_construct_n(locals, length);
  return locals;
}

/// Gives the array's memory back, the cells of its shared slices included. The objects in it are
/// the caller's.
template <class Local>
void free_local_array(Local* locals) {
  LocalArrayHeader& header = header_of(locals);
  std::destroy_n(locals, header.length);
  ::operator delete(&header, std::align_val_t{kCacheLinePair});
}

}  // namespace poolscope
