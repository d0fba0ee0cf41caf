// The same tests of the lock where the kernel knows no membarrier: there both sides of the barrier
// are ordinary fences, and no lock gets biased.

#include <cerrno>
#include <cstddef>
#include <iterator>
#include <string>

#include <gtest/gtest.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/runtime/asymmetric_barrier.h"

namespace poolscope {
namespace {

/// Makes the kernel say to this process and to what it executes that it knows no membarrier.
bool forbid_membarrier() {
  sock_filter steps[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_membarrier, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  const sock_fprog filter{std::size(steps), steps};
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
         prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}

/// The exit code of this program run with the tests of `filter` and without membarrier.
int run_without_membarrier(const char* filter) {
  constexpr int kNotTried = 77;
  const std::string argument = std::string("--gtest_filter=") + filter;
  const pid_t child = fork();
  if (child == 0) {
    if (!forbid_membarrier()) _exit(kNotTried);
    execl("/proc/self/exe", "poolscope_core_runtime_test", argument.c_str(),
          "--gtest_also_run_disabled_tests", nullptr);
    _exit(kNotTried);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(SymmetricBarrier, IsWhatTheLockUsesWhereTheKernelKnowsNoMembarrier) {
  EXPECT_EQ(run_without_membarrier("Lock.*:SymmetricBarrier.DISABLED_Child"), 0);
}

TEST(SymmetricBarrier, DISABLED_Child) { EXPECT_FALSE(kBarrierIsAsymmetric); }

}  // namespace
}  // namespace poolscope
