#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <optional>
#include <system_error>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "core/base/number.h"
#include "core/script/script.h"

namespace poolscope::script {
namespace {

using Kind = Command::Kind;
using Words = std::vector<std::string_view>;

// begin G pK put POOL OBJ until STEP, and one that is too many.
constexpr std::size_t kMostWords = 9;

/// Bytes of the UTF-8 character that `text` begins with; 0 where there is none, or where it is one
/// of the control characters beyond ASCII.
std::size_t utf8_length(std::string_view text) {
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  const std::size_t length = byte(0) < 0x80   ? 1
                             : byte(0) < 0xC2 ? 0
                             : byte(0) < 0xE0 ? 2
                             : byte(0) < 0xF0 ? 3
                             : byte(0) < 0xF5 ? 4
                                              : 0;
  if (length == 0 || length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0U) != 0x80) return 0;
  }
  return length == 2 && byte(0) == 0xC2 && byte(1) < 0xA0 ? 0 : length;
}

/// A word of the script as an error shows it: short, whole characters, and nothing that moves the
/// cursor.
std::string shown(std::string_view word) {
  constexpr std::size_t kMost = 40;
  std::string text;
  while (!word.empty() && text.size() < kMost) {
    const std::size_t length = utf8_length(word);
    const auto byte = static_cast<unsigned char>(word[0]);
    if (length == 0 || byte < 0x20 || byte == 0x7f) {
      text += '?';
    } else {
      text += word.substr(0, length);
    }
    word.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return word.empty() ? text : text + "...";
}

constexpr bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

bool is_reserved(std::string_view name) {
  return name.size() > 1 && name[0] == 't' &&
         std::ranges::all_of(name.substr(1), [](char c) { return c >= '0' && c <= '9'; });
}

class Parser {
 public:
  /// `keeps`: how many commands there are, to be kept; none: the text is only looked through.
  Parser(std::string_view text, std::string file, std::optional<std::size_t> keeps)
      : text_(text), keeps_(keeps) {
    script_.file = std::move(file);
    if (keeps_) script_.commands.reserve(*keeps_);
    text_ = without_utf8_mark(text_);
  }

  [[nodiscard]] std::size_t commands() const { return commands_; }

  Expected<Script> parse() {
    while (!text_.empty() && error_.empty()) take_line();
    if (error_.empty() && !has_variant_)
      fail("the first command is missing: variant classic|modern");
    if (error_.empty() && script_.procs == 0) fail("procs N is missing");
    if (!error_.empty()) return bad_input(error_);
    return std::move(script_);
  }

 private:
  void fail(std::string_view what) {
    if (error_.empty()) error_ = fmt::format("{}:{}: {}", script_.file, std::max(line_, 1U), what);
  }

  void take_line() {
    ++line_;
    const std::size_t end = text_.find('\n');
    std::string_view line = text_.substr(0, end);
    text_.remove_prefix(end == std::string_view::npos ? text_.size() : end + 1);
    if (line.find('\0') != std::string_view::npos) {
      return fail("this is not text: name a script, lines such as put p0 A a");
    }
    split(line.substr(0, line.find('%')));
    if (!words_.empty()) take_command();
  }

  void split(std::string_view line) {
    words_.clear();
    for (std::size_t at = 0; words_.size() < kMostWords;) {
      while (at < line.size() && is_blank(line[at])) ++at;
      if (at == line.size()) return;
      const std::size_t begin = at;
      while (at < line.size() && !is_blank(line[at])) ++at;
      words_.push_back(line.substr(begin, at - begin));
    }
  }

  void take_command() {
    const std::string_view word = words_[0];
    if (!has_variant_ && word != "variant") {
      return fail("the first command is variant classic|modern, not " + shown(word));
    }
    if (word == "variant") return take_variant();
    if (word == "procs") return take_procs();
    if (word == "pool") return take_pool();
    if (script_.procs == 0) return fail("procs N comes before " + shown(word));
    Command command;
    command.line = line_;
    for (const std::string_view part : words_) {
      if (!command.text.empty()) command.text += ' ';
      command.text += part;
    }
    next_ = 1;
    if (!fill(command)) return;
    if (next_ < words_.size()) return fail(shown(words_[next_]) + " is one word too many");
    ++commands_;
    if (keeps_) script_.commands.push_back(std::move(command));
  }

  bool fill(Command& command) {
    const std::string_view word = words_[0];
    if (word == "put")
      return set(command, Kind::kPut) && p(command) && pool(command) && object(command);
    if (word == "get") return set(command, Kind::kGet) && p(command) && pool(command);
    if (word == "putnil") return set(command, Kind::kPutNil) && p(command) && pool(command);
    if (word == "drop") {
      return set(command, Kind::kDrop) && p(command) && pool(command) && object(command);
    }
    if (word == "gc") return set(command, Kind::kGc);
    if (word == "resize") return set(command, Kind::kResize) && procs(command);
    if (word == "begin") return set(command, Kind::kBegin) && begin(command);
    if (word == "cont") return set(command, Kind::kContinue) && go_on(command);
    if (word == "dump") return set(command, Kind::kDump);
    if (word == "together") return set(command, Kind::kTogether) && once_together();
    fail("there is no command " + shown(word));
    return false;
  }

  static bool set(Command& command, Kind kind) {
    command.kind = kind;
    return true;
  }

  // --- the head ------------------------------------------------------------------------------

  void take_variant() {
    if (has_variant_) return fail("variant is given twice");
    if (words_.size() != 2 || (words_[1] != "classic" && words_[1] != "modern")) {
      return fail("variant is classic or modern");
    }
    script_.variant = words_[1] == "modern" ? PoolKind::kModern : PoolKind::kClassic;
    has_variant_ = true;
  }

  void take_procs() {
    if (script_.procs != 0) return fail("procs is given twice");
    const auto number = words_.size() == 2 ? number_in<std::uint32_t>(words_[1]) : std::nullopt;
    if (!number || *number < 1 || *number > kMostScriptProcs) {
      return fail(fmt::format("procs takes one number from 1 to {}", kMostScriptProcs));
    }
    script_.procs = *number;
  }

  void take_pool() {
    if (words_.size() != 3 || (words_[2] != "new" && words_[2] != "nonew")) {
      return fail("a pool is declared as pool NAME new|nonew");
    }
    if (find_pool(words_[1])) return fail("pool " + shown(words_[1]) + " is declared twice");
    pools_.emplace(words_[1], script_.pools.size());
    script_.pools.push_back({std::string(words_[1]), words_[2] == "new"});
  }

  // --- words of a command --------------------------------------------------------------------

  std::optional<std::string_view> next(std::string_view what) {
    if (next_ < words_.size()) return words_[next_++];
    fail(fmt::format("{} is missing", what));
    return std::nullopt;
  }

  bool p(Command& command) {
    const auto word = next("the P");
    if (!word) return false;
    const auto number =
        word->starts_with('p') ? number_in<std::uint32_t>(word->substr(1)) : std::nullopt;
    if (!number) {
      fail("a P is written p0, p1, ..., not " + shown(*word));
      return false;
    }
    command.p = *number;
    command.has_p = true;
    return true;
  }

  std::optional<std::size_t> find_pool(std::string_view name) const {
    const auto it = pools_.find(name);
    return it == pools_.end() ? std::nullopt : std::optional(it->second);
  }

  bool pool(Command& command) {
    const auto word = next("the pool");
    if (!word) return false;
    const auto place = find_pool(*word);
    if (!place) {
      fail("pool " + shown(*word) + " is not declared");
      return false;
    }
    command.pool = *place;
    return true;
  }

  bool object(Command& command) {
    const auto word = next("the object");
    if (!word) return false;
    command.object = *word;
    return true;
  }

  bool procs(Command& command) {
    const auto word = next("the number of Ps");
    if (!word) return false;
    const auto number = number_in<std::uint32_t>(*word);
    if (!number || *number < 1 || *number > kMostScriptProcs) {
      fail(fmt::format("resize takes one number from 1 to {}, not {}", kMostScriptProcs,
                       shown(*word)));
      return false;
    }
    command.number = *number;
    return true;
  }

  bool goroutine(Command& command) {
    const auto word = next("the goroutine");
    if (!word) return false;
    command.goroutine = *word;
    return true;
  }

  bool begin(Command& command) {
    if (++begins_ > kMostScriptGoroutines) {
      fail(fmt::format("a script begins at most {} goroutines", kMostScriptGoroutines));
      return false;
    }
    if (!goroutine(command)) return false;
    if (is_reserved(command.goroutine)) {
      fail(command.goroutine +
           " is reserved: plain puts and gets that do not end are called t1, t2, ...");
      return false;
    }
    if (!p(command)) return false;
    const auto word = next("put or get");
    if (!word) return false;
    if (*word != "put" && *word != "get") {
      fail("a goroutine begins a put or a get, not " + shown(*word));
      return false;
    }
    command.operation = *word == "put" ? OperationKind::kPut : OperationKind::kGet;
    if (!pool(command)) return false;
    if (command.operation == OperationKind::kPut && !object(command)) return false;
    return until(command);
  }

  bool go_on(Command& command) {
    if (!goroutine(command)) return false;
    if (next_ < words_.size() && words_[next_].starts_with('@')) {
      words_[next_].remove_prefix(1);
      if (!p(command)) return false;
    }
    return until(command);
  }

  bool until(Command& command) {
    if (next_ >= words_.size()) return true;
    if (words_[next_] != "until") {
      fail("until was expected, not " + shown(words_[next_]));
      return false;
    }
    ++next_;
    const auto word = next("the breakpoint");
    if (!word) return false;
    const auto info = std::ranges::find(kSteps, *word, &StepInfo::name);
    if (info == kSteps.end() || !info->in_scripts) {
      fail("there is no breakpoint " + shown(*word));
      return false;
    }
    command.until = info->step;
    return true;
  }

  bool once_together() {
    if (std::exchange(has_together_, true)) fail("together is given twice");
    return error_.empty();
  }

  std::string_view text_;
  const std::optional<std::size_t> keeps_;
  std::size_t commands_ = 0;
  Script script_;
  std::string error_;
  Words words_;  // of this line; what is more than kMostWords is left out
  std::unordered_map<std::string_view, std::size_t> pools_;  // by name: the place in script_.pools
  std::size_t next_ = 0;
  std::uint32_t line_ = 0;
  std::size_t begins_ = 0;
  bool has_variant_ = false;
  bool has_together_ = false;
};

}  // namespace

Expected<Script> parse_script(std::string_view text, std::string file) {
  // Looked through before anything is kept: a long script with a fault near its end would have its
  // commands, ten times as large as the text, made and thrown away.
  Parser checking(text, file, std::nullopt);
  if (auto checked = checking.parse(); !checked) return checked;
  return Parser(text, std::move(file), checking.commands()).parse();
}

Expected<std::string> read_script_text(const std::string& file) {
  const auto unreadable = [&file] {
    return bad_input(
        fmt::format("{}: cannot be read: {}: name a script", file, std::strerror(errno)));
  };
  const auto too_large = [&file] {
    return bad_input(
        fmt::format("{}:1: this is larger than {} MiB, the most that a script has: "
                    "split it, or name a script",
                    file, kMostScriptBytes >> 20U));
  };
  std::ifstream in(file, std::ios::binary);
  if (!in) return unreadable();
  std::string text;
  // What is not a plain file (a pipe) has no size.
  std::error_code no_size;
  if (const auto size = std::filesystem::file_size(file, no_size); !no_size) {
    if (size > kMostScriptBytes) return too_large();
    text.reserve(size);
  }
  for (std::array<char, 65'536> part{}; in && text.size() <= kMostScriptBytes;) {
    in.read(part.data(), part.size());
    text.append(part.data(), static_cast<std::size_t>(in.gcount()));
  }
  if (in.bad()) return unreadable();
  if (text.size() > kMostScriptBytes) return too_large();
  return text;
}

Expected<Script> read_script(const std::string& file) {
  const auto text = read_script_text(file);
  if (!text) return tl::make_unexpected(text.error());
  return parse_script(*text, file);
}

}  // namespace poolscope::script
