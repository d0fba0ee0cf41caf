#include "app/export/child.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace poolscope::exporting {
namespace {

constexpr int kSignalExit = 128;

int exit_code_of(int status) {
  return WIFEXITED(status) ? WEXITSTATUS(status) : kSignalExit + WTERMSIG(status);
}

int wait_for(pid_t pid) {
  int status = 0;
  while (waitpid(pid, &status, 0) < 0) {
    if (errno != EINTR) return kSignalExit;
  }
  return exit_code_of(status);
}

/// What posix_spawn is to do with the child's files and signals.
class SpawnPlan {
 public:
  SpawnPlan(int stdin_fd, int stderr_fd) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawn_file_actions_adddup2(&actions_, stdin_fd, STDIN_FILENO);
    posix_spawn_file_actions_addopen(&actions_, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&actions_, stderr_fd, STDERR_FILENO);
    posix_spawnattr_init(&attributes_);
    // The child gets the usual signals back: this program blocks some and ignores SIGPIPE.
    sigset_t none;
    sigemptyset(&none);
    sigset_t usual;
    sigemptyset(&usual);
    sigaddset(&usual, SIGPIPE);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setsigdefault(&attributes_, &usual);
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }
  ~SpawnPlan() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }
  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;

  int spawn(pid_t& pid, const std::vector<std::string>& argv) const {
    std::vector<char*> arguments;
    arguments.reserve(argv.size() + 1);
    for (const std::string& argument : argv) {
      arguments.push_back(const_cast<char*>(argument.c_str()));  // exec only reads them
    }
    arguments.push_back(nullptr);
    return posix_spawnp(&pid, arguments[0], &actions_, &attributes_, arguments.data(), environ);
  }

 private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

}  // namespace

SigpipeIgnored::SigpipeIgnored() : before_(std::signal(SIGPIPE, SIG_IGN)) {}
SigpipeIgnored::~SigpipeIgnored() { std::signal(SIGPIPE, before_); }

Expected<std::unique_ptr<Child>> Child::start(const std::vector<std::string>& argv) {
  std::unique_ptr<Child> child(new Child);
  child->diagnostics_.reset(std::tmpfile());
  std::array<int, 2> pipe_ends{};
  if (!child->diagnostics_ || pipe2(pipe_ends.data(), O_CLOEXEC) != 0) {
    return failed("cannot start " + argv[0] + ": " + std::strerror(errno));
  }
  child->stdin_ = pipe_ends[1];
  const int problem =
      SpawnPlan(pipe_ends[0], fileno(child->diagnostics_.get())).spawn(child->pid_, argv);
  close(pipe_ends[0]);
  if (problem != 0) {
    child->pid_ = -1;
    const std::string why = problem == ENOENT
                                ? "it is not installed; install the package " + argv[0]
                                : std::string(std::strerror(problem));
    return failed("cannot start " + argv[0] + ": " + why);
  }
  return child;
}

Expected<void> Child::start_alone(const std::vector<std::string>& argv) {
  auto child = start(argv);
  if (!child) return tl::make_unexpected(child.error());
  // Whoever waits for it is a thread that nobody waits for.
  std::thread([pid = std::exchange((*child)->pid_, -1)] { wait_for(pid); }).detach();
  return {};
}

Child::~Child() {
  if (stdin_ >= 0) close(stdin_);
  if (pid_ < 0) return;
  kill(pid_, SIGKILL);
  wait_for(pid_);
}

bool Child::write(std::span<const std::uint8_t> bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(stdin_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return true;
}

Child::End Child::finish() {
  close(std::exchange(stdin_, -1));
  return {.exit_code = wait_for(std::exchange(pid_, -1)), .diagnostics = said()};
}

std::optional<Child::End> Child::poll() {
  int status = 0;
  const pid_t ended = waitpid(pid_, &status, WNOHANG);
  if (ended == 0 || (ended < 0 && errno == EINTR)) return std::nullopt;
  pid_ = -1;
  return End{.exit_code = ended < 0 ? kSignalExit : exit_code_of(status), .diagnostics = said()};
}

std::string Child::said() const {
  std::string text;
  std::array<char, 4096> part{};
  // The child writes at the end of the same file: its place is left alone.
  for (;;) {
    const ssize_t size = pread(fileno(diagnostics_.get()), part.data(), part.size(),
                               static_cast<off_t>(text.size()));
    if (size < 0 && errno == EINTR) continue;
    if (size <= 0) return text;
    text.append(part.data(), static_cast<std::size_t>(size));
  }
}

void Child::interrupt() {
  if (pid_ >= 0) kill(pid_, SIGINT);
}

}  // namespace poolscope::exporting
