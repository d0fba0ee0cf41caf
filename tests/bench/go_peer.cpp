#include "tests/bench/go_peer.h"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

namespace poolscope::bench {
namespace {

/// What the shell too says of a program that it cannot start.
constexpr int kNotStarted = 127;

std::string how_it_ended(int status) {
  if (WIFSIGNALED(status)) return fmt::format("signal {}", WTERMSIG(status));
  if (WEXITSTATUS(status) == kNotStarted) return "it cannot be started";
  return fmt::format("exit {}", WEXITSTATUS(status));
}

}  // namespace

Expected<std::unique_ptr<GoPeer>> GoPeer::start(const std::string& program) {
  // A program that has died is told by the answer that does not come, not by a signal.
  std::signal(SIGPIPE, SIG_IGN);
  int to[2];
  int from[2];
  if (pipe2(to, O_CLOEXEC) != 0 || pipe2(from, O_CLOEXEC) != 0) {
    return failed(fmt::format("no pipe to {}: {}", program, std::strerror(errno)));
  }
  const pid_t pid = fork();
  if (pid < 0) return failed(fmt::format("{}: {}", program, std::strerror(errno)));
  if (pid == 0) {
    dup2(to[0], STDIN_FILENO);
    dup2(from[1], STDOUT_FILENO);
    execl(program.c_str(), program.c_str(), nullptr);
    _exit(kNotStarted);
  }
  close(to[0]);
  close(from[1]);
  std::unique_ptr<GoPeer> peer(new GoPeer(program, pid, fdopen(to[1], "w"), fdopen(from[0], "r")));
  char version[64];
  if (std::fscanf(peer->answer_, "%63s", version) != 1) return peer->died();
  peer->version_ = version;
  return peer;
}

GoPeer::~GoPeer() {
  std::fclose(ask_);
  std::fclose(answer_);
  if (pid_ > 0) waitpid(pid_, nullptr, 0);
}

Expected<double> GoPeer::measure(Workload workload, std::size_t threads, std::int64_t rounds) {
  fmt::print(ask_, "{} {} {}\n", word_of(workload), threads, rounds);
  double ns = 0;
  if (std::fflush(ask_) != 0 || std::fscanf(answer_, "%lf", &ns) != 1) return died();
  return ns;
}

tl::unexpected<Error> GoPeer::died() {
  int status = 0;
  waitpid(std::exchange(pid_, 0), &status, 0);
  return failed(fmt::format("{}, Go's side, has ended ({}); run tests/bench/run again", program_,
                            how_it_ended(status)));
}

}  // namespace poolscope::bench
