#pragma once

// One function object out of several, for std::visit: each alternative of a variant gets its own
// lambda, and the compiler names the alternative that was left out.
//
// Thread safety: values.

namespace poolscope {

template <class... Functions>
struct Overloaded : Functions... {
  using Functions::operator()...;
};
// C++20 has it of itself; clang 16 does not yet.
template <class... Functions>
Overloaded(Functions...) -> Overloaded<Functions...>;

}  // namespace poolscope
