#include "app/views/words/search_words.h"

#include <gtest/gtest.h>

namespace poolscope::views {
namespace {

TEST(SearchWords, EachOfThemIsToBeFoundInWhateverOrder) {
  const std::string name = folded("net/http.bufioReaderPool (*bufio.Reader)");
  EXPECT_TRUE(has_words(name, folded("Reader HTTP")));
  EXPECT_TRUE(has_words(name, "  bufio.reader)  "));
  EXPECT_FALSE(has_words(name, "reader writer"));
}

TEST(SearchWords, NoWordsAreFoundEverywhere) {
  EXPECT_TRUE(has_words("", ""));
  EXPECT_TRUE(has_words("a", "   "));
}

TEST(SearchWords, LettersOfOtherScriptsStayAsTheyAre) { EXPECT_EQ(folded("Pool 池"), "pool 池"); }

}  // namespace
}  // namespace poolscope::views
