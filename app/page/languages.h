#pragma once

// A text of the page in each of its languages. The page can be switched from one to the other, so
// every text is made in all of them, by the code that makes the window's.
//
// Thread safety: the thread that sets the language (see locale).
// Invariants: English is the first. While a Languages lives, nobody else sets the language; after
// it, the language is what it was.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/locale/translate.h"
#include "core/base/error.h"

namespace poolscope::page {

/// One entry for each language, in the order of Languages::all().
using Text = std::vector<std::string>;

class Languages {
 public:
  /// English, and Chinese where its catalogue is in `catalogues`.
  explicit Languages(std::filesystem::path catalogues);
  ~Languages();
  Languages(const Languages&) = delete;
  Languages& operator=(const Languages&) = delete;

  [[nodiscard]] const std::vector<locale::Language>& all() const { return languages_; }
  /// Why there is no Chinese, where there is none.
  [[nodiscard]] const std::optional<Error>& missing() const { return missing_; }

  /// What `make` says in each language.
  template <class Make>
  [[nodiscard]] Text say(const Make& make) const {
    Text text;
    for (const locale::Language language : languages_) {
      choose(language);
      text.emplace_back(make());
    }
    return text;
  }

 private:
  void choose(locale::Language language) const;

  const std::filesystem::path catalogues_;
  const locale::Language before_;
  std::vector<locale::Language> languages_{locale::Language::kEnglish};
  std::optional<Error> missing_;
};

}  // namespace poolscope::page
