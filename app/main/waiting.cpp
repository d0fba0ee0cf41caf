#include "app/main/waiting.h"

#include <array>
#include <ctime>

#include <fmt/format.h>

#include "app/locale/translate.h"

namespace poolscope::app {
namespace {

/// As the clock of this place shows it; what is no such time stays as it is.
std::string local_time(const std::string& utc) {
  std::tm parts{};
  if (strptime(utc.c_str(), "%Y-%m-%dT%H:%M:%SZ", &parts) == nullptr) return utc;
  const std::time_t moment = timegm(&parts);
  localtime_r(&moment, &parts);
  std::array<char, 32> text{};
  return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M", &parts)};
}

std::string minutes(std::int64_t ns) {
  const std::int64_t seconds = ns / 1'000'000'000;
  return fmt::format("{}:{:02}", seconds / 60, seconds % 60);
}

std::string file_size(std::uintmax_t bytes) {
  const auto size = static_cast<double>(bytes);
  return size < 1e6 ? fmt::format("{:.0f} kB", size / 1e3) : fmt::format("{:.1f} MB", size / 1e6);
}

}  // namespace

std::string rescued_text(const Leftover& leftover, std::size_t of) {
  std::string text =
      locale::trf("A session was cut off: {0}, {1} min, {2}", local_time(leftover.started),
                  minutes(leftover.duration_ns), file_size(leftover.bytes));
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
