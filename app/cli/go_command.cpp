#include "app/cli/go_command.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <ctime>

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace poolscope::cli {
namespace {

constexpr int kSignalExit = 128;
constexpr long kLook_ns = 2'000'000;

/// Keeps the signals that would end this program, until they are asked for.
class KeptSignals {
 public:
  KeptSignals() {
    sigemptyset(&kept_);
    for (const int signal : {SIGINT, SIGTERM, SIGQUIT, SIGHUP}) sigaddset(&kept_, signal);
    sigprocmask(SIG_BLOCK, &kept_, &before_);
  }
  ~KeptSignals() { sigprocmask(SIG_SETMASK, &before_, nullptr); }
  KeptSignals(const KeptSignals&) = delete;
  KeptSignals& operator=(const KeptSignals&) = delete;

  [[nodiscard]] const sigset_t& before() const { return before_; }
  /// Waits a moment for one; 0: none came. `from_terminal`: the command has got it as well.
  int next(bool& from_terminal) const {
    siginfo_t info{};
    const timespec most{0, kLook_ns};
    const int signal = sigtimedwait(&kept_, &info, &most);
    from_terminal = info.si_code == SI_KERNEL;
    return signal > 0 ? signal : 0;
  }

 private:
  sigset_t kept_{};
  sigset_t before_{};
};

class Spawn {
 public:
  Spawn(const CommandOptions& options, const sigset_t& mask) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawnattr_init(&attributes_);
    if (!options.folder.empty()) {
      posix_spawn_file_actions_addchdir_np(&actions_, options.folder.c_str());
    }
    constexpr int kMode = 0600;
    constexpr int kFlags = O_WRONLY | O_CREAT | O_TRUNC;
    if (!options.out.empty()) {
      posix_spawn_file_actions_addopen(&actions_, STDOUT_FILENO, options.out.c_str(), kFlags,
                                       kMode);
    }
    if (!options.err.empty()) {
      posix_spawn_file_actions_addopen(&actions_, STDERR_FILENO, options.err.c_str(), kFlags,
                                       kMode);
    }
    posix_spawnattr_setsigmask(&attributes_, &mask);
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK);
  }
  ~Spawn() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }
  Spawn(const Spawn&) = delete;
  Spawn& operator=(const Spawn&) = delete;

  /// 0, or what posix_spawnp says.
  int start(pid_t& pid, const std::vector<std::string>& argv,
            const std::vector<std::string>& environment) const {
    return posix_spawnp(&pid, argv[0].c_str(), &actions_, &attributes_, pointers(argv).data(),
                        pointers(environment).data());
  }

 private:
  static std::vector<char*> pointers(const std::vector<std::string>& texts) {
    std::vector<char*> all;
    all.reserve(texts.size() + 1);
    // exec only reads them
    for (const std::string& text : texts) all.push_back(const_cast<char*>(text.c_str()));
    all.push_back(nullptr);
    return all;
  }

  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

std::vector<std::string> environment_with(const std::map<std::string, std::string>& changes) {
  std::vector<std::string> all;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text(*entry);
    if (!changes.contains(std::string(text.substr(0, text.find('='))))) all.emplace_back(text);
  }
  for (const auto& [name, value] : changes) all.push_back(fmt::format("{}={}", name, value));
  return all;
}

}  // namespace

Expected<CommandEnd> run_command(const std::vector<std::string>& argv,
                                 const CommandOptions& options) {
  const KeptSignals signals;
  pid_t pid = -1;
  const int started =
      Spawn(options, signals.before()).start(pid, argv, environment_with(options.environment));
  if (started != 0) {
    return bad_input(
        fmt::format("{}: cannot be started: {}{}", argv[0], std::strerror(started),
                    argv[0] == "go" ? "; install Go, or put its bin folder into PATH" : ""));
  }
  CommandEnd end;
  int status = 0;
  for (;;) {
    const pid_t ended = waitpid(pid, &status, WNOHANG);
    if (ended == pid) break;
    if (ended < 0 && errno != EINTR) return failed(fmt::format("{}: is lost", argv[0]));
    if (options.meanwhile) options.meanwhile();
    bool from_terminal = false;
    if (const int signal = signals.next(from_terminal); signal != 0) {
      end.interrupted = true;
      if (!from_terminal) kill(pid, signal);
    }
  }
  end.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : kSignalExit + WTERMSIG(status);
  return end;
}

}  // namespace poolscope::cli
