#pragma once

// Who may include whom: reads the #include lines of a source tree and the table that they must
// obey, and names every line that breaks it, and every cycle.
//
// A folder here is the first two parts of a path: core/pool/modern_pool.h is in core/pool.
//
// Thread safety: values; check_includes reads files only.
// Invariants: what is found is sorted, so two runs over the same tree say the same.

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/base/error.h"

namespace poolscope::layering {

/// One #include line.
struct Include {
  std::string file;    // from the root, e.g. "core/pool/step.h"
  int line = 0;        // from 1
  std::string target;  // "core/base/ids.h", or with its brackets "<vector>", or a macro's name
};

/// What the table says, by folder. `line` is the line of the table, from 1.
struct Rule {
  int line = 0;
  std::set<std::string> folders;     // of ours
  std::set<std::string> files;       // of ours
  std::vector<std::string> headers;  // "<fmt/*" is a beginning, "<zstd.h>" a whole name
};
struct Rules {
  std::map<std::string, Rule> allow;
  std::map<std::string, Rule> forbid;
};

/// Reads the table, or says which line of it makes no sense.
Expected<Rules> parse_rules(const std::string& text);

/// Every #include line of the sources (.h, .cpp) under root/core and root/app, in order of file and
/// line.
std::vector<Include> read_includes(const std::filesystem::path& root);

/// One message for each include that the table does not allow: "FILE:LINE: includes X, which ...".
std::vector<std::string> find_broken_rules(const std::vector<Include>& includes,
                                           const Rules& rules);

/// One message for each group of files, or of folders, that include each other in a circle; it
/// names a line for each step of a way round.
std::vector<std::string> find_file_cycles(const std::vector<Include>& includes);
std::vector<std::string> find_folder_cycles(const std::vector<Include>& includes);

/// All of the above: what is wrong with the tree under `root`. Empty: nothing.
std::vector<std::string> check_includes(const std::filesystem::path& root, const Rules& rules);

}  // namespace poolscope::layering
