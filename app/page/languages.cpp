#include "app/page/languages.h"

#include <utility>

namespace poolscope::page {

using locale::Language;

Languages::Languages(std::filesystem::path catalogues)
    : catalogues_(std::move(catalogues)), before_(locale::current_language()) {
  if (const auto set = locale::set_language(Language::kChinese, catalogues_); !set) {
    missing_ = Error{set.error().kind, "Chinese is not there, so the page is in English only: " +
                                           set.error().message};
    return;
  }
  languages_.push_back(Language::kChinese);
}

Languages::~Languages() { choose(before_); }

void Languages::choose(Language language) const {
  // A language that is not there leaves English, and is none of languages_.
  static_cast<void>(locale::set_language(language, catalogues_));
}

}  // namespace poolscope::page
