// The translations are whole: every text of the sources has one, with the same places in it.

#include <algorithm>
#include <clocale>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "app/locale/catalogue.h"
#include "app/locale/translate.h"
#include "tests/support/temporary_folder.h"

namespace poolscope::locale {
namespace {

std::string contents(const std::filesystem::path& file) {
  std::ifstream stream(file);
  std::stringstream text;
  text << stream.rdbuf();
  return text.str();
}

// The text of adjacent string literals, escapes resolved as far as they occur here.
std::string literal(const std::string& source) {
  std::string text;
  bool inside = false;
  for (std::size_t i = 0; i < source.size(); ++i) {
    if (source[i] == '"') {
      inside = !inside;
    } else if (inside && source[i] == '\\') {
      ++i;
      text += source[i] == 'n' ? '\n' : source[i];
    } else if (inside) {
      text += source[i];
    }
  }
  return text;
}

// msgid (and its plural) to the translations, of a .po file.
std::map<std::string, std::vector<std::string>> catalogue(const std::filesystem::path& file) {
  std::map<std::string, std::vector<std::string>> texts;
  std::istringstream lines(contents(file));
  std::string line;
  std::vector<std::string> ids;
  std::string* last = nullptr;
  std::vector<std::string> strings;
  const auto flush = [&] {
    for (const std::string& id : ids) texts[id] = strings;
    ids.clear();
    strings.clear();
    last = nullptr;
  };
  while (std::getline(lines, line)) {
    if (line.rfind("msgid ", 0) == 0) {
      flush();
      ids.reserve(2);
      last = &ids.emplace_back(literal(line));
    } else if (line.rfind("msgid_plural ", 0) == 0) {
      last = &ids.emplace_back(literal(line));
    } else if (line.rfind("msgstr", 0) == 0) {
      last = &strings.emplace_back(literal(line));
    } else if (line.rfind('"', 0) == 0 && last != nullptr) {
      *last += literal(line);
    }
  }
  flush();
  return texts;
}

// All texts that the sources hand to tr, trf, trn and trnf as literals.
std::set<std::string> texts_of_sources() {
  std::set<std::string> texts;
  const std::string quoted = R"re("(?:[^"\\\n]|\\.)*")re";
  const std::string adjacent = "((?:" + quoted + R"re(\s*)+))re";
  const std::regex call(R"re(\b(trnf|trn|trf|tr)\(\s*)re" + adjacent + R"re((?:,\s*)re" + adjacent +
                        ")?");
  const std::filesystem::path app = std::filesystem::path(POOLSCOPE_SOURCE_DIR) / "app";
  for (const auto& entry : std::filesystem::recursive_directory_iterator(app)) {
    if (entry.path().extension() != ".cpp") continue;
    const std::string source = contents(entry.path());
    for (std::sregex_iterator at(source.begin(), source.end(), call), end; at != end; ++at) {
      texts.insert(literal((*at)[2]));
      const std::string name = (*at)[1];
      if (name == "trn" || name == "trnf") texts.insert(literal((*at)[3]));
    }
  }
  return texts;
}

// "{0}", "{1}", ... or "{}" in the order of the text; their order does not matter when they are
// numbered.
std::vector<std::string> places(const std::string& text) {
  static const std::regex kPlace(R"re(\{[0-9]*(:[^}]*)?\})re");
  std::vector<std::string> found;
  for (std::sregex_iterator at(text.begin(), text.end(), kPlace), end; at != end; ++at) {
    found.push_back(at->str());
  }
  std::ranges::sort(found);
  found.erase(std::unique(found.begin(), found.end(),
                          [](const auto& a, const auto& b) { return a == b && a != "{}"; }),
              found.end());
  return found;
}

std::size_t lines_that_start_with(const std::filesystem::path& file, const std::string& word) {
  std::istringstream lines(contents(file));
  std::size_t count = 0;
  for (std::string line; std::getline(lines, line);) count += line.starts_with(word) ? 1 : 0;
  return count;
}

const std::filesystem::path kChineseCatalogue =
    std::filesystem::path(POOLSCOPE_SOURCE_DIR) / "assets/locale/zh_CN/poolscope.po";

TEST(ChineseCatalogue, HasEveryTextOfTheSources) {
  const auto translated = catalogue(kChineseCatalogue);
  const std::set<std::string> texts = texts_of_sources();
  ASSERT_GT(texts.size(), 100U);
  for (const std::string& text : texts) {
    EXPECT_TRUE(translated.contains(text)) << "no translation of \"" << text << "\"";
  }
}

// Every string literal of the sources: texts also reach tr by name, from a table or as an error.
std::set<std::string> literals_of_sources() {
  std::set<std::string> texts;
  const std::regex quoted(R"re((?:"(?:[^"\\\n]|\\.)*"\s*)+)re");
  const std::filesystem::path root = POOLSCOPE_SOURCE_DIR;
  for (const char* folder : {"app", "core"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root / folder)) {
      if (entry.path().extension() != ".cpp" && entry.path().extension() != ".h") continue;
      const std::string source = contents(entry.path());
      for (std::sregex_iterator at(source.begin(), source.end(), quoted), end; at != end; ++at) {
        texts.insert(literal(at->str()));
      }
    }
  }
  return texts;
}

TEST(ChineseCatalogue, HasNoTextThatNobodyShowsAndNoneWithoutATranslation) {
  const std::set<std::string> shown = literals_of_sources();
  for (const auto& [english, translations] : catalogue(kChineseCatalogue)) {
    if (english.empty()) continue;
    EXPECT_TRUE(shown.contains(english)) << "nobody shows \"" << english << "\"";
    EXPECT_FALSE(translations.empty()) << english;
    for (const std::string& text : translations) EXPECT_FALSE(text.empty()) << english;
  }
}

TEST(ChineseCatalogue, KeepsThePlacesThatAreFilledIn) {
  for (const auto& [english, translations] : catalogue(kChineseCatalogue)) {
    if (english.empty()) continue;
    for (const std::string& text : translations) {
      EXPECT_FALSE(text.empty()) << english;
      EXPECT_EQ(places(text), places(english)) << english;
    }
  }
}

class CompiledCatalogue : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(POOLSCOPE_CATALOGUES)) {
      GTEST_SKIP() << "gettext or Boost.Locale was not there when this was built";
    }
    auto opened = Catalogue::open(POOLSCOPE_CATALOGUES, "zh_CN");
    ASSERT_TRUE(opened) << opened.error().message;
    compiled_ = std::move(*opened);
  }
  std::unique_ptr<Catalogue> compiled_;
};

TEST_F(CompiledCatalogue, HasEveryTranslationThoughTheProcessHasNoLocaleButC) {
  ASSERT_STREQ(std::setlocale(LC_ALL, nullptr), "C");
  std::size_t missing = 0;
  for (const auto& [english, translations] : catalogue(kChineseCatalogue)) {
    const char* found = compiled_->find(english.c_str());
    if (found == nullptr) {
      ++missing;
    } else if (!english.empty()) {
      EXPECT_EQ(std::string(found), translations.front());
    }
  }
  // The second of two texts is found by the first.
  EXPECT_LE(missing, lines_that_start_with(kChineseCatalogue, "msgid_plural "));
}

TEST_F(CompiledCatalogue, HasOneTextForEveryNumber) {
  for (const unsigned long n : {0UL, 1UL, 2UL, 1'000'000UL, ~0UL}) {
    const char* found = compiled_->find("{1} Get", n);
    ASSERT_NE(found, nullptr) << n;
    EXPECT_STREQ(found, "{1} 次 Get") << n;
  }
}

TEST_F(CompiledCatalogue, DoesNotHaveWhatNobodyTranslated) {
  EXPECT_EQ(compiled_->find("Nobody would write this in a window"), nullptr);
  EXPECT_EQ(compiled_->find("Nobody would write {0} of these", 3), nullptr);
}

#ifdef POOLSCOPE_HAS_BOOST_LOCALE
TEST(DamagedCatalogue, IsOneLineThatNamesTheFile) {
  const testing::TemporaryFolder folder;
  const std::filesystem::path file = catalogue_file(folder.path(), "zh_CN");
  std::filesystem::create_directories(file.parent_path());
  for (const char* damaged : {"", "x", "no catalogue at all, but a text of some length"}) {
    std::ofstream(file) << damaged;
    const auto opened = Catalogue::open(folder.path(), "zh_CN");
    ASSERT_FALSE(opened) << damaged;
    EXPECT_EQ(opened.error().message.find('\n'), std::string::npos);
    EXPECT_NE(opened.error().message.find(file.string()), std::string::npos)
        << opened.error().message;
  }
}
#endif

TEST(FormatTranslated, FallsBackToEnglishWhenATranslationDoesNotFit) {
  const int n = 3;
  EXPECT_EQ(format_translated("{0} objects", "{1} 个对象", fmt::make_format_args(n)), "3 objects");
  EXPECT_EQ(format_translated("{0} objects", "{0} 个对象", fmt::make_format_args(n)), "3 个对象");
}

TEST(Language, IsReadFromCodesAsTheEnvironmentHasThem) {
  EXPECT_EQ(language_of_code("zh_CN.UTF-8"), Language::kChinese);
  EXPECT_EQ(language_of_code("zh"), Language::kChinese);
  EXPECT_EQ(language_of_code("en_GB.UTF-8"), Language::kEnglish);
  EXPECT_EQ(language_of_code("C"), Language::kEnglish);
  EXPECT_EQ(language_of_code(""), Language::kEnglish);
}

TEST(Language, WithoutACatalogueLeavesTextsInEnglish) {
  const auto set = set_language(Language::kChinese, "/nowhere");
  ASSERT_FALSE(set);
#ifdef POOLSCOPE_HAS_BOOST_LOCALE
  const char* reason = "/nowhere/zh_CN/LC_MESSAGES/poolscope.mo";
#else
  const char* reason = "built without Boost.Locale";
#endif
  EXPECT_NE(set.error().message.find(reason), std::string::npos) << set.error().message;
  EXPECT_EQ(current_language(), Language::kEnglish);
  EXPECT_STREQ(tr("Processors"), "Processors");
  EXPECT_STREQ(trn("{0} object", "{0} objects", 1), "{0} object");
  EXPECT_STREQ(trn("{0} object", "{0} objects", 2), "{0} objects");
  EXPECT_TRUE(set_language(Language::kEnglish, "/nowhere"));
}

}  // namespace
}  // namespace poolscope::locale
