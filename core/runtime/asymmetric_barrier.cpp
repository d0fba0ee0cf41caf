#include "core/runtime/asymmetric_barrier.h"

#include <linux/membarrier.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "core/base/check.h"

namespace poolscope {
namespace {

bool membarrier(int command) { return syscall(__NR_membarrier, command, 0, 0) == 0; }

}  // namespace

const bool kBarrierIsAsymmetric = membarrier(MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED);

void heavy_barrier() {
  if (kBarrierIsAsymmetric) {
    check(membarrier(MEMBARRIER_CMD_PRIVATE_EXPEDITED), "the kernel refuses a barrier it granted");
  } else {
    full_barrier();
  }
}

}  // namespace poolscope
