// libFuzzer's entry. tests/fuzz/run builds and runs it.

#include <cstddef>
#include <cstdint>

#include "tests/fuzz/hostile_session.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  poolscope::testing::survive_session({bytes, size});
  return 0;
}
