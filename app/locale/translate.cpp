#include "app/locale/translate.h"

#include <clocale>
#include <cstdlib>
#include <cstring>

#include <libintl.h>

namespace poolscope::locale {
namespace {

constexpr const char* kDomain = "poolscope";

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

void set_catalogues(const std::string& directory) {
  bindtextdomain(kDomain, directory.c_str());
  bind_textdomain_codeset(kDomain, "UTF-8");
}

bool set_language(Language language) {
  // In the locale "C" glibc looks at no catalogue; in "C.UTF-8" it obeys LANGUAGE.
  const bool has_locale = std::setlocale(LC_MESSAGES, "C.UTF-8") != nullptr;
  setenv("LANGUAGE", language == Language::kChinese ? "zh_CN" : "en", 1);
  // Makes glibc forget which catalogue it found last.
  textdomain(kDomain);
  if (language == Language::kEnglish) return true;
  // The empty text's translation is the catalogue's header.
  return has_locale && std::strlen(dgettext(kDomain, "")) > 0;
}

Language current_language() {
  const char* value = std::getenv("LANGUAGE");
  return value == nullptr ? Language::kEnglish : language_of_code(value);
}

const char* tr(const char* english) {
  if (*english == '\0') return english;
  return dgettext(kDomain, english);
}

const char* trn(const char* one, const char* many, unsigned long n) {
  return dngettext(kDomain, one, many, n);
}

std::string format_translated(const char* english, const char* translated, fmt::format_args args) {
  try {
    return fmt::vformat(translated, args);
  } catch (const fmt::format_error&) {
    return fmt::vformat(english, args);
  }
}

}  // namespace poolscope::locale
