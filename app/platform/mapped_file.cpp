#include "app/platform/mapped_file.h"

#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace poolscope::platform {

MappedFile::MappedFile(MappedFile&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  const MappedFile before(std::exchange(bytes_, std::exchange(other.bytes_, {})));
  return *this;
}

MappedFile::~MappedFile() {
  if (!bytes_.empty()) munmap(const_cast<std::byte*>(bytes_.data()), bytes_.size());
}

Expected<MappedFile> MappedFile::open(const std::filesystem::path& file) {
  const auto cannot = [&](const char* why) {
    return failed(file.string() + ": cannot read: " + why);
  };
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return cannot(std::strerror(errno));
  struct stat found {};
  void* begin = MAP_FAILED;
  if (fstat(descriptor, &found) == 0) {
    if (found.st_size == 0) {
      close(descriptor);
      return cannot("it is empty");
    }
    begin = mmap(nullptr, static_cast<std::size_t>(found.st_size), PROT_READ, MAP_PRIVATE,
                 descriptor, 0);
  }
  const int error = errno;
  close(descriptor);  // the mapping keeps the file
  if (begin == MAP_FAILED) return cannot(std::strerror(error));
  return MappedFile(
      {static_cast<const std::byte*>(begin), static_cast<std::size_t>(found.st_size)});
}

}  // namespace poolscope::platform
