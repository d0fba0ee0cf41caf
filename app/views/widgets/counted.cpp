#include "app/views/widgets/counted.h"

#include <cstdint>

#include "app/locale/translate.h"
#include "app/views/words/finding_text.h"

namespace poolscope::views {

std::string counted_text(const ViewInput& input) {
  const std::int64_t first_ns = input.session.first.time_ns;
  const std::int64_t last_ns = input.session.last.time_ns;
  const std::int64_t end_ns = input.statistics == nullptr || input.statistics->empty()
                                  ? first_ns
                                  : input.statistics->end_ns();
  if (input.session.live() || end_ns >= last_ns) return "";
  return locale::trf("{0} of the session is counted so far",
                     percent_text(static_cast<std::uint64_t>(end_ns - first_ns),
                                  static_cast<std::uint64_t>(last_ns - first_ns)));
}

}  // namespace poolscope::views
