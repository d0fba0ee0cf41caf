#include "app/locale/translate.h"

#include <cstdlib>
#include <map>
#include <memory>
#include <system_error>

#include "app/locale/catalogue.h"

namespace poolscope::locale {
namespace {

constexpr const char* kChineseFolder = "zh_CN";

struct Texts {
  Language language = Language::kEnglish;
  const Catalogue* catalogue = nullptr;  // of `opened`; nullptr: English
  // Kept when another language is chosen: a caller that has a text may go on to show it.
  std::map<std::filesystem::path, std::unique_ptr<Catalogue>> opened;
};

Texts& texts() {
  static Texts texts;
  return texts;
}

}  // namespace

std::string_view code_of(Language language) { return language == Language::kChinese ? "zh" : "en"; }

Language language_of_code(std::string_view code) {
  return code.substr(0, 2) == "zh" ? Language::kChinese : Language::kEnglish;
}

Language language_of_environment() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value != nullptr && *value != '\0') return language_of_code(value);
  }
  return Language::kEnglish;
}

Expected<void> set_language(Language language, const std::filesystem::path& folder) {
  Texts& now = texts();
  now.language = Language::kEnglish;
  now.catalogue = nullptr;
  if (language == Language::kEnglish) return {};
  auto found = now.opened.find(folder);
  if (found == now.opened.end()) {
    auto opened = Catalogue::open(folder, kChineseFolder);
    if (!opened) return tl::make_unexpected(opened.error());
    found = now.opened.emplace(folder, std::move(*opened)).first;
  }
  now.language = language;
  now.catalogue = found->second.get();
  return {};
}

std::filesystem::path catalogue_folder(const std::filesystem::path& program_folder) {
  const std::filesystem::path beside = program_folder / "locale";
  std::error_code ignored;
  return std::filesystem::is_directory(beside, ignored)
             ? beside
             : program_folder.parent_path() / "share/locale";
}

Language current_language() { return texts().language; }

const char* tr(const char* english) {
  const Catalogue* catalogue = texts().catalogue;
  if (catalogue == nullptr || *english == '\0') return english;
  const char* translated = catalogue->find(english);
  return translated == nullptr ? english : translated;
}

const char* trn(const char* one, const char* many, unsigned long n) {
  const Catalogue* catalogue = texts().catalogue;
  const char* translated = catalogue == nullptr ? nullptr : catalogue->find(one, n);
  if (translated != nullptr) return translated;
  return n == 1 ? one : many;
}

std::string format_translated(const char* english, const char* translated, fmt::format_args args) {
  try {
    return fmt::vformat(translated, args);
  } catch (const fmt::format_error&) {
    return fmt::vformat(english, args);
  }
}

}  // namespace poolscope::locale
