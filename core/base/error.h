#pragma once

// Expected failures at the program's edges: a file, an argument, a window, a device.
//
// Thread safety: values.
// Invariants: `message` is one line that says what, where and what to do, without a final newline.

#include <string>

#include <tl/expected.hpp>

namespace poolscope {

struct Error {
  enum class Kind {
    kFailed,    // it failed or found a fault: exit 1
    kBadInput,  // bad usage or bad input: exit 2
  };
  Kind kind = Kind::kFailed;
  std::string message;

  [[nodiscard]] int exit_code() const { return kind == Kind::kBadInput ? 2 : 1; }
};

template <class T>
using Expected = tl::expected<T, Error>;

inline tl::unexpected<Error> failed(std::string message) {
  return tl::make_unexpected(Error{Error::Kind::kFailed, std::move(message)});
}
inline tl::unexpected<Error> bad_input(std::string message) {
  return tl::make_unexpected(Error{Error::Kind::kBadInput, std::move(message)});
}

}  // namespace poolscope
