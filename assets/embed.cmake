# cmake -D ROOT=... -D LIST=... -D OUTPUT=... -P embed.cmake
# Writes the C++ source in which the files of LIST (paths from ROOT, one a line) are constants.
file(STRINGS "${LIST}" paths)
list(SORT paths)
set(delimiter "poolscope")  # no text has )poolscope" in it
file(WRITE "${OUTPUT}.new" "\
#include \"assets/embedded.h\"

#include <iterator>

namespace poolscope {
namespace {

constexpr EmbeddedFile kFiles[] = {
")
foreach(path IN LISTS paths)
  file(READ "${ROOT}/${path}" text)
  file(APPEND "${OUTPUT}.new" "    {\"${path}\", R\"${delimiter}(${text})${delimiter}\"},\n")
endforeach()
file(APPEND "${OUTPUT}.new" "\
    {\"\", \"\"},
};

}  // namespace

// The last one is there so that the array is never empty.
std::span<const EmbeddedFile> embedded_files() { return std::span(kFiles).first(std::size(kFiles) - 1); }

std::string_view embedded_text(std::string_view path) {
  for (const EmbeddedFile& file : embedded_files()) {
    if (file.path == path) return file.text;
  }
  return {};
}

}  // namespace poolscope
")
file(RENAME "${OUTPUT}.new" "${OUTPUT}")
