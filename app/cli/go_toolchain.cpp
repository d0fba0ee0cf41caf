#include "app/cli/go_toolchain.h"

#include <cstdlib>
#include <cstring>
#include <fstream>
#include <optional>
#include <sstream>
#include <system_error>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli/go_command.h"
#include "app/cli/passing_folder.h"
#include "assets/embedded.h"
#include "core/goimport/overlay.h"

namespace poolscope::cli {
namespace {

namespace fs = std::filesystem;
using goimport::GoFiles;

std::optional<std::string> contents(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  std::ostringstream all;
  all << file.rdbuf();
  return all.str();
}

Expected<void> write(const fs::path& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  if (!(file << text).flush()) return failed(fmt::format("{}: cannot be written", path.string()));
  return {};
}

Expected<GoFiles> read_files(const GoToolchain& go) {
  GoFiles files;
  for (const auto& [name, text] : {std::pair{GoFiles::kPool, &files.pool},
                                   {GoFiles::kPoolQueue, &files.pool_queue},
                                   {GoFiles::kRuntime, &files.runtime},
                                   {GoFiles::kTypes, &files.types}}) {
    const fs::path path = go.root / name;
    auto read = contents(path);
    if (!read) {
      return bad_input(
          fmt::format("{}: cannot be read: GOROOT ({}) has no sources of Go, or of one before 1.13",
                      path.string(), go.root.string()));
    }
    *text = std::move(*read);
  }
  return files;
}

/// The lines of a text; the last one may be empty.
std::string next_line(std::istringstream& text) {
  std::string line;
  std::getline(text, line);
  return line;
}

}  // namespace

Expected<GoToolchain> find_go() {
  auto folder = PassingFolder::in(fs::temp_directory_path());
  if (!folder) return tl::make_unexpected(folder.error());
  CommandOptions options;
  options.out = folder->path() / "out";
  options.err = folder->path() / "err";
  const auto end =
      run_command({"go", "env", "GOROOT", "GOVERSION", "GOOS", "GOARCH", "GOFLAGS"}, options);
  if (!end) return tl::make_unexpected(end.error());
  if (end->exit_code != 0) {
    std::istringstream said(contents(options.err).value_or(""));
    return bad_input(fmt::format("'go env' fails: {}", next_line(said)));
  }
  std::istringstream said(contents(options.out).value_or(""));
  GoToolchain go;
  go.root = next_line(said);
  go.version = next_line(said);
  const std::string system = next_line(said);
  const std::string architecture = next_line(said);
  go.platform = system + "/" + architecture;
  go.flags = next_line(said);
  if (system != "linux" || (architecture != "amd64" && architecture != "arm64")) {
    return bad_input(fmt::format(
        "go builds for {}: there is a recorder for linux/amd64 and linux/arm64 only", go.platform));
  }
  return go;
}

Expected<fs::path> write_overlay(const GoToolchain& go, const fs::path& folder) {
  const auto original = read_files(go);
  if (!original) return tl::make_unexpected(original.error());
  const auto made = goimport::put_probes(
      *original, {embedded_text("assets/go/recorder.go"), embedded_text("assets/go/probes.go")});
  if (!made) {
    return tl::make_unexpected(
        Error{made.error().kind,
              fmt::format("{} ({}): {}", go.version, go.root.string(), made.error().message)});
  }
  nlohmann::json replace;
  for (const auto& [name, text] : {std::pair{GoFiles::kPool, &made->pool},
                                   {GoFiles::kPoolQueue, &made->pool_queue},
                                   {GoFiles::kRuntime, &made->runtime}}) {
    const fs::path copy = folder / fs::path(name).filename();
    if (auto written = write(copy, *text); !written) return tl::make_unexpected(written.error());
    replace[(go.root / name).string()] = copy.string();
  }
  const fs::path overlay = folder / "overlay.json";
  const nlohmann::json all = {{"Replace", std::move(replace)}};
  if (auto written = write(overlay, all.dump(2)); !written) {
    return tl::make_unexpected(written.error());
  }
  return overlay;
}

std::map<std::string, std::string> overlay_environment(const GoToolchain& go,
                                                       const fs::path& overlay) {
  std::string flags = go.flags;
  const auto add = [&flags](std::string_view name, const std::string& flag) {
    if (flags.find(name) != std::string::npos) return;
    if (!flags.empty()) flags += ' ';
    flags += flag;
  };
  add("-overlay", fmt::format("-overlay={}", overlay.string()));
  // A test whose result is known is not run, and records nothing.
  add("-count", "-count=1");
  // `go run` and `go test` strip what they build; pools are named by the symbols.
  add("-ldflags", "-ldflags=-s=false");
  return {{"GOFLAGS", flags}};
}

}  // namespace poolscope::cli
