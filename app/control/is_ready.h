#pragma once

#include <chrono>
#include <future>

namespace poolscope {

// Whether the work behind `future` is done, so that get() would not wait. False where there is no
// work.
template <class T>
bool is_ready(const std::future<T>& future) {
  return future.valid() && future.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
}

}  // namespace poolscope
