#pragma once

// The overlay: copies of three files of the user's own Go, with our probes put in, for `go build
// -overlay`. Nothing of GOROOT is changed, and no source of Go lies in this project.
//
// A probe goes before or after one line of one function, its anchor, which must stand there exactly
// once; no line is altered. Go's text differs from version to version, so an anchor that is not
// found is an answer: this Go is not known to us, and nothing is recorded.
//
// Thread safety: values.

#include <span>
#include <string>
#include <string_view>

#include "core/base/error.h"

namespace poolscope::goimport {

/// What of our Go source goes to the end of which file (assets/go).
struct RecorderSource {
  std::string_view recorder;  // recorder.go, for runtime
  std::string_view probes;    // probes.go, for sync
};

/// The files of GOROOT that are copied, by their paths in it.
struct GoFiles {
  static constexpr std::string_view kPool = "src/sync/pool.go";
  static constexpr std::string_view kPoolQueue = "src/sync/poolqueue.go";
  static constexpr std::string_view kRuntime = "src/runtime/os_linux.go";
  /// Only read: how this version writes the name of a type.
  static constexpr std::string_view kTypes = "src/runtime/type.go";

  std::string pool;
  std::string pool_queue;
  std::string runtime;
  std::string types;
};

enum class Side : bool { kBefore, kAfter };

struct Probe {
  std::string_view function;  // how its first line begins
  std::string_view anchor;    // a line of it, without indent and remark
  Side side;
  std::string_view call;
  std::string_view later_anchor = {};  // what the line is in later versions of Go
};

/// Those of kPool or kPoolQueue, in the order in which they are put in.
std::span<const Probe> probes_of(std::string_view file);

/// The copies: the first three with the probes and the recorder in them. An error names the file,
/// the function, the anchor and how often it stands there.
Expected<GoFiles> put_probes(const GoFiles& original, const RecorderSource& source);

}  // namespace poolscope::goimport
