#pragma once

// The user's own Go, and the overlay that puts our recorder into what it builds.
//
// Thread safety: one thread.

#include <filesystem>
#include <map>
#include <string>

#include "core/base/error.h"

namespace poolscope::cli {

struct GoToolchain {
  std::filesystem::path root;  // GOROOT
  std::string version;         // "go1.19.8"
  std::string platform;        // "linux/amd64"
  std::string flags;           // GOFLAGS
};

/// The Go that `go` in PATH is, here. Errors, all kBadInput: there is none; it does not work; it
/// builds for a system or an architecture that has no recorder.
Expected<GoToolchain> find_go();

/// Writes the copies with the probes, and overlay.json, into `folder`. Errors: a file of GOROOT
/// cannot be read; it has not what the probes need.
Expected<std::filesystem::path> write_overlay(const GoToolchain& go,
                                              const std::filesystem::path& folder);

/// What `go` is to be given, so that all that it builds has the recorder in it.
std::map<std::string, std::string> overlay_environment(const GoToolchain& go,
                                                       const std::filesystem::path& overlay);

}  // namespace poolscope::cli
