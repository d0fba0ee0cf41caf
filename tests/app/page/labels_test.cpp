// The words that stand in a page at all times.

#include "app/page/labels.h"

#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "app/page/languages.h"
#include "app/page/text_table.h"

namespace poolscope {
namespace {

TEST(LabelsOfAPage, SayInUseOnlyWhereItIsKnown) {
  const page::Languages english("");
  for (const bool hands : {true, false}) {
    page::TextTable texts;
    page::labels(english, texts, hands);
    const std::string said = texts.texts().dump() + texts.patterns().dump();
    EXPECT_EQ(said.find("in use") != std::string::npos, hands) << said;
    EXPECT_EQ(said.find("outside the pools:") != std::string::npos, !hands) << said;
  }
}

}  // namespace
}  // namespace poolscope
