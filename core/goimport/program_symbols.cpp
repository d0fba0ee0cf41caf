#include "core/goimport/program_symbols.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <memory>
#include <optional>
#include <string_view>

#include <elf.h>
#include <fmt/format.h>

#include "core/goimport/log_format.h"

namespace poolscope::goimport {
namespace {

/// A damaged table of this size is not read.
constexpr std::uint64_t kMostBytes = std::uint64_t{512} << 20U;

std::optional<std::string> read_at(std::ifstream& file, std::uint64_t at, std::uint64_t size) {
  if (size > kMostBytes) return std::nullopt;
  std::string bytes(size, '\0');
  file.clear();
  file.seekg(static_cast<std::streamoff>(at));
  if (!file.read(bytes.data(), static_cast<std::streamsize>(size))) return std::nullopt;
  return bytes;
}

/// So many bytes at a file's begin, fewer where it is shorter.
Expected<std::string> first_of(const std::filesystem::path& path, std::size_t size) {
  const auto refused = [&path](const char* what) {
    return bad_input(
        fmt::format("{}: cannot be {}: {}", path.string(), what, std::strerror(errno)));
  };
  std::FILE* file = std::fopen(path.c_str(), "rbe");
  if (file == nullptr) return refused("opened");
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> closes(file, &std::fclose);
  std::string bytes(size, '\0');
  bytes.resize(std::fread(bytes.data(), 1, size, file));
  if (std::ferror(file) != 0) return refused("read");
  return bytes;
}

template <class T>
T entry(const std::string& bytes, std::size_t number) {
  T value;
  std::memcpy(&value, bytes.data() + number * sizeof(T), sizeof(T));
  return value;
}

}  // namespace

ProgramSymbols::ProgramSymbols(const std::filesystem::path& executable, std::uint64_t text_start) {
  std::ifstream file(executable, std::ios::binary);
  const auto start = read_at(file, 0, sizeof(Elf64_Ehdr));
  if (!start || start->compare(0, SELFMAG, ELFMAG) != 0) return;
  const auto header = entry<Elf64_Ehdr>(*start, 0);
  if (header.e_ident[EI_CLASS] != ELFCLASS64 || header.e_shentsize != sizeof(Elf64_Shdr)) return;
  const auto sections =
      read_at(file, header.e_shoff, std::uint64_t{header.e_shnum} * sizeof(Elf64_Shdr));
  if (!sections) return;
  for (std::size_t i = 0; i < header.e_shnum; ++i) {
    const auto table = entry<Elf64_Shdr>(*sections, i);
    if (table.sh_type != SHT_SYMTAB || table.sh_link >= header.e_shnum) continue;
    const auto strings = entry<Elf64_Shdr>(*sections, table.sh_link);
    const auto symbols = read_at(file, table.sh_offset, table.sh_size);
    const auto names = read_at(file, strings.sh_offset, strings.sh_size);
    if (!symbols || !names) return;
    for (std::size_t s = 0; s < symbols->size() / sizeof(Elf64_Sym); ++s) {
      const auto symbol = entry<Elf64_Sym>(*symbols, s);
      if (symbol.st_name >= names->size()) continue;
      const char* name = names->data() + symbol.st_name;  // std::string ends with a 0
      if (std::strcmp(name, "runtime.text") == 0) moved_by_ = text_start - symbol.st_value;
      if (ELF64_ST_TYPE(symbol.st_info) == STT_OBJECT && symbol.st_size != 0) {
        variables_.push_back({symbol.st_value, symbol.st_size, name});
      }
    }
  }
  std::ranges::sort(variables_, {}, &Variable::address);
}

std::string ProgramSymbols::name_at(std::uint64_t address) const {
  const std::uint64_t there = address - moved_by_;
  auto after = std::ranges::upper_bound(variables_, there, {}, &Variable::address);
  if (after == variables_.begin()) return {};
  const Variable& variable = *--after;
  return there - variable.address < variable.size ? variable.name : std::string();
}

Expected<std::string> build_id_of(const std::filesystem::path& executable) {
  // In the first page, as the recorder in the program looks for it too.
  constexpr std::size_t kPage = 4096;
  constexpr std::string_view kOwner{"Go\0", 4};
  constexpr Elf64_Word kType = 4;
  const auto page = first_of(executable, kPage);
  if (!page) return tl::make_unexpected(page.error());
  if (page->compare(0, SELFMAG, ELFMAG) != 0) {
    return bad_input(fmt::format("{}: is no ELF executable", executable.string()));
  }
  constexpr std::size_t kHead = sizeof(Elf64_Nhdr) + kOwner.size();
  for (std::size_t at = 0; at + kHead <= page->size(); at += sizeof(Elf64_Word)) {
    Elf64_Nhdr note;
    std::memcpy(&note, page->data() + at, sizeof note);
    if (note.n_namesz != kOwner.size() || note.n_type != kType) continue;
    if (page->compare(at + sizeof note, kOwner.size(), kOwner) != 0) continue;
    const std::size_t text = at + kHead;
    if (note.n_descsz > page->size() - text) continue;
    constexpr std::size_t kMost = sizeof(FileHeader::build_id) - 1;
    return page->substr(text, std::min<std::size_t>(note.n_descsz, kMost));
  }
  return std::string();
}

}  // namespace poolscope::goimport
