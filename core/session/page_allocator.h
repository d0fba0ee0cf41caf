#pragma once

// Memory in whole pages, straight from the system and straight back to it. The heap keeps what was
// freed, as long as something newer lies behind it: a queue that was long once would stay large.
//
// Thread safety: yes. For blocks of many pages: each one is a system call.

#include <cstddef>
#include <new>

#include <sys/mman.h>

namespace poolscope {

template <class T>
struct PageAllocator {
  using value_type = T;

  PageAllocator() = default;
  template <class Other>
  explicit PageAllocator(const PageAllocator<Other>& /*other*/) {}

  [[nodiscard]] T* allocate(std::size_t count) {
    void* pages = ::mmap(nullptr, count * sizeof(T), PROT_READ | PROT_WRITE,
                         MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (pages == MAP_FAILED) throw std::bad_alloc();
    return static_cast<T*>(pages);
  }
  void deallocate(T* pages, std::size_t count) noexcept { ::munmap(pages, count * sizeof(T)); }

  friend bool operator==(PageAllocator /*a*/, PageAllocator /*b*/) { return true; }
};

}  // namespace poolscope
