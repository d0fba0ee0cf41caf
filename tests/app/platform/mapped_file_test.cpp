#include "app/platform/mapped_file.h"

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "tests/support/temporary_folder.h"

namespace poolscope::platform {
namespace {

using testing::TemporaryFolder;

std::string text_of(const MappedFile& mapped) {
  std::string text;
  for (const std::byte byte : mapped.bytes()) text += static_cast<char>(byte);
  return text;
}

TEST(MappedFile, GivesTheBytesOfTheFileEvenAfterItIsReplaced) {
  const TemporaryFolder folder;
  std::ofstream(folder / "font") << "first";
  const auto mapped = MappedFile::open(folder / "font");
  ASSERT_TRUE(mapped) << mapped.error().message;
  std::ofstream(folder / "other") << "second, and longer";
  std::filesystem::rename(folder / "other", folder / "font");
  EXPECT_EQ(text_of(*mapped), "first");
}

TEST(MappedFile, MovesWithItsBytes) {
  const TemporaryFolder folder;
  std::ofstream(folder / "a") << "of a";
  std::ofstream(folder / "b") << "of b";
  MappedFile a = MappedFile::open(folder / "a").value();
  MappedFile b = MappedFile::open(folder / "b").value();
  a = std::move(b);
  EXPECT_EQ(text_of(a), "of b");
  const MappedFile c = std::move(a);
  EXPECT_EQ(text_of(c), "of b");
}

TEST(MappedFile, SaysWhatIsWrongWithTheFile) {
  const TemporaryFolder folder;
  std::ofstream(folder / "empty").flush();
  const auto nothing = MappedFile::open(folder / "missing");
  const auto empty = MappedFile::open(folder / "empty");
  const auto no_file = MappedFile::open(folder.path());
  ASSERT_TRUE(!nothing && !empty && !no_file);
  EXPECT_EQ(nothing.error().message,
            (folder / "missing").string() + ": cannot read: No such file or directory");
  EXPECT_EQ(empty.error().message, (folder / "empty").string() + ": cannot read: it is empty");
  EXPECT_NE(no_file.error().message.find("cannot read"), std::string::npos);
}

}  // namespace
}  // namespace poolscope::platform
