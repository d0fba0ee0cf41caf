#include "app/views/words/file_words.h"

#include <array>
#include <ctime>

#include <fmt/format.h>

namespace poolscope::views {

std::string local_time_text(const std::string& utc) {
  std::tm parts{};
  if (strptime(utc.c_str(), "%Y-%m-%dT%H:%M:%SZ", &parts) == nullptr) return utc;
  const std::time_t moment = timegm(&parts);
  localtime_r(&moment, &parts);
  std::array<char, 32> text{};
  return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M", &parts)};
}

std::string minutes_text(std::int64_t ns) {
  const std::int64_t seconds = ns / 1'000'000'000;
  return fmt::format("{}:{:02}", seconds / 60, seconds % 60);
}

std::string size_text(std::uintmax_t bytes) {
  const auto size = static_cast<double>(bytes);
  return size < 1e6 ? fmt::format("{:.0f} kB", size / 1e3) : fmt::format("{:.1f} MB", size / 1e6);
}

}  // namespace poolscope::views
