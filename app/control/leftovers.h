#pragma once

// What flight recorders leave behind when their programs are killed: files that nobody holds any
// more, which the next start finds and offers.
//
// Thread safety: any thread; all of these wait for a disk.
// Invariants: a file that a living program records into is never touched.

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/error.h"

namespace poolscope {

/// The name of a new flight recorder's file in `folder`, which nobody has. Makes the folder.
std::filesystem::path flight_name(const std::filesystem::path& folder);

struct Leftover {
  std::filesystem::path file;
  std::string started;  // UTC, "2026-01-31T14:25:00Z"
  std::int64_t duration_ns = 0;
  std::uint64_t events = 0;
  std::uintmax_t bytes = 0;
};

/// The leftovers in `folder`, the newest first. Those that hold nothing are removed on the way;
/// what cannot be read stays where it is.
std::vector<Leftover> find_leftovers(const std::filesystem::path& folder);

/// Removes what was being made in `folder` by programs that were killed at it: nobody has named it
/// yet, and nobody holds it.
void remove_unfinished(const std::filesystem::path& folder);

/// Makes it a recording of `folder`, and gives the file's new name. `program`: see CopyOptions.
Expected<std::filesystem::path> keep_leftover(const Leftover& leftover,
                                              const std::filesystem::path& folder,
                                              const std::string& program);
/// Removes it.
Expected<void> discard_leftover(const Leftover& leftover);

}  // namespace poolscope
