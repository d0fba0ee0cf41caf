#include "app/control/session_files.h"

#include <algorithm>
#include <cstdlib>
#include <system_error>
#include <utility>

#include "app/control/is_ready.h"
#include "core/base/utf8.h"
#include "core/session/reader.h"

namespace poolscope {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostFiles = 8;
constexpr std::size_t kMostPaths = 8;

bool is_session(const fs::path& path) { return path.extension() == ".poolscope"; }

std::optional<SessionFile> file_at(const fs::path& path) {
  std::error_code gone;
  SessionFile file{.path = path, .script = is_script(path), .bytes = fs::file_size(path, gone)};
  if (!gone) file.changed = fs::last_write_time(path, gone);
  if (gone) return std::nullopt;
  if (file.script) return file;
  const auto reader = Reader::open(path);
  if (!reader) return std::nullopt;
  file.started = (*reader)->started();
  file.duration_ns = (*reader)->last_time_ns() - (*reader)->origin().time_ns;
  file.markers = (*reader)->markers().size();
  return file;
}

/// The recordings of `folder`, the last changed first.
std::vector<fs::path> recordings_of(const fs::path& folder) {
  std::vector<std::pair<fs::file_time_type, fs::path>> found;
  std::error_code gone;
  for (fs::directory_iterator at(folder, gone), end; !gone && at != end; at.increment(gone)) {
    if (!is_session(at->path())) continue;
    found.emplace_back(at->last_write_time(gone), at->path());
  }
  std::ranges::sort(found, std::greater{});
  std::vector<fs::path> paths;
  paths.reserve(found.size());
  for (const auto& [time, path] : found) paths.push_back(path);
  return paths;
}

}  // namespace

std::vector<SessionFile> find_session_files(const fs::path& folder,
                                            const std::vector<fs::path>& lately, std::size_t most) {
  std::vector<fs::path> paths = lately;
  for (fs::path& path : recordings_of(folder)) {
    if (std::ranges::find(paths, path) == paths.end()) paths.push_back(std::move(path));
  }
  std::vector<SessionFile> files;
  for (const fs::path& path : paths) {
    if (files.size() >= most) break;
    if (auto file = file_at(path)) files.push_back(std::move(*file));
  }
  return files;
}

std::string without_tilde(const std::string& typed) {
  const char* home = std::getenv("HOME");
  if (home == nullptr || !typed.starts_with("~/")) return typed;
  return home + typed.substr(1);
}

std::vector<std::string> paths_that_begin_with(const std::string& typed) {
  const std::string whole = without_tilde(typed);
  const std::size_t slash = whole.rfind('/');
  const std::string folder = slash == std::string::npos ? "" : whole.substr(0, slash + 1);
  const std::string begin = whole.substr(folder.size());
  std::vector<std::string> paths;
  std::error_code gone;
  for (fs::directory_iterator at(folder.empty() ? "." : folder, gone), end; !gone && at != end;
       at.increment(gone)) {
    const std::string name = at->path().filename().string();
    // What is hidden is named by whoever wants it.
    if (!name.starts_with(begin) || (begin.empty() && name.starts_with('.'))) continue;
    std::error_code unknown;
    if (at->is_directory(unknown)) {
      paths.push_back(folder + name + "/");
    } else if (is_session(at->path()) || is_script(at->path())) {
      paths.push_back(folder + name);
    }
  }
  std::ranges::sort(paths);
  return paths;
}

std::string common_begin(const std::vector<std::string>& texts) {
  if (texts.empty()) return "";
  std::string begin = texts.front();
  for (const std::string& text : texts) {
    std::size_t same = 0;
    while (same < begin.size() && same < text.size() && begin[same] == text[same]) ++same;
    begin.resize(whole_letters(begin, same).size());
  }
  return begin;
}

std::shared_ptr<const FoundFiles> SessionFiles::with_pictures() const {
  auto found = std::make_shared<FoundFiles>(*found_);
  for (SessionFile& file : found->files) file.pictured = pictures_.of(file);
  return found;
}

void SessionFiles::look(fs::path folder, std::vector<fs::path> lately, std::string typed) {
  wanted_ = Wanted{std::move(folder), std::move(lately), std::move(typed)};
}

std::shared_ptr<const FoundFiles> SessionFiles::take_found() {
  std::shared_ptr<const FoundFiles> found;
  if (is_ready(looking_)) {
    found_ = looking_.get();
    // While a path is typed no files are listed; their pictures are kept until they are again.
    if (found_->typed.empty()) pictures_.want(found_->files);
    found = with_pictures();
  }
  // What was found for an older text is no news.
  if (pictures_.update() && !looking_.valid() && !wanted_) found = with_pictures();
  if (looking_.valid() || !wanted_) return found;
  looking_ = std::async(std::launch::async, [wanted = std::move(*wanted_)] {
    FoundFiles now;
    now.typed = wanted.typed;
    if (now.typed.empty()) {
      now.files = find_session_files(wanted.folder, wanted.lately, kMostFiles);
    } else {
      now.paths = paths_that_begin_with(now.typed);
      now.completed = common_begin(now.paths);
      if (now.paths.size() > kMostPaths) now.paths.resize(kMostPaths);
    }
    return std::make_shared<const FoundFiles>(std::move(now));
  });
  wanted_.reset();
  return found;
}

}  // namespace poolscope
