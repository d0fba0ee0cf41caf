#pragma once

// The words that stand in the page at all times: on its controls, on each card, in its legend.
//
// Thread safety: the thread that sets the language (see Languages).

#include <nlohmann/json_fwd.hpp>

#include "app/page/languages.h"
#include "app/page/text_table.h"

namespace poolscope::page {

/// By name, each the number of a text. `hands`: of the session, see Details.
nlohmann::json labels(const Languages& languages, TextTable& texts, bool hands);

}  // namespace poolscope::page
