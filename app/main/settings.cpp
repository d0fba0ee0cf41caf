#include "app/main/settings.h"

#include <system_error>

#include <nlohmann/json.hpp>

#include "app/platform/files.h"

namespace poolscope::app {
namespace {

using nlohmann::json;

template <class Value>
void read(const json& from, const char* key, std::optional<Value>& to) {
  const auto found = from.find(key);
  if (found == from.end()) return;
  if constexpr (std::is_same_v<Value, bool>) {
    if (found->is_boolean()) to = found->template get<bool>();
  } else if constexpr (std::is_same_v<Value, int>) {
    if (found->is_number_integer()) to = found->template get<int>();
  } else {
    if (found->is_string()) to = found->template get<std::string>();
  }
}

template <class Value>
void write(json& to, const char* key, const std::optional<Value>& value) {
  if (value) to[key] = *value;
}

}  // namespace

void note_opened(Settings& settings, const std::string& file) {
  std::erase(settings.lately, file);
  settings.lately.insert(settings.lately.begin(), file);
  if (settings.lately.size() > kMostLately) settings.lately.resize(kMostLately);
}

std::filesystem::path settings_file() { return platform::config_folder() / "settings.json"; }

bool has_settings(const std::filesystem::path& file) {
  std::error_code ignored;
  return std::filesystem::exists(file, ignored);
}

Settings load_settings(const std::filesystem::path& file) {
  Settings settings;
  const json stored = json::parse(platform::read_whole(file).value_or(""), nullptr, false);
  if (!stored.is_object()) return settings;
  read(stored, "theme", settings.theme);
  read(stored, "lang", settings.language);
  read(stored, "layout", settings.layout);
  read(stored, "motion", settings.motion);
  read(stored, "zoom_percent", settings.zoom_percent);
  read(stored, "first_seen", settings.first_seen);
  if (const auto lately = stored.find("lately"); lately != stored.end() && lately->is_array()) {
    for (const json& name : *lately) {
      if (name.is_string()) settings.lately.push_back(name.get<std::string>());
    }
  }
  return settings;
}

Expected<void> save_settings(const std::filesystem::path& file, const Settings& settings) {
  json stored = json::object();
  write(stored, "theme", settings.theme);
  write(stored, "lang", settings.language);
  write(stored, "layout", settings.layout);
  write(stored, "motion", settings.motion);
  write(stored, "zoom_percent", settings.zoom_percent);
  write(stored, "first_seen", settings.first_seen);
  if (!settings.lately.empty()) stored["lately"] = settings.lately;
  std::error_code problem;
  std::filesystem::create_directories(file.parent_path(), problem);
  if (problem)
    return failed(file.parent_path().string() + ": cannot make it: " + problem.message());
  // A file's name may be any bytes.
  return platform::write_whole(file,
                               stored.dump(2, ' ', false, json::error_handler_t::replace) + "\n");
}

}  // namespace poolscope::app
