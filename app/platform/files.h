#pragma once

// Folders of the user and whole-file writes.
//
// Thread safety: the functions may be called from any thread.
// Invariants: a file written here is either the old one or the whole new one, never a part.

#include <filesystem>
#include <string>
#include <string_view>

#include "core/base/error.h"

namespace poolscope::platform {

/// XDG_CONFIG_HOME/poolscope, by default ~/.config/poolscope. The folder need not exist.
std::filesystem::path config_folder();
/// XDG_DATA_HOME/poolscope, by default ~/.local/share/poolscope: recordings.
std::filesystem::path data_folder();
/// XDG_STATE_HOME/poolscope, by default ~/.local/state/poolscope: the flight recorder's file.
std::filesystem::path state_folder();
/// The running program, and where it lies.
std::filesystem::path program_file();
std::filesystem::path program_folder();

/// Replaces `file` by `bytes`: written beside it, then renamed over it. Its folder must exist.
Expected<void> write_whole(const std::filesystem::path& file, std::string_view bytes);

/// The bytes of `file`.
Expected<std::string> read_whole(const std::filesystem::path& file);

/// A name beside `file`, for something that is renamed to `file` once it is complete. It keeps the
/// extension, since programs know formats by it.
std::filesystem::path unfinished_name(const std::filesystem::path& file);

}  // namespace poolscope::platform
