#pragma once

// What an executable says of a Go program: the names of its variables by their addresses, from its
// symbol table, and which build it is.
//
// Thread safety: values.

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/error.h"

namespace poolscope::goimport {

class ProgramSymbols {
 public:
  /// None: it cannot be read, is no ELF file of 64 bits, or is stripped.
  ProgramSymbols() = default;
  /// The variables of the executable. `text_start`: where runtime.text lay in the process.
  ProgramSymbols(const std::filesystem::path& executable, std::uint64_t text_start);

  /// The variable that has that address of the process; empty: it is not known.
  [[nodiscard]] std::string name_at(std::uint64_t address) const;

 private:
  struct Variable {
    std::uint64_t address = 0;
    std::uint64_t size = 0;
    std::string name;
  };
  std::vector<Variable> variables_;  // by address
  std::uint64_t moved_by_ = 0;       // of a position-independent executable
};

/// The Go build ID of an executable, as `go tool buildid` tells it; as much of it as a log has room
/// for. No two builds that differ have the same. Empty: it has none. Bad input: it cannot be opened
/// or read, or is no executable.
Expected<std::string> build_id_of(const std::filesystem::path& executable);

}  // namespace poolscope::goimport
