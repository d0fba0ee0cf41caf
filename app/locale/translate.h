#pragma once

// The languages of the texts. English is written in the sources; Chinese comes from a gettext
// catalogue, compiled by msgfmt. The language is switched at run time and needs no locale of the
// system.
//
// Thread safety: one thread (the window's, or a command's only one) sets and asks.
// Invariants: the process has one language, as it has with gettext; a text that has no translation
// is shown in English, never empty; a text once given lives as long as the program.

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "core/base/error.h"

namespace poolscope::locale {

enum class Language { kEnglish, kChinese };

/// "en", "zh".
std::string_view code_of(Language language);
/// The language of a code such as "zh", "zh_CN.UTF-8" or "en"; English for any other.
Language language_of_code(std::string_view code);
/// The language that the environment asks for: LC_ALL, LC_MESSAGES, LANG, in this order.
Language language_of_environment();

/// From here texts are in `language`, from `folder`/zh_CN/LC_MESSAGES/poolscope.mo. Where that is
/// not there, texts are in English, and the error says why.
Expected<void> set_language(Language language, const std::filesystem::path& folder);
Language current_language();
/// The `folder` of the translations: beside the program, which lies in `program_folder`, or where
/// it was installed.
std::filesystem::path catalogue_folder(const std::filesystem::path& program_folder);

/// The text in the current language. `english` is a literal.
const char* tr(const char* english);
/// The same for a text that depends on a number, in English one of two.
const char* trn(const char* one, const char* many, unsigned long n);

/// A translated text with its places filled in, as fmt::format does; a translation that does not
/// fit its arguments falls back to English.
std::string format_translated(const char* english, const char* translated, fmt::format_args args);

template <class... Args>
std::string trf(const char* english, Args&&... args) {
  return format_translated(english, tr(english), fmt::make_format_args(args...));
}
/// `n` is argument {0}; the others follow.
template <class... Args>
std::string trnf(const char* one, const char* many, unsigned long n, Args&&... args) {
  return format_translated(n == 1 ? one : many, trn(one, many, n),
                           fmt::make_format_args(n, args...));
}

}  // namespace poolscope::locale
