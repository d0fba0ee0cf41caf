#include "tests/support/xvfb.h"

#include <array>
#include <string>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

namespace poolscope::testing {
namespace {

constexpr int kComesUp_ms = 20'000;

/// The line that the server writes once it takes connections; empty where none comes.
std::string read_line(int fd) {
  std::string line;
  pollfd readable{.fd = fd, .events = POLLIN, .revents = 0};
  char c = 0;
  while (poll(&readable, 1, kComesUp_ms) == 1 && read(fd, &c, 1) == 1) {
    if (c == '\n') return line;
    line += c;
  }
  return "";
}

}  // namespace

std::unique_ptr<Xvfb> Xvfb::start(int width_px, int height_px) {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return nullptr;
  std::unique_ptr<Xvfb> xvfb(new Xvfb);
  const std::string screen = std::to_string(width_px) + "x" + std::to_string(height_px) + "x24";
  xvfb->server_ = std::make_unique<Process>(
      std::vector<std::string>{"Xvfb", "-displayfd", std::to_string(ends[1]), "-screen", "0",
                               screen, "-nolisten", "tcp", "-noreset"},
      Environment{}, ends[1]);
  close(ends[1]);
  const std::string number = read_line(ends[0]);
  close(ends[0]);
  if (number.empty()) return nullptr;
  xvfb->display_ = ":" + number;
  return xvfb;
}

Environment Xvfb::environment() const {
  return {{"DISPLAY", display_}, {"WAYLAND_DISPLAY", std::nullopt}};
}

}  // namespace poolscope::testing
