#include "tests/support/process.h"

#include <cerrno>
#include <csignal>
#include <fstream>
#include <sstream>
#include <thread>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/check.h"

namespace poolscope::testing {
namespace {

constexpr int kSignalExit = 128;
constexpr std::chrono::milliseconds kPoll{5};

std::vector<std::string> changed_environment(const Environment& changes) {
  std::vector<std::string> variables;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string text = *entry;
    if (!changes.contains(text.substr(0, text.find('=')))) variables.push_back(text);
  }
  for (const auto& [name, value] : changes) {
    if (value) variables.push_back(name + "=" + *value);
  }
  return variables;
}

/// The array of C strings that exec wants; valid as long as `strings`.
std::vector<char*> pointers(const std::vector<std::string>& strings) {
  std::vector<char*> result;
  result.reserve(strings.size() + 1);
  for (const std::string& text : strings) result.push_back(const_cast<char*>(text.c_str()));
  result.push_back(nullptr);
  return result;
}

std::string contents(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return std::move(text).str();
}

}  // namespace

Process::Process(const std::vector<std::string>& argv, const Environment& environment,
                 int keep_fd) {
  posix_spawn_file_actions_t actions{};
  posix_spawn_file_actions_init(&actions);
  const auto redirect = [&](int fd, const char* to) {
    posix_spawn_file_actions_addopen(&actions, fd, to, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  };
  const std::string out_file = files_ / "out";
  const std::string err_file = files_ / "err";
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  redirect(STDOUT_FILENO, out_file.c_str());
  redirect(STDERR_FILENO, err_file.c_str());
  // dup2 onto itself takes the close-on-exec mark away.
  if (keep_fd >= 0) posix_spawn_file_actions_adddup2(&actions, keep_fd, keep_fd);
  const std::vector<std::string> variables = changed_environment(environment);
  const int problem = posix_spawnp(&pid_, argv.at(0).c_str(), &actions, nullptr,
                                   pointers(argv).data(), pointers(variables).data());
  posix_spawn_file_actions_destroy(&actions);
  if (problem != 0) {
    pid_ = -1;
    exit_code_ = kSignalExit - 1;  // as a shell says that there is no such program
  }
}

Process::~Process() {
  if (!running()) return;
  signal(SIGKILL);
  wait(std::chrono::seconds(10));
}

std::optional<int> Process::wait(std::chrono::milliseconds most) {
  const auto until = std::chrono::steady_clock::now() + most;
  while (!exit_code_) {
    int status = 0;
    const pid_t ended = waitpid(pid_, &status, WNOHANG);
    if (ended == pid_) {
      exit_code_ = WIFEXITED(status) ? WEXITSTATUS(status) : kSignalExit + WTERMSIG(status);
    } else if (std::chrono::steady_clock::now() >= until) {
      return std::nullopt;
    } else {
      std::this_thread::sleep_for(kPoll);
    }
  }
  return exit_code_;
}

bool Process::running() { return !wait(std::chrono::milliseconds(0)); }

void Process::signal(int number) const {
  check(pid_ > 0, "the process was started");
  kill(pid_, number);
}

std::string Process::out() const { return contents(files_ / "out"); }
std::string Process::err() const { return contents(files_ / "err"); }

Outcome run(const std::vector<std::string>& argv, const Environment& environment,
            std::chrono::milliseconds most) {
  Process process(argv, environment);
  const auto exit_code = process.wait(most);
  return {exit_code.value_or(-1), process.out(), process.err()};
}

}  // namespace poolscope::testing
