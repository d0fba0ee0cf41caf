#include "app/main/title.h"

#include <filesystem>

#include "app/locale/translate.h"

namespace poolscope::app {

std::string title_of(const SessionStatus& status) {
  std::string session = status.name.empty() ? std::string(locale::tr("live session")) : status.name;
  if (status.comparison) {
    const auto& sides = status.comparison->of->sides;
    session = sides[0].name + " | " + sides[1].name;
  }
  if (status.recording && !status.recording_file.empty()) {
    session = locale::trf("{0} (recording)",
                          std::filesystem::path(status.recording_file).filename().string());
  }
  return session + " - poolscope";
}

}  // namespace poolscope::app
