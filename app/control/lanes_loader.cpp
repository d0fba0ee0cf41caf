#include "app/control/lanes_loader.h"

namespace poolscope {
LanesLoader::LanesLoader(const std::filesystem::path& file)
    : scan_(opener_of(file), {lanes_, statistics_}) {}

}  // namespace poolscope
