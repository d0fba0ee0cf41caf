#include "app/main/waiting.h"

#include "app/locale/translate.h"
#include "app/views/words/file_words.h"

namespace poolscope::app {

std::string rescued_text(const Leftover& leftover, std::size_t of) {
  std::string text = locale::trf(
      "A session was cut off: {0}, {1} min, {2}", views::local_time_text(leftover.started),
      views::minutes_text(leftover.duration_ns), views::size_text(leftover.bytes));
  if (of > 1) text += locale::trf(" (the first of {0})", of);
  return text;
}

std::string opening_text(const std::filesystem::path& file) {
  return locale::trf("Opening {0} ...", file.filename().string());
}

std::string closing_text(const SessionStatus& status, bool for_good) {
  std::string name = status.name;
  if (status.recording) {
    name = status.recording_file.empty()
               ? std::string(locale::tr("the recording"))
               : std::filesystem::path(status.recording_file).filename().string();
  }
  if (name.empty()) return "";
  return status.recording && for_good
             ? locale::trf(
                   "Closing {0} ... Close the window once more to cut the recording off here.",
                   name)
             : locale::trf("Closing {0} ...", name);
}

Expected<void> left_behind(const SessionStatus& status) {
  if (!status.recording) return {};
  if (status.recording_file.empty()) {
    return failed("the recording that was being begun is left out: its disk did not answer");
  }
  return failed(status.recording_file +
                ": cut off after its last commit, because the disk did not take the end; "
                "up to there it can be replayed");
}

}  // namespace poolscope::app
