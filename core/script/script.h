#pragma once

// A script (.ops): commands that drive the pools step by step.
//
// Thread safety: plain values; parse_script is a function of its arguments.
// Invariants: a Script that parse_script returned is checked: its Ps are numbers, its pools
// declared, its steps breakpoints.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/pool/outcome.h"
#include "core/pool/step.h"

namespace poolscope::script {

struct PoolDeclaration {
  std::string name;
  bool has_new = true;
};

/// What a goroutine is to do with a pool.
enum class OperationKind : std::uint8_t { kPut, kGet };

struct Command {
  enum class Kind : std::uint8_t {
    kPut,       // p, pool, object
    kGet,       // p, pool
    kPutNil,    // p, pool
    kDrop,      // p, pool, object: a Put that the race dice drop
    kGc,        //
    kResize,    // number
    kBegin,     // goroutine, p, operation, pool, object for a put, until
    kContinue,  // goroutine, p where named, until
    kDump,      //
    kTogether,  // for explore: from here on all commands run concurrently
  };
  Kind kind = Kind::kDump;
  std::uint32_t line = 0;  // of the script, from 1
  std::string text;        // as written, the words joined by one space
  std::uint32_t p = 0;
  bool has_p = false;
  std::size_t pool = 0;   // place in Script::pools
  std::string object;     // its name
  std::string goroutine;  // its name
  OperationKind operation = OperationKind::kGet;
  Step until = Step::kNone;  // kNone: to the end
  std::uint32_t number = 0;  // GOMAXPROCS

  /// Whether it begins an operation on a pool.
  [[nodiscard]] bool names_pool() const {
    switch (kind) {
      case Kind::kPut:
      case Kind::kGet:
      case Kind::kPutNil:
      case Kind::kDrop:
      case Kind::kBegin: return true;
      default: return false;
    }
  }
};

struct Script {
  std::string file;  // as named in errors
  PoolKind variant = PoolKind::kClassic;
  std::uint32_t procs = 0;
  std::vector<PoolDeclaration> pools;
  std::vector<Command> commands;
};

/// The limits of a script; more is an error of it.
inline constexpr std::uint32_t kMostScriptProcs = 65'535;
inline constexpr std::size_t kMostScriptGoroutines = 1'024;  // begun: each is a thread
inline constexpr std::size_t kMostScriptBytes = std::size_t{16} << 20U;

/// `text` without the mark of UTF-8 that some editors begin a text with.
inline std::string_view without_utf8_mark(std::string_view text) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  if (text.starts_with(kMark)) text.remove_prefix(kMark.size());
  return text;
}

/// Reads the text of a script. `file` is what errors name. Errors, bad input, one line each:
/// "FILE:LINE: what".
Expected<Script> parse_script(std::string_view text, std::string file);

/// The text of a script's file. Errors, bad input: it cannot be read or is too large.
Expected<std::string> read_script_text(const std::string& file);

/// Reads a file and parses it. Errors: as read_script_text and parse_script.
Expected<Script> read_script(const std::string& file);

}  // namespace poolscope::script
