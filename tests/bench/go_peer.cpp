#include "tests/bench/go_peer.h"

#include <cerrno>
#include <cstring>
#include <utility>

#include <fmt/format.h>
#include <sys/socket.h>
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
  // A socket and no pipes: one can write to it without a SIGPIPE when the other side has died.
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
    return failed(fmt::format("no socket to {}: {}", program, std::strerror(errno)));
  }
  const pid_t pid = fork();
  if (pid < 0) return failed(fmt::format("{}: {}", program, std::strerror(errno)));
  if (pid == 0) {
    dup2(ends[1], STDIN_FILENO);
    dup2(ends[1], STDOUT_FILENO);
    execl(program.c_str(), program.c_str(), nullptr);
    _exit(kNotStarted);
  }
  close(ends[1]);
  std::unique_ptr<GoPeer> peer(new GoPeer(program, pid, fdopen(ends[0], "r")));
  char version[64];
  if (std::fscanf(peer->answers_, "%63s", version) != 1) return peer->died();
  peer->version_ = version;
  return peer;
}

GoPeer::~GoPeer() {
  std::fclose(answers_);  // the end of its questions, and so of it
  if (pid_ > 0) waitpid(pid_, nullptr, 0);
}

Expected<double> GoPeer::measure(Workload workload, std::size_t threads, std::int64_t rounds) {
  const std::string question = fmt::format("{} {} {}\n", word_of(workload), threads, rounds);
  double ns = 0;
  if (send(fileno(answers_), question.data(), question.size(), MSG_NOSIGNAL) < 0 ||
      std::fscanf(answers_, "%lf", &ns) != 1) {
    return died();
  }
  return ns;
}

tl::unexpected<Error> GoPeer::died() {
  int status = 0;
  waitpid(std::exchange(pid_, 0), &status, 0);
  return failed(fmt::format("{}, Go's side, has ended ({}); run tests/bench/run again", program_,
                            how_it_ended(status)));
}

}  // namespace poolscope::bench
