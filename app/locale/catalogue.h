#pragma once

// One gettext catalogue: the translations of one language, in a file that msgfmt compiled.
// Boost.Locale reads it; no locale of the system is asked, so it works on a machine that has none
// but "C".
//
// Thread safety: a catalogue that was opened may be read by any thread.
// Invariants: a text that was found lives as long as its catalogue.

#include <filesystem>
#include <memory>

#include "core/base/error.h"

namespace poolscope::locale {

class Catalogue {
 public:
  /// `folder`/`language`/LC_MESSAGES/poolscope.mo, `language` being e.g. "zh_CN". Fails where that
  /// is not there or is no catalogue, and where the program was built without Boost.Locale.
  static Expected<std::unique_ptr<Catalogue>> open(const std::filesystem::path& folder,
                                                   const std::string& language);
  ~Catalogue();
  Catalogue(const Catalogue&) = delete;
  Catalogue& operator=(const Catalogue&) = delete;

  /// The translation, or nullptr where there is none.
  [[nodiscard]] const char* find(const char* text) const;
  /// The same for a text that depends on the number `n`; `text` is the one for 1.
  [[nodiscard]] const char* find(const char* text, unsigned long n) const;

 private:
  struct Messages;
  explicit Catalogue(std::unique_ptr<Messages> messages);
  std::unique_ptr<Messages> messages_;
};

/// Where `open` looks.
std::filesystem::path catalogue_file(const std::filesystem::path& folder,
                                     const std::string& language);

}  // namespace poolscope::locale
