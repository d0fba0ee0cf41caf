#include "app/control/lanes_loader.h"

#include <utility>

#include "core/session/reader.h"

namespace poolscope {
namespace {

PastScan::Open opener_of(const std::filesystem::path& file) {
  return [file]() -> Expected<std::unique_ptr<EventStore>> {
    auto reader = Reader::open(file);
    if (!reader) return tl::make_unexpected(reader.error());
    return std::make_unique<FileStore>(std::move(*reader));
  };
}

}  // namespace

LanesLoader::LanesLoader(const std::filesystem::path& file)
    : scan_(opener_of(file), {lanes_, statistics_}) {}

}  // namespace poolscope
