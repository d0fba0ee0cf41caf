#include "tests/support/local_server.h"

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/base/check.h"

namespace poolscope::testing {

LocalServer::LocalServer() : socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in any{};
  any.sin_family = AF_INET;
  any.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const auto* address = static_cast<const void*>(&any);
  check(bind(socket_, static_cast<const sockaddr*>(address), sizeof any) == 0 &&
            listen(socket_, SOMAXCONN) == 0,
        "a port of this machine is free");
}

LocalServer::~LocalServer() { close(socket_); }

std::string LocalServer::address() const {
  sockaddr_in own{};
  socklen_t size = sizeof own;
  auto* address = static_cast<void*>(&own);
  check(getsockname(socket_, static_cast<sockaddr*>(address), &size) == 0, "the socket is bound");
  return "http://127.0.0.1:" + std::to_string(ntohs(own.sin_port));
}

// The kernel takes connections, and what comes on them, before anybody accepts them.
bool LocalServer::was_asked() const {
  bool asked = false;
  pollfd waiting{.fd = socket_, .events = POLLIN, .revents = 0};
  while (poll(&waiting, 1, 0) == 1) {
    const int caller = accept4(socket_, nullptr, nullptr, SOCK_CLOEXEC);
    if (caller < 0) break;
    char first = 0;
    asked = recv(caller, &first, 1, MSG_DONTWAIT) == 1 || asked;
    close(caller);
  }
  return asked;
}

}  // namespace poolscope::testing
