#include "core/runtime/goroutine.h"

namespace poolscope {

constinit thread_local Goroutine* current_g = nullptr;

}  // namespace poolscope
