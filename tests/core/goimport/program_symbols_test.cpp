// Which build an executable is.

#include "core/goimport/program_symbols.h"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>

#include "core/goimport/log_format.h"
#include "tests/support/temporary_folder.h"

namespace poolscope::goimport {
namespace {

using poolscope::testing::TemporaryFolder;

std::string word(std::uint32_t value) {
  return {reinterpret_cast<const char*>(&value), sizeof value};
}

/// A note of ELF: the sizes of its owner and its text, its type, its owner, its text.
std::string note(const std::string& owner, std::uint32_t type, std::uint32_t size,
                 const std::string& text) {
  return word(static_cast<std::uint32_t>(owner.size())) + word(size) + word(type) + owner + text;
}

std::string id_in(const std::string& magic, const std::string& notes) {
  const TemporaryFolder folder;
  std::string page = magic + std::string(60, '\0') + notes;
  page.resize(5000);
  std::ofstream(folder / "program", std::ios::binary) << page;
  const auto id = build_id_of(folder / "program");
  EXPECT_TRUE(id) << id.error().message;
  return id.value_or("");
}

const std::string kElf = "\177ELF";
const std::string kGo("Go\0\0", 4);
const std::string kGnu("GNU\0", 4);

TEST(BuildId, IsInTheNoteOfGo) {
  EXPECT_EQ(id_in(kElf, note(kGnu, 3, 4, "what") + note(kGo, 4, 7, "abc/def")), "abc/def");
}

TEST(BuildId, IsAsLongAsALogHasRoomFor) {
  const std::string text(300, 'x');
  EXPECT_EQ(id_in(kElf, note(kGo, 4, 300, text)), text.substr(0, sizeof(FileHeader::build_id) - 1));
}

TEST(BuildId, IsEmptyWhereThereIsNone) {
  EXPECT_EQ(id_in(kElf, note(kGnu, 4, 4, "what")), "");
  EXPECT_EQ(id_in(kElf, note(kGo, 3, 4, "what")), "");
  EXPECT_EQ(id_in(kElf, note(kGo, 4, 1'000'000, "what")), "") << "a damaged one";
}

std::string refused(const std::filesystem::path& file) {
  const auto id = build_id_of(file);
  return id ? "not refused" : id.error().message;
}

TEST(BuildId, OfWhatIsNoExecutableIsRefused) {
  const TemporaryFolder folder;
  const std::string file = (folder / "file").string();
  std::ofstream(file) << "#!/bin/sh\n";
  EXPECT_EQ(refused(file), file + ": is no ELF executable");
  EXPECT_EQ(refused("/nonexistent"), "/nonexistent: cannot be opened: No such file or directory");
  const std::string path = folder.path().string();
  EXPECT_EQ(refused(path), path + ": cannot be read: Is a directory");
}

}  // namespace
}  // namespace poolscope::goimport
