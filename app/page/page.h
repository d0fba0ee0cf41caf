#pragma once

// A session as one page that any browser replays, without the program and without a network. The
// page carries what there is to see, event by event: which object comes to which place, and which
// field has which value. Its script applies these and draws; it knows no pool.
//
// Thread safety: one thread at a time for a Reader; the thread that sets the language (see locale).
// Invariants: event numbers and times are the file's, as `poolscope state` has them. Nothing that a
// file says becomes markup or code: all of it is data, and is set as text. The page loads nothing.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <ostream>

#include "app/locale/translate.h"
#include "core/base/error.h"
#include "core/session/copy.h"
#include "core/session/reader.h"

namespace poolscope::page {

/// More events than this make a page that a browser opens slowly.
inline constexpr std::uint64_t kMostEvents = 100'000;

struct PageOptions {
  /// From the state after `first` to that after `last`.
  Stretch stretch;
  /// What the page shows first; the reader can switch.
  locale::Language language = locale::Language::kEnglish;
  /// Where the translations are. Without them the page is in English.
  std::filesystem::path catalogues;
  /// Gets what is not as it should be: a language that is not there.
  std::function<void(const Error&)> notice = [](const Error& /*nobody asks*/) {};
};

/// Bad input: there are more than kMostEvents events in the stretch.
Expected<void> export_page(Reader& reader, const PageOptions& options, std::ostream& out);

}  // namespace poolscope::page
