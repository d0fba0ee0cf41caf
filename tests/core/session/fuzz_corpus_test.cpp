#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <gtest/gtest.h>

#include "tests/fuzz/hostile_session.h"

namespace poolscope::testing {
namespace {

namespace fs = std::filesystem;

// What the fuzzer starts from, and all that it has found so far: each runs to its end.
TEST(FuzzCorpus, IsSurvived) {
  std::size_t inputs = 0;
  for (const auto& entry : fs::directory_iterator(POOLSCOPE_SOURCE_DIR "/tests/fuzz/corpus")) {
    SCOPED_TRACE(entry.path().filename());
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    survive_session({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
    ++inputs;
  }
  EXPECT_GE(inputs, 4U);
}

}  // namespace
}  // namespace poolscope::testing
