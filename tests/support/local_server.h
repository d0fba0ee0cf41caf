#pragma once

// A server on this machine that answers nobody: it knows whether anybody has asked it for anything.
//
// Thread safety: one thread.

#include <string>

namespace poolscope::testing {

class LocalServer {
 public:
  LocalServer();
  ~LocalServer();
  LocalServer(const LocalServer&) = delete;
  LocalServer& operator=(const LocalServer&) = delete;

  /// "http://127.0.0.1:PORT"
  [[nodiscard]] std::string address() const;
  /// Whether a request has come since the last time. A browser may connect before it knows whether
  /// it may ask: that alone is no request.
  [[nodiscard]] bool was_asked() const;

 private:
  int socket_ = -1;
};

}  // namespace poolscope::testing
