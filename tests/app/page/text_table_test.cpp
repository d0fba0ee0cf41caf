#include "app/page/text_table.h"

#include <random>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace poolscope::testing {
namespace {

using page::Text;
using page::TextTable;

/// A text as the page puts it together, of what a table says of its texts and patterns.
Text put_together(const nlohmann::json& texts, const nlohmann::json& patterns,
                  std::uint32_t number) {
  const auto& entry = texts.at(number - 1);
  const auto& pattern = patterns.at(entry[0].get<std::size_t>());
  Text text;
  for (const auto& parts : pattern) {
    std::string said;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      said += i % 2 == 0
                  ? parts[i].get<std::string>()
                  : std::to_string(entry.at(parts[i].get<std::size_t>() + 1).get<std::uint64_t>());
    }
    text.push_back(said);
  }
  return text;
}

TEST(TextTable, EqualTextsHaveEqualNumbersAndNoneIsZero) {
  TextTable table;
  EXPECT_EQ(table.number_of({"", ""}), 0U);
  const std::uint32_t first = table.number_of({"G1 gets #2.", "G1 取 #2。"});
  EXPECT_EQ(first, 1U);
  EXPECT_EQ(table.number_of({"G1 gets #3.", "G1 取 #3。"}), 2U);
  EXPECT_EQ(table.number_of({"G1 gets #2.", "G1 取 #2。"}), first);
}

TEST(TextTable, SentencesThatDifferInTheirNumbersShareAPattern) {
  TextTable table;
  for (int g = 0; g < 10; ++g) {
    for (int object = 20; object < 40; ++object) {
      const std::string n = std::to_string(g);
      const std::string o = std::to_string(object);
      table.number_of({fmt::format("G{} takes #{} from private.", n, o),
                       fmt::format("#{} 由 G{} 从 private 取出。", o, n)});
    }
  }
  EXPECT_EQ(table.texts().size(), 200U);
  EXPECT_EQ(table.patterns().size(), 1U);
}

TEST(TextTable, EachTextComesBackLetterByLetter) {
  constexpr std::uint32_t kSeed = 11;
  SCOPED_TRACE(kSeed);
  std::mt19937 random(kSeed);
  const std::vector<std::string> pieces = {"G",     "#",
                                           "7",     "0",
                                           "42",    "007",
                                           "1,024", "{0}",
                                           "%n%s",  " ",
                                           "窃取",  "9007199254740993",
                                           "<b>",   "18446744073709551616",
                                           "\n"};
  TextTable table;
  std::vector<std::pair<Text, std::uint32_t>> all;
  for (int i = 0; i < 2000; ++i) {
    Text text(2);
    for (std::string& said : text) {
      for (std::size_t n = random() % 9; n > 0; --n) said += pieces[random() % pieces.size()];
    }
    const std::uint32_t number = table.number_of(text);
    if (number != 0) all.emplace_back(text, number);
  }
  const nlohmann::json texts = table.texts();
  const nlohmann::json patterns = table.patterns();
  for (const auto& [text, number] : all) {
    ASSERT_EQ(put_together(texts, patterns, number), text);
  }
}

}  // namespace
}  // namespace poolscope::testing
