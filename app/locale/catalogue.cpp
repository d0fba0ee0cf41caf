#include "app/locale/catalogue.h"

#include <exception>
#include <utility>

#ifdef POOLSCOPE_HAS_BOOST_LOCALE
#include <locale>

#include <boost/locale/gnu_gettext.hpp>
#include <boost/locale/message.hpp>
#endif

namespace poolscope::locale {
namespace {

constexpr const char* kDomain = "poolscope";

}  // namespace

std::filesystem::path catalogue_file(const std::filesystem::path& folder,
                                     const std::string& language) {
  return folder / language / "LC_MESSAGES" / (std::string(kDomain) + ".mo");
}

Catalogue::Catalogue(std::unique_ptr<Messages> messages) : messages_(std::move(messages)) {}
Catalogue::~Catalogue() = default;

#ifdef POOLSCOPE_HAS_BOOST_LOCALE

namespace {

namespace gettext = boost::locale::gnu_gettext;
using Facet = boost::locale::message_format<char>;

/// What the library asks for is an int; the plural forms of all languages repeat within a million.
int as_int(unsigned long n) {
  constexpr unsigned long kMillion = 1'000'000;
  return static_cast<int>(n < kMillion ? n : kMillion + n % kMillion);
}

gettext::messages_info info_of(const std::filesystem::path& folder, const std::string& language) {
  gettext::messages_info info;
  info.language = language;
  info.encoding = "UTF-8";
  info.domains.emplace_back(kDomain);
  info.paths.push_back(folder.string());
  return info;
}

}  // namespace

struct Catalogue::Messages {
  std::locale owner;  // of the facet
  const Facet* facet;
};

Expected<std::unique_ptr<Catalogue>> Catalogue::open(const std::filesystem::path& folder,
                                                     const std::string& language) {
  const std::filesystem::path file = catalogue_file(folder, language);
  std::error_code ignored;
  if (!std::filesystem::exists(file, ignored)) {
    return failed(file.string() + ": no such translations; build with gettext (msgfmt)");
  }
  try {
    Facet* facet = gettext::create_messages_facet<char>(info_of(folder, language));
    auto messages = std::make_unique<Messages>(std::locale(std::locale::classic(), facet), facet);
    std::unique_ptr<Catalogue> catalogue(new Catalogue(std::move(messages)));
    // The translation of the empty text is the catalogue's header.
    if (catalogue->find("") != nullptr) return catalogue;
  } catch (const std::exception&) {
    // It is said below.
  }
  return failed(file.string() + ": not a catalogue of translations; build poolscope anew");
}

const char* Catalogue::find(const char* text) const {
  try {
    return messages_->facet->get(0, nullptr, text);
  } catch (const std::exception&) {
    return nullptr;  // a damaged part of the file
  }
}

const char* Catalogue::find(const char* text, unsigned long n) const {
  try {
    return messages_->facet->get(0, nullptr, text, as_int(n));
  } catch (const std::exception&) {
    return nullptr;
  }
}

#else

struct Catalogue::Messages {};

Expected<std::unique_ptr<Catalogue>> Catalogue::open(const std::filesystem::path& /*folder*/,
                                                     const std::string& /*language*/) {
  return failed("no translations: poolscope was built without Boost.Locale; build it with that");
}

const char* Catalogue::find(const char* /*text*/) const { return nullptr; }
const char* Catalogue::find(const char* /*text*/, unsigned long /*n*/) const { return nullptr; }

#endif

}  // namespace poolscope::locale
