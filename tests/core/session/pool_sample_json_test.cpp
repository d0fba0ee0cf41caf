#include "core/session/pool_sample_json.h"

#include <string>

#include <gtest/gtest.h>

namespace poolscope::testing {
namespace {

PoolSample sample() {
  PoolSample sample;
  sample.gets = 12;
  sample.news = 3;
  sample.callers = {{"main.\"handle\"", 12, 0}, {"fmt.Fprintf", 0, 3}};
  sample.capacities = {{10, 7}, {63, 1}};
  return sample;
}

TEST(PoolSampleJson, GivesBackWhatItWasMadeOf) {
  EXPECT_EQ(pool_sample_of(to_json_text(sample())), sample());
  EXPECT_EQ(pool_sample_of(to_json_text({})), PoolSample());
}

TEST(PoolSampleJson, OfATextThatSaysNoSampleIsNone) {
  for (
      const char* text :
      {"", "x", "[]", "7", "{}", R"({"gets":1,"news":1,"callers":[7],"capacities":[]})",
       R"({"gets":"1","news":1,"callers":[],"capacities":[]})",
       R"({"gets":-1,"news":1,"callers":[],"capacities":[]})",
       R"({"gets":1e300,"news":1,"callers":[],"capacities":[]})",
       R"({"gets":1,"news":1,"callers":[],"capacities":[{"bits":64,"puts":1}]})",
       R"({"gets":1,"news":1,"callers":[],"capacities":[{"bits":4294967301,"puts":1}]})",
       R"({"gets":1,"news":1,"callers":[],"capacities":[{"bits":1,"puts":9223372036854775808}]})"}) {
    EXPECT_EQ(pool_sample_of(text), std::nullopt) << text;
  }
}

TEST(PoolSampleJson, KeepsNoMoreCallersThanAreWritten) {
  std::string callers;
  for (int i = 0; i < 1000; ++i) callers += R"({"function":"f","gets":1,"news":0},)";
  callers.pop_back();
  const auto read =
      pool_sample_of(R"({"gets":1,"news":1,"callers":[)" + callers + R"(],"capacities":[]})");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->callers.size(), PoolSample::kMostCallers);
}

}  // namespace
}  // namespace poolscope::testing
